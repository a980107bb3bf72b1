import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { holdCharge, releaseCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { putIssuer } from '../../../services/billing/use-cases/issuer/issuer.ts';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { previewRun } from '../../../services/billing/use-cases/runs/preview-run.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startDueRuns } from '../../../services/billing/use-cases/runs/start-due-runs.ts';
import { runsHandlers } from '../../../services/billing/runs.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { runsActions } from '../../../shared/protocol/billing/runs-actions.ts';
import { issuerBody } from '../../../shared/protocol/billing/pricing-views.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeEach(async () => {
  world = await createScenarioWorld();
  world.at('2026-11-02T08:00:00Z');
});
afterEach(() => world.close());

const OTHER: Actor = { ...FINANCE, id: 'finance-2' };
const RULES = [
  rule('pack', perUnit('0.45')),
  rule('return_parcel', perUnit('2.90')),
  rule('software_fee', perUnit('62')),
];
const query = (text: string, values?: unknown[]) => world.database.query(text, values);
const preview = (cutoff: string, merchantIds?: string[], more: object = {}) =>
  previewRun(world.deps, { cutoff, merchantIds, limit: 20, ...more }, FINANCE);
const start = async (cutoff: string, actor = FINANCE, merchantIds?: string[]) => {
  const { id } = await startRun(world.deps, { cutoff, merchantIds }, actor);
  await world.work();
  return id;
};
const step = async (name: 'draft' | 'approve' | 'finalize', id: string, actor = FINANCE, merchantIds?: string[]) => {
  await requestStep(world.deps, name, { id, merchantIds }, actor);
  await world.work();
  return getRun(world.deps, { id }, actor);
};
/** Number of rows of every table, by name, and of everything that is written in them. */
const everything = async () => {
  const tables = await query(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const contents: Record<string, unknown> = {};
  for (const { name } of tables)
    contents[String(name)] = (
      await query(
        `select count(*)::int as n, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as content from ${String(name)} t`,
      )
    )[0];
  return contents;
};

test('G2 a preview is the draft that a run would make, beside the run before, and writes nothing', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }], contracts: [{ softwareFee: true }] });
  await merchant.happen(
    { day: '2026-09-20', type: 'pack', quantity: '100' },
    { day: '2026-09-21', type: 'return_parcel' },
  );
  await merchant.bill('2026-09-30');
  await merchant.happen(
    { day: '2026-10-05', type: 'pack', quantity: '50' },
    { day: '2026-10-20', type: 'pack', quantity: '10' },
    // too old: a draft would hold it
    { day: '2026-07-01', type: 'pack', quantity: '1000' },
  );
  const before = await everything();
  const { items } = await preview('2026-10-31');
  expect(await everything()).toEqual(before);
  expect(items).toHaveLength(1);
  const [row] = items;
  // the fee of October is in it, although nobody has accrued it
  expect(row).toMatchObject({
    merchantId: merchant.id,
    state: null,
    netMinor: 2700 + 6200,
    vatMinor: 1691,
    grossMinor: 10591,
    previous: { cutoff: '2026-09-30', netMinor: 4500 + 6200 + 290, changePercent: '-19.0' },
    sections: [
      { section: 'fulfilment', netMinor: 2700, previousNetMinor: 4500, changePercent: '-40.0' },
      { section: 'software', netMinor: 6200, previousNetMinor: 6200, changePercent: '0.0' },
      { section: 'returns', netMinor: 0, previousNetMinor: 290, changePercent: '-100.0' },
    ],
  });
  expect(row!.findings.map(({ code }) => code)).toContain('HELD_CHARGES');
  const id = await start('2026-10-31');
  const { rows } = await getRun(world.deps, { id }, FINANCE);
  expect(rows[0]).toMatchObject({
    netMinor: row!.netMinor,
    grossMinor: row!.grossMinor,
    chargeCount: row!.chargeCount,
  });
});

test('G2 a preview of a row that is there says what of it is still to be billed', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-20', type: 'pack', quantity: '100' });
  await merchant.bill('2026-10-31');
  await merchant.happen({ day: '2026-10-21', type: 'pack', quantity: '2' });
  const [row] = (await preview('2026-10-31', [merchant.id])).items;
  expect(row).toMatchObject({ state: 'finalized', netMinor: 90 });
});

