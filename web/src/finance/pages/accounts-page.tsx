import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { callApi } from '../../app/api/client.ts';
import { queryClient, useApiList } from '../../app/api/queries.ts';
import { apartFrom, type Account } from '../../shared/account/account.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';

type Merchant = ItemOf<'GET /merchants'>;

/** Each account is priced as a draft is, so they are asked for a page at a time. */
const PAGE_SIZE = 20;

/** The running accounts: what every merchant has open, and what its month is expected to come to (X4). */
export function AccountsPage() {
  const { t } = useTranslation('finance');
  const { values, change, clear, isFiltered } = useUrlFilters(['q']);
  const q = values.q?.trim();
  const list = useApiList('GET /merchants', { sort: 'name', ...(q ? { q } : {}) }, { pageSize: PAGE_SIZE });
  return (
    <>
      <PageHeader title={t('accounts.title')} lead={t('accounts.lead')} />
      <FilterBar
        fields={[{ name: 'q', label: t('run.search'), kind: 'text' }]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="accounts"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/accounts/${id}`}
        empty={{ title: t('accounts.emptyTitle') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<Merchant>[] {
  const { t } = useTranslation('finance');
  return [
    {
      key: 'merchant',
      label: t('run.merchant'),
      render: ({ number, name }) => `${number} ${name}`,
      csv: ({ number, name }) => `${number} ${name}`,
    },
    {
      key: 'open',
      label: t('accounts.open'),
      numeric: true,
      render: ({ id }) => <Figure merchantId={id} of="open" />,
      csv: ({ id }) => inEuros(shown(id)?.netMinor),
    },
    {
      key: 'expected',
      label: t('accounts.expected'),
      numeric: true,
      render: ({ id }) => <Figure merchantId={id} of="expected" />,
      csv: ({ id }) => inEuros(shown(id)?.expected.netMinor),
    },
    {
      key: 'apart',
      label: t('accounts.apart'),
      numeric: true,
      render: ({ id }) => <Apart merchantId={id} />,
    },
  ];
}

/** Under a key of its own: a list of prices that asks at every change would keep the house busy. */
const keyOf = (id: string) => ['accounts', id] as const;
const FRESH_MS = 60_000;

const useAccount = (id: string) =>
  useQuery<Account>({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => callApi('GET /merchants/{id}/account', { id }, { signal }),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });

/** For the export: what is on the screen. */
const shown = (id: string): Account | undefined => queryClient.getQueryData<Account>(keyOf(id));

function Figure({ merchantId, of }: { merchantId: string; of: 'open' | 'expected' }) {
  const { data, error } = useAccount(merchantId);
  if (error && !data) return '–';
  if (!data) return <Skeleton h={16} w={80} ml="auto" />;
  return <Money minor={of === 'open' ? data.netMinor : data.expected.netMinor} currency={data.currency} />;
}

const inEuros = (minor: number | undefined) => (minor === undefined ? null : minor / 100);

function Apart({ merchantId }: { merchantId: string }) {
  const { data } = useAccount(merchantId);
  return (data && apartFrom(data)) || '–';
}
