import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { ConfirmButton } from '../confirm-button.tsx';
import { ErrorState } from '../error-state.tsx';
import type { Job } from './job.ts';
import { QuantityInput } from './quantity-input.tsx';

/** The clocks that run: of each worker the last one that was started and not stopped. */
export function runningClocks({ work }: Pick<Job, 'work'>): Job['work'] {
  const last = new Map(work.filter(({ kind }) => kind !== 'entered').map((entry) => [entry.worker, entry]));
  return [...last.values()].filter(({ kind }) => kind === 'started');
}

/** The clock of whoever is logged in, and those of others. */
export function JobClock({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const { time } = useFormats();
  const user = useUser();
  const start = useApiMutation('POST /special-jobs/{id}/start');
  const stop = useApiMutation('POST /special-jobs/{id}/stop');
  const clocks = runningClocks(job);
  const own = clocks.find(({ worker }) => worker === user.id);
  const others = clocks.filter(({ worker }) => worker !== user.id);
  const error = start.error ?? stop.error;
  return (
    <Stack gap="sm">
      {own ? (
        <>
          <Text role="status">{t('work.running', { time: time(own.at) })}</Text>
          <Group gap="sm">
            <Button
              h={60}
              fz="lg"
              loading={stop.isPending}
              leftSection={<IconPlayerStop size={24} aria-hidden />}
              onClick={() => stop.mutate({ id: job.id })}
            >
              {t('work.stop')}
            </Button>
          </Group>
        </>
      ) : (
        <Group gap="sm">
          <Button
            h={60}
            fz="lg"
            loading={start.isPending}
            leftSection={<IconPlayerPlay size={24} aria-hidden />}
            onClick={() => start.mutate({ id: job.id })}
          >
            {t('work.start')}
          </Button>
        </Group>
      )}
      {others.map((clock) => (
        <OtherClock key={clock.worker} job={job} clock={clock} />
      ))}
      {error && <ErrorState error={error} />}
    </Stack>
  );
}

/** Of somebody who may have gone home; a lead says how long it really was. */
function OtherClock({ job, clock }: { job: Job; clock: Job['work'][number] }) {
  const { t } = useTranslation('jobs');
  const { dateTime } = useFormats();
  const user = useUser();
  const stop = useApiMutation('POST /special-jobs/{id}/stop');
  const [minutes, setMinutes] = useState<number | ''>('');
  return (
    <Group gap="sm">
      <Text c="dimmed">{t('work.othersRunning', { time: dateTime(clock.at) })}</Text>
      {hasRole(user, 'lead', 'admin') && clock.worker !== null && (
        <ConfirmButton
          danger={false}
          label={t('work.stopOther')}
          question={t('work.stopQuestion')}
          consequence={t('work.stopText')}
          onConfirm={() =>
            stop.mutateAsync({ id: job.id, worker: clock.worker!, ...(minutes === '' ? {} : { minutes }) })
          }
        >
          <QuantityInput label={t('work.minutes')} whole min={0} value={minutes} onChange={setMinutes} />
        </ConfirmButton>
      )}
    </Group>
  );
}
