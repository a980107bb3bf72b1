import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { PackagingButton } from '../packagings/packaging-form.tsx';

type Packaging = ItemOf<'GET /packagings'>;

/** What the house packs parcels in; what it costs stands in the rate cards, under its code. */
export function PackagingsPage() {
  const { t } = useTranslation('shipments');
  const { values, change, clear, isFiltered } = useUrlFilters(['active']);
  const list = useApiList('GET /packagings', values as Filters<'GET /packagings'>);
  return (
    <>
      <PageHeader title={t('packaging.title')} lead={t('packaging.lead')} actions={<PackagingButton />} />
      <FilterBar
        fields={[
          {
            ...{ name: 'active', label: t('packaging.state'), kind: 'select' as const },
            options: [
              { value: 'true', label: t('packaging.active') },
              { value: 'false', label: t('packaging.retired') },
            ],
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="packagings"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={{ title: t('packaging.emptyTitle'), text: t('packaging.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<Packaging>[] {
  const { t } = useTranslation('shipments');
  const state = ({ active }: Packaging) => t(active ? 'packaging.active' : 'packaging.retired');
  return [
    { key: 'name', label: t('packaging.name'), render: ({ name }) => name, csv: ({ name }) => name },
    { key: 'code', label: t('packaging.code'), render: ({ code }) => code, csv: ({ code }) => code },
    { key: 'ean', label: t('packaging.ean'), render: ({ ean }) => ean ?? '–', csv: ({ ean }) => ean },
    {
      key: 'active',
      label: t('packaging.state'),
      render: (one) => <ToneBadge tone={one.active ? 'good' : 'quiet'} label={state(one)} />,
      csv: state,
    },
    {
      key: 'edit',
      label: t('packaging.edit'),
      render: (one) => <PackagingButton key={one.version} packaging={one} />,
    },
  ];
}
