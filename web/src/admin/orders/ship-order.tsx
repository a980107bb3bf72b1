import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { newId } from '../../warehouse/offline/ids.ts';
import { IntInput } from '../../shared/int-input.tsx';
import type { Order } from './draft.ts';

const MOST_PARCELS = 10_000;
const MOST_GRAMS = 1_000_000_000;

interface Packed {
  parcels: number | null;
  weightGrams: number | null;
  carrier: string;
  trackingNumber: string;
  /** Pieces by line of the order, as far as somebody changed them: else all that is open. */
  pieces: Readonly<Record<string, number | null>>;
}

const NOTHING: Packed = { parcels: 1, weightGrams: null, carrier: '', trackingNumber: '', pieces: {} };

/** Records what leaves the house of an order; without a change, all that is still open. */
export function ShipOrder({ order }: { order: Order }) {
  const { t } = useTranslation('admin');
  const [packed, setPacked] = useState(NOTHING);
  const open = openLines(order, packed);
  const sent = useRef<{ shipmentId: string; packed: Packed }>(undefined);
  const ship = useApiMutation('POST /orders/{id}/shipments');
  const lines = open
    .map(({ id, pieces }) => ({ orderLineId: id, quantity: pieces ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
  const { parcels, weightGrams } = packed;
  const [carrier, trackingNumber] = [packed.carrier.trim(), packed.trackingNumber.trim()];
  const act = async () => {
    if (parcels === null || weightGrams === null) return;
    // what is sent again unchanged is the same shipment
    if (sent.current?.packed !== packed) sent.current = { shipmentId: newId(), packed };
    await ship.mutateAsync({
      ...{ id: order.id, shipmentId: sent.current.shipmentId, lines, parcels, weightGrams },
      ...(carrier ? { carrier } : {}),
      ...(trackingNumber ? { trackingNumber } : {}),
      $options: { ifMatch: order.version },
    });
    setPacked(NOTHING);
  };
  const fits = open.every(({ pieces, left }) => within(pieces ?? 0, 0, left));
  return (
    <ConfirmButton
      variant="filled"
      danger={false}
      label={t('orders.ship')}
      question={t('orders.shipQuestion', { number: order.externalNumber })}
      consequence={t('orders.shipText')}
      canConfirm={fits && lines.length > 0 && within(parcels, 1, MOST_PARCELS) && within(weightGrams, 0, MOST_GRAMS)}
      onConfirm={act}
    >
      <ShipmentFields
        open={open}
        packed={packed}
        onChange={(patch) => setPacked((old) => ({ ...old, ...patch }))}
        error={ship.error}
      />
    </ConfirmButton>
  );
}

interface ShipmentFieldsProps {
  open: ReturnType<typeof openLines>;
  packed: Packed;
  onChange: (patch: Partial<Packed>) => void;
  error: Error | null;
}

function ShipmentFields({ open, packed, onChange, error }: ShipmentFieldsProps) {
  const { t } = useTranslation('admin');
  const wrong = useFieldErrors(error);
  const { parcels, weightGrams, carrier, trackingNumber } = packed;
  return (
    <Stack gap="sm">
      {open.map(({ id, sku, name, left, pieces }) => (
        <IntInput
          key={id}
          label={name || sku}
          description={t('orders.left', { count: left })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          max={left}
          value={pieces}
          onChange={(quantity) => onChange({ pieces: { ...packed.pieces, [id]: quantity } })}
        />
      ))}
      <SimpleGrid cols={2}>
        <IntInput
          label={t('orders.parcels')}
          required
          min={1}
          max={MOST_PARCELS}
          value={parcels}
          error={wrong('parcels')}
          onChange={(typed) => onChange({ parcels: typed })}
        />
        <IntInput
          label={t('orders.weight')}
          required
          suffix=" g"
          min={0}
          max={MOST_GRAMS}
          value={weightGrams}
          error={wrong('weightGrams')}
          onChange={(typed) => onChange({ weightGrams: typed })}
        />
        <TextInput
          label={t('orders.carrier')}
          maxLength={40}
          value={carrier}
          error={wrong('carrier')}
          onChange={({ currentTarget }) => onChange({ carrier: currentTarget.value })}
        />
        <TextInput
          label={t('orders.tracking')}
          maxLength={80}
          autoComplete="off"
          value={trackingNumber}
          error={wrong('trackingNumber')}
          onChange={({ currentTarget }) => onChange({ trackingNumber: currentTarget.value })}
        />
      </SimpleGrid>
      <Text c="dimmed" fz="sm">
        {t('orders.shippedNow')}
      </Text>
    </Stack>
  );
}

const openLines = ({ lines }: Order, { pieces }: Packed) =>
  lines
    .map(({ id, sku, name, quantity, shippedQuantity }) => ({ id, sku, name, left: quantity - shippedQuantity }))
    .filter(({ left }) => left > 0)
    .map((line) => ({ ...line, pieces: line.id in pieces ? pieces[line.id]! : line.left }));

const within = (value: number | null, least: number, most: number): boolean =>
  value !== null && Number.isInteger(value) && value >= least && value <= most;
