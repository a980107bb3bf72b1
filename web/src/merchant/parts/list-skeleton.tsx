import { Skeleton, Stack } from '@mantine/core';

/** Something is being loaded that will be a list. */
export function ListSkeleton({ rows = 4, height = 96 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="sm" aria-busy>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} h={height} radius="md" />
      ))}
    </Stack>
  );
}
