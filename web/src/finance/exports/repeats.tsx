import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { Notice } from '../../shared/notice.tsx';
import type { Kind, Made } from './periods.ts';

type Document = Made['documents'][number];

interface RepeatsProps {
  kind: Kind;
  documents: readonly Document[];
  title: string;
}

/** That documents are not exported for the first time, which export had them first, and what follows from it. */
export function Repeats({ kind, documents, title }: RepeatsProps) {
  const { t } = useTranslation('exports');
  const { dateTime } = useFormats();
  const earlier = [...Map.groupBy(documents.flatMap(firstOf), ({ exportId }) => exportId).values()];
  if (!earlier.length) return null;
  return (
    <Notice tone={kind === 'bundle' ? 'info' : 'warn'} title={title}>
      <Stack gap="xs">
        <Text>{t(`repeatedHint.${kind}`)}</Text>
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
