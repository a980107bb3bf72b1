import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pricingConsumers } from '../../../services/billing/pricing.ts';
import { getCharge, listCharges } from '../../../services/billing/use-cases/charges/read-charges.ts';
import {
  accrueFinishedMonths,
  accrueSoftwareFees,
} from '../../../services/billing/use-cases/charges/accrue-software-fees.ts';
import { waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { putIssuer } from '../../../services/billing/use-cases/issuer/issuer.ts';
import { consumeDue } from '../../../shared/messaging/consumer.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import { orderShippedV1, specialJobSignedOffV1 } from '../../../shared/protocol/orders/events.ts';
import {
  batchDispatchedV1,
  itemSettledV1,
  returnInspectedV1,
  returnProgressedV1,
  returnReceivedV1,
} from '../../../shared/protocol/returns/events.ts';
import { billCharge } from '../../support/bill-charge.ts';
import {
  batch,
  contract,
  inspection,
  receipt,
  settledItem,
  shipment,
  specialJob,
} from '../../support/billing-events.ts';
import { baseCard, createPricingWorld, FINANCE, merchantUser, type PricingWorld } from '../../support/pricing-world.ts';

let world: PricingWorld;
beforeEach(async () => (world = await createPricingWorld()));
afterEach(() => world.close());

const short = async (merchantId?: string) =>
  (await world.charges(merchantId)).map(({ chargeType, revision, quantity, state }) => [
    chargeType,
    revision,
    quantity,
    state,
  ]);

test('D1 a shipment is charged once, also when its event comes again or to two consumers at once', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  const event = shipment({ merchantId, pieces: 4 });
  await world.announce(orderShippedV1, event, event, ...Array.from({ length: 30 }, () => shipment({ merchantId })));
  await world.announce(orderShippedV1, event);
  const twins = [pricingConsumers(world.deps), pricingConsumers({ ...world.deps, rules: new Map() })];
  await Promise.all(
    twins.map(async (consumers) => {
      const consumer = consumers.find(({ name }) => name === 'billing.charge-shipments')!;
      while (await consumeDue(world.deps, { ...consumer, batch: 3 }));
    }),
  );
  await world.deliver();
  expect(
    await world.database.query(
      `select 1 from messaging.delivery where consumer = 'billing.charge-shipments' and done_at is null`,
    ),
  ).toEqual([]);
  const charges = await world.charges(merchantId);
  expect(charges).toHaveLength(31 * 5);
  expect(new Set(charges.map(({ state }) => state))).toEqual(new Set(['accrued']));
  const [further] = await world.database.query(
    `select quantity::int from billing.charge where charge_type = 'pick_further' and source_event = $1`,
    [event.shipmentId],
  );
  expect(further).toEqual({ quantity: 3 });
});

test('C9 every kind of event becomes its charges on its own day', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  await world.tell(
    returnReceivedV1,
    receipt({ merchantId, receivedOn: '2026-10-01' }),
    receipt({ merchantId, kind: 'withdrawal' }),
  );
  await world.tell(returnInspectedV1, inspection({ merchantId, inspectedOn: '2026-10-02' }));
  await world.tell(batchDispatchedV1, batch({ merchantId, dispatchedOn: '2026-10-03', pieces: 4, parcels: 2 }));
  await world.tell(specialJobSignedOffV1, specialJob({ merchantId, serviceDate: '2026-10-04' }));
  const charges = await world.charges(merchantId);
  expect(charges.map(({ chargeType, serviceDate, quantity }) => [chargeType, serviceDate, quantity])).toEqual([
    ['special_job', '2026-10-04', '50'],
    ['rtv_freight', '2026-10-03', '2'],
    ['rtv_handling', '2026-10-03', '4'],
    ['return_item', '2026-10-02', '2'],
    ['return_parcel', '2026-10-02', '1'],
    ['return_restock', '2026-10-02', '2'],
    ['return_undeliverable', '2026-10-01', '1'],
  ]);
});

const item = (quantity: number) => ({ ...inspection().items[0]!, quantity });

test('D11 an inspection is charged once per return and revision; a reopened one takes the old charges back', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  const first = inspection({ merchantId, items: [item(2)] });
  await world.tell(returnInspectedV1, first, first);
  await world.tell(returnInspectedV1, { ...first, revision: 1, items: [item(5)] });
  await world.tell(returnInspectedV1, first);
  const corrected = [
    ['return_item', 0, '2', 'accrued'],
    ['return_item', 1, '5', 'accrued'],
    ['return_parcel', 0, '1', 'accrued'],
    ['return_parcel', 1, '1', 'accrued'],
    ['return_restock', 0, '2', 'accrued'],
    ['return_restock', 1, '5', 'accrued'],
    ['return_item', 0, '-2', 'accrued'],
    ['return_parcel', 0, '-1', 'accrued'],
    ['return_restock', 0, '-2', 'accrued'],
  ];
  expect(await short(merchantId)).toEqual(corrected);
  const progressed = {
    returnId: inspection().returnId,
    merchantId,
    number: 'R-2',
    version: 2,
    state: 'cancelled' as const,
    kind: 'withdrawal' as const,
    orderNumber: null,
    receivedOn: null,
    inspectedOn: null,
    outcome: null,
  };
  await world.tell(returnProgressedV1, progressed, { ...progressed, version: 1, state: 'announced' });
  expect(await short(merchantId)).toEqual(corrected);
  expect(await world.database.query('select state from billing.return_ref')).toEqual([{ state: 'cancelled' }]);
});

