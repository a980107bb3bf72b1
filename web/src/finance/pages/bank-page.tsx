import { SegmentedControl, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { BankEntries } from '../bank/bank-entries.tsx';
import { ImportStatements } from '../bank/import-statements.tsx';
import { StatementList } from '../bank/statement-list.tsx';

const VIEWS = ['open', 'booked', 'dismissed', 'statements'] as const;

/** What the bank told: what nobody decided about yet with what it may belong to, and what was decided. */
export function BankPage() {
  const { t } = useTranslation('payments');
  const { values, change } = useUrlFilters(['view']);
  const view = VIEWS.find((one) => one === values.view) ?? 'open';
  return (
    <>
      <PageHeader title={t('bank.title')} lead={t('bank.lead')} actions={<ImportStatements />} />
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('view')}
          fullWidth
          value={view}
          onChange={(next) => change({ view: next })}
          data={VIEWS.map((value) => ({ value, label: t(`bank.views.${value}`) }))}
        />
        {view === 'statements' ? <StatementList /> : <BankEntries key={view} state={view} />}
      </Stack>
    </>
  );
}
