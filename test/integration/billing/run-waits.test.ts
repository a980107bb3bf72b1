import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { noteDelivery } from '../../../services/billing/use-cases/invoices/note-delivery.ts';
import { recalculateDrafts } from '../../../services/billing/use-cases/runs/recalculate-drafts.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { workRow } from '../../../services/billing/use-cases/runs/work-row.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { CONSUMERS } from '../../../shared/protocol/consumers.ts';
import type { Stream } from '../../../shared/protocol/billing/runs-actions.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { findings } from '../../support/self-check.ts';
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
/** An event of before the cut-off of October that a consumer has not dealt with. */
const onItsWay = async (consumer: string, merchantId: string | null, payload: object = {}) => {
  const event = uuidOf('on its way', consumer, merchantId ?? JSON.stringify(payload));
  await query(
    `insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id)
     values ($1, 'test', $2, '2026-10-30T10:00:00Z', $3, 'test')`,
    [event, merchantId, JSON.stringify(payload)],
  );
  await query(
    `insert into messaging.delivery (consumer, event_id, occurred_at) values ($1, $2, '2026-10-30T10:00:00Z')`,
    [consumer, event],
  );
};

test('G1 the quarter of an hour for events on their way begins when they are waited for, not with an earlier run', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-10', type: 'pack' }, { day: '2026-10-20', type: 'pack' });
  const early = await start('2026-10-15');
  await start('2026-10-31');
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'scheduled', findings: ['EARLIER_RUN_OPEN'] });
  await onItsWay('billing.charge-shipments', merchant.id);
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
  await delivered(String(invoice!['id']), ['a', 0, 'sent']);
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'delivered' });
  await start('2026-10-31');
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'delivered', findings: ['NOTHING_TO_BILL'] });
});

type Told = readonly [mail: string, resends: number, outcome: 'sent' | 'bounced'];
/** What is told of the mails of an invoice, at once. */
const delivered = (documentId: string, ...told: Told[]) => {
  const events = told.map(([mail, resends, outcome]) => ({
    payload: { kind: 'invoiceReady', messageId: uuidOf(documentId, mail), documentId, resends, outcome },
  }));
  return inTransaction(world.deps.orm, 'staff', (em) => noteDelivery({ em } as never, events as never));
};

test('H9 an invoice has arrived while one recipient has it, whatever order the news of its mails comes in', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-20', type: 'pack' });
  await finish(await start('2026-10-31', ['fulfilment']));
  const [{ id } = {}] = await query('select id from billing.invoice where merchant_id = $1', [merchant.id]);
  const invoiceId = String(id);
  const word = async () =>
    (await query('select delivery from billing.invoice_status where invoice_id = $1', [invoiceId]))[0]!['delivery'];
  const steps: [Told[], string][] = [
    [[['a', 0, 'bounced']], 'bounced'],
    [[['b', 0, 'sent']], 'sent'],
    // the report was told before the mail server's yes, which is older
    [[['b', 0, 'bounced']], 'bounced'],
    [[['b', 0, 'sent']], 'bounced'],
    [
      [
        ['a', 1, 'sent'],
        ['a', 0, 'bounced'],
      ],
      'sent',
    ],
    [
      [
        ['a', 1, 'bounced'],
        ['a', 1, 'sent'],
      ],
      'bounced',
    ],
    [[['a', 0, 'sent']], 'bounced'],
    [[['b', 2, 'sent']], 'sent'],
  ];
  for (const [told, expected] of steps) {
    await delivered(invoiceId, ...told);
    expect([told, await word()]).toEqual([told, expected]);
  }
  await delivered(uuidOf('not known here'), ['a', 0, 'sent']);
  expect(await word()).toBe('sent');
});

test('H9 two mails of one invoice that are told of at the same time are both heard', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-20', type: 'pack' });
  await finish(await start('2026-10-31', ['fulfilment']));
  const [{ id } = {}] = await query('select id from billing.invoice where merchant_id = $1', [merchant.id]);
  for (let round = 0; round < 10; round += 1) {
    const told = ['a', 'b'].map((mail) => delivered(String(id), [mail, round, 'bounced']));
    await Promise.all([...told, delivered(String(id), ['c', round, round % 2 ? 'sent' : 'bounced'])]);
    expect(await query('select delivery from billing.invoice_status where invoice_id = $1', [id])).toEqual([
      { delivery: round % 2 ? 'sent' : 'bounced' },
    ]);
  }
});

