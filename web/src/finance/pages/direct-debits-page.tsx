import { SegmentedControl, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { CollectionList, ProposeCollection } from '../debits/collection-list.tsx';
import { DebitList } from '../debits/debit-list.tsx';
import { MandateList } from '../debits/mandate-list.tsx';
import { NewMandate } from '../debits/new-mandate.tsx';

const VIEWS = ['due', 'runs', 'mandates'] as const;

/** What is collected by direct debit: what is due, the files for the bank, and the mandates. */
export function DirectDebitsPage() {
  const { t } = useTranslation('dunning');
  const { values, change } = useUrlFilters(['view', 'state']);
  const view = VIEWS.find((one) => one === values.view) ?? 'due';
  return (
    <>
      <PageHeader
        title={t('debits.title')}
        lead={t('debits.lead')}
        actions={view === 'mandates' ? <NewMandate /> : <ProposeCollection />}
      />
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('debits.view')}
          fullWidth
          value={view}
          // each view has states of its own
          onChange={(next) => change({ view: next, state: null })}
          data={VIEWS.map((value) => ({ value, label: t(`debits.views.${value}`) }))}
        />
        {view === 'due' && <DebitList />}
        {view === 'runs' && <CollectionList />}
        {view === 'mandates' && <MandateList />}
      </Stack>
    </>
  );
}
