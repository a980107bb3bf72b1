import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { DateTime } from '../date-time.tsx';
import { Facts } from '../facts.tsx';
import { Section } from '../section.tsx';
import { useAmount, useWorked, type Job } from './job.ts';

/** What a job is about and how far it is. @param merchant  left out where it goes without saying */
export function JobFacts({ job, merchant }: { job: Job; merchant?: string | undefined }) {
  const { t } = useTranslation('jobs');
  const { day } = useFormats();
  const amount = useAmount();
  const worked = useWorked();
  const { reference, state } = job;
  return (
    <Section title={t('facts.title')}>
      <Facts
        facts={[
          [t('facts.merchant'), merchant],
          [t('facts.description'), job.description],
          // a merchant knows the work, not what the rate card calls it
          [t('form.code'), merchant !== undefined && job.code],
          [t('facts.estimate'), amount(job.estimatedQuantity, job.unit)],
          [t('facts.worked'), state === 'awaiting_approval' ? undefined : (worked(job) ?? t('facts.none'))],
          [t('facts.billed'), state === 'signed_off' && amount(job.quantity, job.unit)],
          [
            t('facts.reference'),
            reference &&
              (reference.kind === 'other'
                ? reference.number
                : `${t(`reference.${reference.kind}`)} ${reference.number}`),
          ],
          [t('facts.opened'), day(job.openedOn)],
          [t('facts.asked'), state === 'awaiting_approval' && <DateTime at={job.askedAt} />],
          [t('facts.approved'), job.answeredAt && !job.declineReason && <DateTime at={job.answeredAt} />],
          [t('facts.declined'), job.declineReason],
          [t('facts.signedOff'), job.serviceDate && day(job.serviceDate)],
          [t('facts.cancelled'), job.cancelReason],
        ]}
      />
    </Section>
  );
}

/** The sign-off and what was corrected since. */
export function JobRevisions({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const { day } = useFormats();
  const amount = useAmount();
  if (job.revisions.length < 2) return null;
  return (
    <Section title={t('revisions.title')}>
      <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {job.revisions.map(({ revision, quantity, description, serviceDate, reason, at }) => (
          <li key={revision}>
            <Text fw={600}>
              {revision ? t('revisions.nth', { number: revision }) : t('revisions.first')}: {amount(quantity, job.unit)}
            </Text>
            <Text c="dimmed" fz="sm" component="div">
              {[description, day(serviceDate), reason].filter(Boolean).join(' · ')} · <DateTime at={at} />
            </Text>
          </li>
        ))}
      </Stack>
    </Section>
  );
}
