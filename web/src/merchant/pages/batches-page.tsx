import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useMerchant } from '../merchants.ts';

const STATES = ['open', 'closing', 'packed', 'dispatched', 'delivered', 'confirmed', 'disputed', 'resolved'] as const;

/** Goods on their way back to the merchant. */
export function BatchesPage() {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  const { id: merchantId } = useMerchant();
  const { values, change, clear, isFiltered } = useUrlFilters(['state']);
  const list = useApiList('GET /rtv-batches', { merchantId, ...values } as Filters<'GET /rtv-batches'>, { live: true });
  return (
    <>
      <PageHeader title={t('batches.title')} lead={t('batches.lead')} />
      <FilterBar
        fields={[
          {
            name: 'state',
            label: t('batches.state'),
            kind: 'select',
            options: STATES.map((value) => ({ value, label: c(`states.batch.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="merchant-batches"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/merchant/batches/${id}`}
        empty={{ title: t('batches.emptyTitle'), text: t('batches.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<ItemOf<'GET /rtv-batches'>>[] {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  return [
    { key: 'number', label: t('batches.number'), render: ({ number }) => number, csv: ({ number }) => number },
    {
      key: 'state',
      label: t('batches.state'),
      render: ({ state }) => <StateBadge of="batch" value={state} />,
      csv: ({ state }) => c(`states.batch.${state}`),
    },
    { key: 'pieces', label: t('returns.pieces'), numeric: true, render: (one) => one.pieces, csv: (one) => one.pieces },
    {
      key: 'due',
      label: t('batches.due'),
      render: ({ state, dueAt }) => (state === 'open' ? <DateTime at={dueAt} /> : '–'),
      csv: ({ dueAt }) => dueAt,
    },
    {
      key: 'dispatched',
      label: t('batches.dispatched'),
      render: ({ dispatchedAt }) => <DateTime at={dispatchedAt} />,
      csv: ({ dispatchedAt }) => dispatchedAt,
    },
    {
      key: 'tracking',
      label: t('returns.tracking'),
      render: ({ trackingNumber }) => trackingNumber ?? '–',
      csv: ({ trackingNumber }) => trackingNumber,
    },
    {
      key: 'disputed',
      label: t('batches.disputed'),
      numeric: true,
      render: ({ disputedPieces }) => disputedPieces || '–',
      csv: ({ disputedPieces }) => disputedPieces,
    },
  ];
}
