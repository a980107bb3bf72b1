import { Anchor, Card, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { CallBack } from '../../shared/shipments/call-back.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { Section } from '../parts/section.tsx';
import type { Order } from './draft.ts';

type Shipment = Order['shipments'][number];

/** What left the house of an order; as long as the carrier does not have it, it can be called back. */
export function OrderShipments({ order }: { order: Order }) {
  const { t } = useTranslation('admin');
  return (
    <Section title={t('orders.shipments')}>
      {!order.shipments.length && <Text c="dimmed">{t('orders.noShipments')}</Text>}
      {order.shipments.map((shipment) => (
        <ShipmentCard key={shipment.id} order={order} shipment={shipment} />
      ))}
    </Section>
  );
}

function ShipmentCard({ order, shipment }: { order: Order; shipment: Shipment }) {
  const { t } = useTranslation('admin');
  const { t: words } = useTranslation('shipments');
  const { number } = useFormats();
  const { id, carrier, trackingNumber, reference, parcels, weightGrams, shippedAt, cancelled, lines } = shipment;
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const name = [carrier, trackingNumber].filter(Boolean).join(' ') || reference || t('orders.shipment');
  const { id: orderId, merchantId, externalNumber: orderNumber, channel } = order;
  return (
    <Card p="sm" component="article" aria-label={name}>
      <Group justify="space-between" gap="xs">
        <Anchor
          component={Link}
          to={`/admin/shipments?search=${encodeURIComponent(trackingNumber ?? id)}`}
          fw={600}
          lh="44px"
        >
          {name}
        </Anchor>
        <ToneBadge tone={cancelled ? 'quiet' : 'good'} label={words(cancelled ? 'calledBack' : 'shipped')} />
      </Group>
      <Group justify="space-between" gap="xs" align="flex-end">
        <Text c="dimmed" fz="sm" component="div">
          {[
            t('orders.piecesOf', { count: pieces }),
            t('orders.parcelsOf', { count: parcels }),
            t('orders.grams', { weight: number(weightGrams) }),
          ].join(' · ')}
          {' · '}
          <DateTime at={shippedAt} />
        </Text>
        {!cancelled && <CallBack shipment={{ ...shipment, orderId, merchantId, orderNumber, channel, pieces }} />}
      </Group>
      {cancelled && (
        <Text fz="sm" component="div">
          <Day on={cancelled.on} />: {cancelled.reason}
        </Text>
      )}
    </Card>
  );
}
