import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getCharge, listCharges } from '../../../services/billing/use-cases/charges/read-charges.ts';
import { getInvoiceEvidence } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { whatIfRateCard } from '../../../services/billing/use-cases/what-if/what-if-rate-card.ts';
import { newRateVersion } from '../../../shared/protocol/billing/rate-card.ts';
import { FINANCE } from '../../support/billing-world.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type ScenarioLine,
  type ScenarioMerchant,
  type ScenarioWorld,
  type Version,
} from '../../support/scenario-world.ts';
import { daysFrom } from '../../support/scenario-steps.ts';
import { cancelled, shipmentsOf } from '../../support/shipment-events.ts';

/** Cards and contracts that change with a start in the past: what was billed stays what it was, and nothing is lost. */
let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

type Adjustment = NonNullable<Version['adjustments']>[number];

const FREIGHT = rule('freight', perUnit('10.00'));
const FREE = ['pick_first', 'pick_further', 'pack', 'material'].map((type) => rule(type, perUnit('0')));
const adjustment = (percent: string, more: Partial<Adjustment> = {}): Adjustment => ({
  ...{ key: 'plus', kind: 'surcharge', label: { de: 'Zuschlag', en: 'Surcharge' }, groups: ['freight'] },
  value: { type: 'percent', percent },
  ...more,
});
const on = (day: string) => ({ cancelledOn: day, cancelledAt: `${day}T15:00:00Z` });
const priced = (lines: ScenarioLine[]) => lines.filter(([, , , price]) => price !== '0').toSorted();
const from1st = (adjustments: Adjustment[], freight = FREIGHT) => ({
  ...{ validFrom: '2027-03-01', rules: [freight, ...FREE], adjustments },
});

async function shipper(adjustments: Adjustment[], freight = FREIGHT) {
  const merchant = await world.merchant({ versions: [{ rules: [freight, ...FREE], adjustments }] });
  return { merchant, ...shipmentsOf(world, merchant.id) };
}

async function explained({ id: merchantId }: ScenarioMerchant, takesBack = false) {
  const { items } = await listCharges(world.deps, { limit: 50, merchantId }, FINANCE);
  const freight = items.filter(({ chargeType }) => chargeType === 'freight');
  const all = await Promise.all(freight.map(({ id }) => getCharge(world.deps, { id }, FINANCE)));
  return all.find(({ explanation }) => (explanation.event.takesBack !== null) === takesBack)!.explanation.adjustments;
}

test('E7 X1 a surcharge that was added afterwards is not given back with what was billed without it', async () => {
  const { merchant, ...s } = await shipper([]);
  const [one, two] = [s.of('2027-03-05'), s.of('2027-03-06')];
  await s.shipped(one, two);
  expect(priced(await merchant.bill('2027-03-15'))).toEqual([['2027-03', 'freight', '2', '10', 2000]]);
  await merchant.reprice(from1st([adjustment('10')]));
  await s.cancelled(cancelled(one, on('2027-03-20')));
  expect(await explained(merchant)).toEqual([]);
  expect(await explained(merchant, true)).toEqual([]);
  await s.shipped(s.of('2027-03-21', { parcels: 3 }));
  expect(priced(await merchant.bill('2027-03-31'))).toEqual([
    ['2027-03', 'freight', '-1', '10', -1000],
    ['2027-03', 'freight', '3', '10', 3000],
    ['2027-03', 'plus', '1', '3', 300],
  ]);
});

test('E7 X1 a surcharge that was dropped afterwards is given back with what was billed with it', async () => {
  const { merchant, ...s } = await shipper([adjustment('10')]);
  const [one, two] = [s.of('2027-03-05'), s.of('2027-03-06')];
  await s.shipped(one, two);
  expect(priced(await merchant.bill('2027-03-15'))).toEqual([
    ['2027-03', 'freight', '2', '10', 2000],
    ['2027-03', 'plus', '1', '2', 200],
  ]);
  await merchant.reprice(from1st([]));
  await s.cancelled(cancelled(one, on('2027-03-20')));
  expect(await explained(merchant)).toMatchObject([{ key: 'plus', value: { percent: '10' } }]);
  expect(await explained(merchant, true)).toMatchObject([{ key: 'plus', value: { percent: '10' } }]);
  await s.shipped(s.of('2027-03-21', { parcels: 3 }));
  expect(priced(await merchant.bill('2027-03-31'))).toEqual([
    ['2027-03', 'freight', '-1', '10', -1000],
    ['2027-03', 'freight', '3', '10', 3000],
    ['2027-03', 'plus', '1', '-1', -100],
  ]);
  // what was billed without it is taken back without it, although its invoice has a line of it
  const [third] = [s.of('2027-03-25')];
  await s.shipped(third);
  expect(priced(await merchant.bill('2027-04-15'))).toEqual([['2027-03', 'freight', '1', '10', 1000]]);
  await s.cancelled(cancelled(third, on('2027-04-20')));
  await s.shipped(s.of('2027-04-21', { parcels: 2 }));
  expect(priced(await merchant.bill('2027-04-30'))).toEqual([
    ['2027-03', 'freight', '-1', '10', -1000],
    ['2027-04', 'freight', '2', '10', 2000],
  ]);
});

