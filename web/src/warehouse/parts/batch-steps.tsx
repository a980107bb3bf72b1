import { Card, Group, NumberInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconLock, IconPackage, IconTruckDelivery } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { apiKey, queryClient, useApiMutation } from '../../app/api/queries.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { NetworkButton } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import { CarrierLabel } from './carrier-label.tsx';
import { CarrierField, TrackingField } from './tracking-fields.tsx';

type Batch = Output<'GET /rtv-batches/{id}'>;

/** What comes next with a batch. Each step needs the network, because others see the same box. */
export function BatchSteps({ batch }: { batch: Batch }) {
  switch (batch.state) {
    case 'open':
      return <Close batch={batch} />;
    case 'closing':
      return <Pack batch={batch} />;
    case 'packed':
      return <Dispatch batch={batch} />;
    case 'dispatched':
      return <Deliver batch={batch} />;
    default:
      return null;
  }
}

/** Shows what a step answered at once, before the batch is asked for again. */
export const keepBatch = (batch: Batch): void =>
  void queryClient.setQueryData(apiKey('GET /rtv-batches/{id}', { id: batch.id }), batch);

function Close({ batch }: { batch: Batch }) {
  const { t } = useTranslation('warehouse');
  const user = useUser();
  const close = useApiMutation('POST /rtv-batches/{id}/close', { onSuccess: keepBatch });
  const cancel = useApiMutation('POST /rtv-batches/{id}/cancel', { onSuccess: keepBatch });
  const [reason, setReason] = useState('');
  const act = async () => {
    await close.mutateAsync({ id: batch.id });
    signalSuccess();
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {batch.items.length > 0 && (
        <NetworkButton
          h={60}
          fz="lg"
          label={t('batch.close')}
          leftSection={<IconLock size={24} aria-hidden />}
          onClick={act}
        />
      )}
      {hasRole(user, 'lead', 'admin') && (
        <ConfirmButton
          h={60}
          label={t('batch.cancel')}
          question={t('batch.cancelQuestion')}
          consequence={t('batch.cancelText')}
          canConfirm={reason.trim() !== ''}
          onConfirm={() => cancel.mutateAsync({ id: batch.id, reason: reason.trim() })}
        >
          <TextInput
            size="lg"
            label={t('batch.cancelReason')}
            value={reason}
            maxLength={200}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </ConfirmButton>
      )}
    </SimpleGrid>
  );
}

function Pack({ batch }: { batch: Batch }) {
  const { t } = useTranslation('warehouse');
  const pack = useApiMutation('POST /rtv-batches/{id}/pack', { onSuccess: keepBatch });
  const open = batch.pieces - batch.checkedPieces;
  const act = async (withoutCheck: boolean) => {
    await pack.mutateAsync({ id: batch.id, ...(withoutCheck ? { withoutCheck } : {}) });
    signalSuccess();
  };
  if (open === 0)
    return (
      <NetworkButton
        h={60}
        fz="lg"
        label={t('batch.pack')}
        leftSection={<IconPackage size={24} aria-hidden />}
        onClick={() => act(false)}
      />
    );
  return (
    <ConfirmButton
      h={60}
      label={t('batch.packUnchecked')}
      question={t('batch.packQuestion', { count: open })}
      consequence={t('batch.packText')}
      onConfirm={() => act(true)}
    />
  );
}

function Dispatch({ batch }: { batch: Batch }) {
  const { t, i18n } = useTranslation('warehouse');
  const dispatch = useApiMutation('POST /rtv-batches/{id}/dispatch', { onSuccess: keepBatch });
  const [carrier, setCarrier] = useState('DHL');
  const [trackingNumber, setTracking] = useState('');
  const [parcels, setParcels] = useState(1);
  const [kilograms, setKilograms] = useState<number | ''>(
    batch.weightKnownGrams ? Math.ceil(batch.weightKnownGrams / 100) / 10 : '',
  );
  const ready = carrier.trim() !== '' && trackingNumber.trim() !== '' && Number(kilograms) > 0;
  const send = async () => {
    await dispatch.mutateAsync({
      id: batch.id,
      carrier: carrier.trim(),
      trackingNumber: trackingNumber.trim(),
      parcels,
      weightGrams: Math.round(Number(kilograms) * 1_000),
    });
    signalSuccess();
  };
  return (
    <Card p="md">
      <Stack gap="md">
        <CarrierLabel batch={batch} />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <CarrierField label={t('batch.carrier')} value={carrier} onChange={setCarrier} />
          <TrackingField label={t('batch.tracking')} value={trackingNumber} onChange={setTracking} />
        </SimpleGrid>
        <Group grow align="flex-start">
          <NumberInput
            hideControls
            size="lg"
            label={t('batch.parcels')}
            min={1}
            max={10_000}
            allowDecimal={false}
            value={parcels}
            onChange={(value) => setParcels(Math.max(1, Number(value) || 1))}
          />
          <NumberInput
            hideControls
            size="lg"
            label={t('batch.weight')}
            min={0.001}
            decimalScale={3}
            decimalSeparator={i18n.language === 'en' ? '.' : ','}
            value={kilograms}
            onChange={(value) => setKilograms(value === '' ? '' : Number(value))}
          />
        </Group>
        <NetworkButton
          h={60}
          fz="lg"
          label={t('batch.dispatch')}
          disabled={!ready}
          leftSection={<IconTruckDelivery size={24} aria-hidden />}
          onClick={send}
        />
      </Stack>
    </Card>
  );
}

function Deliver({ batch }: { batch: Batch }) {
  const { t } = useTranslation('warehouse');
  const deliver = useApiMutation('POST /rtv-batches/{id}/deliver', { onSuccess: keepBatch });
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t('batch.onItsWay')}</Text>
      <NetworkButton
        h={60}
        variant="default"
        label={t('batch.deliver')}
        onClick={() => deliver.mutateAsync({ id: batch.id })}
      />
    </Stack>
  );
}
