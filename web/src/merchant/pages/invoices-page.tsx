import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { DocumentNumber } from '../../shared/documents/document-number.tsx';
import { KindBadge } from '../../shared/documents/kind-badge.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { dueOf, PAY_STATES, PayBadge, usePayWords } from '../../shared/pay-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { BalanceLine } from '../invoices/balance-line.tsx';
import { DocumentState } from '../invoices/document-state.tsx';
import { DunningLetters, MandateLine } from '../invoices/dunning-letters.tsx';
import { useMerchant } from '../merchants.ts';

const KINDS = ['invoice', 'cancellation', 'creditNote'] as const;

type Row = ItemOf<'GET /invoices'>;

export function InvoicesPage() {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const { id: merchantId } = useMerchant();
  const { values, change, clear, isFiltered } = useUrlFilters(['number', 'kind', 'payment']);
  const list = useApiList('GET /invoices', { merchantId, ...values } as Filters<'GET /invoices'>, { live: true });
  return (
    <>
      <PageHeader title={t('invoices.title')} lead={t('invoices.lead')} />
      <BalanceLine merchantId={merchantId} />
      <MandateLine merchantId={merchantId} />
      <FilterBar
        fields={[
          { name: 'number', label: t('invoices.number'), kind: 'text' },
          {
            ...{ name: 'kind', label: r('documents.kind'), kind: 'select' },
            options: KINDS.map((kind) => ({ value: kind, label: r(`documents.kinds.${kind}`) })),
          },
          {
            ...{ name: 'payment', label: r('pay.label'), kind: 'select' },
            options: PAY_STATES.merchant.map((state) => ({ value: state, label: r(`pay.${state}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="merchant-invoices"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/merchant/invoices/${id}`}
        empty={{ title: t('invoices.emptyTitle'), text: t('invoices.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
      <DunningLetters merchantId={merchantId} />
    </>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const { day } = useFormats();
  const paid = usePayWords('merchant');
  return [
    {
      key: 'number',
      label: t('invoices.number'),
      render: ({ number }) => (number ? <DocumentNumber number={number} /> : '–'),
      csv: ({ number }) => number,
    },
    {
      key: 'kind',
      label: r('documents.kind'),
      render: ({ kind }) => <KindBadge kind={kind} />,
      csv: ({ kind }) => r(`documents.kinds.${kind}`),
    },
    {
      key: 'issued',
      label: t('invoices.issued'),
      render: ({ issueDate }) => <Day on={issueDate} />,
      csv: ({ issueDate }) => issueDate,
    },
    {
      key: 'period',
      label: t('invoices.period'),
      render: ({ periodFrom, periodTo }) => `${day(periodFrom)} – ${day(periodTo)}`,
      csv: ({ periodFrom, periodTo }) => `${periodFrom}/${periodTo}`,
    },
    {
      key: 'due',
      label: t('invoices.due'),
      render: (invoice) => <Day on={dueOf(invoice)} />,
      csv: dueOf,
    },
    {
      key: 'state',
      label: t('invoices.state'),
      render: ({ state }) => <DocumentState state={state} />,
      csv: ({ state }) => t(`invoices.states.${state}`),
    },
    {
      key: 'payment',
      label: r('pay.label'),
      render: (invoice) => <PayBadge invoice={invoice} reader="merchant" />,
      csv: (invoice) => paid(invoice)?.label,
    },
    {
      key: 'open',
      label: r('pay.amount'),
      numeric: true,
      render: ({ openMinor, currency }) => <Money minor={openMinor} currency={currency} />,
      csv: ({ openMinor }) => (openMinor === null ? null : openMinor / 100),
    },
    {
      key: 'net',
      label: t('invoices.net'),
      numeric: true,
      render: ({ netMinor, currency }) => <Money minor={netMinor} currency={currency} />,
      csv: ({ netMinor }) => netMinor / 100,
      hidden: true,
    },
    {
      key: 'gross',
      label: t('invoices.gross'),
      numeric: true,
      render: ({ grossMinor, currency }) => <Money minor={grossMinor} currency={currency} />,
      csv: ({ grossMinor }) => grossMinor / 100,
    },
  ];
}
