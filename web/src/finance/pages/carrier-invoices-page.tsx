import { SegmentedControl, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { CarrierImport } from '../carriers/carrier-import.tsx';
import { CarrierInvoiceList } from '../carriers/carrier-lists.tsx';
import { SettledLines, WaitingLines } from '../carriers/line-lists.tsx';

const VIEWS = ['waiting', 'settled', 'invoices', 'import'] as const;

/** What carriers bill beyond the freight: what waits for its shipment, what has one, what was imported, and the way in. */
export function CarrierInvoicesPage() {
  const { t } = useTranslation('carriers');
  const { values, change } = useUrlFilters(['view']);
  const view = VIEWS.find((one) => one === values.view) ?? 'waiting';
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('view')}
          fullWidth
          value={view}
          onChange={(next) => change({ view: next })}
          data={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
        {view === 'waiting' && <WaitingLines />}
        {view === 'settled' && <SettledLines />}
        {view === 'invoices' && <CarrierInvoiceList />}
        {view === 'import' && <CarrierImport />}
      </Stack>
    </>
  );
}