test('E10 a discount that was raised afterwards is taken back as it was, and the new bill has the new one', async () => {
  const less = (percent: string) => adjustment(percent, { key: 'less', kind: 'discount' });
  const { merchant, ...s } = await shipper([less('10')]);
  const one = s.of('2027-03-05');
  await s.shipped(one);
  expect(priced(await merchant.bill('2027-03-15'))).toEqual([
    ['2027-03', 'freight', '1', '10', 1000],
    ['2027-03', 'less', '1', '-1', -100],
  ]);
  await merchant.reprice(from1st([less('25')]));
  await s.cancelled(cancelled(one, on('2027-03-20')));
  await s.shipped(s.of('2027-03-21', { parcels: 2 }));
  expect(priced(await merchant.bill('2027-03-31'))).toEqual([
    ['2027-03', 'freight', '-1', '10', -1000],
    ['2027-03', 'freight', '2', '10', 2000],
    ['2027-03', 'less', '1', '-5', -500],
    ['2027-03', 'less', '1', '1', 100],
  ]);
});

test('E7 days of a surcharge that were billed decide what of them is taken back', async () => {
  const { merchant, ...s } = await shipper([adjustment('10', { from: '2027-03-10' })]);
  const [before, within] = [s.of('2027-03-09'), s.of('2027-03-10')];
  await s.shipped(before, within);
  expect(priced(await merchant.bill('2027-03-15'))).toEqual([
    ['2027-03', 'freight', '2', '10', 2000],
    ['2027-03', 'plus', '1', '1', 100],
  ]);
  await merchant.reprice(from1st([adjustment('10', { to: '2027-03-09' })]));
  await s.cancelled(cancelled(before, on('2027-03-20')));
  await s.shipped(s.of('2027-03-21', { parcels: 2 }));
  expect(priced(await merchant.bill('2027-03-31'))).toEqual([
    ['2027-03', 'freight', '-1', '10', -1000],
    ['2027-03', 'freight', '2', '10', 2000],
  ]);
  await s.cancelled(cancelled(within, on('2027-04-02')));
  await s.shipped(s.of('2027-04-03', { parcels: 2 }));
  expect(priced(await merchant.bill('2027-04-15'))).toEqual([
    ['2027-03', 'freight', '-1', '10', -1000],
    ['2027-03', 'plus', '1', '-1', -100],
    ['2027-04', 'freight', '2', '10', 2000],
  ]);
});

test('E7 a volume price that moves takes units back with the surcharges they were billed with', async () => {
  const VOLUME = rule('freight', tiers('volume', ['2', '10.00'], [null, '8.00']));
  const { merchant, ...s } = await shipper([], VOLUME);
  await s.shipped(s.of('2027-03-05', { parcels: 2 }));
  expect(priced(await merchant.bill('2027-03-15'))).toEqual([['2027-03', 'freight', '2', '10', 2000]]);
  await merchant.reprice(from1st([adjustment('10')], VOLUME));
  await s.shipped(s.of('2027-03-21', { parcels: 3 }));
  expect(priced(await merchant.bill('2027-03-31'))).toEqual([
    ['2027-03', 'freight volumeAgain', '2', '8', 1600],
    ['2027-03', 'freight volumeBack', '-2', '10', -2000],
    ['2027-03', 'freight', '3', '8', 2400],
    ['2027-03', 'plus', '1', '2.4', 240],
  ]);
});

