import { Button, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useOnline } from '../../app/api/reachability.ts';
import type { Filters } from '../../app/api/contract.ts';
import { useApiList, type ApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { summaryOf, type FoundReturn } from '../offline/reference.ts';
import type { ReturnView } from '../offline/model.ts';
import { ChoiceChips } from '../parts/choice-chips.tsx';
import { FilterFold } from '../parts/filter-fold.tsx';
import { FoundReturnCard } from '../parts/return-card.tsx';
import { useReturnColumns, type Summary } from '../parts/return-columns.tsx';
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
      <FilterFold
        isFiltered={Boolean(values.q ?? values.merchantId)}
        choice={
          <ChoiceChips
            label={t('list.lists')}
            quiet
            row
            options={NAMES.map((value) => ({ value, label: t(`list.names.${value}`) }))}
            value={name}
            onChange={(list) => change({ list })}
          />
        }
      >
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
      </FilterFold>
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
  const columns = useReturnColumns(name === 'toInspect' || name === 'overdue');
  const isPhone = useMediaQuery('(max-width: 47.9375em)', undefined, { getInitialValueInEffect: false });
  if (isPhone && list.items.length > 0)
    return <ReturnCards list={list} due={columns.find(({ key }) => key === 'due')} />;
  return (
    <DataList
      name={`warehouse-returns-${name}`}
      list={list}
      columns={columns}
      keyOf={({ id }) => id}
      linkOf={({ id }) => `/warehouse/returns/${id}`}
      empty={{ title: t('list.emptyTitle'), text: t(`list.empty.${name}`) }}
      isFiltered={isFiltered && Boolean(q ?? merchantId)}
      onClearFilters={onClear}
    />
  );
}

/** On a phone: what tells one parcel from another, and when it is due. */
function ReturnCards({ list, due }: { list: ApiList<Summary>; due: Column<Summary> | undefined }) {
  const { t: c } = useTranslation();
  const count = list.items.length;
  return (
    <Stack gap="xs">
      <StaleNotice error={list.error} refetch={list.refetch} />
      <Text c="dimmed" fz="sm" role="status">
        {list.hasMore ? c('list.shownMore', { count }) : c('list.shown', { count })}
      </Text>
      {list.items.map((one) => (
        <FoundReturnCard key={one.id} found={one}>
          {due?.render(one)}
        </FoundReturnCard>
      ))}
      {list.hasMore && (
        <Button variant="default" h={56} loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
          {c('action.loadMore')}
        </Button>
      )}
    </Stack>
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
