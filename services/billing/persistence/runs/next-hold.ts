import { addDays, type LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import {
  holdBefore,
  nextCutoff,
  type FulfilmentCadence,
  type HoldsBefore,
  type Stream,
} from '../../domain/runs/periods.ts';
import { isHeldBack } from './too-old.ts';

/**
 * What the next runs of a merchant will hold as too old, by the stream they bill. A run that is still open comes before
 * that of the next cut-off.
 */
export async function nextHolds(em: EntityManager, merchantId: string, today: LocalDate): Promise<HoldsBefore> {
  const found = await firstRow<{ open: LocalDate | null; done: LocalDate | null; cadence: FulfilmentCadence | null }>(
    em,
    sql`select to_char(min(cutoff) filter (where state in ('scheduled', 'draft', 'parked')), 'YYYY-MM-DD') as open,
               to_char(max(cutoff) filter (where state in ('approved', 'finalized', 'delivered', 'skipped')), 'YYYY-MM-DD') as done,
               (select fulfilment_cadence from contract_ref where merchant_id = ${merchantId} and starts_on <= ${today}
                order by starts_on desc limit 1) as cadence
        from run_merchant where merchant_id = ${merchantId}`,
  );
  const { open, done, cadence } = found!;
  const from = open ?? (done !== null && done >= today ? addDays(done, 1) : today);
  const before = (stream: Stream) => holdBefore(nextCutoff(from, stream, cadence ?? 'semiMonthly'));
  return { fulfilment: before('fulfilment'), monthly: before('monthly') };
}

/** How many charges those are. */
export async function countHeldNext(em: EntityManager, merchantId: string, holdsBefore: HoldsBefore): Promise<number> {
  const found = await firstRow<{ count: number }>(
    em,
    sql`select count(*)::int as count from charge c where c.merchant_id = ${merchantId} and c.line_id is null and c.state = 'accrued'
          and ${isHeldBack('c', holdsBefore)}`,
  );
  return found!.count;
}
