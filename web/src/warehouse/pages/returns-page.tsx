import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';

const STATES = ['announced', 'received', 'inspecting', 'awaiting_decision', 'completed', 'cancelled'] as const;

export function ReturnsPage() {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const { values, change, clear, isFiltered } = useUrlFilters(['state']);
  const list = useApiList('GET /returns', values as Filters<'GET /returns'>, { live: true });
  return (
    <>
      <PageHeader title={t('list.title')} lead={t('list.lead')} />
      <FilterBar
        fields={[
          {
            name: 'state',
            label: t('list.state'),
            kind: 'select',
            options: STATES.map((value) => ({ value, label: c(`states.return.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="returns"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={{ title: t('list.emptyTitle'), text: t('list.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<ItemOf<'GET /returns'>>[] {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  return [
    { key: 'number', label: t('list.number'), render: ({ number }) => number, csv: ({ number }) => number },
    {
      key: 'state',
      label: t('list.state'),
      render: ({ state }) => <StateBadge of="return" value={state} />,
      csv: ({ state }) => c(`states.return.${state}`),
    },
    {
      key: 'order',
      label: t('list.order'),
      render: ({ orderNumber }) => orderNumber ?? '–',
      csv: ({ orderNumber }) => orderNumber,
    },
    {
      key: 'tracking',
      label: t('list.tracking'),
      render: ({ trackingNumber }) => trackingNumber ?? '–',
      csv: ({ trackingNumber }) => trackingNumber,
    },
    { key: 'pieces', label: t('list.pieces'), numeric: true, render: (one) => one.pieces, csv: (one) => one.pieces },
    { key: 'photos', label: t('list.photos'), numeric: true, render: (one) => one.photos, csv: (one) => one.photos },
    {
      key: 'received',
      label: t('list.received'),
      render: ({ receivedAt }) => <DateTime at={receivedAt} />,
      csv: ({ receivedAt }) => receivedAt,
    },
  ];
}