test('what is decided after the inspection is charged once, on its own day; the next revision takes it back', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  const first = inspection({ merchantId, items: [{ ...item(2), disposition: 'hold' }] });
  const { returnId, items } = first;
  const settled = settledItem({ returnId, merchantId, itemId: items[0]!.itemId, disposition: 'dispose' });
  await world.tell(returnInspectedV1, first);
  await world.tell(itemSettledV1, settled, settled);
  const disposals = async () =>
    (await world.charges(merchantId))
      .filter(({ chargeType }) => chargeType === 'return_disposal')
      .map(({ source, revision, serviceDate, quantity }) => [source, revision, serviceDate, quantity]);
  const byDecision = ['returns.item', 0, '2026-10-18', '2'];
  expect(await disposals()).toEqual([byDecision]);
  await world.tell(returnInspectedV1, {
    ...first,
    revision: 1,
    inspectedOn: '2026-10-19',
    items: [{ ...items[0]!, disposition: 'dispose' }],
  });
  expect(await disposals()).toEqual([
    ['returns.inspection', 1, '2026-10-19', '2'],
    byDecision,
    ['returns.item-reversal', 0, '2026-10-18', '-2'],
  ]);
});

test('a decision that arrives after the next revision, which replaced it, leaves nothing', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  const first = inspection({ merchantId });
  const { returnId, items } = first;
  await world.tell(returnInspectedV1, { ...first, revision: 1 }, first);
  await world.tell(itemSettledV1, settledItem({ returnId, merchantId, itemId: items[0]!.itemId }));
  const [sum] = await world.database.query(
    `select sum(quantity)::int as sum, count(*) filter (where source like 'returns.item%')::int as count
     from billing.charge where charge_type = 'return_restock'`,
  );
  expect(sum).toEqual({ sum: 2, count: 2 });
});

test.each([
  ['in order', [0, 1, 2]],
  ['turned round', [2, 1, 0]],
  ['mixed', [1, 0, 2]],
])('revisions that arrive %s leave the highest only', async (_title, order) => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  const base = inspection({ merchantId });
  for (const revision of order) await world.tell(returnInspectedV1, { ...base, revision, items: [item(revision + 1)] });
  const sums = await world.database.query(
    `select charge_type, sum(quantity)::int as sum, count(*)::int as count from billing.charge group by 1 order by 1`,
  );
  expect(sums).toEqual([
    { charge_type: 'return_item', sum: 3, count: 5 },
    { charge_type: 'return_parcel', sum: 1, count: 5 },
    { charge_type: 'return_restock', sum: 3, count: 5 },
  ]);
});

test('two consumers with two revisions of one job at once leave the higher only', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  const jobs = Array.from({ length: 12 }, () => specialJob({ merchantId }));
  for (const job of jobs)
    await world.announce(
      specialJobSignedOffV1,
      job,
      { ...job, revision: 1, quantity: '20' },
      { ...job, revision: 2, quantity: '0' },
    );
  const consumer = pricingConsumers(world.deps).find(({ name }) => name === 'billing.charge-special-jobs')!;
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (await consumeDue(world.deps, { ...consumer, batch: 1 }));
    }),
  );
  await world.deliver();
  const [sum] = await world.database.query(
    'select sum(quantity)::int as sum, count(*)::int as count from billing.charge',
  );
  expect(sum).toEqual({ sum: 0, count: 12 * 4 });
});

