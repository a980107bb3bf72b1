import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { JobBadge } from '../../shared/jobs/job-badge.tsx';
import { useAmount } from '../../shared/jobs/job.ts';
import { useMerchant } from '../merchants.ts';
import { Entry } from '../parts/entry.tsx';
import { Section } from '../parts/section.tsx';

/** What the house would like to do and may not without the merchant; nothing where nothing waits. */
export function JobsToApprove() {
  const { t } = useTranslation('jobs');
  const { id: merchantId } = useMerchant();
  const amount = useAmount();
  const list = useApiList(
    'GET /special-jobs',
    { merchantId, state: 'awaiting_approval' },
    { live: ['special-jobs'], pageSize: 20 },
  );
  if (!list.items.length) return null;
  return (
    <Section
      title={t('merchant.toApprove', { count: list.items.length })}
      aside={
        <Anchor component={Link} to="/merchant/special-jobs">
          {t('merchant.all')}
        </Anchor>
      }
    >
      {list.items.map((job) => (
        <Entry
          key={job.id}
          to={`/merchant/special-jobs/${job.id}`}
          title={job.description}
          text={[job.number, `${t('facts.estimate')}: ${amount(job.estimatedQuantity, job.unit)}`]}
          badge={<JobBadge state={job.state} toMerchant />}
        />
      ))}
    </Section>
  );
}