test('G1 a draft waits for every event of its merchant that billing has not heard, but for none about issued documents', async () => {
  const consumers = [
    ...Object.keys(CONSUMERS).filter((name) => name.startsWith('billing.')),
    'notifications.tell-test',
  ];
  const merchants = new Map<string, Awaited<ReturnType<ScenarioWorld['merchant']>>>();
  for (const consumer of [...consumers, 'given', 'taken']) {
    const merchant = await world.merchant({ versions: [{ rules: RULES }] });
    await merchant.happen({ day: '2026-10-20', type: 'pack' });
    merchants.set(consumer, merchant);
  }
  for (const consumer of consumers) await onItsWay(consumer, merchants.get(consumer)!.id);
  // one person may log in for one merchant from now on, and no more for the one before
  const userId = uuidOf('a person');
  await query(
    `insert into billing.merchant_access (user_id, version, changed_on, merchant_ids) values ($1, 1, '2026-10-01', array[$2]::uuid[])`,
    [userId, merchants.get('taken')!.id],
  );
  const access = { userId, version: 2, merchantIds: [merchants.get('given')!.id] };
  await onItsWay('billing.know-merchant-users', null, access);
  await start('2026-10-31');
  const drafted: string[] = [];
  for (const [consumer, merchant] of merchants) {
    const row = await merchant.row('2026-10-31');
    if (row.state === 'draft') drafted.push(consumer);
    else expect(row).toMatchObject({ state: 'scheduled', findings: ['WAITING_FOR_EVENTS'] });
  }
  expect(drafted).toEqual(['billing.note-invoice-delivery', 'notifications.tell-test']);
});

test('G13 a row that is opened once more bills the streams it left out and nothing else, however often it is started', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen(
    { day: '2026-10-20', type: 'pack', quantity: '3' },
    { day: '2026-10-20', type: 'return_parcel', quantity: '4' },
  );
  await finish(await start('2026-10-31', ['fulfilment']));
  // twenty minutes later somebody tells of five parcels more
  await query(`update billing.run_merchant set collected_at = collected_at - interval '20 minutes'`);
  await merchant.happen({ day: '2026-10-30', type: 'pack', quantity: '5' });
  await query(`update billing.charge set created_at = created_at - interval '10 minutes'`);
  await start('2026-10-31');
  const id = await start('2026-10-31');
  expect(await query(`select state, streams from billing.run_merchant`)).toEqual([
    { state: 'draft', streams: ['monthly'] },
  ]);
  await finish(id);
  expect(await query(`select split, net_minor::int as net from billing.invoice order by number`)).toEqual([
    { split: 'fulfilment', net: 135 },
    { split: 'monthly', net: 1160 },
  ]);
  // the five are late, and nobody forgot them
  const found = await findings(world.database, new Date('2026-11-02T08:00:00Z'), ['billing']);
  expect(found['I13.unbilled']).toBeUndefined();
  world.at('2026-11-16T08:00:00Z');
  expect(await merchant.bill('2026-11-15')).toEqual([['2026-10', 'pack', '5', '0.45', 225]]);
});

test('G9 a draft that waits is made anew each day, and an approval keeps what is found by then', async () => {
  const abroad = {
    versions: [{ rules: RULES }],
    merchant: { taxTreatment: 'reverseCharge', vatId: 'ATU12345675' },
  } as const;
  const [early, late] = [await world.merchant(abroad), await world.merchant(abroad)];
  for (const merchant of [early, late]) await merchant.happen({ day: '2026-10-20', type: 'pack', quantity: '10' });
  const id = await start('2026-10-31');
  expect(await recalculateDrafts(world.deps)).toBe(0);
  world.at('2026-11-14T08:00:00Z');
  expect(await recalculateDrafts(world.deps)).toBe(2);
  await world.work();
  expect(await recalculateDrafts(world.deps)).toBe(0);
  for (const merchant of [early, late])
    expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'draft', findings: [], net: 450 });
  // half past midnight in Berlin, on the 15th
  world.at('2026-11-14T23:30:00Z');
  expect(await recalculateDrafts(world.deps)).toBe(0);
  await requestStep(world.deps, 'approve', { id, merchantIds: [early.id] }, FINANCE);
  await world.work();
  expect(await early.row('2026-10-31')).toMatchObject({ state: 'approved', findings: ['REVERSE_CHARGE_OVERDUE'] });
  world.at('2026-11-15T03:30:00Z');
  expect(await recalculateDrafts(world.deps)).toBe(1);
  await world.work();
  expect(await late.row('2026-10-31')).toMatchObject({ state: 'draft', findings: ['REVERSE_CHARGE_OVERDUE'] });
  await finish(id);
  for (const merchant of [early, late])
    expect(await merchant.row('2026-10-31')).toMatchObject({
      state: 'finalized',
      findings: ['REVERSE_CHARGE_OVERDUE'],
    });
});

test('G9 a draft that took over a parked run goes on telling of it', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-10', type: 'pack' }, { day: '2026-10-10', type: 'freight' });
  await start('2026-10-15');
  expect(await merchant.row('2026-10-15')).toMatchObject({ state: 'parked', findings: ['UNRATED_CHARGES'] });
  const [charge] = await query(`select id from billing.charge where charge_type = 'freight'`);
  await waiveCharge(world.deps, { id: String(charge!['id']), reason: 'by mistake' }, FINANCE);
  await start('2026-10-31');
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'draft', findings: ['CARRIED_OVER'] });
  world.at('2026-11-03T08:00:00Z');
  expect(await recalculateDrafts(world.deps)).toBe(1);
  await world.work();
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'draft', findings: ['CARRIED_OVER'], net: 45 });
});

