import { Anchor } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApi, useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../data-list.tsx';
import { DateTime, Day } from '../date-time.tsx';
import { FilterBar } from '../filter-bar.tsx';
import { PageHeader } from '../page-header.tsx';
import { ToneBadge } from '../state-badge.tsx';
import { useUrlFilters } from '../url-filters.ts';
import { CallBack } from './call-back.tsx';

type Shipment = ItemOf<'GET /shipments'>;

/** What left the house, found by any of its numbers, and called back while the carrier does not have it. */
export function ShipmentsPage() {
  const { t } = useTranslation('shipments');
  const { values, change, clear, isFiltered } = useUrlFilters(['search']);
  const list = useApiList('GET /shipments', values as Filters<'GET /shipments'>, { live: ['orders'] });
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <FilterBar
        fields={[{ name: 'search', label: t('search'), kind: 'text' }]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="shipments"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={{ title: t('emptyTitle'), text: t('emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<Shipment>[] {
  const { t } = useTranslation('shipments');
  const state = ({ cancelled }: Shipment) => t(cancelled ? 'calledBack' : 'shipped');
  return [
    {
      key: 'order',
      label: t('order'),
      render: (one) => <OrderNumber shipment={one} />,
      csv: ({ orderNumber }) => orderNumber,
    },
    {
      key: 'merchant',
      label: t('merchant'),
      render: ({ merchantId }) => <MerchantName id={merchantId} />,
    },
    {
      key: 'tracking',
      label: t('tracking'),
      render: ({ carrier, trackingNumber }) => [carrier, trackingNumber].filter(Boolean).join(' ') || '–',
      csv: ({ trackingNumber }) => trackingNumber,
    },
    {
      ...{ key: 'reference', label: t('reference'), hidden: true },
      render: ({ reference }) => reference ?? '–',
      csv: ({ reference }) => reference,
    },
    { key: 'pieces', label: t('pieces'), numeric: true, render: ({ pieces }) => pieces, csv: ({ pieces }) => pieces },
    {
      key: 'shippedAt',
      label: t('shippedAt'),
      render: ({ shippedAt }) => <DateTime at={shippedAt} />,
      csv: ({ shippedAt }) => shippedAt,
    },
    {
      key: 'state',
      label: t('state'),
      render: (one) => (
        <>
          <ToneBadge tone={one.cancelled ? 'quiet' : 'good'} label={state(one)} />
          {one.cancelled && (
            <div>
              <Day on={one.cancelled.on} />: {one.cancelled.reason}
            </div>
          )}
        </>
      ),
      csv: (one) => (one.cancelled ? `${state(one)}: ${one.cancelled.reason}` : state(one)),
    },
    {
      key: 'steps',
      label: t('steps'),
      render: (one) => (one.cancelled ? '–' : <CallBack shipment={one} />),
    },
  ];
}

/** Orders have their pages at the desk of the administration. */
function OrderNumber({ shipment: { orderId, orderNumber } }: { shipment: Shipment }) {
  const { pathname } = useLocation();
  if (!pathname.startsWith('/admin/')) return orderNumber;
  return (
    <Anchor component={Link} to={`/admin/orders/${orderId}`} inherit>
      {orderNumber}
    </Anchor>
  );
}

function MerchantName({ id }: { id: string }) {
  const { data } = useApi('GET /merchants/{id}', { id }, { staleTimeMs: 60_000 });
  return data ? `${data.number} ${data.name}` : '…';
}
