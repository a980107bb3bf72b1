import { Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DataList } from '../../shared/data-list.tsx';
import { useLetterColumns } from '../../shared/dunning/letter-columns.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { DunningRunBadge } from '../dunning/badges.tsx';
import { DunningRows } from '../dunning/run-rows.tsx';
import { useLocalList } from '../parts/local-list.ts';

type Run = Output<'GET /dunning-runs/{id}'>;

/** A dunning run: look, deselect, issue; then its letters. */
export function DunningRunPage() {
  const { t } = useTranslation('dunning');
  const { day } = useFormats();
  const { id } = useParams({ from: '/session/finance/dunning/$id' });
  const { data, error, refetch } = useApi('GET /dunning-runs/{id}', { id }, { live: ['dunning', 'invoices'] });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/finance/dunning" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t('run.title', { day: day(data.asOf) })}
        back="/finance/dunning"
        aside={<DunningRunBadge state={data.state} />}
        actions={data.state === 'proposed' && <Steps run={data} />}
      />
      <Stack gap="lg">
        {data.baseRateMissing && (
          <Notice tone="warn">{t('run.rateMissing', { day: day(data.baseRateMissing) })}</Notice>
        )}
        {data.issued.length > 0 && <Letters run={data} />}
        <DunningRows run={data} />
      </Stack>
    </>
  );
}

function Letters({ run: { issued } }: { run: Run }) {
  const { t } = useTranslation('dunning');
  return (
    <Section title={t('letter.title')}>
      <DataList
        name="dunning-run-letters"
        list={useLocalList(issued)}
        columns={useLetterColumns({ forHouse: true })}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/dunning-letters/${id}`}
        empty={{ title: t('letter.emptyTitle') }}
      />
    </Section>
  );
}

function Steps({ run: { id, selected } }: { run: Run }) {
  const { t } = useTranslation('dunning');
  const issue = useStep('POST /dunning-runs/{id}/issue');
  const discard = useStep('POST /dunning-runs/{id}/discard');
  return (
    <>
      {selected > 0 && (
        <ConfirmButton
          variant="filled"
          label={t('run.issue')}
          question={t('run.issueQuestion', { count: selected })}
          consequence={t('run.issueConsequence')}
          danger={false}
          onConfirm={() => issue.mutateAsync({ id })}
        />
      )}
      <ConfirmButton
        label={t('run.discard')}
        question={t('run.discardQuestion')}
        consequence={t('run.discardConsequence')}
        onConfirm={() => discard.mutateAsync({ id })}
      />
    </>
  );
}
