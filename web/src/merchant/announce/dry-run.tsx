import { Card, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { Notice } from '../../shared/notice.tsx';
import { useFieldWords } from './field-words.ts';

/** Returns and deliveries are told the same way. */
export type Checked = Output<'POST /returns/announcements'> | Output<'POST /goods-in/csv'>;
/** Where the words are that name what is announced. */
export type FileWords = 'import' | 'importDeliveries';

/** What a file would do, or everything that is wrong with it. */
export function DryRun({ words, checked }: { words: FileWords; checked: Checked }) {
  const { t } = useTranslation('merchant');
  const { fieldOf, problemOf } = useFieldWords();
  const { created, unchanged, errors, ignoredColumns } = checked;
  return (
    <Stack gap="md">
      {errors.length > 0 ? (
        <Notice role="alert" tone="bad" title={t('import.errors', { count: errors.length })}>
          {t('import.errorsText')}
        </Notice>
      ) : (
        <Notice role="status" tone="good" title={t(`${words}.ready`, { count: created })}>
          {unchanged > 0 && t(`${words}.unchanged`, { count: unchanged })}
        </Notice>
      )}
      {ignoredColumns.length > 0 && (
        <Text fz="sm" c="dimmed">
          {t('import.ignored', { columns: ignoredColumns.join(', ') })}
        </Text>
      )}
      {errors.length > 0 && (
        <Card p={0}>
          <Title order={2} size="h5" p="md">
            {t('import.mistakes')}
          </Title>
          <Table.ScrollContainer minWidth={320} type="native">
            <Table verticalSpacing="sm" horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col" className="numeric" w={72}>
                    {t('import.line')}
                  </Table.Th>
                  <Table.Th scope="col">{t('import.field')}</Table.Th>
                  <Table.Th scope="col">{t('import.problem')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {errors.map((error) => (
                  <Table.Tr key={`${error.line}-${error.field}-${error.code}`}>
                    <Table.Td className="numeric">{error.line}</Table.Td>
                    <Table.Td>{fieldOf(error.field)}</Table.Td>
                    <Table.Td>{problemOf(error)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Card>
      )}
    </Stack>
  );
}
