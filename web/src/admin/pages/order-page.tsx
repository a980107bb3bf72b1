import { Group, Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { LetterButton } from '../../shared/letter-dialog.tsx';
import { NotesPanel } from '../../shared/notes-panel.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { CancelOrder } from '../orders/cancel-order.tsx';
import type { Order } from '../orders/draft.ts';
import { OrderBadge } from '../orders/order-badge.tsx';
import { OrderFacts } from '../orders/order-facts.tsx';
import { OrderLines } from '../orders/order-lines.tsx';
import { OrderReturns } from '../orders/order-returns.tsx';
import { OrderShipments } from '../orders/order-shipments.tsx';
import { ShipOrder } from '../orders/ship-order.tsx';
import { MerchantName } from '../parts/merchant-name.tsx';
import { Section } from '../parts/section.tsx';
import { Trail } from '../parts/trail.tsx';

/** One order: what was ordered by whom, what left the house, and what came back. */
export function OrderPage() {
  const { id } = useParams({ from: '/session/admin/orders/$id' });
  const { data, error, refetch } = useApi('GET /orders/{id}', { id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/admin/orders" />;
  if (!data) return <Skeleton h={320} />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <Details order={data} />
    </>
  );
}

function Details({ order }: { order: Order }) {
  const { t } = useTranslation('admin');
  const { id, merchantId, state } = order;
  const isAdmin = hasRole(useUser(), 'admin');
  return (
    <>
      <PageHeader
        title={t('orders.is', { number: order.externalNumber })}
        lead={
          <>
            <MerchantName id={merchantId} /> · {order.channel}
          </>
        }
        back="/admin/orders"
        aside={<OrderBadge state={state} />}
        actions={
          <>
            {state === 'open' && <CancelOrder order={order} />}
            {(state === 'open' || state === 'partially_shipped') && <ShipOrder order={order} />}
          </>
        }
      />
      <Stack gap="lg">
        <OrderLines order={order} />
        <OrderFacts order={order} />
        <OrderShipments order={order} />
        <OrderReturns orderId={id} />
        <NotesPanel subject="order" subjectId={id} />
        <Group>
          <LetterButton merchantId={merchantId} about={{ type: 'order', id }} />
        </Group>
        {isAdmin && (
          <Section title={t('trail.title')}>
            <Trail entity="order" entityId={id} />
          </Section>
        )}
      </Stack>
    </>
  );
}
