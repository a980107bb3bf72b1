import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { dueCutoffs } from '../../domain/runs/periods.ts';
import { createOrJoin } from './start-run.ts';

/**
 * What the clock does every minute: it asks which cut-offs are due and starts their runs, oldest first. It decides
 * nothing else, so a downtime is caught up by the next question (K16), and several clocks make one run.
 * @returns how many runs were started
 */
export async function startDueRuns(deps: BillingDeps): Promise<number> {
  const started = await transact(
    deps,
    serviceActor('billing', `clock-${uuidv7(deps.now())}`),
    async (em, _announce, audit) => {
      const issuer = await firstRow<{ startsOn: string; waitDays: number }>(
        em,
        sql`select billing_starts_on as "startsOn", wait_days as "waitDays" from issuer`,
      );
      if (!issuer) return 0;
      const due = dueCutoffs(issuer.startsOn, deps.now(), issuer.waitDays, deps.config.KONTOR_ZONE);
      // a run that finance started for some merchants is joined by the others when the clock comes to it
      const done = await rows<{ cutoff: string }>(
        em,
        sql`select cutoff from run where clock_joined_at is not null and cutoff = any(${due}::date[])`,
      );
      const open = due.filter((cutoff) => !done.some((run) => run.cutoff === cutoff));
      for (const cutoff of open) {
        const runId = await createOrJoin(em, deps, { cutoff, startedBy: 'clock', startedKind: 'clock' }, audit);
        // a row that is limited and approved cannot be widened yet: the clock comes again
        await rows(
          em,
          sql`update run set clock_joined_at = ${deps.now().toISOString()} where id = ${runId}
              and not exists (select 1 from run_merchant where run_id = ${runId} and streams is not null and state = 'approved')`,
        );
      }
      return open.length;
    },
  );
  if (started) deps.wakers.get('run-rows')?.();
  return started;
}
