import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { StatusBadge } from '../merchant/status-badge.tsx';

const STATES = ['active', 'suspended', 'terminated'] as const;

export function MerchantsPage() {
  const { t } = useTranslation('admin');
  const { values, change, clear, isFiltered } = useUrlFilters(['q', 'status']);
  const list = useApiList('GET /merchants', values as Filters<'GET /merchants'>, { live: true });
  return (
    <>
      <PageHeader title={t('merchants.title')} lead={t('merchants.lead')} />
      <FilterBar
        fields={[
          { name: 'q', label: t('merchants.search'), kind: 'text' },
          {
            name: 'status',
            label: t('merchants.status'),
            kind: 'select',
            options: STATES.map((value) => ({ value, label: t(`merchantStatus.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="merchants"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/merchants/${id}`}
        empty={{ title: t('merchants.emptyTitle'), text: t('merchants.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<ItemOf<'GET /merchants'>>[] {
  const { t } = useTranslation('admin');
  return [
    { key: 'name', label: t('merchants.name'), render: ({ name }) => name, csv: ({ name }) => name },
    { key: 'number', label: t('merchants.number'), render: ({ number }) => number, csv: ({ number }) => number },
    {
      key: 'status',
      label: t('merchants.status'),
      render: ({ status }) => <StatusBadge status={status} />,
      csv: ({ status }) => t(`merchantStatus.${status}`),
    },
    {
      key: 'city',
      label: t('merchants.city'),
      render: ({ address }) => address.city,
      csv: ({ address }) => address.city,
    },
    {
      key: 'rules',
      label: t('merchants.rules'),
      numeric: true,
      render: ({ returnRules }) => returnRules?.length ?? 0,
      csv: ({ returnRules }) => returnRules?.length ?? 0,
    },
    {
      key: 'schedule',
      label: t('merchants.schedule'),
      render: ({ rtvSchedule }) => t(`schedule.${rtvSchedule}`),
      csv: ({ rtvSchedule }) => t(`schedule.${rtvSchedule}`),
    },
    {
      key: 'noticeEmails',
      label: t('merchants.noticeEmails'),
      hidden: true,
      render: ({ noticeEmails }) => noticeEmails.join(', '),
      csv: ({ noticeEmails }) => noticeEmails.join(', '),
    },
  ];
}
