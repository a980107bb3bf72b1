import { Card, Progress, Skeleton, Stack, Text } from '@mantine/core';
import { IconFileTypePdf, IconTag } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { DisputeDesk } from '../../shared/disputes/dispute-desk.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { LetterButton } from '../../shared/letter-dialog.tsx';
import { NotesPanel } from '../../shared/notes-panel.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { NetworkButton, useRefusal } from '../feedback/needs-network.tsx';
import { signalError, signalSuccess } from '../feedback/signals.ts';
import { BatchContents } from '../parts/batch-contents.tsx';
import { BatchSteps, keepBatch } from '../parts/batch-steps.tsx';
import { useMerchantName } from '../parts/names.ts';
import { openPdf } from '../parts/open-pdf.ts';
import { useScan } from '../scan/use-scan.ts';
import { useWeight } from './batches-page.tsx';

export type Batch = Output<'GET /rtv-batches/{id}'>;

/** One box on its way back: what is in it, checked by scanning, and the next step. */
export function BatchPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const batch = useApi('GET /rtv-batches/{id}', { id }, { live: ['rtv-batches', 'returns'] });
  if (batch.data)
    return (
      <>
        <StaleNotice error={batch.error} refetch={batch.refetch} />
        <OpenBatch batch={batch.data} />
      </>
    );
  return batch.error ? <ErrorState error={batch.error} onRetry={batch.refetch} /> : <Skeleton h={320} radius="lg" />;
}

function OpenBatch({ batch }: { batch: Batch }) {
  const { t } = useTranslation('warehouse');
  const merchant = useMerchantName(batch.merchantId);
  const weight = useWeight();
  const check = useCheck(batch);
  const facts = [
    merchant,
    t('card.pieces', { count: batch.pieces }),
    weight(batch.weightGrams ?? batch.weightKnownGrams),
    batch.carrier,
    batch.trackingNumber,
  ];
  return (
    <Stack gap="md" w="100%" maw={860} mx="auto">
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
            <LetterButton h={52} merchantId={batch.merchantId} about={{ type: 'rtvBatch', id: batch.id }} />
          </>
        }
      />
      {batch.state === 'closing' && <CheckProgress batch={batch} />}
      <BatchSteps batch={batch} />
      <DisputeDesk batch={batch} returnAt={(returnId) => `/warehouse/returns/${returnId}`} />
      <BatchContents batch={batch} onCheck={check} />
      <NotesPanel subject="batch" subjectId={batch.id} />
    </Stack>
  );
}

/** Ticks an item off, by its label or by hand. */
function useCheck(batch: Batch): (itemId: string, checked: boolean) => void {
  const refuse = useRefusal();
  const { t } = useTranslation('warehouse');
  const checkItem = useApiMutation('POST /rtv-batches/{id}/check', {
    onSuccess: keepBatch,
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
