import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { Money } from '../../shared/money.tsx';

type Invoice = ItemOf<'GET /carrier-invoices'>;

/** What was imported, and how much of it has its shipment. */
export function CarrierInvoiceList() {
  const { t } = useTranslation('carriers');
  const list = useApiList('GET /carrier-invoices', {});
  const counted = (key: 'lines' | 'matched' | 'waiting' | 'dismissed'): Column<Invoice> => ({
    ...{ key, label: t(key), numeric: true },
    render: (invoice) => invoice[key],
    csv: (invoice) => invoice[key],
  });
  const columns: Column<Invoice>[] = [
    {
      key: 'invoice',
      label: t('invoice'),
      render: ({ carrier, number }) => `${carrier} ${number}`,
      csv: ({ carrier, number }) => `${carrier} ${number}`,
    },
    {
      key: 'date',
      label: t('date'),
      render: ({ invoicedOn }) => <Day on={invoicedOn} />,
      csv: ({ invoicedOn }) => invoicedOn,
    },
    {
      key: 'amount',
      label: t('amount'),
      numeric: true,
      render: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
    },
    ...(['lines', 'matched', 'waiting', 'dismissed'] as const).map(counted),
    { key: 'imported', label: t('imported'), render: ({ importedAt }) => <DateTime at={importedAt} />, hidden: true },
  ];
  return (
    <DataList
      name="carrier-invoices"
      list={list}
      columns={columns}
      keyOf={({ id }) => id}
      empty={{ title: t('noneTitle'), text: t('noneText') }}
    />
  );
}