test('G9 a run that was given up and is taken up again comes before the one that took it over', async () => {
  const minimum = { key: 'minimum', label: { de: 'Mindestumsatz-Ausgleich', en: 'Minimum' }, amount: '100.00' };
  const merchant = await world.merchant({ versions: [{ rules: RULES, minimums: [minimum] }] });
  await merchant.happen({ day: '2026-10-10', type: 'freight' });
  const october = await start('2026-10-31');
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'parked', findings: ['UNRATED_CHARGES'] });
  const [charge] = await query(`select id from billing.charge where charge_type = 'freight'`);
  await waiveCharge(world.deps, { id: String(charge!['id']), reason: 'by mistake' }, FINANCE);
  world.at('2026-12-02T08:00:00Z');
  const november = await start('2026-11-30');
  expect(await merchant.row('2026-11-30')).toMatchObject({ state: 'draft', net: 20_000 });
  // both are only minimums: no charge would keep the second one from being approved
  await requestStep(world.deps, 'draft', { id: october, merchantIds: [merchant.id] }, FINANCE);
  await world.work();
  for (const id of [october, november]) await requestStep(world.deps, 'approve', { id }, FINANCE);
  await world.work();
  expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'approved', net: 10_000 });
  expect(await merchant.row('2026-11-30')).toMatchObject({ state: 'scheduled', findings: ['EARLIER_RUN_OPEN'] });
  await finish(october);
  expect(await merchant.row('2026-11-30')).toMatchObject({ state: 'draft', net: 10_000 });
  await finish(november);
  expect(await merchant.row('2026-11-30')).toMatchObject({ state: 'finalized', net: 10_000 });
});

test('G9 while a row of a merchant is drafted or approved no other one of the merchant is, and those of others go on', async () => {
  const [busy, free] = [
    await world.merchant({ versions: [{ rules: RULES }] }),
    await world.merchant({ versions: [{ rules: RULES }] }),
  ];
  for (const { happen } of [busy, free])
    await happen({ day: '2026-10-10', type: 'pack' }, { day: '2026-10-20', type: 'pack' });
  for (const cutoff of ['2026-10-15', '2026-10-31']) await startRun(world.deps, { cutoff }, FINANCE);
  await query(
    `update billing.run_merchant set next_at = next_at - interval '1 minute' where merchant_id = $1 and cutoff = '2026-10-31'`,
    [busy.id],
  );
  const other = new pg.Client({ connectionString: world.database.url });
  await other.connect();
  try {
    await other.query('begin');
    const { rows: claimed } = await other.query(
      `select merchant_id, cutoff::text from billing.claim_run_row('staff', 'test')`,
    );
    expect(claimed).toEqual([{ merchant_id: busy.id, cutoff: '2026-10-31' }]);
    while (await workRow(world.deps));
    expect(await free.row('2026-10-15')).toMatchObject({ state: 'draft', net: 45 });
    expect(await busy.row('2026-10-15')).toMatchObject({ state: 'scheduled', net: null });
  } finally {
    await other.query('rollback');
    await other.end();
  }
  while (await workRow(world.deps));
  expect(await busy.row('2026-10-15')).toMatchObject({ state: 'draft', net: 45 });
});

test('G9 two rows of a merchant that are approved at once bill the minimum of a month once', async () => {
  const minimum = { key: 'minimum', label: { de: 'Mindestumsatz-Ausgleich', en: 'Minimum' }, amount: '100.00' };
  for (let round = 0; round < 3; round += 1) {
    world.at('2026-11-02T08:00:00Z');
    const merchant = await world.merchant({ versions: [{ rules: RULES, minimums: [minimum] }] });
    await merchant.happen({ day: '2026-10-10', type: 'freight' });
    const rowOf = async (cutoff: string) =>
      (await startRun(world.deps, { cutoff, merchantIds: [merchant.id] }, FINANCE)).id;
    const october = await rowOf('2026-10-31');
    await world.work();
    const [charge] = await query(`select id from billing.charge where merchant_id = $1`, [merchant.id]);
    await waiveCharge(world.deps, { id: String(charge!['id']), reason: 'by mistake' }, FINANCE);
    world.at('2026-12-02T08:00:00Z');
    const november = await rowOf('2026-11-30');
    await world.work();
    for (const step of ['draft', 'approve'] as const) {
      await requestStep(world.deps, step, { id: october, merchantIds: [merchant.id] }, FINANCE);
      if (step === 'draft') await world.work();
    }
    await requestStep(world.deps, 'approve', { id: november, merchantIds: [merchant.id] }, FINANCE);
    await query(`update billing.run_merchant set next_at = now() where wanted is not null`);
    await Promise.all([workRow(world.deps), workRow(world.deps)]);
    await world.work();
    expect(await merchant.row('2026-10-31')).toMatchObject({ state: 'approved', net: 10_000 });
    expect(await merchant.row('2026-11-30')).toMatchObject({ state: 'scheduled', findings: ['EARLIER_RUN_OPEN'] });
  }
});
