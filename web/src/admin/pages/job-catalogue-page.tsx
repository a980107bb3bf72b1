import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { EntryButton } from '../jobs/entry-form.tsx';

type Entry = ItemOf<'GET /special-job-catalogue'>;

/** What the house offers as special jobs. */
export function JobCataloguePage() {
  const { t } = useTranslation('jobs');
  const { values, change, clear, isFiltered } = useUrlFilters(['active']);
  const filters = values as Filters<'GET /special-job-catalogue'>;
  const list = useApiList('GET /special-job-catalogue', filters, { live: true });
  return (
    <>
      <PageHeader title={t('catalogue.title')} lead={t('catalogue.lead')} actions={<EntryButton />} />
      <FilterBar
        fields={[
          {
            ...{ name: 'active', label: t('catalogue.state'), kind: 'select' as const },
            options: [
              { value: 'true', label: t('catalogue.active') },
              { value: 'false', label: t('catalogue.inactive') },
            ],
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="special-job-catalogue"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={{ title: t('catalogue.emptyTitle'), text: t('catalogue.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<Entry>[] {
  const { t, i18n } = useTranslation('jobs');
  const nameOf = ({ name }: Entry) => (i18n.language === 'en' ? name.en : name.de);
  const approval = ({ needsApproval }: Entry) => t(needsApproval ? 'catalogue.needed' : 'catalogue.notNeeded');
  const state = ({ active }: Entry) => t(active ? 'catalogue.active' : 'catalogue.inactive');
  return [
    { key: 'name', label: t('catalogue.name'), render: nameOf, csv: nameOf },
    { key: 'code', label: t('catalogue.code'), render: ({ code }) => code, csv: ({ code }) => code },
    {
      key: 'unit',
      label: t('catalogue.unit'),
      render: ({ unit }) => t(`unitName.${unit}`),
      csv: ({ unit }) => t(`unitName.${unit}`),
    },
    { key: 'approval', label: t('catalogue.approval'), render: approval, csv: approval },
    {
      key: 'active',
      label: t('catalogue.state'),
      render: (entry) => <ToneBadge tone={entry.active ? 'good' : 'quiet'} label={state(entry)} />,
      csv: state,
    },
    {
      key: 'edit',
      label: t('catalogue.edit'),
      render: (entry) => <EntryButton key={entry.version} entry={entry} name={nameOf(entry)} />,
      csv: () => null,
    },
  ];
}