test('G2 previews come in pages by merchant number, and refuse days and merchants that cannot be', async () => {
  const ids: string[] = [];
  for (let made = 0; made < 3; made += 1) ids.push((await world.merchant({ versions: [{ rules: RULES }] })).id);
  const first = await preview('2026-10-31', undefined, { limit: 2 });
  const second = await preview('2026-10-31', undefined, { limit: 2, cursor: first.nextCursor! });
  expect([...first.items, ...second.items].map(({ merchantId }) => merchantId)).toEqual(ids);
  expect(second.nextCursor).toBeNull();
  await expect(preview('2026-10-20')).rejects.toMatchObject({ code: 422, data: { errors: [{ path: 'cutoff' }] } });
  await expect(preview('2026-10-31', [ids[0]!, '0199e000-0000-7000-8000-000000000009'])).rejects.toMatchObject({
    data: { errors: [{ path: 'merchantIds.1', code: 'MERCHANT_NOT_FOUND' }] },
  });
  await expect(
    previewRun(world.deps, { cutoff: '2026-10-31', limit: 2 }, { ...FINANCE, scope: [ids[0]!] }),
  ).rejects.toMatchObject({ code: 403 });
});

test('G2 what a draft would wait for is said beside what it would bill', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-10', type: 'pack' });
  await start('2026-10-15');
  const [row] = (await preview('2026-10-31', [merchant.id])).items;
  // the open draft of the 15th is no parked one that would be given up for this run
  expect(row!.findings).toMatchObject([{ code: 'EARLIER_RUN_OPEN', data: { cutoff: '2026-10-15', included: true } }]);
  expect(row!.netMinor).toBe(45);
});

const ISSUER_BODY = async () => {
  const [issuer] = await query('select profile from billing.issuer');
  // as the product stores it
  const { name: _, ...address } = (issuer!['profile'] as { address: Record<string, string> }).address;
  const profile = {
    ...(issuer!['profile'] as object),
    address,
    bank: { name: 'Bank', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  };
  return { profile, numberPattern: 'RE-{year}-{number:5}' };
};
const withFourEyes = async () => {
  const body = issuerBody.parse({ ...(await ISSUER_BODY()), approval: { fourEyes: true } });
  expect(await putIssuer(world.deps, body, FINANCE)).toMatchObject({ approval: { fourEyes: true } });
};

test('G3 with four eyes, who started a run does not approve it; somebody else does', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-10', type: 'pack' });
  await withFourEyes();
  const id = await start('2026-10-15');
  await expect(step('approve', id)).rejects.toMatchObject({ code: 403, type: 'FOUR_EYES' });
  await expect(step('approve', id, FINANCE, [merchant.id])).rejects.toMatchObject({ code: 403, type: 'FOUR_EYES' });
  expect((await getRun(world.deps, { id }, FINANCE)).state).toBe('draft');
  expect((await step('approve', id, OTHER)).state).toBe('approved');
  // numbering what somebody else approved is no approval
  expect((await step('finalize', id)).state).toBe('finalized');
});

test('G3 with four eyes, who had a draft made anew or changed its charges approves the others only', async () => {
  const [recalculated, changed, untouched] = [
    await world.merchant({ versions: [{ rules: RULES }] }),
    await world.merchant({ versions: [{ rules: RULES }] }),
    await world.merchant({ versions: [{ rules: RULES }] }),
  ];
  for (const merchant of [recalculated, changed, untouched]) await merchant.happen({ day: '2026-10-10', type: 'pack' });
  await withFourEyes();
  const id = await start('2026-10-15', OTHER);
  const [charge] = await query('select id from billing.charge where merchant_id = $1', [changed.id]);
  await holdCharge(world.deps, { id: String(charge!['id']), reason: 'asked' }, FINANCE);
  await releaseCharge(world.deps, { id: String(charge!['id']) }, FINANCE);
  await step('draft', id, FINANCE, [recalculated.id]);
  for (const { id: merchantId } of [recalculated, changed])
    await expect(step('approve', id, FINANCE, [merchantId])).rejects.toMatchObject({
      type: 'FOUR_EYES',
      data: { merchantIds: [merchantId] },
    });
  expect((await step('approve', id)).counts).toEqual({ approved: 1, draft: 2 });
  await expect(step('approve', id)).rejects.toMatchObject({ type: 'FOUR_EYES' });
});

