import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { workRow } from '../../../services/billing/use-cases/runs/work-row.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { eventually } from '../../support/open-files.ts';

/** What drafting, approving and finalizing one merchant may cost, BEGIN and COMMIT included. */
const STATEMENTS = 20;
const MERCHANTS = 60;
const CHARGES = 100;
/** A merchant's charges are priced three times, found to be linked, and looked up as what lines stand on. */
const READS_OF_A_CHARGE = 6;
const STEPS = ['draft', 'approve', 'finalize'] as const;

let world: BillingWorld;

beforeAll(async () => {
  world = await createBillingWorld();
  await world.database.query('create extension pg_stat_statements');
  for (let index = 0; index < MERCHANTS; index += 1) {
    const merchantId = await world.addMerchant(`Merchant ${index}`, {}, { softwareFee: false });
    await world.addCharges(
      Array.from({ length: CHARGES }, (_, number) => ({
        merchantId,
        rule: number % 3 === 0 ? ('pick' as const) : ('pack' as const),
        day: `2026-10-${16 + (number % 15)}`,
        quantity: '2',
      })),
    );
  }
  await world.database.query('vacuum analyze');
  await world.database.query('select pg_stat_reset()');
}, 120_000);
afterAll(() => world.database.drop());

test(`a merchant of a run costs at most ${STATEMENTS} statements, and reads nothing of the others`, async () => {
  const { deps, database } = world;
  const { id } = await startRun(deps, { cutoff: '2026-10-31' }, FINANCE);
  let statements = 0;
  for (const step of STEPS) {
    if (step !== 'draft') await requestStep(deps, step, { id }, FINANCE);
    // what is read for the first time, such as the rules of a card, is no merchant's cost
    await workRow(deps);
    await database.query('select pg_stat_statements_reset()');
    let rows = 0;
    while (await workRow(deps)) rows += 1;
    expect(rows).toBe(MERCHANTS - 1);
    // the last look, which finds nothing, is no merchant's either: BEGIN, claim, COMMIT
    statements += ((await statementsSoFar()) - 3) / rows;
  }
  expect(statements).toBeGreaterThan(3 * 3);
  expect(statements).toBeLessThanOrEqual(STATEMENTS);
  const states = await database.query('select state, count(*)::int as n from billing.run_merchant group by state');
  expect(states).toEqual([{ state: 'finalized', n: MERCHANTS }]);
  // a connection tells what it read when it ends at the latest, and ends after its client has gone
  await deps.orm.close();
  await eventually(async () => !(await otherSessions()));
  const [charges] = await database.query<{ read: number; linked: number }>(
    `select (seq_tup_read + idx_tup_fetch)::int as read, n_tup_upd::int as linked from pg_stat_user_tables where relid = 'billing.charge'::regclass`,
  );
  expect(charges!.linked).toBe(MERCHANTS * CHARGES);
  expect(charges!.read).toBeLessThanOrEqual(READS_OF_A_CHARGE * MERCHANTS * CHARGES);
}, 120_000);

/** Sessions are those of the owner, who takes on the role of a service: what tells them from the test's is their process. */
async function otherSessions(): Promise<number> {
  const [found] = await world.database.query<{ sessions: number }>(
    `select count(*)::int as sessions from pg_stat_activity
     where backend_type = 'client backend' and datname = current_database() and pid <> pg_backend_pid()`,
  );
  return found!.sessions;
}

async function statementsSoFar(): Promise<number> {
  const [found] = await world.database.query<{ calls: number }>(
    `select coalesce(sum(s.calls), 0)::int as calls from public.pg_stat_statements s join pg_roles r on r.oid = s.userid
     where r.rolname = 'kontor_billing' and s.toplevel and s.dbid = (select oid from pg_database where datname = current_database())`,
  );
  return found!.calls;
}