test('X1 a charge explains itself: event, rule and version, what was rejected and why, quantity and price', async () => {
  await world.addCard(baseCard());
  const card = await world.addCard({
    code: 'own',
    name: 'Own',
    currency: 'EUR',
    versions: [
      {
        version: 1,
        validFrom: '2026-01-01',
        rules: [
          {
            ...baseCard().versions[0]!.rules[4]!,
            key: 'freight-heavy',
            priority: 300,
            conditions: { weightGramsOver: 5000 },
          },
          { ...baseCard().versions[0]!.rules[4]!, key: 'freight-at', priority: 200, conditions: { countries: ['AT'] } },
          { ...baseCard().versions[0]!.rules[4]!, key: 'freight-any', priority: 100, conditions: {} },
        ],
      },
    ],
  });
  const { merchantId } = await world.addMerchant({ contracts: [contract({ rateCardCode: 'own' })] });
  await world.tell(orderShippedV1, shipment({ merchantId, orderNumber: 'B-77', country: 'AT', weightGrams: 1200 }));
  const { items } = await listCharges(
    world.deps,
    { merchantId, chargeType: 'freight', limit: 10 },
    merchantUser(merchantId),
  );
  const charge = await getCharge(world.deps, { id: items[0]!.id }, merchantUser(merchantId));
  expect(charge).toMatchObject({
    attributes: { country: 'AT', weightGrams: 1200, carrier: 'DHL', channel: 'shop' },
    reference: { kind: 'shipment', number: 'B-77' },
    ruleKey: 'freight-at',
    versionId: card.versions[0]!.id,
    trace: {
      card: 'own',
      version: 1,
      validFrom: '2026-01-01',
      rule: 'freight-at',
      measured: '1',
      quantity: '1',
      price: { type: 'perUnit', unitPrice: '4.29' },
      rejected: { 'own#1': { WEIGHT: ['freight-heavy'], PRIORITY: ['freight-any'] } },
    },
  });
});

test('row security: a merchant sees its own charges only', async () => {
  await world.addCard(baseCard());
  const [mine, other] = [await world.addMerchant(), await world.addMerchant()];
  await world.tell(
    orderShippedV1,
    shipment({ merchantId: mine.merchantId }),
    shipment({ merchantId: other.merchantId }),
  );
  const user = merchantUser(mine.merchantId);
  const seen = await listCharges(world.deps, { limit: 200 }, user);
  expect(seen.items).toHaveLength(5);
  expect(new Set(seen.items.map(({ merchantId }) => merchantId))).toEqual(new Set([mine.merchantId]));
  await expect(listCharges(world.deps, { limit: 9, merchantId: other.merchantId }, user)).rejects.toMatchObject({
    code: 404,
  });
  const [foreign] = await world.charges(other.merchantId);
  await expect(getCharge(world.deps, { id: foreign!.id }, user)).rejects.toMatchObject({ type: 'CHARGE_NOT_FOUND' });
});

test('charges are listed page by page without gaps', async () => {
  const { merchantId } = await world.addMerchant();
  await world.tell(orderShippedV1, ...Array.from({ length: 4 }, () => shipment({ merchantId })));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const found = await listCharges(world.deps, { limit: 7, ...(cursor ? { cursor } : {}) }, FINANCE);
    seen.push(...found.items.map(({ id }) => id));
    cursor = found.nextCursor ?? undefined;
  } while (cursor);
  // six of each shipment: without a card it is open whether picking by weight is agreed
  expect(new Set(seen).size).toBe(24);
  const worklist = await listCharges(
    world.deps,
    { limit: 200, state: 'unrated', unbilled: 'true', from: '2026-10-15', to: '2026-10-15' },
    FINANCE,
  );
  expect(worklist.items).toHaveLength(24);
  const bad = Buffer.from('["x"]').toString('base64url');
  await expect(listCharges(world.deps, { limit: 7, cursor: bad }, FINANCE)).rejects.toMatchObject({ code: 422 });
});

test('D12 the software fee accrues once per merchant and month, by days under contract, also by two clocks at once', async () => {
  await world.addCard(baseCard());
  const joiner = await world.addMerchant({ contracts: [contract({ startsOn: '2026-09-20' })] });
  const whole = await world.addMerchant();
  const leaver = await world.addMerchant({
    contracts: [
      contract({ startsOn: '2026-01-01', endsOn: '2026-09-03' }),
      contract({ startsOn: '2026-09-04', softwareFee: false }),
    ],
  });
  await world.addMerchant({ contracts: [contract({ softwareFee: false })] });
  await world.addMerchant({ contracts: [contract({ startsOn: '2026-10-01' })] });
  const accrue = () =>
    transact(world.deps, serviceActor('billing', 'clock'), (em) =>
      accrueSoftwareFees(em, world.deps, { month: '2026-09' }),
    );
  const made = await Promise.all([accrue(), accrue(), accrue()]);
  expect(made.reduce((sum, count) => sum + count)).toBe(3);
  expect(await accrue()).toBe(0);
  const feeOf = async (merchantId: string) =>
    (await world.charges(merchantId)).map(({ chargeType, serviceDate, quantity, state }) => [
      chargeType,
      serviceDate,
      quantity,
      state,
    ]);
  expect(await feeOf(joiner.merchantId)).toEqual([['software_fee', '2026-09-30', '0.366667', 'accrued']]);
  expect(await feeOf(whole.merchantId)).toEqual([['software_fee', '2026-09-30', '1', 'accrued']]);
  expect(await feeOf(leaver.merchantId)).toEqual([['software_fee', '2026-09-30', '0.1', 'accrued']]);
  expect(await world.charges()).toHaveLength(3);
});

