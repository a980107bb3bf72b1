import { Checkbox, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton, StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { CollectionBadge } from '../debits/badges.tsx';
import { CollectionEntries } from '../debits/collection-entries.tsx';
import { ProposeCollection } from '../debits/collection-list.tsx';
import { DayStep } from '../debits/day-step.tsx';
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
              [t('runs.states.submitted'), data.submittedAt && <DateTime key="submitted" at={data.submittedAt} />],
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
      {run.state === 'approved' ? <Approved id={run.id} /> : <Book run={run} />}
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

function Book({ run: { id, entries } }: { run: Run }) {
  const { t } = useTranslation('dunning');
  const book = useStep('POST /collection-runs/{id}/book');
  const open = entries.filter(({ state }) => state === 'open');
  if (!open.length) return null;
  const bookAll = async (said: BookedAs) => {
    const { leftOut } = await book.mutateAsync({ id, ...said });
    const numbers = leftOut.map(({ number }) => number).join(', ');
    if (numbers) notifications.show({ message: t('runs.leftOut', { numbers }), autoClose: false });
  };
  return (
    <StepButton variant="filled" label={t('runs.book')} question={t('runs.bookQuestion')} danger={false}>
      <BookFields
        isPartlyPaid={open.some(({ amountMinor, openMinor }) => openMinor < amountMinor)}
        onConfirm={bookAll}
      />
    </StepButton>
  );
}

interface BookedAs {
  valueDate: string;
  evenIfPaid: boolean;
}

interface BookFieldsProps {
  isPartlyPaid: boolean;
  onConfirm: (said: BookedAs) => Promise<unknown>;
}

function BookFields({ isPartlyPaid, onConfirm }: BookFieldsProps) {
  const { t } = useTranslation('dunning');
  const [valueDate, setValueDate] = useState(houseToday);
  const [evenIfPaid, setEvenIfPaid] = useState(false);
  return (
    <StepForm
      consequence={t('runs.bookConsequence')}
      canConfirm={valueDate !== ''}
      onConfirm={() => onConfirm({ valueDate, evenIfPaid })}
    >
      <TextInput
        type="date"
        label={t('runs.valueDate')}
        value={valueDate}
        onChange={({ currentTarget }) => setValueDate(currentTarget.value)}
      />
      {isPartlyPaid && (
        <Checkbox
          label={t('runs.evenIfPaid')}
          checked={evenIfPaid}
          onChange={({ currentTarget }) => setEvenIfPaid(currentTarget.checked)}
        />
      )}
    </StepForm>
  );
}
