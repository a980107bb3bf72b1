import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { affected, firstRow, sql } from '../../../../shared/persistence/sql.ts';

/**
 * Makes the final row of a merchant, or makes the row of that day the final one as long as it is not approved.
 * @returns `there` when it was the final one before, `tooLate` when the day was billed otherwise
 */
export async function makeFinalRow(
  em: EntityManager,
  row: { id: string; runId: string; merchantId: string; cutoff: string },
  startedBy: string,
): Promise<'made' | 'there' | 'tooLate'> {
  const made = await affected(
    em,
    sql`insert into run_merchant (id, run_id, merchant_id, cutoff, final, state, wanted, wanted_by)
        values (${row.id}, ${row.runId}, ${row.merchantId}, ${row.cutoff}, true, 'scheduled', 'draft', ${startedBy})
        on conflict (run_id, merchant_id) do update set final = true, streams = null, state = 'scheduled', wanted = 'draft',
          wanted_by = excluded.wanted_by, next_at = clock_timestamp(), version = run_merchant.version + 1
        where not run_merchant.final and cardinality(run_merchant.done_streams) = 0
          and run_merchant.state in ('scheduled', 'draft', 'parked', 'skipped', 'cancelled')`,
  );
  if (made) return 'made';
  const found = await firstRow<{ final: boolean }>(
    em,
    sql`select final from run_merchant where run_id = ${row.runId} and merchant_id = ${row.merchantId}`,
  );
  return found?.final ? 'there' : 'tooLate';
}