test('G3 the clock may start, a person approves; without the option one person does both', async () => {
  world.at('2026-10-09T08:00:00Z');
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-10', type: 'pack' });
  await withFourEyes();
  await query(`update billing.issuer set billing_starts_on = '2026-10-01'`);
  world.at('2026-10-17T08:00:00Z');
  await startDueRuns(world.deps);
  await world.work();
  const [run] = await query('select id from billing.run');
  const id = String(run!['id']);
  await expect(step('approve', id, { ...OTHER, kind: 'apiKey' })).rejects.toMatchObject({
    code: 403,
    type: 'FOUR_EYES',
  });
  expect((await step('approve', id)).state).toBe('approved');
  // what does not name it leaves it as it is
  await putIssuer(world.deps, issuerBody.parse(await ISSUER_BODY()), FINANCE);
  expect(await query('select four_eyes from billing.issuer')).toEqual([{ four_eyes: true }]);
});

test('G9 every finding of a draft says what to do and where', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: RULES }],
    contracts: [{ storageMethod: 'binDay', startsOn: '2026-10-01' }],
    merchant: { address: { name: 'X', street: ' ', postalCode: '1', city: 'Y', country: 'DE' }, invoiceEmails: [] },
  });
  await merchant.happen({ day: '2026-10-10', type: 'pack' }, { day: '2026-10-10', type: 'freight' });
  const [row] = (await preview('2026-10-31', [merchant.id])).items;
  const blocking = row!.findings.filter(({ blocks }) => blocks);
  expect(blocking.map(({ code }) => code)).toEqual([
    'UNRATED_CHARGES',
    'STORAGE_GAP',
    'NO_INVOICE_EMAIL',
    'ADDRESS_INCOMPLETE',
  ]);
  for (const { data } of blocking)
    expect(data!['remedy']).toMatchObject({
      de: expect.stringMatching(/\w{3}/),
      en: expect.stringMatching(/\w{3}/),
      where: expect.stringContaining(merchant.id),
    });
});

test('G9 a merchant whose contract nobody entered is billed by the base card, and finance is told', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-10', type: 'pack' });
  const codes = async () =>
    (await preview('2026-10-31', [merchant.id])).items[0]!.findings.map(({ code, blocks }) => [code, blocks]);
  expect(await codes()).toEqual([]);
  await query(
    `update billing.merchant_ref set snapshot = jsonb_set(snapshot, '{contracts}', '[]') where merchant_id = $1`,
    [merchant.id],
  );
  expect(await codes()).toContainEqual(['NO_CONTRACT', false]);
});

test('G9 lines that cancel out and totals that changed by more than the bound of the issuer are told', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-09-20', type: 'pack', quantity: '100' });
  await merchant.bill('2026-09-30');
  await merchant.happen(
    { day: '2026-10-20', type: 'pack', quantity: '150' },
    { day: '2026-10-21', type: 'return_parcel', quantity: '1' },
    { day: '2026-10-22', type: 'return_parcel', quantity: '-1' },
  );
  const codes = async () => (await preview('2026-10-31')).items[0]!.findings.map(({ code }) => code);
  expect(await codes()).toEqual(['ZERO_QUANTITY']);
  await putIssuer(world.deps, issuerBody.parse({ ...(await ISSUER_BODY()), checks: { changePercent: 49 } }), FINANCE);
  expect(await codes()).toEqual(['ZERO_QUANTITY', 'CHANGED_MUCH']);
  // of the smaller of both: two thirds are a change of one half, too
  await putIssuer(world.deps, issuerBody.parse({ ...(await ISSUER_BODY()), checks: { changePercent: 50 } }), FINANCE);
  expect(await codes()).toEqual(['ZERO_QUANTITY']);
  await putIssuer(
    world.deps,
    issuerBody.parse({ ...(await ISSUER_BODY()), checks: { aboveUsualPercent: 120 } }),
    FINANCE,
  );
  expect(await codes()).toEqual(['ABOVE_USUAL', 'ZERO_QUANTITY']);
});

