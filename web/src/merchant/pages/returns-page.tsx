import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { IconFileSpreadsheet, IconPackageImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList } from '../../shared/data-list.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useMayDecide, useMerchant } from '../merchants.ts';
import { useReturnColumns } from '../returns/columns.tsx';

const GROUPS = ['all', 'toReceive', 'toInspect', 'toDecide', 'inProgress', 'done'] as const;
type Stage = (typeof GROUPS)[number];

export function ReturnsPage() {
  const { t } = useTranslation('merchant');
  const { id: merchantId } = useMerchant();
  const { values, change, clear, isFiltered } = useUrlFilters(['group', 'q', 'kind']);
  const group = GROUPS.find((one) => one === values.group) ?? 'all';
  const { q, kind } = values;
  const filters = { merchantId, q, kind, group: group === 'all' ? undefined : group } as Filters<'GET /returns'>;
  const list = useApiList('GET /returns', filters, { live: true });
  const options = GROUPS.map((value) => ({ value, label: t(`returns.group.${value}`) }));
  const choose = (chosen: string | null) => change({ group: chosen === 'all' || !chosen ? undefined : chosen });
  return (
    <>
      <PageHeader title={t('returns.title')} lead={t('returns.lead')} actions={<Announce />} />
      <Group mb="md" visibleFrom="md">
        <SegmentedControl
          size="md"
          aria-label={t('returns.groups')}
          value={group}
          onChange={choose}
          data={options satisfies { value: Stage }[]}
        />
      </Group>
      <Select
        hiddenFrom="md"
        mb="md"
        label={t('returns.groups')}
        data={options}
        value={group}
        onChange={choose}
        allowDeselect={false}
      />
      <FilterBar
        fields={[
          { name: 'q', label: t('returns.search'), kind: 'text' },
          {
            name: 'kind',
            label: t('returns.kind'),
            kind: 'select',
            options: (['withdrawal', 'complaint', 'exchange', 'undeliverable'] as const).map((value) => ({
              value,
              label: t(`returns.kinds.${value}`),
            })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={() => change({ q: undefined, kind: undefined })}
      />
      <DataList
        name="merchant-returns"
        list={list}
        columns={useReturnColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/merchant/returns/${id}`}
        empty={{ title: t('returns.emptyTitle'), text: t('returns.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

/** The ways to tell of a return before it comes. */
function Announce() {
  const { t } = useTranslation('merchant');
  if (!useMayDecide()) return null;
  return (
    <>
      <Button
        component={Link}
        to="/merchant/returns/import"
        variant="default"
        leftSection={<IconFileSpreadsheet size={20} aria-hidden />}
      >
        {t('import.short')}
      </Button>
      <Button
        component={Link}
        to="/merchant/returns/announce"
        leftSection={<IconPackageImport size={20} aria-hidden />}
      >
        {t('announce.title')}
      </Button>
    </>
  );
}
