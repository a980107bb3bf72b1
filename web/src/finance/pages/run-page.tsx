import { Skeleton, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { DataList } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useLocalList } from '../parts/local-list.ts';
import { billedNetOf } from '../runs/compared-rows.ts';
import { useRowColumns } from '../runs/row-columns.tsx';
import { RunProgress } from '../runs/run-progress.tsx';
import { RunSteps } from '../runs/run-steps.tsx';
import { RunTotals } from '../runs/run-totals.tsx';
import { usePreviousRun, useRun, type Run, type RunRow } from '../runs/run.ts';

/** A run: what it comes to, how far it is, and every merchant in it with what speaks against its draft. */
export function RunPage() {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const { id } = useParams({ from: '/session/finance/runs/$id' });
  const { data: run, error, refetch } = useRun(id);
  const previous = usePreviousRun(run);
  if (error && !run) return <PageError error={error} onRetry={refetch} back="/finance" />;
  if (!run) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t('run.title', { cutoff: day(run.cutoff) })}
        back="/finance"
        lead={
          <>
            {t(`run.started_${run.startedKind}`)} <DateTime at={run.createdAt} house />
          </>
        }
        aside={<StateBadge of="run" value={run.state} />}
      />
      <Stack gap="lg">
        <RunTotals run={run} previous={previous} />
        {run.rows.length > 0 && <Merchants run={run} previous={previous} />}
        {!run.rows.length && <Text c="dimmed">{t('run.nobody')}</Text>}
      </Stack>
    </>
  );
}

function Merchants({ run, previous }: { run: Run; previous: Run | undefined }) {
  const { t } = useTranslation('finance');
  const { values, change, clear, isFiltered } = useUrlFilters(['state', 'finding', 'q']);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (merchantId: string, isChosen: boolean) =>
    setChosen((old) => new Set(isChosen ? [...old, merchantId] : [...old].filter((one) => one !== merchantId)));
  const before = new Map(previous?.rows.map((row) => [row.merchantId, billedNetOf(row)]));
  const rows = run.rows.filter((row) => fits(row, values));
  const list = useLocalList(rows);
  const codes = [...new Set(run.rows.flatMap(({ findings }) => findings.map(({ code }) => code)))];
  return (
    <Stack gap="md">
      <RunProgress run={run} state={values.state} onState={(state) => change({ state })} />
      <RunSteps run={run} chosen={[...chosen]} onDone={() => setChosen(new Set())} />
      <FilterBar
        fields={[
          { name: 'q', label: t('run.search'), kind: 'text' },
          {
            name: 'finding',
            label: t('run.finding'),
            kind: 'select',
            options: [
              { value: 'any', label: t('findingName.any') },
              { value: 'none', label: t('findingName.none') },
              ...codes.map((value) => ({ value, label: nameOf(value, t) })),
            ],
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="run-rows"
        list={list}
        columns={useRowColumns({ run, before, chosen, onChoose: choose })}
        keyOf={({ merchantId }) => merchantId}
        linkOf={({ merchantId }) => `/finance/runs/${run.id}/${merchantId}`}
        empty={{ title: t('run.nobody') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </Stack>
  );
}

const nameOf = (code: string, t: (key: never, options: never) => unknown): string =>
  String(t(`findingName.${code}` as never, { defaultValue: code } as never));

function fits(row: RunRow, { state, finding, q }: Partial<Record<'state' | 'finding' | 'q', string>>): boolean {
  if (state && row.state !== state) return false;
  const codes = row.findings.map(({ code }) => code);
  if (finding === 'any' && !codes.length) return false;
  if (finding === 'none' && codes.length) return false;
  if (finding && finding !== 'any' && finding !== 'none' && !codes.includes(finding)) return false;
  return !q || `${row.merchantNumber} ${row.merchantName}`.toLowerCase().includes(q.toLowerCase());
}