test('G9 invoices without German VAT are due by the 14th of the month after, and need a VAT id', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: RULES }],
    merchant: { taxTreatment: 'reverseCharge', vatId: 'ATU12345675' },
  });
  await merchant.happen({ day: '2026-09-20', type: 'pack' }, { day: '2026-10-20', type: 'pack' });
  const codes = async () => (await preview('2026-10-31')).items[0]!.findings.map(({ code }) => code);
  world.at('2026-11-14T08:00:00Z');
  expect(await codes()).toEqual(['REVERSE_CHARGE_LATE']);
  world.at('2026-11-15T08:00:00Z');
  expect(await codes()).toEqual(['REVERSE_CHARGE_OVERDUE', 'REVERSE_CHARGE_LATE']);
  world.at('2026-10-31T20:00:00Z');
  expect(await codes()).toEqual([]);
  await query(`update billing.merchant_ref set snapshot = jsonb_set(snapshot, '{vatId}', 'null')`);
  expect((await preview('2026-10-31')).items[0]!.findings[0]).toMatchObject({ code: 'VAT_ID_MISSING', blocks: true });
});

test('G12 a held charge stays off the bill with its reason on the list, and is billed at the new price after its release', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: RULES }, { validFrom: '2026-10-15', rules: [rule('pack', perUnit('0.50'))] }],
  });
  await merchant.happen(
    { day: '2026-10-20', type: 'pack', quantity: '10' },
    { day: '2026-10-21', type: 'pack', quantity: '1' },
  );
  const [charge] = await query('select id from billing.charge where quantity = 10');
  const id = String(charge!['id']);
  await holdCharge(world.deps, { id, reason: 'Händler bestreitet' }, FINANCE);
  expect(await merchant.bill('2026-10-31')).toEqual([['2026-10', 'pack', '1', '0.5', 50]]);
  expect(await query(`select state, state_reason from billing.charge where id = $1`, [id])).toEqual([
    { state: 'held', state_reason: 'Händler bestreitet' },
  ]);
  await releaseCharge(world.deps, { id }, FINANCE);
  world.at('2026-11-16T08:00:00Z');
  expect(await merchant.bill('2026-11-15')).toEqual([['2026-10', 'pack', '10', '0.5', 500]]);
});

test('K16 after a downtime every cut-off since the start is caught up, oldest first, one open run per merchant', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  for (const day of ['2026-09-10', '2026-09-20', '2026-10-10', '2026-10-20'])
    await merchant.happen({ day, type: 'pack' });
  await query(`update billing.issuer set billing_starts_on = '2026-09-01'`);
  // two clocks at once
  const started = await Promise.all([startDueRuns(world.deps), startDueRuns(world.deps)]);
  expect(Math.max(...started)).toBe(4);
  expect(await query('select cutoff::text from billing.run order by cutoff')).toHaveLength(4);
  const open: string[][] = [];
  for (const cutoff of ['2026-09-15', '2026-09-30', '2026-10-15', '2026-10-31']) {
    await world.work();
    const drafts = await query(`select m.cutoff::text as cutoff from billing.run_merchant m where m.state = 'draft'`);
    open.push(drafts.map((row) => String(row['cutoff'])));
    const [run] = await query('select id from billing.run where cutoff = $1', [cutoff]);
    await step('approve', String(run!['id']));
    await step('finalize', String(run!['id']));
  }
  expect(open).toEqual([['2026-09-15'], ['2026-09-30'], ['2026-10-15'], ['2026-10-31']]);
  expect(
    await query(
      `select i.number, r.cutoff::text as cutoff, i.net_minor::int as net from billing.invoice i join billing.run r on r.id = i.run_id order by i.series_number`,
    ),
  ).toEqual([
    { number: 'RE-2026-00001', cutoff: '2026-09-15', net: 45 },
    { number: 'RE-2026-00002', cutoff: '2026-09-30', net: 45 },
    { number: 'RE-2026-00003', cutoff: '2026-10-15', net: 45 },
    { number: 'RE-2026-00004', cutoff: '2026-10-31', net: 45 },
  ]);
});

