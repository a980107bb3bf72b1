import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../state-badge.tsx';
import { JOB_TONE, type Job } from './job.ts';

/** @param toMerchant  the reader is who a job waits for */
export function JobBadge({ state, toMerchant }: Pick<Job, 'state'> & { toMerchant?: boolean }) {
  const { t } = useTranslation('jobs');
  const label = toMerchant && state === 'awaiting_approval' ? t('merchant.waits') : t(`state.${state}`);
  return <ToneBadge tone={JOB_TONE[state]} label={label} />;
}
