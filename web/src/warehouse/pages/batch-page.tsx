import { Card, Checkbox, Group, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconFileTypePdf, IconTag } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { apiKey, queryClient, useApi, useApiMutation } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { GradeBadge } from '../../shared/grade.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { PhotoGrid } from '../../shared/photo-grid.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { NetworkButton, useRefusal } from '../feedback/needs-network.tsx';
import { signalError, signalSuccess } from '../feedback/signals.ts';
import { BatchSteps } from '../parts/batch-steps.tsx';
import { useMerchantName } from '../parts/names.ts';
import { openPdf } from '../parts/open-pdf.ts';
import { useScan } from '../scan/use-scan.ts';
import { useWeight } from './batches-page.tsx';

export type Batch = Output<'GET /rtv-batches/{id}'>;

/** One box on its way back: what is in it, checked by scanning, and the next step. */
export function BatchPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const batch = useApi('GET /rtv-batches/{id}', { id }, { live: ['rtv-batches', 'returns'] });
  if (batch.error) return <ErrorState error={batch.error} onRetry={batch.refetch} />;
  return batch.data ? <OpenBatch batch={batch.data} /> : <Skeleton h={320} radius="lg" />;
}

function OpenBatch({ batch }: { batch: Batch }) {
  const { t } = useTranslation('warehouse');
  const merchant = useMerchantName(batch.merchantId);
  const weight = useWeight();
  const checks = batch.state === 'closing';
  const check = useCheck(batch);
  const facts = [
    merchant,
    t('card.pieces', { count: batch.pieces }),
    weight(batch.weightGrams ?? batch.weightKnownGrams),
    batch.carrier,
    batch.trackingNumber,
  ];
  return (
    <Stack gap="md" maw={860} mx="auto">
      <PageHeader
        title={batch.number}
        back="/warehouse/batches"
        aside={<StateBadge of="batch" value={batch.state} />}
        lead={facts.filter(Boolean).join(' · ')}
        actions={
          <>
            <NetworkButton
              variant="default"
              h={52}
              label={t('batch.label')}
              leftSection={<IconTag size={22} aria-hidden />}
              onClick={() => openPdf('GET /rtv-batches/{id}/label.pdf', { id: batch.id, format: 'a6' })}
            />
            {batch.state !== 'open' && batch.state !== 'cancelled' && (
              <NetworkButton
                variant="default"
                h={52}
                label={t('batch.packingList')}
                leftSection={<IconFileTypePdf size={22} aria-hidden />}
                onClick={() => openPdf('GET /rtv-batches/{id}/packing-list.pdf', { id: batch.id })}
              />
            )}
          </>
        }
      />
      {checks && <CheckProgress batch={batch} />}
      <BatchSteps batch={batch} />
      <Title order={2} size="h4">
        {t('batch.contents')}
      </Title>
      {!batch.items.length && <Text c="dimmed">{t('batch.nothingInside')}</Text>}
      {batch.items.map((item) => (
        <Card key={item.itemId} p="md" component="article" aria-label={item.name || (item.sku ?? '')}>
          <Group wrap="nowrap" align="flex-start">
            {item.photo && <PhotoGrid quiet size={72} photos={[{ id: item.photo.id, urls: item.photo.links }]} />}
            <Stack gap={4} flex={1} miw={0}>
              <Text fw={600}>
                {item.quantity > 1 && `${item.quantity} × `}
                {item.name || item.sku}
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
            </Stack>
            {checks && (
              <Checkbox
                size="xl"
                aria-label={t('batch.check', { name: item.name || (item.sku ?? '') })}
                checked={item.checkedAt !== null}
                onChange={({ currentTarget }) => check(item.itemId, currentTarget.checked)}
              />
            )}
            {batch.state === 'open' && <Remove batchId={batch.id} itemId={item.itemId} />}
          </Group>
        </Card>
      ))}
    </Stack>
  );
}

function Remove({ batchId, itemId }: { batchId: string; itemId: string }) {
  const { t } = useTranslation('warehouse');
  const remove = useApiMutation('POST /rtv-batches/{id}/items/{itemId}/remove');
  return (
    <NetworkButton
      variant="subtle"
      h={48}
      px="sm"
      label={t('batch.remove')}
      onClick={() => remove.mutateAsync({ id: batchId, itemId })}
    />
  );
}

/** Ticks an item off, by its label or by hand. */
function useCheck(batch: Batch): (itemId: string, checked: boolean) => void {
  const refuse = useRefusal();
  const { t } = useTranslation('warehouse');
  const checkItem = useApiMutation('POST /rtv-batches/{id}/check', {
    onSuccess: (view) => void queryClient.setQueryData(apiKey('GET /rtv-batches/{id}', { id: batch.id }), view),
  });
  const check = (itemId: string, checked: boolean) =>
    checkItem.mutate(
      { id: batch.id, itemId, checked },
      { onSuccess: signalSuccess, onError: (error) => refuse(error) },
    );
  useScan((code) => {
    if (batch.state !== 'closing') return false;
    if (code === batch.labelCode || code === batch.number) return true;
    const hits = batch.items.filter((item) => [item.labelCode, item.sku].includes(code));
    const hit = hits.find(({ checkedAt }) => checkedAt === null) ?? hits[0];
    if (!hit) {
      refuse(undefined, t('batch.notInside', { code }));
      return true;
    }
    if (hit.checkedAt) signalError();
    else check(hit.itemId, true);
    return true;
  });
  return check;
}

function CheckProgress({ batch }: { batch: Batch }) {
  const { t } = useTranslation('warehouse');
  const share = batch.pieces ? (batch.checkedPieces / batch.pieces) * 100 : 100;
  useEffect(() => {
    if (share === 100) signalSuccess();
  }, [share]);
  return (
    <Card p="md">
      <Stack gap="xs">
        <Text fw={600} role="status">
          {t('batch.progress', { done: batch.checkedPieces, count: batch.pieces })}
        </Text>
        <Progress value={share} size="lg" aria-label={t('batch.progressLabel')} />
        <Text c="dimmed" fz="sm">
          {t('batch.scanHint')}
        </Text>
      </Stack>
    </Card>
  );
}