test('days under contract that change correct the fee, as often as they do', async () => {
  await world.addCard(baseCard());
  const terms = contract();
  const whole = await world.addMerchant({ contracts: [terms] });
  const other = await world.addMerchant();
  const accrue = () =>
    transact(world.deps, serviceActor('billing', 'clock'), (em) =>
      accrueSoftwareFees(em, world.deps, { month: '2026-09' }),
    );
  expect(await accrue()).toBe(2);
  let version = 1;
  const changed = async (...contracts: (typeof terms)[]) => {
    await world.tell(merchantChangedV1, { ...whole, version: (version += 1), contracts });
    expect(await accrue()).toBe(0);
    return (await world.charges(whole.merchantId)).map(({ source, revision, quantity, state }) => [
      source.replace('billing.software-fee', 'fee'),
      ...[revision, quantity, state],
    ]);
  };
  const [first, second] = [
    ['fee', 0, '1', 'accrued'],
    ['fee', 1, '0.666667', 'accrued'],
  ];
  expect(await changed({ ...terms, rateCardCode: 'base' })).toEqual([first]);
  const early = { ...terms, endsOn: '2026-09-20' };
  const twin = ['fee-reversal', 0, '-1', 'accrued'];
  expect(await changed(early)).toEqual([first, second, twin]);
  expect(await changed({ ...early, softwareFee: false })).toEqual([
    ...[first, second, twin],
    ['fee-reversal', 1, '-0.666667', 'accrued'],
  ]);
  expect((await changed(early)).filter(([source]) => source === 'fee')).toEqual([
    ...[first, second],
    ['fee', 3, '0.666667', 'accrued'],
  ]);
  expect(await world.charges(other.merchantId)).toMatchObject([{ revision: 0, quantity: '1' }]);
});

test('of a fee that is billed the difference comes with the next run', async () => {
  await world.addCard(baseCard());
  const terms = contract();
  const known = await world.addMerchant({ contracts: [terms] });
  await transact(world.deps, serviceActor('billing', 'clock'), (em) =>
    accrueSoftwareFees(em, world.deps, { month: '2026-09' }),
  );
  await billCharge(world.database, (await world.charges())[0]!.id);
  const contracts = [{ ...terms, endsOn: '2026-09-20' }];
  await world.tell(merchantChangedV1, { ...known, version: 2, contracts });
  expect(
    await world.database.query(
      'select trim_scale(quantity)::text as quantity from billing.charge where line_id is null order by 1',
    ),
  ).toEqual([{ quantity: '-1' }, { quantity: '0.666667' }]);
});

test('a waived fee does not stand in the way of the right one', async () => {
  await world.addCard(baseCard());
  const terms = contract();
  const known = await world.addMerchant({ contracts: [terms] });
  await transact(world.deps, serviceActor('billing', 'clock'), (em) =>
    accrueSoftwareFees(em, world.deps, { month: '2026-09' }),
  );
  const [fee] = await world.charges(known.merchantId);
  await waiveCharge(world.deps, { id: fee!.id, reason: 'contract ends on the 20th' }, FINANCE);
  const contracts = [{ ...terms, endsOn: '2026-09-20' }];
  await world.tell(merchantChangedV1, { ...known, version: 2, contracts });
  expect(await short(known.merchantId)).toEqual([
    ['software_fee', 0, '1', 'waived'],
    ['software_fee', 1, '0.666667', 'accrued'],
    ['software_fee', 0, '-1', 'waived'],
  ]);
});

test('the clock accrues every finished month since billing started, and again nothing', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  expect(await accrueFinishedMonths(world.deps)).toBe(0);
  const profile = {
    name: 'Nordlager GmbH',
    address: { street: 'Speicherweg 4', postalCode: '20457', city: 'Hamburg', country: 'DE' },
    vatId: 'DE136695976',
    managingDirectors: [],
    bank: { name: 'Bank', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  };
  await putIssuer(
    world.deps,
    { profile, numberPattern: 'RE-{year}-{number:5}', billingStartsOn: '2026-08-15', waitDays: 0 },
    FINANCE,
  );
  expect(await accrueFinishedMonths(world.deps)).toBe(2);
  expect(await accrueFinishedMonths(world.deps)).toBe(0);
  world.at('2026-10-31T22:59:59Z');
  expect(await accrueFinishedMonths(world.deps)).toBe(0);
  world.at('2026-10-31T23:00:00Z');
  expect(await accrueFinishedMonths(world.deps)).toBe(1);
  expect((await world.charges(merchantId)).map(({ serviceDate }) => serviceDate)).toEqual([
    '2026-08-31',
    '2026-09-30',
    '2026-10-31',
  ]);
});
