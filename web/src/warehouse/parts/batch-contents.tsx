import { Card, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { GradeBadge } from '../../shared/grade.tsx';
import { PhotoGrid } from '../../shared/photo-grid.tsx';
import { keepBatch } from './batch-steps.tsx';

type Batch = Output<'GET /rtv-batches/{id}'>;

export interface BatchContentsProps {
  batch: Batch;
  /** Ticks an item off, or not after all. */
  onCheck: (itemId: string, checked: boolean) => void;
}

/** What is in the box. */
export function BatchContents({ batch, onCheck }: BatchContentsProps) {
  const { t } = useTranslation('warehouse');
  return (
    <>
      <Title order={2} size="h4">
        {t('batch.contents')}
      </Title>
      {!batch.items.length && <Text c="dimmed">{t('batch.nothingInside')}</Text>}
      {batch.items.map((item) => (
        <ItemInside key={item.itemId} {...{ batch, item, onCheck }} />
      ))}
    </>
  );
}

function ItemInside({ batch, item, onCheck }: BatchContentsProps & { item: Batch['items'][number] }) {
  const { t } = useTranslation('warehouse');
  const name = item.name || (item.sku ?? '');
  return (
    <Card p="md" component="article" aria-label={name}>
      <Group wrap="nowrap" align="flex-start">
        {item.photo && <PhotoGrid quiet size={72} photos={[{ id: item.photo.id, urls: item.photo.links }]} />}
        <Stack gap={4} flex={1} miw={0}>
          <Text fw={600}>
            {item.quantity > 1 && `${item.quantity} × `}
            {name}
          </Text>
          <Text c="dimmed" fz="sm">
            {[item.sku, item.returnNumber, item.labelCode].filter(Boolean).join(' · ')}
          </Text>
          <Group gap="xs">
            <GradeBadge grade={item.grade} />
            {item.checkedAt && (
              <Text fz="sm" c="var(--k-good)">
                {t('batch.checkedAt')} <DateTime at={item.checkedAt} format="time" />
              </Text>
            )}
          </Group>
          {item.note && (
            <Text fz="sm" c="dimmed" lineClamp={2}>
              {item.note}
            </Text>
          )}
          {batch.state === 'open' && <Remove batchId={batch.id} itemId={item.itemId} name={name} />}
        </Stack>
        {batch.state === 'closing' && (
          <Checkbox
            size="xl"
            aria-label={t('batch.check', { name })}
            checked={item.checkedAt !== null}
            onChange={({ currentTarget }) => onCheck(item.itemId, currentTarget.checked)}
          />
        )}
      </Group>
    </Card>
  );
}

/** Somebody has to decide about it again, so it asks before. */
function Remove({ batchId, itemId, name }: { batchId: string; itemId: string; name: string }) {
  const { t } = useTranslation('warehouse');
  const remove = useApiMutation('POST /rtv-batches/{id}/items/{itemId}/remove', { onSuccess: keepBatch });
  const [reason, setReason] = useState('');
  const why = reason.trim();
  return (
    <ConfirmButton
      variant="subtle"
      h={48}
      px={0}
      w="fit-content"
      label={t('batch.remove')}
      question={t('batch.removeQuestion', { name })}
      consequence={t('batch.cancelText')}
      onConfirm={() => remove.mutateAsync({ id: batchId, itemId, ...(why ? { reason: why } : {}) })}
    >
      <TextInput
        size="lg"
        label={t('batch.removeReason')}
        value={reason}
        maxLength={200}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ConfirmButton>
  );
}
