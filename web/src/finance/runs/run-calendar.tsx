import { Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addDays, daysBetween, type LocalDate, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import { Day } from '../../shared/date-time.tsx';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Money } from '../../shared/money.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import classes from './calendar.module.css';
import { cutoffsOf, halfOf, monthsDown, nextCutoff } from './cutoffs.ts';
import type { RunSummary } from './run.ts';

export interface RunCalendarProps {
  runs: readonly RunSummary[];
  today: LocalDate;
}

/** Months with their two cut-offs each, the latest first: what was billed, what is missing, what comes next. */
export function RunCalendar({ runs, today }: RunCalendarProps) {
  const { monthOf: monthWords } = useChargeWords();
  const byCutoff = new Map(runs.map((run) => [run.cutoff, run]));
  const coming = nextCutoff(today);
  const next = byCutoff.has(coming) ? nextCutoff(addDays(coming, 1)) : coming;
  // final runs of a contract end on any day
  const others = runs.filter(({ cutoff }) => !cutoffsOf(cutoff.slice(0, 7)).includes(cutoff));
  const months = monthsDown([next, ...runs.map(({ cutoff }) => cutoff)]);
  const cutoffsIn = (month: LocalMonth) =>
    [...cutoffsOf(month), ...others.map(({ cutoff }) => cutoff).filter((day) => day.startsWith(month))].toSorted();
  return (
    <ul className={classes.months}>
      {months.map((month) => (
        <li key={month}>
          <Stack gap="xs">
            <Title order={2} size="h5">
              {monthWords(month)}
            </Title>
            <div className={classes.cells}>
              {cutoffsIn(month).map((cutoff) => (
                <Cell key={cutoff} cutoff={cutoff} run={byCutoff.get(cutoff)} next={next} today={today} />
              ))}
            </div>
          </Stack>
        </li>
      ))}
    </ul>
  );
}

interface CellProps {
  cutoff: LocalDate;
  run: RunSummary | undefined;
  next: LocalDate;
  today: LocalDate;
}

function Cell({ cutoff, run, next, today }: CellProps) {
  const { t } = useTranslation('finance');
  if (run) return <RunCell run={run} />;
  const days = daysBetween(today, cutoff);
  return (
    <div className={classes.cell} data-open data-next={cutoff === next || undefined}>
      <Link to="/finance/preview/$cutoff" params={{ cutoff }} className={classes.link}>
        <Day on={cutoff} />
      </Link>
      <Text fz="sm" c="dimmed">
        {t(cutoff.endsWith('-15') ? 'runs.half' : 'runs.end')}
      </Text>
      <Text fz="sm">
        {days < 0 ? t('runs.noRun') : days === 0 ? t('runs.isToday') : t('runs.inDays', { count: days })}
      </Text>
      <Text fz="sm" c="dimmed">
        {t('preview.open')}
        {days >= 0 && (
          <>
            {' '}
            · {t('runs.billsFrom')} <Day on={halfOf(cutoff)} />
          </>
        )}
      </Text>
    </div>
  );
}

function RunCell({ run }: { run: RunSummary }) {
  const { t } = useTranslation('finance');
  const { id, cutoff, state, grossMinor, currency, counts } = run;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const billed = all - (counts['skipped'] ?? 0) - (counts['cancelled'] ?? 0);
  const parked = counts['parked'] ?? 0;
  return (
    <div className={classes.cell}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Link to="/finance/runs/$id" params={{ id }} className={classes.link}>
          <Day on={cutoff} />
        </Link>
        <StateBadge of="run" value={state} />
      </Group>
      <Text fw={650} fz="lg">
        <Money minor={grossMinor} currency={currency} />
      </Text>
      <Text fz="sm" c="dimmed">
        {billed === all ? t('runs.grossOf', { count: all }) : t('runs.grossOfSome', { billed, count: all })}
        {parked > 0 && ` · ${t('runs.parked', { count: parked })}`}
      </Text>
    </div>
  );
}
