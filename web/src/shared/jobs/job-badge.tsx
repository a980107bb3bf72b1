import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../state-badge.tsx';
import { JOB_TONE, type Job } from './job.ts';

export function JobBadge({ state }: Pick<Job, 'state'>) {
  const { t } = useTranslation('jobs');
  return <ToneBadge tone={JOB_TONE[state]} label={t(`state.${state}`)} />;
}
