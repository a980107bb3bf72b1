import { Text } from '@mantine/core';

/** The number of a document, which is read as a whole. */
export const DocumentNumber = ({ number }: { number: string }) => (
  <Text span inherit style={{ whiteSpace: 'nowrap' }}>
    {number}
  </Text>
);
