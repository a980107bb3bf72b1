import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiAll, useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { OrderBadge, ORDER_STATES } from '../orders/order-badge.tsx';
import { MerchantName } from '../parts/merchant-name.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';

/** All orders, however they came; what came by telephone or on paper is entered here. */
export function OrdersPage() {
  const { t } = useTranslation('admin');
  const { values, change, clear, isFiltered } = useUrlFilters(['externalNumber', 'state', 'merchantId']);
  const list = useApiList('GET /orders', values as Filters<'GET /orders'>, { live: true });
  const { merchantId } = values;
  return (
    <>
      <PageHeader
        title={t('orders.title')}
        lead={t('orders.lead')}
        actions={
          <Button
            component={Link}
            to={`/admin/orders/new${merchantId ? `?merchantId=${merchantId}` : ''}`}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {t('orders.new')}
          </Button>
        }
      />
      <MerchantSelect
        label={t('orders.merchant')}
        placeholder={t('articles.everyMerchant')}
        value={merchantId ?? null}
        onChange={(chosen) => change({ merchantId: chosen })}
        clearButtonProps={{ 'aria-label': t('articles.everyMerchant') }}
        maw={420}
        mb="sm"
      />
      <FilterBar
        fields={[
          { name: 'externalNumber', label: t('orders.wholeNumber'), kind: 'text' },
          {
            name: 'state',
            label: t('orders.state'),
            kind: 'select',
            options: ORDER_STATES.map((value) => ({ value, label: t(`orders.states.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="orders"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/orders/${id}`}
        empty={{ title: t('orders.emptyTitle'), text: t('orders.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<ItemOf<'GET /orders'>>[] {
  const { t } = useTranslation('admin');
  const { data } = useApiAll('GET /merchants', {}, { staleTimeMs: 300_000 });
  const names = new Map(data?.map(({ id, number, name }) => [id, `${number} ${name}`]));
  return [
    {
      key: 'number',
      label: t('orders.number'),
      render: ({ externalNumber }) => externalNumber,
      csv: ({ externalNumber }) => externalNumber,
    },
    {
      key: 'merchant',
      label: t('orders.merchant'),
      render: ({ merchantId }) => names.get(merchantId) ?? <MerchantName id={merchantId} />,
      csv: ({ merchantId }) => names.get(merchantId) ?? merchantId,
    },
    { key: 'channel', label: t('orders.channel'), render: ({ channel }) => channel, csv: ({ channel }) => channel },
    {
      ...{ key: 'consumer', label: t('orders.consumer'), hidden: true },
      render: ({ consumerName }) => consumerName ?? '–',
      csv: ({ consumerName }) => consumerName,
    },
    {
      key: 'state',
      label: t('orders.state'),
      render: ({ state }) => <OrderBadge state={state} />,
      csv: ({ state }) => t(`orders.states.${state}`),
    },
    {
      key: 'orderedAt',
      label: t('orders.orderedAt'),
      render: ({ orderedAt }) => <DateTime at={orderedAt} />,
      csv: ({ orderedAt }) => orderedAt,
    },
    {
      key: 'pieces',
      label: t('orders.pieces'),
      numeric: true,
      render: ({ pieces }) => pieces,
      csv: (one) => one.pieces,
    },
  ];
}
