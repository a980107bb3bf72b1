import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../shared/notice.tsx';
import { Section } from '../../../shared/section.tsx';
import { WarningList } from '../warning-list.tsx';
import type { Mistake, Outcome } from './outcome.ts';

const MOST_SHOWN = 100;

/** What a check found: every mistake by line and column, else what a save would do and what is worth a look. */
export function Findings({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('finance');
  const { mistakes, warnings, ignoredColumns } = outcome;
  return (
    <Stack gap="md" role="status">
      {mistakes.length > 0 ? <Mistakes mistakes={mistakes} /> : <Will outcome={outcome} />}
      {ignoredColumns.length > 0 && (
        <Notice tone="info">{t('import.ignored', { list: ignoredColumns.join(', ') })}</Notice>
      )}
      {!mistakes.length && warnings.length > 0 && <WarningList warnings={warnings} />}
    </Stack>
  );
}

function Will({ outcome: { code, created, versionsAdded } }: { outcome: Outcome }) {
  const { t } = useTranslation('finance');
  const versions = t('import.versions', { count: versionsAdded.length, list: versionsAdded.join(', ') });
  return (
    <Notice tone={versionsAdded.length ? 'good' : 'info'} title={t('import.fine')}>
      {!versionsAdded.length
        ? t('import.becomesNothing', { code })
        : t(created ? 'import.becomesNew' : 'import.becomesMore', { code, versions })}
    </Notice>
  );
}

function Mistakes({ mistakes }: { mistakes: readonly Mistake[] }) {
  const { t } = useTranslation('finance');
  const words = useMistakeWords();
  const shown = mistakes.slice(0, MOST_SHOWN);
  return (
    <Section title={t('import.mistakes', { count: mistakes.length })}>
      {mistakes.length > shown.length && <Text c="dimmed">{t('import.most', { count: shown.length })}</Text>}
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" className="numeric" w={70}>
              {t('import.line')}
            </Table.Th>
            <Table.Th scope="col">{t('import.column')}</Table.Th>
            <Table.Th scope="col">{t('import.mistake')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ line, field, code }, index) => (
            <Table.Tr key={`${line}-${field}-${code}-${index}`}>
              <Table.Td className="numeric">{line}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {field === null ? <Text c="dimmed">{t('import.whole')}</Text> : <code>{field}</code>}
              </Table.Td>
              <Table.Td>{words(code)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function useMistakeWords(): (code: string) => string {
  const { t, i18n } = useTranslation('finance');
  const { t: c } = useTranslation();
  return (code) => {
    const key = [`fileError.${code}`, `rateError.${code}`].find((one) => i18n.exists(`finance:${one}`));
    if (key) return String(t(key as never));
    const known = `fieldError.${code}`;
    return i18n.exists(known) ? String(c(known as never)) : `${c('fieldError.CUSTOM')} (${code})`;
  };
}
