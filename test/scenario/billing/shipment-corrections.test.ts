import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';
import { billedByCarrier, cancelled, promoted, shipmentsOf } from '../../support/shipment-events.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const PRICES = [
  rule('pick_first', perUnit('1.35')),
  rule('pick_further', perUnit('0.35')),
  rule('pack', perUnit('0.85')),
  rule('material', perUnit('0.38')),
  rule('freight', perUnit('4.29')),
];
const FEE = rule('cancel_after_pick', perUnit('1.50'));
const on = (day: string) => ({ cancelledOn: day, cancelledAt: `${day}T15:00:00Z` });

async function merchantWith(...rules: ReturnType<typeof rule>[]) {
  const merchant = await world.merchant({ versions: [{ rules: [...PRICES, ...rules] }] });
  return { merchant, ...shipmentsOf(world, merchant.id) };
}

test('D4 called back before the 15th is billed: nothing of the shipment is left but the fee', async () => {
  const { merchant, ...shipments } = await merchantWith(FEE);
  const one = shipments.of('2027-03-05');
  await shipments.shipped(one);
  await shipments.cancelled(cancelled(one, on('2027-03-08')));
  expect(await merchant.bill('2027-03-15')).toEqual([
    ['2027-03', 'pick_first', '0', '1.35', 0],
    ['2027-03', 'pick_further', '0', '0.35', 0],
    ['2027-03', 'pack', '0', '0.85', 0],
    ['2027-03', 'material', '0', '0.38', 0],
    ['2027-03', 'freight', '0', '4.29', 0],
    ['2027-03', 'cancel_after_pick', '1', '1.5', 150],
  ]);
});

test('D4 called back after the 15th was billed: it is credited with its month, and the fee has the day of the cancel', async () => {
  const { merchant, ...shipments } = await merchantWith(FEE);
  const [one, other] = [shipments.of('2027-03-14'), shipments.of('2027-03-14', { pieces: 1 })];
  await shipments.shipped(one, other);
  expect(await merchant.bill('2027-03-15')).toEqual([
    ['2027-03', 'pick_first', '2', '1.35', 270],
    ['2027-03', 'pick_further', '2', '0.35', 70],
    ['2027-03', 'pack', '2', '0.85', 170],
    ['2027-03', 'material', '2', '0.38', 76],
    ['2027-03', 'freight', '2', '4.29', 858],
  ]);
  await shipments.cancelled(cancelled(one, on('2027-04-02')));
  // the credit is carried on the 31st, because nothing else is due: 7.57 back
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  await shipments.shipped(shipments.of('2027-04-03', { pieces: 11, parcels: 4 }));
  expect(await merchant.bill('2027-04-15')).toEqual([
    ['2027-03', 'pick_first', '-1', '1.35', -135],
    ['2027-03', 'pick_further', '-2', '0.35', -70],
    ['2027-03', 'pack', '-1', '0.85', -85],
    ['2027-03', 'material', '-1', '0.38', -38],
    ['2027-03', 'freight', '-1', '4.29', -429],
    ['2027-04', 'pick_first', '1', '1.35', 135],
    ['2027-04', 'pick_further', '10', '0.35', 350],
    ['2027-04', 'pack', '4', '0.85', 340],
    ['2027-04', 'material', '4', '0.38', 152],
    ['2027-04', 'freight', '4', '4.29', 1_716],
    ['2027-04', 'cancel_after_pick', '1', '1.5', 150],
  ]);
});

test('D4 without a price for it calling back costs nothing, and nothing waits for a price', async () => {
  const { merchant, ...shipments } = await merchantWith();
  const [one, other] = [shipments.of('2027-03-05'), shipments.of('2027-03-05', { pieces: 1 })];
  await shipments.shipped(one, other);
  await shipments.cancelled(cancelled(one, on('2027-03-06')));
  expect(await merchant.bill('2027-03-15')).toEqual([
    ['2027-03', 'pick_first', '1', '1.35', 135],
    ['2027-03', 'pick_further', '0', '0.35', 0],
    ['2027-03', 'pack', '1', '0.85', 85],
    ['2027-03', 'material', '1', '0.38', 38],
    ['2027-03', 'freight', '1', '4.29', 429],
  ]);
  expect(await merchant.row('2027-03-15')).toMatchObject({ state: 'finalized', findings: ['ZERO_QUANTITY'] });
});

