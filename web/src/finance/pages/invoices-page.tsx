import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApi, useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { DocumentNumber } from '../../shared/documents/document-number.tsx';
import { KindBadge } from '../../shared/documents/kind-badge.tsx';
import { FilterBar, type FilterField } from '../../shared/filter-bar.tsx';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { dueOf, PAY_STATES, PayBadge, usePayWords } from '../../shared/pay-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { DeliveryBadge, InvoiceState, useDeliveryWords } from '../invoices/badges.tsx';

const FILTERS = [
  ...['number', 'merchantId', 'runId', 'kind'],
  ...['state', 'payment', 'delivery', 'document', 'dispute'],
];
const KINDS = ['invoice', 'cancellation', 'creditNote'] as const;
const STATES = ['draft', 'finalized', 'cancelled'] as const;
const DELIVERIES = ['queued', 'sent', 'bounced'] as const;
const DOCUMENTS = ['pending', 'ready', 'parked'] as const;
const DISPUTES = ['open', 'settled'] as const;

/** Every document, drafts among them. */
export function InvoicesPage() {
  const { t } = useTranslation('finance');
  const { values, change, clear, isFiltered } = useUrlFilters(FILTERS);
  const list = useApiList('GET /invoices', values as Filters<'GET /invoices'>, { live: true });
  return (
    <>
      <PageHeader title={t('invoices.title')} lead={t('invoices.lead')} />
      <FilterBar fields={useFields()} values={values} onChange={change} onClear={clear} />
      <DataList
        name="invoices"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/invoices/${id}`}
        empty={{ title: t('invoices.emptyTitle'), text: t('invoices.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useFields(): FilterField[] {
  const { t } = useTranslation('finance');
  const { t: r } = useTranslation('records');
  const { day } = useFormats();
  const runs = useApi('GET /billing-runs', { limit: 60 }, { staleTimeMs: 60_000 }).data?.items ?? [];
  const select = (name: string, label: string, options: readonly (readonly [string, string])[]): FilterField => ({
    ...{ name, label, kind: 'select' },
    options: options.map(([value, text]) => ({ value, label: text })),
  });
  const named = <Key extends string>(keys: readonly Key[], word: (key: Key) => string) =>
    keys.map((key) => [key, word(key)] as const);
  return [
    { name: 'number', label: t('invoices.number'), kind: 'text', upFront: true },
    {
      ...select(
        'payment',
        r('pay.label'),
        named(PAY_STATES.house, (state) => r(`pay.${state}`)),
      ),
      upFront: true,
    },
    {
      ...select(
        'state',
        t('run.state'),
        named(STATES, (state) => t(`invoices.states.${state}`)),
      ),
      upFront: true,
    },
    { name: 'merchantId', label: t('run.merchant'), kind: 'merchant' },
    select(
      'runId',
      t('invoices.run'),
      runs.map(({ id, cutoff }) => [id, day(cutoff)] as const),
    ),
    select(
      'kind',
      r('documents.kind'),
      named(KINDS, (kind) => r(`documents.kinds.${kind}`)),
    ),
    select(
      'delivery',
      t('invoices.delivery'),
      named(DELIVERIES, (state) => t(`invoices.deliveries.${state}`)),
    ),
    select(
      'document',
      t('invoices.document'),
      named(DOCUMENTS, (state) => t(`invoices.documents.${state}`)),
    ),
    select(
      'dispute',
      t('invoices.dispute'),
      named(DISPUTES, (state) => t(`invoices.disputes.${state}`)),
    ),
  ];
}

function useColumns(): Column<ItemOf<'GET /invoices'>>[] {
  const { t } = useTranslation('finance');
  const paid = usePayWords('house');
  const delivered = useDeliveryWords();
  const { t: r } = useTranslation('records');
  return [
    {
      key: 'number',
      label: t('invoices.number'),
      render: ({ number }) => (number ? <DocumentNumber number={number} /> : t('row.draft')),
      csv: ({ number }) => number,
    },
    {
      key: 'kind',
      label: r('documents.kind'),
      render: ({ kind }) => <KindBadge kind={kind} />,
      csv: ({ kind }) => r(`documents.kinds.${kind}`),
    },
    {
      key: 'merchant',
      label: t('run.merchant'),
      render: ({ merchantName }) => <Box miw="7rem">{merchantName}</Box>,
      csv: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    {
      key: 'issued',
      label: t('invoices.issued'),
      render: ({ issueDate }) => <Day on={issueDate} />,
      csv: ({ issueDate }) => issueDate,
    },
    {
      key: 'cutoff',
      label: t('invoices.run'),
      render: ({ cutoff }) => <Day on={cutoff} />,
      csv: ({ cutoff }) => cutoff,
      hidden: true,
    },
    {
      key: 'due',
      label: t('invoices.due'),
      render: (invoice) => <Day on={dueOf(invoice)} />,
      csv: dueOf,
      hidden: true,
    },
    {
      key: 'state',
      label: t('run.state'),
      render: ({ state }) => <InvoiceState state={state} />,
      csv: ({ state }) => t(`invoices.states.${state}`),
    },
    {
      key: 'payment',
      label: r('pay.label'),
      render: (invoice) => <PayBadge invoice={invoice} reader="house" />,
      csv: (invoice) => paid(invoice)?.label,
    },
    {
      key: 'open',
      label: r('pay.amount'),
      numeric: true,
      render: ({ openMinor, currency }) => <Money minor={openMinor} currency={currency} />,
      csv: ({ openMinor }) => (openMinor === null ? null : openMinor / 100),
      hidden: true,
    },
    {
      key: 'delivery',
      label: t('invoices.delivery'),
      render: (invoice) => <DeliveryBadge invoice={invoice} />,
      csv: (invoice) => delivered(invoice)?.label,
    },
    {
      key: 'net',
      label: t('run.net'),
      numeric: true,
      render: ({ netMinor, currency }) => <Money minor={netMinor} currency={currency} />,
      csv: ({ netMinor }) => netMinor / 100,
      hidden: true,
    },
    {
      key: 'gross',
      label: t('run.gross'),
      numeric: true,
      render: ({ grossMinor, currency }) => <Money minor={grossMinor} currency={currency} />,
      csv: ({ grossMinor }) => grossMinor / 100,
    },
  ];
}
