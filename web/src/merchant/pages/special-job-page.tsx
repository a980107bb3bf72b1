import { Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { JobBadge } from '../../shared/jobs/job-badge.tsx';
import { JobFacts, JobRevisions } from '../../shared/jobs/job-facts.tsx';
import { JobPhotos } from '../../shared/jobs/job-photos.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { JobAnswer } from '../jobs/answer.tsx';
import { PageError } from '../parts/page-error.tsx';

/** One special job, with the question whether the house shall do it. */
export function SpecialJobPage() {
  const { t } = useTranslation('jobs');
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: job, error, refetch } = useApi('GET /special-jobs/{id}', { id }, { live: ['special-jobs'] });
  if (!job)
    return error ? (
      <PageError error={error} onRetry={refetch} back="/merchant/special-jobs" />
    ) : (
      <Skeleton h={320} radius="lg" />
    );
  return (
    <Stack gap="md">
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t('job', { number: job.number })}
        back="/merchant/special-jobs"
        aside={<JobBadge state={job.state} toMerchant />}
      />
      {job.state === 'awaiting_approval' && <JobAnswer key={job.version} job={job} />}
      <JobPhotos job={job} canAdd={false} />
      <JobFacts job={job} />
      <JobRevisions job={job} />
    </Stack>
  );
}
