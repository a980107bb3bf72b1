import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { PaymentBadge, paymentState } from '../payments/badges.tsx';
import { RecordPayment } from '../payments/record-payment.tsx';

const STATES = ['unallocated', 'partly', 'allocated', 'void'] as const;
const SOURCES = ['manual', 'bank', 'directDebit', 'returnDebit'] as const;

/** Money that came and went, and what it pays. */
export function PaymentsPage() {
  const { t } = useTranslation('payments');
  const { values, change, clear, isFiltered } = useUrlFilters(['q', 'merchantId', 'state', 'source', 'from', 'to']);
  const list = useApiList('GET /payments', values as Filters<'GET /payments'>, { live: true });
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} actions={<RecordPayment />} />
      <FilterBar
        fields={[
          { name: 'q', label: t('search'), kind: 'text', upFront: true },
          {
            ...{ name: 'state', label: t('state'), kind: 'select', upFront: true },
            options: STATES.map((value) => ({ value, label: t(`states.${value}`) })),
          },
          {
            ...{ name: 'source', label: t('source'), kind: 'select', upFront: true },
            options: SOURCES.map((value) => ({ value, label: t(`sources.${value}`) })),
          },
          { name: 'merchantId', label: t('merchant'), kind: 'merchant' },
          { name: 'from', label: t('from'), kind: 'day' },
          { name: 'to', label: t('to'), kind: 'day' },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="payments"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/payments/${id}`}
        empty={{ title: t('emptyTitle'), text: t('emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

type Row = ItemOf<'GET /payments'>;

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('payments');
  const who = ({ merchantNumber, merchantName, payerName }: Row) =>
    merchantName ? `${merchantNumber} ${merchantName}` : (payerName ?? t('unknownMerchant'));
  const pays = ({ allocations }: Row) => allocations.map(({ number }) => number).join(', ') || '–';
  return [
    { key: 'merchant', label: t('merchant'), render: who, csv: who },
    { key: 'day', label: t('valueDate'), render: (row) => <Day on={row.valueDate} />, csv: (row) => row.valueDate },
    { key: 'pays', label: t('pays'), render: pays, csv: pays },
    {
      key: 'text',
      label: t('remittance'),
      render: (row) => row.remittance || '–',
      csv: (row) => row.remittance,
      hidden: true,
    },
    {
      ...{ key: 'source', label: t('source'), hidden: true },
      render: ({ source }) => t(`sources.${source}`),
      csv: ({ source }) => t(`sources.${source}`),
    },
    {
      ...{ key: 'amount', label: t('amount'), numeric: true },
      render: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
      csv: ({ amountMinor }) => amountMinor / 100,
    },
    {
      ...{ key: 'left', label: t('left'), numeric: true },
      render: ({ unallocatedMinor, currency }) => <Money minor={unallocatedMinor} currency={currency} />,
      csv: ({ unallocatedMinor }) => unallocatedMinor / 100,
    },
    {
      ...{ key: 'state', label: t('state') },
      render: (row) => <PaymentBadge payment={row} />,
      csv: (row) => t(`states.${paymentState(row)}`),
    },
  ];
}
