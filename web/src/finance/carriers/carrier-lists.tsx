import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { Money } from '../../shared/money.tsx';
import { DismissLine, MatchLine } from './settle-line.tsx';

type Line = ItemOf<'GET /carrier-lines'>;
type Invoice = ItemOf<'GET /carrier-invoices'>;

/** The worklist: lines whose shipment nobody could tell by its number. */
export function WaitingLines() {
  const { t } = useTranslation('carriers');
  const list = useApiList('GET /carrier-lines', { state: 'waiting' });
  const why = ({ candidates }: Line) => (candidates ? t('ambiguous', { count: candidates }) : t('unknown'));
  const columns: Column<Line>[] = [
    { key: 'number', label: t('number'), render: (line) => line.trackingNumber, csv: (line) => line.trackingNumber },
    { key: 'kind', label: t('kind'), render: ({ kind }) => t(`kinds.${kind}`), csv: ({ kind }) => t(`kinds.${kind}`) },
    {
      key: 'amount',
      label: t('amount'),
      numeric: true,
      render: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
      csv: ({ amountMinor }) => amountMinor / 100,
    },
    { key: 'why', label: t('why'), render: why, csv: why },
    { key: 'text', label: t('text'), render: ({ text }) => text || '–', csv: ({ text }) => text },
    {
      key: 'invoice',
      label: t('invoice'),
      render: ({ carrier, invoiceNumber }) => `${carrier} ${invoiceNumber}`,
      csv: ({ carrier, invoiceNumber }) => `${carrier} ${invoiceNumber}`,
    },
    {
      key: 'steps',
      label: t('steps'),
      render: (line) => (
        <Group gap="xs">
          <MatchLine line={line} />
          <DismissLine line={line} />
        </Group>
      ),
    },
  ];
  return (
    <DataList
      name="carrier-lines"
      list={list}
      columns={columns}
      keyOf={({ id }) => id}
      empty={{ title: t('emptyTitle'), text: t('emptyText') }}
    />
  );
}

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