test('D4 D3 of a split order whose first shipment is called back the order is charged once with what is left', async () => {
  const { merchant, ...shipments } = await merchantWith();
  const first = shipments.of('2027-03-05', { pieces: 2 });
  const second = shipments.of('2027-03-07', { pieces: 3, firstShipment: false, orderId: first.orderId });
  await shipments.shipped(first, second);
  await shipments.corrected(promoted(second));
  await shipments.cancelled(cancelled(first, on('2027-03-08')));
  // one first and two further pieces: as if the second shipment had been the only one
  expect((await merchant.bill('2027-03-15')).filter(([, key]) => key.startsWith('pick'))).toEqual([
    ['2027-03', 'pick_first', '1', '1.35', 135],
    ['2027-03', 'pick_further', '2', '0.35', 70],
  ]);
});

test('D9 packaging is billed by its code in place of material per parcel', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [
          ...PRICES,
          rule('packaging', perUnit('0.62'), { key: 'box-m', conditions: { codes: ['BOX-M'] } }),
          rule('packaging', perUnit('0.05'), { key: 'tape', conditions: { codes: ['TAPE', 'FILL'] } }),
        ],
      },
    ],
  });
  const shipments = shipmentsOf(world, merchant.id);
  const packed = shipments.of('2027-03-05', {
    pieces: 1,
    parcels: 2,
    packaging: [
      { code: 'BOX-M', quantity: 2 },
      { code: 'TAPE', quantity: 5 },
    ],
  });
  const called = shipments.of('2027-03-05', { pieces: 1, packaging: [{ code: 'BOX-M', quantity: 1 }] });
  await shipments.shipped(packed, called, shipments.of('2027-03-06', { pieces: 1 }));
  await shipments.cancelled(cancelled(called, on('2027-03-07')));
  expect(await merchant.bill('2027-03-15')).toEqual([
    ['2027-03', 'pick_first', '2', '1.35', 270],
    ['2027-03', 'pack', '3', '0.85', 255],
    ['2027-03', 'material', '1', '0.38', 38],
    ['2027-03', 'box-m', '2', '0.62', 124],
    ['2027-03', 'tape', '5', '0.05', 25],
    ['2027-03', 'freight', '3', '4.29', 1_287],
  ]);
  // a code that the card does not price is on the worklist and blocks
  await shipments.shipped(shipments.of('2027-03-20', { pieces: 1, packaging: [{ code: 'BOX-XL', quantity: 1 }] }));
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  expect(await merchant.row('2027-03-31')).toMatchObject({ state: 'parked', findings: ['UNRATED_CHARGES'] });
});

test('D2 first and further picks, per order, line, piece and weight, each where the card prices it', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [
          ...PRICES,
          rule('pick_line', perUnit('0.20')),
          rule('pick_weight', perUnit('0.10'), { key: 'heavy', conditions: { weightGramsOver: 5_000 } }),
        ],
      },
    ],
  });
  const shipments = shipmentsOf(world, merchant.id);
  const line = (sku: string, quantity: number) => ({
    ...{ orderLineId: '01990000-0000-7000-8000-00000000000a', sku, name: sku, quantity },
  });
  await shipments.shipped(
    shipments.of('2027-03-05', { pieces: 5, weightGrams: 12_345, lines: [line('A', 4), line('B', 1)] }),
    shipments.of('2027-03-06', { pieces: 1, weightGrams: 900, lines: [line('A', 1)] }),
  );
  expect((await merchant.bill('2027-03-15')).filter(([, key]) => /pick|heavy/.test(key))).toEqual([
    ['2027-03', 'pick_first', '2', '1.35', 270],
    ['2027-03', 'pick_further', '4', '0.35', 140],
    ['2027-03', 'pick_line', '3', '0.2', 60],
    ['2027-03', 'heavy', '12.345', '0.1', 123],
  ]);
});

test('E1 G8 an optional price that a later version brings for the past is one for what comes from then on', async () => {
  const { merchant, ...shipments } = await merchantWith();
  const lines = ['A', 'B'].map((sku) => ({
    ...{ orderLineId: '01990000-0000-7000-8000-00000000000a', sku, name: sku, quantity: 1 },
  }));
  await shipments.shipped(shipments.of('2027-03-05', { pieces: 2, lines }));
  await merchant.reprice({
    validFrom: '2027-03-01',
    rules: [rule('pick_first', perUnit('1.40')), ...PRICES.slice(1), rule('pick_line', perUnit('0.20'))],
  });
  await shipments.shipped(shipments.of('2027-03-06', { pieces: 2, lines }));
  // what there is has the new price; what there was no charge for is not made one
  expect((await merchant.bill('2027-03-15')).filter(([, key]) => /first|line/.test(key))).toEqual([
    ['2027-03', 'pick_first', '2', '1.4', 280],
    ['2027-03', 'pick_line', '2', '0.2', 40],
  ]);
});

