import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOnline } from '../../app/api/reachability.ts';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge, ToneBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { summaryOf, type FoundReturn } from '../offline/reference.ts';
import type { ReturnView } from '../offline/model.ts';
import { ChoiceChips } from '../parts/choice-chips.tsx';
import { FoundReturnCard } from '../parts/return-card.tsx';
import { useKept, useSettings } from '../use-desk.ts';

/** What there is to do, each list in the order in which it has to be done. */
const LISTS = {
  toReceive: { group: 'toReceive', sort: '-createdAt' },
  toInspect: { group: 'toInspect', sort: 'inspectionDueAt' },
  overdue: { overdue: 'true', sort: 'inspectionDueAt' },
  unknown: { matchState: 'unknown_merchant', sort: '-createdAt' },
  unmatched: { matchState: 'unmatched', sort: '-createdAt' },
  all: { sort: '-createdAt' },
} as const satisfies Record<string, Filters<'GET /returns'>>;
type ListName = keyof typeof LISTS;
const NAMES = Object.keys(LISTS) as ListName[];

export function ReturnsPage() {
  const { t } = useTranslation('warehouse');
  const online = useOnline();
  const { values, change, clear, isFiltered } = useUrlFilters(['list', 'q', 'merchantId']);
  const name = NAMES.find((one) => one === values.list) ?? 'toInspect';
  const settings = useSettings();
  return (
    <Stack gap="md">
      <PageHeader title={t('list.title')} />
      <ChoiceChips
        label={t('list.lists')}
        quiet
        options={NAMES.map((value) => ({ value, label: t(`list.names.${value}`) }))}
        value={name}
        onChange={(list) => change({ list })}
      />
      <FilterBar
        fields={[
          { name: 'q', label: t('list.search'), kind: 'text' },
          {
            name: 'merchantId',
            label: t('list.merchant'),
            kind: 'select',
            options: (settings?.merchants ?? []).map((one) => ({ value: one.merchantId, label: one.name })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={() => change({ q: undefined, merchantId: undefined })}
      />
      {online ? (
        <ServerList key={name} name={name} values={values} isFiltered={isFiltered} onClear={clear} />
      ) : (
        <DeviceList name={name} />
      )}
    </Stack>
  );
}

interface ServerListProps {
  name: ListName;
  values: { q?: string; merchantId?: string };
  isFiltered: boolean;
  onClear: () => void;
}

function ServerList({ name, values: { q, merchantId }, isFiltered, onClear }: ServerListProps) {
  const { t } = useTranslation('warehouse');
  const filters = { ...LISTS[name], ...(q ? { q } : {}), ...(merchantId ? { merchantId } : {}) };
  const list = useApiList('GET /returns', filters as Filters<'GET /returns'>, { live: true });
  return (
    <DataList
      name={`warehouse-returns-${name}`}
      list={list}
      columns={useColumns(name)}
      keyOf={({ id }) => id}
      linkOf={({ id }) => `/warehouse/returns/${id}`}
      empty={{ title: t('list.emptyTitle'), text: t(`list.empty.${name}`) }}
      isFiltered={isFiltered && Boolean(q ?? merchantId)}
      onClearFilters={onClear}
    />
  );
}

/** Without a network: what this device knows. */
function DeviceList({ name }: { name: ListName }) {
  const { t } = useTranslation('warehouse');
  const { returns } = useKept();
  const found: FoundReturn[] = [...returns.values()].filter(IS_IN[name]).map(summaryOf);
  if (!found.length) return <EmptyState title={t('list.emptyTitle')} text={t('list.offline')} />;
  return (
    <Stack gap="sm">
      {found.map((one) => (
        <FoundReturnCard key={one.id} found={one} />
      ))}
    </Stack>
  );
}

const isHere = ({ state }: ReturnView) => state === 'received' || state === 'inspecting';
const IS_IN: Record<ListName, (view: ReturnView) => boolean> = {
  toReceive: ({ state }) => state === 'announced' || state === 'in_transit',
  toInspect: isHere,
  overdue: (view) => isHere(view) && view.inspectionDueAt !== null && view.inspectionDueAt < new Date().toISOString(),
  unknown: ({ matchState }) => matchState === 'unknown_merchant',
  unmatched: ({ matchState }) => matchState === 'unmatched',
  all: () => true,
};

function useColumns(name: ListName): Column<ItemOf<'GET /returns'>>[] {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const settings = useSettings();
  const merchantOf = (id: string | null) =>
    settings?.merchants.find(({ merchantId }) => merchantId === id)?.name ?? t('return.noMerchant');
  const due: Column<ItemOf<'GET /returns'>> = {
    key: 'due',
    label: t('list.due'),
    render: ({ inspectionDueAt }) =>
      inspectionDueAt && inspectionDueAt < new Date().toISOString() ? (
        <ToneBadge tone="bad" label={t('list.late')} />
      ) : (
        <DateTime at={inspectionDueAt} format="relative" />
      ),
    csv: ({ inspectionDueAt }) => inspectionDueAt,
  };
  return [
    {
      key: 'number',
      label: t('list.number'),
      render: ({ number }) => <span style={{ whiteSpace: 'nowrap' }}>{number}</span>,
      csv: ({ number }) => number,
    },
    {
      key: 'merchant',
      label: t('list.merchant'),
      render: ({ merchantId }) => merchantOf(merchantId),
      csv: ({ merchantId }) => merchantOf(merchantId),
    },
    {
      key: 'state',
      label: t('list.state'),
      render: ({ state }) => <StateBadge of="return" value={state} />,
      csv: ({ state }) => c(`states.return.${state}`),
    },
    ...(name === 'toInspect' || name === 'overdue' ? [due] : []),
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
