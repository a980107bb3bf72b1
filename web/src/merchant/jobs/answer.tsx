import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { useAmount, type JobItem } from '../../shared/jobs/job.ts';
import { Section } from '../parts/section.tsx';

/** The question of the house, for whoever may decide for the merchant. */
export function JobAnswer({ job }: { job: JobItem }) {
  const { t } = useTranslation('jobs');
  const amount = useAmount();
  const mayAnswer = hasRole(useUser(), 'merchantDecider');
  const approve = useApiMutation('POST /special-jobs/{id}/approve');
  const decline = useApiMutation('POST /special-jobs/{id}/decline');
  const [reason, setReason] = useState('');
  // what was read is what is answered
  const seen = { id: job.id, $options: { ifMatch: job.version } };
  return (
    <Section title={t('merchant.question')}>
      <Text fw={600}>{job.description}</Text>
      <Text>{t('merchant.questionText', { amount: amount(job.estimatedQuantity, job.unit) })}</Text>
      {mayAnswer ? (
        <Group gap="sm">
          <Button
            h={52}
            loading={approve.isPending}
            leftSection={<IconCheck size={20} aria-hidden />}
            onClick={() => approve.mutate(seen)}
          >
            {t('merchant.approve')}
          </Button>
          <ConfirmButton
            h={52}
            label={t('merchant.decline')}
            question={t('merchant.declineQuestion', { number: job.number })}
            consequence={t('merchant.declineText')}
            canConfirm={reason.trim() !== ''}
            onConfirm={() => decline.mutateAsync({ ...seen, reason: reason.trim() })}
          >
            <TextInput
              size="lg"
              label={t('merchant.reason')}
              maxLength={200}
              value={reason}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
          </ConfirmButton>
        </Group>
      ) : (
        <Text c="dimmed">{t('merchant.onlyDeciders')}</Text>
      )}
      {approve.error && <ErrorState error={approve.error} />}
    </Section>
  );
}
