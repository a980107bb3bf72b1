import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { NewUser } from '../users/new-user.tsx';

export function UsersPage() {
  const { t } = useTranslation('admin');
  const { values, change, clear, isFiltered } = useUrlFilters(['q', 'active']);
  const list = useApiList('GET /users', values as Filters<'GET /users'>);
  return (
    <>
      <PageHeader title={t('users.title')} lead={t('users.lead')} actions={<NewUser />} />
      <FilterBar
        fields={[
          { name: 'q', label: t('users.search'), kind: 'text' },
          {
            name: 'active',
            label: t('users.active'),
            kind: 'select',
            options: [
              { value: 'true', label: t('users.activeYes') },
              { value: 'false', label: t('users.activeNo') },
            ],
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="users"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/users/${id}`}
        empty={{ title: t('users.emptyTitle') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<ItemOf<'GET /users'>>[] {
  const { t } = useTranslation('admin');
  const accessOf = (active: boolean) => t(active ? 'users.activeYes' : 'users.activeNo');
  return [
    {
      key: 'name',
      label: t('users.name'),
      render: ({ displayName }) => displayName,
      csv: ({ displayName }) => displayName,
    },
    { key: 'email', label: t('users.email'), render: ({ email }) => email, csv: ({ email }) => email },
    {
      key: 'roles',
      label: t('users.roles'),
      render: ({ roles }) => roles.map((role) => t(`role.${role}`)).join(', '),
      csv: ({ roles }) => roles.map((role) => t(`role.${role}`)).join(', '),
    },
    {
      key: 'merchants',
      label: t('users.merchants'),
      render: ({ merchantIds }) => (merchantIds.length ? merchantIds.length : t('users.house')),
      csv: ({ merchantIds }) => merchantIds.length,
    },
    {
      key: 'active',
      label: t('users.active'),
      render: ({ active }) => <ToneBadge tone={active ? 'good' : 'quiet'} label={accessOf(active)} />,
      csv: ({ active }) => accessOf(active),
    },
    {
      key: 'lastLogin',
      label: t('users.lastLogin'),
      render: ({ lastLoginAt }) => (lastLoginAt ? <DateTime at={lastLoginAt} /> : t('users.never')),
      csv: ({ lastLoginAt }) => lastLoginAt,
    },
  ];
}
