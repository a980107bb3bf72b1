import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { noteDelivery } from '../../../services/billing/use-cases/invoices/note-delivery.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { workRow } from '../../../services/billing/use-cases/runs/work-row.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { Stream } from '../../../shared/protocol/billing/runs-actions.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

/** What rows wait for, and what becomes of those that were waited for. */
let world: ScenarioWorld;
beforeEach(async () => {
  world = await createScenarioWorld();
  world.at('2026-11-02T08:00:00Z');
});
afterEach(() => world.close());

const RULES = [rule('pack', perUnit('0.45')), rule('return_parcel', perUnit('2.90'))];
const query = (text: string, values?: unknown[]) => world.database.query(text, values);
const start = async (cutoff: string, streams?: Stream[]) => {
  const { id } = await startRun(world.deps, { cutoff, streams }, FINANCE);
  await world.work();
  return id;
};
const finish = async (id: string) => {
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    while (await workRow(world.deps));
  }
};

test('G1 the quarter of an hour for events on their way begins when they are waited for, not with an earlier run', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-10', type: 'pack' }, { day: '2026-10-20', type: 'pack' });
  const early = await start('2026-10-15');
  await start('2026-10-31');
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'scheduled', findings: ['EARLIER_RUN_OPEN'] });
  const event = uuidOf('on its way');
  await query(
    `insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id)
     values ($1, 'orders.order-shipped.v1', $2, '2026-10-30T10:00:00Z', '{}', 'test')`,
    [event, merchant.id],
  );
  await query(
    `insert into messaging.delivery (consumer, event_id, occurred_at) values ('billing.charge-shipments', $1, '2026-10-30T10:00:00Z')`,
    [event],
  );
  // approved days later
  world.at('2026-11-05T08:00:00Z');
  await finish(early);
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'scheduled', findings: ['WAITING_FOR_EVENTS'] });
  world.at('2026-11-05T08:14:59Z');
  await world.work();
  expect(await merchant.row('2026-10-31')).toMatchObject({ findings: ['WAITING_FOR_EVENTS'] });
  world.at('2026-11-05T08:15:00Z');
  await world.work();
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'draft', findings: ['EVENTS_UNDELIVERED'] });
});

// what was parked is carried over
test.each(['finalized', 'skipped', 'cancelled'])(
  'K16 a row that waits for an earlier run rests, and is taken up at once when that is %s',
  async (end) => {
    const merchant = await world.merchant({ versions: [{ rules: RULES }] });
    await merchant.happen({ day: '2026-10-20', type: 'pack' });
    if (end !== 'skipped') await merchant.happen({ day: '2026-10-10', type: 'pack' });
    await startRun(world.deps, { cutoff: '2026-10-31' }, FINANCE);
    const { id } = await startRun(world.deps, { cutoff: '2026-10-15' }, FINANCE);
    // the later row comes first
    await query(`update billing.run_merchant set next_at = next_at + interval '1 hour' where cutoff = '2026-10-15'`);
    while (await workRow(world.deps));
    const [waiting] = await query(
      `select extract(epoch from next_at - clock_timestamp())::int as seconds from billing.run_merchant where cutoff = '2026-10-31'`,
    );
    expect(waiting!['seconds']).toBeGreaterThan(200);
    if (end === 'cancelled') await merchant.happen({ day: '2026-10-11', type: 'freight' });
    await query(`update billing.run_merchant set next_at = now() where cutoff = '2026-10-15'`);
    while (await workRow(world.deps));
    if (end === 'finalized') await finish(id);
    expect(await merchant.row('2026-10-15')).toMatchObject({ state: end });
    expect((await merchant.row('2026-10-31')).findings).not.toContain('EARLIER_RUN_OPEN');
  },
);

test('G4 a delivered row that others join with nothing to bill stays delivered', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-20', type: 'pack' });
  await finish(await start('2026-10-31', ['fulfilment']));
  const [invoice] = await query('select id from billing.invoice');
  const payload = { kind: 'invoiceReady', documentId: String(invoice!['id']), outcome: 'sent' };
  await inTransaction(world.deps.orm, 'staff', (em) => noteDelivery({ em } as never, [{ payload }] as never));
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'delivered' });
  await start('2026-10-31');
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'delivered', findings: ['NOTHING_TO_BILL'] });
});
