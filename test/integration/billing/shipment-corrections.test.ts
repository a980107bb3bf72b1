import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { pricingConsumers } from '../../../services/billing/pricing.ts';
import { consumeDue } from '../../../shared/messaging/consumer.ts';
import { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import { orderShippedV1, shipmentCancelledV1, shipmentCorrectedV1 } from '../../../shared/protocol/orders/events.ts';
import { contract, merchant, shipment } from '../../support/billing-events.ts';
import { baseCard, createPricingWorld, ruleOf, type PricingWorld } from '../../support/pricing-world.ts';
import { cancelled, promoted } from '../../support/shipment-events.ts';

let world: PricingWorld;
beforeAll(async () => {
  world = await createPricingWorld();
  const card = baseCard();
  const [version] = card.versions;
  const rules = [...version!.rules, ruleOf('cancel_after_pick', '1.50', { conditions: { countries: ['DE'] } })];
  await world.addCard({ ...card, versions: [{ ...version!, rules }] });
});
beforeEach(() => world.database.query('delete from billing.charge'));
afterAll(() => world.close());

/** What is left of each type, and how many rows it took. */
const left = async (merchantId: string) =>
  (
    await world.database.query(
      `select charge_type, trim_scale(sum(quantity))::text as quantity, count(*)::int as rows,
         array_agg(distinct to_char(service_date, 'MM-DD')) as days
       from billing.charge where merchant_id = $1 group by 1 order by 1`,
      [merchantId],
    )
  ).map(({ charge_type, quantity, rows, days }) => [charge_type, quantity, rows, days]);
const NOTHING_BUT_THE_FEE = [
  ['cancel_after_pick', '1', 1, ['10-16']],
  ...['freight', 'material', 'pack', 'pick_first', 'pick_further'].map((type) => [type, '0', 2, ['10-15']]),
];

test.each([
  ['as it happened', [0, 1]],
  ['the cancellation first', [1, 0]],
  ['each twice', [1, 0, 0, 1]],
])('D4 a shipment that was called back leaves the fee alone, told of %s', async (_title, order) => {
  const { merchantId } = await world.addMerchant();
  const one = shipment({ merchantId });
  for (const step of order)
    if (step === 0) await world.tell(orderShippedV1, one);
    else await world.tell(shipmentCancelledV1, cancelled(one));
  expect(await left(merchantId)).toEqual(NOTHING_BUT_THE_FEE);
});

test('D4 told of at one moment to several processes, each shipment is still taken back once', async () => {
  const { merchantId } = await world.addMerchant();
  const many = Array.from({ length: 15 }, () => shipment({ merchantId }));
  await world.announce(orderShippedV1, ...many);
  await world.announce(shipmentCancelledV1, ...many.map((one) => cancelled(one)));
  const consumers = pricingConsumers(world.deps).filter(({ name }) => name.includes('shipments'));
  expect(consumers).toHaveLength(3);
  await Promise.all(
    [...consumers, ...consumers].map(async (consumer) => {
      while (await consumeDue(world.deps, { ...consumer, batch: 1 }));
    }),
  );
  await world.deliver();
  const rows = await left(merchantId);
  expect(rows.find(([type]) => type === 'cancel_after_pick')?.slice(0, 3)).toEqual(['cancel_after_pick', '15', 15]);
  expect(rows.filter(([type]) => type !== 'cancel_after_pick').map(([, quantity, count]) => [quantity, count])).toEqual(
    Array.from({ length: 5 }, () => ['0', 30]),
  );
});

test('D4 a fee whose conditions do not hold is none, and one of an unknown merchant waits for its price', async () => {
  const { merchantId } = await world.addMerchant();
  const abroad = shipment({ merchantId, country: 'AT' });
  await world.tell(shipmentCancelledV1, cancelled(abroad));
  expect(await left(merchantId)).toEqual([]);
  const unknown = merchant({ contracts: [contract()] });
  await world.tell(shipmentCancelledV1, cancelled(shipment({ merchantId: unknown.merchantId })));
  expect(await world.charges(unknown.merchantId)).toMatchObject([{ state: 'unrated' }]);
  await world.tell(merchantChangedV1, unknown);
  expect(await world.charges(unknown.merchantId)).toMatchObject([{ state: 'accrued', ruleKey: 'cancel-after-pick' }]);
});

test('D2 D4 what no card prices is waived by itself once the cards are known', async () => {
  const unknown = merchant({ contracts: [contract()] });
  const { merchantId } = unknown;
  const one = shipment({ merchantId, country: 'AT' });
  await world.tell(orderShippedV1, one);
  await world.tell(shipmentCancelledV1, cancelled(one));
  expect((await world.charges(merchantId)).every(({ state }) => state === 'unrated')).toBe(true);
  await world.tell(merchantChangedV1, unknown);
  const states = (await world.charges(merchantId)).map(({ source, chargeType, state }) => [source, chargeType, state]);
  expect(states.filter(([, , state]) => state !== 'accrued')).toEqual([
    // freight to Austria has no price and blocks, as ever
    ['orders.shipment', 'freight', 'unrated'],
    ['orders.shipment', 'pick_weight', 'waived'],
    ['orders.shipment-cancellation', 'cancel_after_pick', 'waived'],
    ['orders.shipment-reversal', 'freight', 'unrated'],
    ['orders.shipment-reversal', 'pick_weight', 'waived'],
  ]);
  const audited = await world.database.query(
    `select reason from messaging.audit_entry where action = 'charge.waived' and merchant_id = $1`,
    [merchantId],
  );
  expect(audited).toHaveLength(2);
});

test.each([
  ['as it happened', [0, 1, 2, 3]],
  ['backwards', [3, 2, 1, 0]],
  ['mixed', [2, 0, 3, 1]],
])('D3 D4 the next shipment takes the place of the first one, told of %s', async (_title, order) => {
  const { merchantId } = await world.addMerchant();
  const first = shipment({ merchantId, pieces: 2 });
  const second = shipment({ merchantId, pieces: 3, firstShipment: false, country: 'AT', orderId: first.orderId });
  const steps = [
    () => world.tell(orderShippedV1, first),
    () => world.tell(orderShippedV1, second),
    () => world.tell(shipmentCancelledV1, cancelled(first, { country: 'AT' })),
    () => world.tell(shipmentCorrectedV1, promoted(second)),
  ];
  for (const step of order) await steps[step]!();
  expect((await left(merchantId)).map(([type, quantity]) => [type, quantity])).toEqual([
    ['freight', '1'],
    ['material', '1'],
    ['pack', '1'],
    ['pick_first', '1'],
    ['pick_further', '2'],
  ]);
});

test('D9 each kind of packaging is a charge of its own, and is taken back with the shipment', async () => {
  const { merchantId } = await world.addMerchant();
  const packaging = [
    { code: 'BOX-M', quantity: 2 },
    { code: 'TAPE', quantity: 5 },
  ];
  const one = shipment({ merchantId, packaging });
  await world.tell(orderShippedV1, one, one);
  const stored = await world.database.query(
    `select attributes ->> 'code' as code, trim_scale(quantity)::text as quantity, unit, state from billing.charge
     where merchant_id = $1 and charge_type in ('packaging', 'material') order by 1`,
    [merchantId],
  );
  expect(stored).toEqual([
    { code: 'BOX-M', quantity: '2', unit: 'piece', state: 'unrated' },
    { code: 'TAPE', quantity: '5', unit: 'piece', state: 'unrated' },
  ]);
  await world.tell(shipmentCancelledV1, cancelled(one));
  expect((await left(merchantId)).find(([type]) => type === 'packaging')).toEqual(['packaging', '0', 4, ['10-15']]);
});
