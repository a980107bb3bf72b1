import { Button, Card, Group, Loader, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TONE_ICON, type Tone } from '../../shared/tone.ts';
import { ROW_STATES, type Run, type RunRow } from './run.ts';

const TONES: Record<RunRow['state'], Tone> = {
  scheduled: 'quiet',
  parked: 'bad',
  draft: 'warn',
  approved: 'info',
  finalized: 'good',
  delivered: 'good',
  skipped: 'quiet',
  cancelled: 'quiet',
};

export interface RunProgressProps {
  run: Run;
  /** The state that the list is narrowed down to. */
  state: string | undefined;
  onState: (state: string | undefined) => void;
}

/** How far the merchants of a run are, as it goes on; a state narrows the list down. */
export function RunProgress({ run, state: chosen, onState }: RunProgressProps) {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const { rows } = run;
  const working = rows.filter(({ wanted }) => wanted !== null).length;
  const groups = ROW_STATES.map((state) => ({ state, count: rows.filter((row) => row.state === state).length })).filter(
    ({ count }) => count > 0,
  );
  return (
    <Card component="section" aria-label={t('run.progress')}>
      <Stack gap="sm">
        <Progress.Root size="lg" aria-hidden>
          {groups.map(({ state, count }) => (
            <Progress.Section
              key={state}
              value={(count / rows.length) * 100}
              color={`var(--k-${TONES[state]})`}
              role="presentation"
              aria-label={c(`states.runRow.${state}`)}
            />
          ))}
        </Progress.Root>
        <Group gap="xs" role="group" aria-label={t('run.byState')}>
          {groups.map(({ state, count }) => {
            const Glyph = TONE_ICON[TONES[state]];
            return (
              <Button
                key={state}
                size="sm"
                variant={chosen === state ? 'filled' : 'default'}
                aria-pressed={chosen === state}
                leftSection={<Glyph size={16} aria-hidden />}
                onClick={() => onState(chosen === state ? undefined : state)}
              >
                {c(`states.runRow.${state}`)}: {count}
              </Button>
            );
          })}
        </Group>
        <div role="status">
          {working > 0 && (
            <Group gap="xs">
              <Loader size="xs" aria-hidden />
              <Text fz="sm">{t('run.working', { count: working })}</Text>
            </Group>
          )}
        </div>
      </Stack>
    </Card>
  );
}
