import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';

type Line = ItemOf<'GET /carrier-lines'>;
const PAUSE_MS = 300;

/** Says whose shipment a line is, by the number of its order. */
export function MatchLine({ line }: { line: Line }) {
  const { t } = useTranslation('carriers');
  const match = useApiMutation('POST /carrier-lines/{id}/match');
  const [shipmentId, setShipmentId] = useState<string>();
  return (
    <ConfirmButton
      label={t('match.label')}
      question={t('match.question', { number: line.trackingNumber })}
      consequence={t('match.consequence')}
      danger={false}
      canConfirm={shipmentId !== undefined}
      onConfirm={() => match.mutateAsync({ id: line.id, shipmentId: shipmentId! })}
    >
      <ShipmentChoice chosen={shipmentId} onChoose={setShipmentId} />
    </ConfirmButton>
  );
}

interface ShipmentChoiceProps {
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
}

function ShipmentChoice({ chosen, onChoose }: ShipmentChoiceProps) {
  const { t } = useTranslation('carriers');
  const [typed, setTyped] = useState('');
  const [number] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const orders = useApi('GET /orders', { externalNumber: number, limit: 10 }, { enabled: number !== '' });
  const found = number === '' ? [] : (orders.data?.items ?? []);
  return (
    <Stack gap="sm">
      <TextInput
        label={t('match.order')}
        value={typed}
        data-autofocus
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

/** Takes a line off the list that no merchant pays for. */
export function DismissLine({ line }: { line: Line }) {
  const { t } = useTranslation('carriers');
  const dismiss = useApiMutation('POST /carrier-lines/{id}/dismiss');
  const [reason, setReason] = useState('');
  return (
    <ConfirmButton
      label={t('dismiss.label')}
      question={t('dismiss.question', { number: line.trackingNumber })}
      consequence={t('dismiss.consequence')}
      canConfirm={reason.trim() !== ''}
      onConfirm={() => dismiss.mutateAsync({ id: line.id, reason: reason.trim() })}
    >
      <TextInput
        label={t('dismiss.reason')}
        value={reason}
        maxLength={200}
        data-autofocus
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ConfirmButton>
  );
}
