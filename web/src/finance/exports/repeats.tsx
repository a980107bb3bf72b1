import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { Notice } from '../../shared/notice.tsx';
import type { Made } from './periods.ts';

type Document = Made['documents'][number];

/** That documents are not exported for the first time, and which export had them first. */
export function Repeats({ documents, title, hint }: { documents: readonly Document[]; title: string; hint: string }) {
  const { t } = useTranslation('exports');
  const { dateTime } = useFormats();
  const earlier = [...Map.groupBy(documents.flatMap(firstOf), ({ exportId }) => exportId).values()];
  if (!earlier.length) return null;
  return (
    <Notice tone="warn" title={title}>
      <Stack gap="xs">
        <Text>{hint}</Text>
        <List spacing={4}>
          {earlier.map((same) => (
            <List.Item key={same[0]!.exportId}>
              {t('repeatedBy', { count: same.length, at: dateTime(same[0]!.madeAt), name: same[0]!.madeByName })}
            </List.Item>
          ))}
        </List>
      </Stack>
    </Notice>
  );
}

const firstOf = ({ repeatOf }: Document) => (repeatOf ? [repeatOf] : []);