test('G3 who approves what was drafted anew meanwhile is told, and nothing is approved', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-03', type: 'pack', quantity: '100' });
  const id = await start('2026-10-15', FINANCE, [merchant.id]);
  const seen = { rows: 1, netMinor: 4_500 };
  await merchant.happen({ day: '2026-10-04', type: 'pack', quantity: '2' });
  await step('draft', id, OTHER, [merchant.id]);
  const approve = (what: object) =>
    requestStep(world.deps, 'approve', { id, merchantIds: [merchant.id], ...what }, FINANCE);
  await expect(approve({ seen })).rejects.toMatchObject({ type: 'DRAFTS_CHANGED', data: { rows: 1, netMinor: 4_590 } });
  await expect(approve({ seen: { rows: 2, netMinor: 4_590 } })).rejects.toMatchObject({ type: 'DRAFTS_CHANGED' });
  expect((await getRun(world.deps, { id }, FINANCE)).rows).toMatchObject([{ state: 'draft', wanted: null }]);
  await approve({ seen: { rows: 1, netMinor: 4_590 } });
  // asked for twice by a second click, it is done already
  await approve({ seen: { rows: 1, netMinor: 4_590 } });
  await world.work();
  expect((await getRun(world.deps, { id }, FINANCE)).rows).toMatchObject([{ state: 'approved', netMinor: 4_590 }]);
});

test('G9 who accepts a total that somebody else had drafted anew meanwhile is told, and nothing is accepted', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-09-10', type: 'pack', quantity: '10' });
  await merchant.bill('2026-09-15');
  await merchant.happen({ day: '2026-10-10', type: 'pack', quantity: '40' });
  const id = await start('2026-10-15');
  expect(await merchant.row('2026-10-15')).toMatchObject({ state: 'parked', findings: ['ABOVE_USUAL'], net: 1_800 });
  await merchant.happen({ day: '2026-10-11', type: 'pack', quantity: '40000' });
  await step('draft', id, OTHER, [merchant.id]);
  const { retryMerchantRow } = runsActions;
  const { handle } = runsHandlers(world.deps).find(({ definition }) => definition === retryMerchantRow)!;
  const accept = async (netMinor: number) => {
    const body = retryMerchantRow.body.parse({ accept: ['ABOVE_USUAL'], seen: { rows: 1, netMinor } });
    await handle({ id, merchantId: merchant.id, ...body } as never, FINANCE);
    await world.work();
  };
  const now = 1_801_800;
  await expect(accept(1_800)).rejects.toMatchObject({ type: 'DRAFTS_CHANGED', data: { rows: 1, netMinor: now } });
  expect(await merchant.row('2026-10-15')).toMatchObject({ state: 'parked', net: now });
  expect(await query('select accepted from billing.run_merchant where cutoff = $1', ['2026-10-15'])).toEqual([
    { accepted: [] },
  ]);
  await accept(now);
  expect(await merchant.row('2026-10-15')).toMatchObject({ state: 'draft', net: now });
});

test('G1 an approval bills the charges that were seen: others in their place that come to the same are asked for again', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen(
    { day: '2026-10-10', type: 'pack', quantity: '3', event: 'one' },
    { day: '2026-10-10', type: 'pack', quantity: '5', event: 'two' },
  );
  const id = await start('2026-10-15');
  // called back, and the same again under another number
  await merchant.correct('one', 1);
  await merchant.happen({ day: '2026-10-10', type: 'pack', quantity: '3', event: 'three' });
  expect((await step('approve', id)).state).toBe('draft');
  expect(await merchant.row('2026-10-15')).toMatchObject({ findings: ['CHANGED_SINCE_PREVIEW'], net: 360 });
  expect((await step('approve', id)).state).toBe('approved');
  const lines = await query(
    `select l.charge_count::int as told, (select count(*)::int from billing.invoice_line_charge c where c.line_id = l.id) as linked
     from billing.invoice_line l`,
  );
  expect(lines).toEqual([{ told: 4, linked: 4 }]);
});

test('G1 an approval bills the days that were seen: what came late instead of in time is asked for again', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen(
    { day: '2026-10-10', type: 'pack', quantity: '3', event: 'early' },
    { day: '2026-10-20', type: 'pack', quantity: '3' },
  );
  const id = await start('2026-10-31');
  await merchant.correct('early', 1, { day: '2026-10-12', type: 'pack', quantity: '3' });
  // instead of three charges there are two again
  await query(`update billing.charge set state = 'waived', state_reason = 'test' where service_date = '2026-10-10'`);
  expect((await step('approve', id)).state).toBe('draft');
  expect((await step('approve', id)).state).toBe('approved');
  const lines = await query(`select late_from::text as since, late_to::text as until from billing.invoice_line`);
  expect(lines).toEqual([{ since: '2026-10-12', until: '2026-10-12' }]);
});
