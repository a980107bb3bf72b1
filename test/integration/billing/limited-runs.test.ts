import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { previewRun } from '../../../services/billing/use-cases/runs/preview-run.ts';
import { getRun, listRuns } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { Stream } from '../../../shared/protocol/billing/runs-actions.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

/** What a run tells that was limited to some streams and opened once more for the others (G13). */
let world: ScenarioWorld;
beforeEach(async () => {
  world = await createScenarioWorld();
  world.at('2026-11-02T08:00:00Z');
});
afterEach(() => world.close());

const RULES = [rule('pack', perUnit('1')), rule('return_parcel', perUnit('2.90'))];
const start = async (cutoff: string, streams?: Stream[]) => {
  const { id } = await startRun(world.deps, { cutoff, streams }, FINANCE);
  await world.work();
  return id;
};
const finish = async (id: string) => {
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
};
/** The totals of a run as its page, its row and the calendar tell them. */
const told = async (id: string) => {
  const { netMinor, grossMinor, state, rows } = await getRun(world.deps, { id }, FINANCE);
  const { items } = await listRuns(world.deps, { limit: 10 }, FINANCE);
  const { netMinor: net, grossMinor: gross, state: listed } = items.find((run) => run.id === id)!;
  expect({ net, gross, listed }).toEqual({ net: netMinor, gross: grossMinor, listed: state });
  return { netMinor, grossMinor, state, row: rows[0]! };
};

test('G13 a run that was limited and widened tells what all of its documents come to', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen(
    { day: '2026-10-20', type: 'pack', quantity: '2' },
    { day: '2026-10-21', type: 'pack' },
    { day: '2026-10-20', type: 'return_parcel' },
  );
  const id = await start('2026-10-31', ['fulfilment']);
  await finish(id);
  await start('2026-10-31');
  const whole = { netMinor: 590, grossMinor: 702, row: { chargeCount: 3, netMinor: 590, grossMinor: 702 } };
  expect(await told(id)).toMatchObject({ state: 'draft', ...whole });
  // whoever approves says what is told
  const seen = { rows: 1, netMinor: 590 };
  await requestStep(world.deps, 'approve', { id, merchantIds: [merchant.id], seen }, FINANCE);
  await world.work();
  await requestStep(world.deps, 'finalize', { id }, FINANCE);
  await world.work();
  expect(await told(id)).toMatchObject({ state: 'finalized', ...whole });
  const [{ net }] = (await world.database.query('select sum(net_minor)::int as net from billing.invoice')) as [
    { net: number },
  ];
  expect(net).toBe(590);
});

test('G13 a run that is widened with nothing more to bill goes on telling what it billed', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-20', type: 'pack', quantity: '3' });
  const id = await start('2026-10-31', ['fulfilment']);
  await finish(id);
  await start('2026-10-31');
  expect(await told(id)).toMatchObject({
    ...{ state: 'finalized', netMinor: 300, grossMinor: 357 },
    row: { state: 'finalized', chargeCount: 1, netMinor: 300, grossMinor: 357 },
  });
});

test('G13 a run whose second document is billed by the next one goes on telling of its first, also as the run before', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen(
    { day: '2026-10-20', type: 'pack', quantity: '3' },
    { day: '2026-10-20', type: 'return_parcel' },
    { day: '2026-10-20', type: 'return_item' },
  );
  const id = await start('2026-10-31', ['fulfilment']);
  await finish(id);
  await start('2026-10-31');
  expect(await told(id)).toMatchObject({ state: 'attention', netMinor: 590, row: { state: 'parked', chargeCount: 2 } });
  const [charge] = await world.database.query(`select id from billing.charge where state = 'unrated'`);
  await waiveCharge(world.deps, { id: String(charge!['id']), reason: 'by mistake' }, FINANCE);
  world.at('2026-12-02T08:00:00Z');
  await start('2026-11-30');
  expect(await merchant.row('2026-11-30')).toMatchObject({ state: 'draft', net: 290, findings: ['CARRIED_OVER'] });
  expect(await told(id)).toMatchObject({
    ...{ state: 'finalized', netMinor: 300, grossMinor: 357 },
    row: { state: 'cancelled', chargeCount: 1, netMinor: 300, grossMinor: 357 },
  });
  const { items } = await previewRun(world.deps, { cutoff: '2026-11-30', limit: 10 }, FINANCE);
  expect(items[0]).toMatchObject({ netMinor: 290, previous: { cutoff: '2026-10-31', netMinor: 300 } });
});

test('G9 a second document is compared with the usual and with the run before as part of the whole', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-09-20', type: 'pack', quantity: '100' });
  await merchant.bill('2026-09-30');
  await merchant.happen(
    { day: '2026-10-20', type: 'pack', quantity: '200' },
    { day: '2026-10-20', type: 'return_parcel', quantity: '40' },
  );
  const id = await start('2026-10-31', ['fulfilment']);
  await finish(id);
  await start('2026-10-31');
  // 316.00 after 100.00, although neither document is out of the usual
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'parked', findings: ['ABOVE_USUAL'], net: 31_600 });
  await requestStep(world.deps, 'draft', { id, merchantIds: [merchant.id], accept: ['ABOVE_USUAL'] }, FINANCE);
  await world.work();
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'draft', net: 31_600 });
});

test('G13 rows that told only of their second document tell of all of them once the schema is brought up to date', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-20', type: 'pack' }, { day: '2026-10-20', type: 'return_parcel' });
  const id = await start('2026-10-31', ['fulfilment']);
  await finish(id);
  await start('2026-10-31');
  await finish(id);
  await world.database.query('update billing.run_merchant set charge_count = 1, net_minor = 290, gross_minor = 345');
  const { RunTotals } = await import('../../../migrations/billing/2026-12-02-run-totals.ts');
  const migration = new RunTotals(undefined as never, undefined as never);
  migration.up();
  for (const statement of migration.getQueries()) await world.database.query(String(statement));
  expect(await told(id)).toMatchObject({ netMinor: 390, grossMinor: 464, row: { chargeCount: 2 } });
});
