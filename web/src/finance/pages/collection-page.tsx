import { Skeleton, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { CollectionBadge } from '../debits/badges.tsx';
import { BookCollection } from '../debits/book-collection.tsx';
import { CollectionEntries } from '../debits/collection-entries.tsx';
import { ProposeCollection } from '../debits/collection-list.tsx';
import { DayStep } from '../parts/day-step.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { houseToday } from '../payments/house-today.ts';

type Run = Output<'GET /collection-runs/{id}'>;
const BACK = '/finance/direct-debits?view=runs';

/** A file of direct debits: look, approve, hand in, book, and what came back. */
export function CollectionPage() {
  const { t } = useTranslation('dunning');
  const { day } = useFormats();
  const { id } = useParams({ from: '/session/finance/direct-debits/$id' });
  const live = ['direct-debits', 'payments'];
  const { data, error, refetch } = useApi('GET /collection-runs/{id}', { id }, { live });
  if (error && !data) return <PageError error={error} onRetry={refetch} back={BACK} />;
  if (!data) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t('runs.title', { number: data.number })}
        back={BACK}
        lead={t('runs.lead', { day: day(data.collectUntil) })}
        aside={<CollectionBadge state={data.state} />}
        actions={<Steps run={data} />}
      />
      <Stack gap="lg">
        <Section title={t('runs.total')}>
          <Facts
            facts={[
              [t('runs.items'), data.items],
              [t('runs.total'), <Money key="total" minor={data.totalMinor} />],
              [t('runs.created'), <DateTime key="created" at={data.createdAt} />],
              [
                t('runs.handedInOn'),
                data.handedInOn ? (
                  <Day key="handedIn" on={data.handedInOn} />
                ) : (
                  data.submittedAt && <DateTime key="noted" at={data.submittedAt} />
                ),
              ],
            ]}
          />
          {data.sha256 && (
            <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {t('runs.sha')} {data.sha256}
            </Text>
          )}
        </Section>
        <CollectionEntries run={data} />
      </Stack>
    </>
  );
}

function Steps({ run }: { run: Run }) {
  if (run.state === 'proposed') return <Proposed run={run} />;
  if (run.state === 'discarded') return null;
  return (
    <>
      <File run={run} />
      {run.state === 'approved' ? <Approved id={run.id} /> : <BookCollection run={run} />}
    </>
  );
}

function File({ run: { id } }: { run: Run }) {
  const { t } = useTranslation('dunning');
  return (
    <DownloadButton route="GET /collection-runs/{id}/pain008.xml" input={{ id }}>
      {t('runs.file')}
    </DownloadButton>
  );
}

function Proposed({ run: { id, items, totalMinor } }: { run: Run }) {
  const { t } = useTranslation('dunning');
  const approve = useStep('POST /collection-runs/{id}/approve');
  return (
    <>
      {items > 0 && (
        <ConfirmButton
          variant="filled"
          label={t('runs.approve')}
          question={t('runs.approveQuestion', { count: items })}
          consequence={t('runs.approveConsequence')}
          danger={false}
          onConfirm={() => approve.mutateAsync({ id, seen: { items, totalMinor } })}
        />
      )}
      <ProposeCollection label={t('runs.again')} />
      <Discard id={id} />
    </>
  );
}

function Approved({ id }: { id: string }) {
  const { t } = useTranslation('dunning');
  const submit = useStep('POST /collection-runs/{id}/submit');
  return (
    <>
      <DayStep
        label={t('runs.submit')}
        question={t('runs.submitQuestion')}
        consequence={t('runs.submitConsequence')}
        field="handedInOn"
        dayLabel={t('runs.handedInOn')}
        firstDay={houseToday}
        onConfirm={(handedInOn) => submit.mutateAsync({ id, ...(handedInOn === houseToday() ? {} : { handedInOn }) })}
      />
      <Discard id={id} />
    </>
  );
}

function Discard({ id }: { id: string }) {
  const { t } = useTranslation('dunning');
  const discard = useStep('POST /collection-runs/{id}/discard');
  return (
    <ConfirmButton
      label={t('runs.discard')}
      question={t('runs.discardQuestion')}
      consequence={t('runs.discardConsequence')}
      onConfirm={() => discard.mutateAsync({ id })}
    />
  );
}