test('what a carrier bills later is a late charge with the day of the shipment, at cost plus its margin', async () => {
  const { merchant, ...shipments } = await merchantWith(
    rule('carrier_surcharge', { type: 'costPlus', percent: '10', minimumMargin: '0.50' }),
    rule(
      'carrier_surcharge',
      { type: 'percentage', percent: '100' },
      { key: 'toll', priority: 200, conditions: { codes: ['toll'] } },
    ),
  );
  const one = shipments.of('2027-03-05', { pieces: 1 });
  await shipments.shipped(one);
  await merchant.bill('2027-03-15');
  const [oversize, toll] = [billedByCarrier(one, 1_255), billedByCarrier(one, 19, { kind: 'toll', line: 2 })];
  await shipments.billed(oversize, toll);
  await shipments.billed(oversize);
  // 12.55 + 10 % = 13.805; the toll at cost
  expect(await merchant.bill('2027-04-15')).toEqual([
    ['2027-03', 'carrier_surcharge', '1', '13.805', 1_381],
    ['2027-03', 'toll', '1', '0.19', 19],
  ]);
  const late = await world.database.query(
    `select to_char(l.late_from, 'YYYY-MM-DD') as day, c.reference ->> 'carrierInvoice' as invoice, to_char(c.service_date, 'YYYY-MM-DD') as service
     from billing.charge c join billing.invoice_line l on l.id = c.line_id where c.source_event = $1`,
    [oversize.lineId],
  );
  expect(late).toEqual([{ day: '2027-03-05', invoice: 'DHL-77', service: '2027-03-05' }]);
});

test('what a carrier gives back is given back with the margin that was taken, the least one included', async () => {
  const { merchant, ...shipments } = await merchantWith(
    rule('carrier_surcharge', { type: 'costPlus', percent: '10', minimumMargin: '0.50' }),
  );
  const one = shipments.of('2027-03-05', { pieces: 1 });
  await shipments.shipped(one);
  await shipments.billed(billedByCarrier(one, 200), billedByCarrier(one, -200, { line: 2, invoiceNumber: 'DHL-78' }));
  const lines = await merchant.bill('2027-03-15');
  expect(lines.filter(([, key]) => key === 'carrier_surcharge')).toEqual(
    expect.arrayContaining([
      ['2027-03', 'carrier_surcharge', '1', '2.5', 250],
      ['2027-03', 'carrier_surcharge', '-1', '2.5', -250],
    ]),
  );
});

test('a surcharge that no card prices is on the worklist and blocks: it is neither given away nor forgotten', async () => {
  const { merchant, ...shipments } = await merchantWith();
  const one = shipments.of('2027-03-05');
  await shipments.shipped(one);
  await shipments.billed(billedByCarrier(one, 990));
  expect(await merchant.bill('2027-03-15')).toEqual([]);
  expect(await merchant.row('2027-03-15')).toMatchObject({ state: 'parked', findings: ['UNRATED_CHARGES'] });
});

/** What can be told of one shipment, in any order and more than once. */
const news = fc.array(fc.constantFrom('shipped', 'cancelled', 'bill'), { minLength: 0, maxLength: 4 });

test('D4 in whatever order billing hears of it, and whenever it bills in between, what is billed is the fee alone', async () => {
  await fc.assert(
    fc.asyncProperty(news, fc.shuffledSubarray(['shipped', 'cancelled'], { minLength: 2 }), async (before, last) => {
      const { merchant, ...shipments } = await merchantWith(FEE, rule('packaging', perUnit('0.62')));
      const one = shipments.of('2027-03-05', { pieces: 4, packaging: [{ code: 'BOX-M', quantity: 2 }] });
      // later than that the credit would be held for its age
      const cutoffs = ['2027-03-15', '2027-03-31', '2027-04-15', '2027-04-30', '2027-05-15', '2027-05-31'];
      const billed: number[] = [];
      const bill = async () => {
        const lines = await merchant.bill(cutoffs.shift()!, { accept: ['ABOVE_USUAL'] });
        billed.push(...lines.map(([, , , , net]) => net));
      };
      for (const step of [...before, ...last]) {
        if (step === 'shipped') await shipments.shipped(one);
        else if (step === 'cancelled') await shipments.cancelled(cancelled(one, on('2027-03-06')));
        else await bill();
      }
      // what is due to the merchant is paid out against something else
      await shipments.shipped(shipments.of('2027-05-20', { pieces: 30, parcels: 9 }));
      while (cutoffs.length) await bill();
      const other = 135 + 29 * 35 + 9 * (85 + 38 + 429);
      expect(billed.reduce((sum, net) => sum + net, 0) - other).toBe(150);
    }),
    { numRuns: 12, seed: 20_270_305 },
  );
}, 120_000);
