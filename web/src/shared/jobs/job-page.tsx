import { Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { ErrorState } from '../error-state.tsx';
import { PageHeader } from '../page-header.tsx';
import { StaleNotice } from '../stale-notice.tsx';
import { JobBadge } from './job-badge.tsx';
import { JobFacts, JobRevisions } from './job-facts.tsx';
import { JobPhotos } from './job-photos.tsx';
import { JobSteps } from './job-steps.tsx';
import { JobWork } from './job-work.tsx';
import { OPEN_STATES, type Job } from './job.ts';

/** A special job as the house sees it. @param list  path of the list it belongs to */
export function StaffJobPage({ list }: { list: string }) {
  const { t: c } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const job = useApi('GET /special-jobs/{id}', { id }, { live: ['special-jobs'] });
  if (job.data)
    return (
      <>
        <StaleNotice error={job.error} refetch={job.refetch} />
        <OpenJob job={job.data} list={list} />
      </>
    );
  if (!job.error) return <Skeleton h={320} radius="lg" />;
  return (
    <>
      <PageHeader title={c('error.title')} back={list} />
      <ErrorState error={job.error} onRetry={job.refetch} />
    </>
  );
}

function OpenJob({ job, list }: { job: Job; list: string }) {
  const { t } = useTranslation('jobs');
  const { data: merchant } = useApi('GET /merchants/{id}', { id: job.merchantId }, { staleTimeMs: 300_000 });
  return (
    <Stack gap="md" w="100%" maw={860} mx="auto">
      <PageHeader
        title={t('job', { number: job.number })}
        back={list}
        aside={<JobBadge state={job.state} />}
        lead={[merchant?.name, job.description].filter(Boolean).join(' · ')}
      />
      <JobSteps job={job} />
      {(job.state === 'open' || job.work.length > 0) && <JobWork job={job} />}
      <JobPhotos job={job} canAdd={OPEN_STATES.some((state) => state === job.state)} />
      <JobFacts job={job} merchant={merchant?.name} />
      <JobRevisions job={job} />
    </Stack>
  );
}
