import { ApiError } from '../../test/support/api.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { until } from '../../test/support/product.ts';
import type { House } from './tell.ts';

interface Run {
  rows: {
    merchantId: string;
    merchantNumber: string;
    state: string;
    findings: { code: string; blocks: boolean; message: string }[];
  }[];
}

const WITHIN_MS = 1_800_000;
const DONE = ['finalized', 'delivered', 'skipped'];

/**
 * Drafts, approves and finalizes a cut-off for every merchant, as finance would; a total above the usual is let pass.
 * @returns what stands in the way of rows that could not be billed
 */
export async function runCutOff({ api, database }: Pick<House, 'api' | 'database'>, cutoff: string): Promise<string[]> {
  const { id } = await api.post('/billing-runs', { cutoff });
  await untilIdle(database, id);
  const drafted = await api.get<Run>(`/billing-runs/${id}`);
  for (const { merchantId, findings } of drafted.rows)
    if (findings.some(({ code, blocks }) => blocks && code === 'ABOVE_USUAL'))
      await api.post(`/billing-runs/${id}/merchants/${merchantId}/retry`, { accept: ['ABOVE_USUAL'] });
  for (const step of ['approve', 'finalize']) {
    await untilIdle(database, id);
    await api.post(`/billing-runs/${id}/${step}`).catch(nothingToDo);
  }
  await untilIdle(database, id);
  const { rows } = await api.get<Run>(`/billing-runs/${id}`);
  return rows
    .filter(({ state }) => !DONE.includes(state))
    .map(({ merchantNumber, state, findings }) => {
      const why = findings.filter(({ blocks }) => blocks).map(({ code, message }) => `${code} ${message}`);
      return `product ${merchantNumber} is ${state}: ${why.join('; ')}`;
    });
}

/** Looks at the rows themselves: the view of a run is dear when it is asked for all the time. */
const untilIdle = (database: TestDatabase, id: string): Promise<unknown> =>
  until(
    'the run',
    async () => {
      const [open] = await database.query(
        `select 1 from billing.run_merchant where run_id = $1 and wanted is not null limit 1`,
        [id],
      );
      return !open;
    },
    WITHIN_MS,
  );

/** A run in which nothing is to be billed has nothing to approve. */
function nothingToDo(error: unknown): void {
  if (!(error instanceof ApiError) || !/^NOTHING_/.test(error.problem.code ?? '')) throw error;
}
