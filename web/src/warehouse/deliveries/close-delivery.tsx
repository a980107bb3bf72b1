import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { Differences, type Delivery } from '../../shared/deliveries/words.tsx';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import { keep } from './use-counts.ts';

export interface CloseDeliveryProps {
  delivery: Delivery;
  uncounted: number;
  isEmpty: boolean;
  /** Every count has reached the server. */
  isSaved: boolean;
}

/** What the delivery is charged by besides its pieces, and its end. */
export function CloseDelivery({ delivery, uncounted, isEmpty, isSaved }: CloseDeliveryProps) {
  const { t } = useTranslation('deliveries');
  const close = useApiMutation('POST /goods-in/{id}/close', { onSuccess: keep });
  const [effort, setEffort] = useState<Record<'pallets' | 'cartons' | 'minutes', number | null>>({
    pallets: delivery.pallets ?? delivery.expectedPallets,
    cartons: delivery.cartons ?? delivery.expectedCartons,
    minutes: delivery.minutes,
  });
  const { pallets, cartons, minutes } = effort;
  const isComplete = [pallets, cartons, minutes].every((value) => value !== null && value >= 0);
  const missing = isEmpty
    ? t('close.empty')
    : uncounted > 0
      ? t('close.uncounted', { count: uncounted })
      : isComplete
        ? undefined
        : t('close.missingEffort');
  const act = async () => {
    const known = { pallets: pallets!, cartons: cartons!, minutes: minutes! };
    await close.mutateAsync({ id: delivery.id, ...known, $options: { ifMatch: delivery.version } });
    signalSuccess();
    // what came of it stands at the top
    window.scrollTo({ top: 0 });
  };
  const field = (name: keyof typeof effort, max: number) => (
    <ExactNumber
      hideControls
      size="lg"
      label={t(`close.${name}`)}
      min={0}
      max={max}
      value={effort[name]}
      onChange={(value) => setEffort((now) => ({ ...now, [name]: value }))}
    />
  );
  return (
    <Card p="md" component="section" aria-label={t('close.title')}>
      <Stack gap="md">
        <Title order={2} size="h4">
          {t('close.title')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
          {field('pallets', 10_000)}
          {field('cartons', 10_000)}
          {field('minutes', 100_000)}
        </SimpleGrid>
        <Differences delivery={delivery} />
        {missing && <Text c="dimmed">{missing}</Text>}
        <ConfirmButton
          h={60}
          fz="lg"
          variant="filled"
          danger={false}
          disabled={missing !== undefined || !isSaved}
          label={t('close.button')}
          question={t('close.question')}
          consequence={t('close.consequence')}
          onConfirm={act}
        />
      </Stack>
    </Card>
  );
}
