import type { ItemOf, Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { comparableCutoff } from './cutoffs.ts';
import type { RunRow } from './row-states.ts';

export type Run = Output<'GET /billing-runs/{id}'>;
export type { RunRow };
export type RunSummary = ItemOf<'GET /billing-runs'>;
export type Finding = RunRow['findings'][number];

export const LIVE_RUNS = ['runs'] as const;
export const ROW_STATES = [
  'scheduled',
  'parked',
  'draft',
  'approved',
  'finalized',
  'delivered',
  'skipped',
  'cancelled',
] as const satisfies readonly RunRow['state'][];

/** A run, kept up to date while its workers go on. */
export const useRun = (id: string) => useApi('GET /billing-runs/{id}', { id }, { live: LIVE_RUNS });

/** The run a month before that billed the same streams; nothing while there is none. */
export function usePreviousRun(run: Run | undefined): Run | undefined {
  const list = useApi('GET /billing-runs', { limit: 200 }, { enabled: Boolean(run), staleTimeMs: 60_000 });
  const before = run && list.data?.items.find(({ cutoff }) => cutoff === comparableCutoff(run.cutoff));
  return useApi('GET /billing-runs/{id}', { id: before?.id ?? '' }, { enabled: Boolean(before), staleTimeMs: 60_000 })
    .data;
}

export const netOf = (rows: readonly RunRow[]): number => rows.reduce((sum, { netMinor }) => sum + (netMinor ?? 0), 0);
export const grossOf = (rows: readonly RunRow[]): number =>
  rows.reduce((sum, { grossMinor }) => sum + (grossMinor ?? 0), 0);
