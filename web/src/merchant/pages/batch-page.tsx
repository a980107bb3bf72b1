import { Grid, Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { ChargeList } from '../../shared/evidence/charge-list.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { BatchItems } from '../batches/batch-items.tsx';
import { Disputes } from '../batches/disputes.tsx';
import { Receipt } from '../batches/receipt.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { Facts } from '../parts/facts.tsx';
import { PageError } from '../parts/page-error.tsx';
import { Section } from '../parts/section.tsx';
import { TrackingLink } from '../parts/tracking-link.tsx';
import { MessagesAbout } from '../returns/messages-about.tsx';

const CONTENTS_MAY_CHANGE: readonly string[] = ['open', 'cancelled'];

/** A batch: what is in it, where it is, and whether all of it came. */
export function BatchPage() {
  const { t } = useTranslation('merchant');
  const formats = useFormats();
  const { id } = useParams({ from: '/session/merchant/desk/batches/$id' });
  const { data, error, refetch } = useApi('GET /rtv-batches/{id}', { id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/merchant/batches" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  const { number, state, carrier, trackingNumber, weightGrams } = data;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t('batches.batch', { number })}
        back="/merchant/batches"
        lead={t(`batches.now.${state}`)}
        aside={<StateBadge of="batch" value={state} />}
        actions={
          !CONTENTS_MAY_CHANGE.includes(state) && (
            <DownloadButton route="GET /rtv-batches/{id}/packing-list.pdf" input={{ id }}>
              {t('batches.packingList')}
            </DownloadButton>
          )
        }
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            <Receipt batch={data} />
            <Disputes batch={data} />
            <BatchItems batch={data} />
            <Section title={t('batches.costs')}>
              <ChargeList filters={{ sourceId: id }} desk="/merchant" withSum sameCause />
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            <Section title={t('batches.facts')}>
              <Facts
                facts={[
                  [t('returns.tracking'), trackingNumber && <TrackingLink carrier={carrier} number={trackingNumber} />],
                  [t('batches.parcels'), data.parcels],
                  [t('batches.weight'), weightGrams && `${formats.number(weightGrams / 1000)} kg`],
                  [t('batches.due'), state === 'open' && data.dueAt && <DateTime at={data.dueAt} />],
                  [t('batches.closed'), data.closedAt && <DateTime at={data.closedAt} />],
                  [t('batches.closedBy.label'), data.closedBy && t(`batches.closedBy.${data.closedBy}`)],
                  [t('batches.dispatched'), data.dispatchedAt && <DateTime at={data.dispatchedAt} />],
                  [t('batches.delivered'), data.deliveredAt && <DateTime at={data.deliveredAt} />],
                  [t('batches.confirmed'), data.confirmedAt && <DateTime at={data.confirmedAt} />],
                  [t('batches.cancelReason'), data.cancelReason],
                ]}
              />
            </Section>
            <MessagesAbout documentId={id} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
