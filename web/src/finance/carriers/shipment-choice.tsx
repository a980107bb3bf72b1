import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';

const PAUSE_MS = 300;

export interface ShipmentChoiceProps {
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
  /** Of the field, where it is not the order's number alone. */
  label?: string;
  focus?: boolean;
}

/** The shipment of an order that is found by its number. */
export function ShipmentChoice({ chosen, onChoose, label, focus = true }: ShipmentChoiceProps) {
  const { t } = useTranslation('carriers');
  const [typed, setTyped] = useState('');
  const [number] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const orders = useApi('GET /orders', { externalNumber: number, limit: 10 }, { enabled: number !== '' });
  const found = number === '' ? [] : (orders.data?.items ?? []);
  return (
    <Stack gap="sm">
      <TextInput
        label={label ?? t('match.order')}
        value={typed}
        data-autofocus={focus || undefined}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          onChoose(undefined);
        }}
      />
      {found.length > 0 && (
        <Radio.Group label={t('match.shipments')} value={chosen ?? null} onChange={onChoose}>
          <Stack gap="xs" mt="xs">
            {found.map(({ id }) => (
              <Shipments key={id} orderId={id} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {number !== '' && orders.data && !found.length && <Text role="status">{t('match.none')}</Text>}
    </Stack>
  );
}

function Shipments({ orderId }: { orderId: string }) {
  const { t } = useTranslation('carriers');
  const { day } = useFormats();
  const order = useApi('GET /orders/{id}', { id: orderId }).data;
  // orders of several merchants may have one number
  const merchant = useApi(
    'GET /merchants/{id}',
    { id: order?.merchantId ?? '' },
    { enabled: order !== undefined, staleTimeMs: 60_000 },
  ).data;
  if (!order || !merchant) return null;
  return order.shipments.map(({ id, serviceDate, trackingNumber }) => (
    <Radio
      key={id}
      value={id}
      label={t('match.option', {
        merchant: `${merchant.number} ${merchant.name}`,
        order: order.externalNumber,
        day: day(serviceDate),
      })}
      description={trackingNumber ?? undefined}
    />
  ));
}
