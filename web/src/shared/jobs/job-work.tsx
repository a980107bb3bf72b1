import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { useUser } from '../../app/session/session.ts';
import { DateTime } from '../date-time.tsx';
import { ErrorState } from '../error-state.tsx';
import { useFieldErrors } from '../field-errors.ts';
import { hasNumberFault } from '../number-fault.ts';
import { Section } from '../section.tsx';
import type { Job } from './job.ts';
import { JobClock } from './job-clock.tsx';
import { QuantityInput } from './quantity-input.tsx';

/** What was worked, by the clock or entered by hand. */
export function JobWork({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  return (
    <Section title={t('work.title')}>
      {job.state === 'open' && (
        <>
          <JobClock job={job} />
          <Entry job={job} />
        </>
      )}
      <Log job={job} />
    </Section>
  );
}

function Entry({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const [minutes, setMinutes] = useState<number | ''>('');
  const [pieces, setPieces] = useState<number | ''>('');
  const [note, setNote] = useState('');
  const enter = useApiMutation('POST /special-jobs/{id}/work', {
    onSuccess: () => {
      setMinutes('');
      setPieces('');
      setNote('');
    },
  });
  const fieldError = useFieldErrors(enter.error);
  const entered = {
    ...(minutes === '' ? {} : { minutes }),
    ...(pieces === '' ? {} : { pieces }),
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (hasNumberFault(event.currentTarget)) return;
        enter.mutate({ id: job.id, ...entered, note: note.trim() });
      }}
    >
      <Stack gap="sm">
        <SimpleGrid cols={2} spacing="sm">
          <QuantityInput
            label={t('work.minutes')}
            whole
            value={minutes}
            onChange={setMinutes}
            error={fieldError('minutes')}
          />
          <QuantityInput
            label={t('work.pieces')}
            whole
            value={pieces}
            onChange={setPieces}
            error={fieldError('pieces')}
          />
        </SimpleGrid>
        <TextInput
          size="lg"
          label={t('work.note')}
          maxLength={200}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <Group gap="md">
          <Button
            type="submit"
            variant="default"
            h={56}
            loading={enter.isPending}
            disabled={!Object.keys(entered).length}
          >
            {t('work.enter')}
          </Button>
          <Text c="dimmed" fz="sm">
            {t('work.takeBack')}
          </Text>
        </Group>
        {enter.error && <ErrorState error={enter.error} />}
      </Stack>
    </form>
  );
}

/** What counts; that a clock was started shows above while it runs. */
function Log({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const user = useUser();
  const entries = job.work.filter(({ kind }) => kind !== 'started');
  if (!entries.length) return <Text c="dimmed">{t('work.nothing')}</Text>;
  return (
    <Stack gap="xs" component="ol" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('work.log')}>
      {entries.map(({ position, kind, worker, minutes, pieces, note, at }) => (
        <li key={position}>
          <Text span fw={600}>
            {[
              minutes !== null && t('work.minutesOf', { count: minutes }),
              pieces !== null && t('work.piecesOf', { count: pieces }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>{' '}
          <Text span c="dimmed" fz="sm">
            {[
              worker !== null && t(worker === user.id ? 'work.you' : 'work.colleague'),
              kind === 'stopped' && t('work.clock'),
              note,
            ]
              .filter(Boolean)
              .map((part) => `${String(part)} · `)
              .join('')}
            <DateTime at={at} />
          </Text>
        </li>
      ))}
    </Stack>
  );
}
