import { SegmentedControl, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { CreditLedger } from '../payments/credit-ledger.tsx';
import { OpenAccounts } from '../payments/open-accounts.tsx';
import { OpenItems } from '../payments/open-items.tsx';

const VIEWS = ['accounts', 'items', 'credit'] as const;

/** What merchants owe by age, document by document, and the credit that the house owes them. */
export function OpenItemsPage() {
  const { t } = useTranslation('payments');
  const { values, change } = useUrlFilters(['view']);
  const view = VIEWS.find((one) => one === values.view) ?? 'accounts';
  return (
    <>
      <PageHeader title={t('open.title')} lead={t('open.lead')} />
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('view')}
          fullWidth
          value={view}
          onChange={(next) => change({ view: next })}
          data={VIEWS.map((value) => ({ value, label: t(`open.views.${value}`) }))}
        />
        {view === 'accounts' && <OpenAccounts />}
        {view === 'items' && <OpenItems />}
        {view === 'credit' && <CreditLedger />}
      </Stack>
    </>
  );
}