test('E1 G8 an optional price that a version left out by mistake charges what came meanwhile once it is back', async () => {
  const LINE = rule('pick_line', perUnit('0.20'));
  const merchant = await world.merchant({ versions: [{ rules: [FREIGHT, ...FREE, LINE] }] });
  const s = shipmentsOf(world, merchant.id);
  const lines = [{ orderLineId: '019a0000-0000-7000-8000-000000000001', sku: 'A', name: 'A', quantity: 3 }];
  const [kept, gone] = [s.of('2027-03-05', { lines }), s.of('2027-03-06', { lines })];
  await s.shipped(kept, gone);
  await merchant.reprice(from1st([]));
  await s.cancelled(cancelled(gone, on('2027-03-07')));
  // something else changes while it is out
  await merchant.reprice(from1st([adjustment('10')]));
  expect(priced(await merchant.bill('2027-03-15')).map(([, key]) => key)).toEqual(['freight', 'plus']);
  await merchant.reprice({ ...from1st([]), rules: [FREIGHT, ...FREE, LINE] });
  await s.shipped(s.of('2027-03-21'));
  expect(priced(await merchant.bill('2027-03-31'))).toEqual([
    ['2027-03', 'freight', '1', '10', 1000],
    ['2027-03', 'pick_line', '1', '0.2', 20],
  ]);
});

test('X1 a volume price that reached another tier later is explained to the price that was paid in the end', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: [rule('freight', tiers('volume', ['100', '5.00'], ['150', '4.00'], [null, '3.00']))] }],
  });
  await merchant.happen({ day: '2027-03-05', type: 'freight', quantity: '60' });
  await merchant.happen({ day: '2027-03-06', type: 'freight', quantity: '20' });
  await merchant.bill('2027-03-15');
  await merchant.happen({ day: '2027-03-20', type: 'freight', quantity: '40' });
  await merchant.bill('2027-03-31');
  await merchant.happen({ day: '2027-03-31', type: 'freight', quantity: '70' });
  await merchant.bill('2027-04-15');
  const { items } = await listCharges(world.deps, { limit: 50, merchantId: merchant.id }, FINANCE);
  const first = items.find(({ quantity }) => quantity === '60')!;
  const { price, lines } = (await getCharge(world.deps, { id: first.id }, FINANCE)).explanation;
  expect(price!.parts.map(({ quantity, unitPrice, netMinor }) => [quantity, unitPrice, netMinor])).toEqual([
    ['60', '5', 30_000],
    ['-60', '5', -30_000],
    ['60', '4', 24_000],
    ['-60', '4', -24_000],
    ['60', '3', 18_000],
  ]);
  expect(lines.map(({ quantity, netMinor }) => [quantity, netMinor])).toEqual([
    ['60', 40_000],
    ['-60', -40_000],
    ['60', 32_000],
    ['-60', -48_000],
    ['60', 36_000],
  ]);
});

test.each([
  // 15.00 stand, although the month may come to 5.00 only from now on
  ['lower', '20.00', '5.00', ['2027-03', 'plus', '1', '15', 1500], ['2027-03', 'plus', '1', '0', 0]],
  // what the first half was spared is not asked for
  ['higher', '5.00', '20.00', ['2027-03', 'plus', '1', '5', 500], ['2027-03', 'plus', '1', '3', 300]],
])('E7 a %s maximum from the 16th on is one for what comes from then on', async (_, before, after, first, second) => {
  const upTo = (maximumPerMonth: string) => ({
    ...{ rules: [FREIGHT], adjustments: [adjustment('10', { maximumPerMonth })] },
  });
  const merchant = await world.merchant({ versions: [upTo(before), { validFrom: '2027-03-16', ...upTo(after) }] });
  await merchant.happen({ day: '2027-03-05', type: 'freight', quantity: '15' });
  expect(await merchant.bill('2027-03-15')).toEqual([['2027-03', 'freight', '15', '10', 15_000], first]);
  await merchant.happen({ day: '2027-03-20', type: 'freight', quantity: '3' });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'freight', '3', '10', 3_000], second]);
});

test('X3 what is optional and not in the version that is tried out would not be charged, and is not unrated', async () => {
  const LINE = rule('pick_line', perUnit('0.20'));
  const merchant = await world.merchant({ versions: [{ rules: [FREIGHT, LINE] }] });
  await merchant.happen(
    { day: '2027-03-05', type: 'freight' },
    { day: '2027-03-05', type: 'pick_line' },
    { day: '2027-03-05', type: 'pack' },
  );
  const draft = newRateVersion.parse({ validFrom: '2027-01-01', rules: [FREIGHT] });
  const input = { limit: 20, from: '2027-03', to: '2027-03', draft, merchantIds: [merchant.id] };
  const { items } = await whatIfRateCard(world.deps, input as Parameters<typeof whatIfRateCard>[1], FINANCE);
  expect(items[0]!.months[0]).toMatchObject({
    ...{ accruedMinor: 1_020, whatIfMinor: 1_000 },
    // packing has no price, now or then
    unrated: { actual: 1, whatIf: 1, reasons: ['NO_RULE'] },
  });
});

/** The cells of the evidence of the merchant's last invoice, the head first. */
async function evidenceOf({ id }: ScenarioMerchant): Promise<string[][]> {
  const [invoice] = await world.database.query<{ id: string }>(
    `select id from billing.invoice where merchant_id = $1 order by number desc nulls first limit 1`,
    [id],
  );
  let file = '';
  const store = { putContent: async (_: string, bytes: Buffer) => ((file = bytes.toString()), { key: 'k' }) };
  await getInvoiceEvidence({ ...world.deps, store } as never, { id: invoice!.id }, FINANCE);
  return file
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
}

test('X2 the evidence of an invoice adds up to each line and to the invoice; a draft has none', async () => {
  const merchant = await world.merchant({
    versions: [
      { rules: [rule('material', perUnit('0.385'))], adjustments: [adjustment('10', { groups: ['fulfilment'] })] },
    ],
  });
  for (const day of ['2027-03-02', '2027-03-03', '2027-03-04']) await merchant.happen({ day, type: 'material' });
  await startRun(world.deps, { cutoff: '2027-03-15', merchantIds: [merchant.id] }, FINANCE);
  await world.work();
  await expect(evidenceOf(merchant)).rejects.toMatchObject({ code: 409, type: 'INVOICE_IS_DRAFT' });
  expect(await merchant.bill('2027-03-15')).toEqual([
    ['2027-03', 'material', '3', '0.385', 116],
    ['2027-03', 'plus', '1', '0.116', 12],
  ]);
  const [, ...cells] = await evidenceOf(merchant);
  const charges = cells.map((row) => [row[3], row[6], row[9], row[11] === '' ? 'no charge' : 'charge']);
  expect(charges).toEqual([
    ['2027-03-02', '1', '39', 'charge'],
    ['2027-03-03', '1', '38', 'charge'],
    ['2027-03-04', '1', '39', 'charge'],
    ['', '1', '12', 'no charge'],
  ]);
  expect(await merchant.row('2027-03-15')).toMatchObject({ net: 39 + 38 + 39 + 12 });
});

test('X2 the evidence of an invoice with a correction has numbers that a spreadsheet adds up, and no formulas', async () => {
  const merchant = await world.merchant({
    versions: [
      { rules: [{ ...rule('freight', perUnit('30.00', { baseQuantity: '10' })), label: { de: '=1+1', en: '=1+1' } }] },
    ],
  });
  await merchant.happen({ day: '2027-03-05', type: 'freight', quantity: '7', event: 'a' });
  await merchant.bill('2027-03-15');
  await merchant.correct('a', 1, { day: '2027-03-05', type: 'freight', quantity: '9' });
  await merchant.bill('2027-03-31');
  const rows = await evidenceOf(merchant);
  const [head, ...charges] = rows.map((cells) => [2, 6, 8, 9, 12].map((index) => cells[index]));
  expect(head).toEqual(['label', 'quantity', 'unitPrice', 'shareMinor', 'baseQuantity']);
  expect(charges.toSorted()).toEqual([
    [`"'=1+1"`, '-7', '30', '-2100', '10'],
    [`"'=1+1"`, '9', '30', '2700', '10'],
  ]);
});

test('F1 G9 storage that is agreed late blocks for days nobody recorded in months that are billed already', async () => {
  await world.database.query(`update billing.issuer set billing_starts_on = '2027-01-01'`);
  const job = { type: 'special_job', unit: 'piece' };
  const merchant = await world.merchant({
    versions: [
      { rules: [rule('storage', perUnit('1.00'), { unit: 'bin_day' }), rule(job.type, perUnit('100.00'), job)] },
    ],
    contracts: [{ startsOn: '2027-03-01', storageMethod: null, softwareFee: false }],
  });
  await merchant.happen({ day: '2027-03-20', ...job });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'special_job', '1', '100', 10_000]]);
  await merchant.agree({ startsOn: '2027-03-01', storageMethod: 'binDay', softwareFee: false });
  const stock = (from: string, to: string) =>
    merchant.stock(...daysFrom(from, to).map((day) => ({ day, lines: [{ bin: 'A' }] })));
  await stock('2027-04-01', '2027-04-30');
  expect(await merchant.bill('2027-04-30')).toEqual([]);
  expect(await merchant.row('2027-04-30')).toMatchObject({
    state: 'parked',
    findings: expect.arrayContaining(['STORAGE_GAP']),
  });
  await stock('2027-03-01', '2027-03-31');
  expect(await merchant.bill('2027-04-30', { accept: ['ABOVE_USUAL'] })).toEqual([
    ['2027-03', 'storage', '31', '1', 3_100],
    ['2027-04', 'storage', '30', '1', 3_000],
  ]);
});
