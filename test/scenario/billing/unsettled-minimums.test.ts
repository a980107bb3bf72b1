import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getMerchantAccount } from '../../../services/billing/use-cases/charges/get-merchant-account.ts';
import { waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startFinalRun } from '../../../services/billing/use-cases/runs/start-final-run.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { ContractTerms, MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import { FINANCE } from '../../support/billing-world.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type ScenarioMerchant,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

/** Month ends that left the minimum of their month open, and who asks for it then: EUR 100 a month, once. */
const RULES = [rule('pack', perUnit('1.00')), rule('freight', perUnit('4.00')), rule('return_parcel', perUnit('2.00'))];
const MINIMUM = { key: 'minimum', label: { de: 'Mindestumsatz-Ausgleich', en: 'Minimum' }, amount: '100.00' };
const MARCH = ['2027-03', 'minimum', '1', '100', 10000];
const APRIL = ['2027-04', 'minimum', '1', '100', 10000];
const MARCH_AFTER_40 = ['2027-03', 'minimum', '1', '60', 6000];
const PACK_40 = ['2027-03', 'pack', '40', '1', 4000];

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const merchantWith = (contract: Partial<ContractTerms> = {}, merchant: Partial<MerchantSnapshot> = {}) =>
  world.merchant({ versions: [{ rules: RULES, minimums: [MINIMUM] }], contracts: [contract], merchant });
const pack = (day: string, quantity: number) => ({ day, type: 'pack', quantity: String(quantity) });
const steps = async (id: string, { id: merchantId }: ScenarioMerchant) => {
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id, merchantIds: [merchantId] }, FINANCE);
    await world.work();
  }
};
/** Bills a part of a cut-off. */
const billOnly = async (stream: 'fulfilment' | 'monthly', merchant: ScenarioMerchant, cutoff: string) => {
  const input = { cutoff, streams: [stream], merchantIds: [merchant.id] };
  await steps((await startRun(world.deps, input, FINANCE)).id, merchant);
};
const nowHasAddress = ({ id }: ScenarioMerchant) =>
  world.database.query(
    `update billing.merchant_ref set snapshot = jsonb_set(snapshot, '{invoiceEmails}', '["a@example.com"]') where merchant_id = $1`,
    [id],
  );

test('E6 a month that was parked and given up is asked for by the next, although a 15th had billed all of it', async () => {
  const merchant = await merchantWith();
  await merchant.happen(pack('2027-03-20', 40), { day: '2027-03-21', type: 'return_item' });
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  expect(await merchant.row('2027-03-31')).toMatchObject({ state: 'parked' });
  expect(await merchant.bill('2027-04-15')).toEqual([PACK_40]);
  const [unrated] = await world.database.query<{ id: string }>(
    `select id from billing.charge where merchant_id = $1 and state = 'unrated'`,
    [merchant.id],
  );
  await waiveCharge(world.deps, { id: unrated!.id, reason: 'not agreed' }, FINANCE);
  expect(await merchant.bill('2027-04-30')).toEqual([MARCH_AFTER_40, APRIL]);
  expect(await merchant.row('2027-03-31')).toMatchObject({ state: 'cancelled' });
  expect(await merchant.bill('2027-05-31')).toEqual([['2027-05', 'minimum', '1', '100', 10000]]);
  await merchant.happen(pack('2027-03-31', 20), pack('2027-06-02', 1));
  expect(await merchant.bill('2027-06-15')).toEqual([
    ['2027-03', 'pack', '20', '1', 2000],
    ['2027-06', 'pack', '1', '1', 100],
    ['2027-03', 'minimum', '1', '-20', -2000],
  ]);
});

test('E6 the paper names the month of a minimum that comes late, and of what is used up of it', async () => {
  const merchant = await merchantWith();
  await merchant.happen(pack('2027-03-20', 40));
  await merchant.bill('2027-03-31');
  await merchant.happen(pack('2027-03-30', 20), pack('2027-04-10', 50));
  await merchant.bill('2027-04-30');
  const [document] = await world.database.query<{ model: { sections: unknown[] } }>(
    `select d.model from billing.invoice_document d join billing.invoice i on i.id = d.invoice_id join billing.run r on r.id = i.run_id
     where i.merchant_id = $1 and r.cutoff = '2027-04-30'`,
    [merchant.id],
  );
  expect(document!.model.sections.at(-1)).toMatchObject({
    key: 'adjustments',
    servicePeriod: { from: '2027-03-01', to: '2027-04-30' },
    lines: [
      {
        detail: 'Mindestumsatz 100,00 €, erreicht 60,00 € · Nachberechnung, Leistung vom 01.03.2027 bis 31.03.2027',
        netMinor: -2000,
      },
      { detail: 'Mindestumsatz 100,00 €, erreicht 50,00 €', netMinor: 5000 },
    ],
  });
});

test('E6 a month that had nothing but its minimum and was given up is asked for once, whoever calls it up again', async () => {
  const merchant = await merchantWith({}, { invoiceEmails: [] });
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  await nowHasAddress(merchant);
  world.at('2027-04-20T08:00:00Z');
  // the expected total names both
  const { expected } = await getMerchantAccount(world.deps, { id: merchant.id }, FINANCE);
  expect(expected).toMatchObject({ minimumMinor: 20000, netMinor: 20000 });
  world.at('2028-01-10T08:00:00Z');
  expect(await merchant.bill('2027-04-30')).toEqual([MARCH, APRIL]);
  expect(await merchant.bill('2027-03-31', { accept: [] })).toEqual([]);
  expect(await merchant.row('2027-03-31')).toMatchObject({ state: 'skipped' });
});

test('E6 a month that was skipped before its contract was entered is asked for by the days of the contract', async () => {
  const merchant = await merchantWith({ endsOn: '2027-01-31' });
  expect(await merchant.bill('2027-02-28')).toEqual([]);
  await merchant.agree({ startsOn: '2020-01-01', endsOn: '2027-01-31' }, { startsOn: '2027-02-15' });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-02', 'minimum', '1', '50', 5000], MARCH]);
  expect(await merchant.bill('2027-04-30')).toEqual([APRIL]);
});

test('E6 a final run asks for the months that were parked, and for its own by the days of the contract', async () => {
  const merchant = await merchantWith({ endsOn: '2027-04-10' }, { invoiceEmails: [] });
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  await nowHasAddress(merchant);
  const { id } = await startFinalRun(world.deps, { merchantId: merchant.id, day: '2027-04-10' }, FINANCE);
  await steps(id, merchant);
  const lines = await world.database.query(
    `select l.service_month as month, l.net_minor::int as net from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id
     where i.run_id = $1 and i.merchant_id = $2 and i.state = 'finalized' order by l.position`,
    [id, merchant.id],
  );
  expect(lines).toEqual([
    { month: '2027-03', net: 10000 },
    { month: '2027-04', net: 3333 },
  ]);
  expect(await merchant.bill('2027-04-30')).toEqual([]);
});

test('E6 a run of shipping alone leaves the minimum to the next month end, and its own rest asks for none again', async () => {
  const merchant = await merchantWith();
  await merchant.happen(pack('2027-03-20', 40));
  await billOnly('fulfilment', merchant, '2027-03-31');
  const accept = ['ABOVE_USUAL'];
  expect(await merchant.bill('2027-04-30', { accept })).toEqual([MARCH_AFTER_40, APRIL]);
  expect(await merchant.bill('2027-03-31')).toEqual([PACK_40]);
});

test('E6 a run of the monthly streams alone asks for nothing, the shipping that joins it does', async () => {
  const merchant = await merchantWith();
  const returned = ['2027-03', 'return_parcel', '5', '2', 1000];
  await merchant.happen(pack('2027-03-20', 40), { day: '2027-03-20', type: 'return_parcel', quantity: '5' });
  await billOnly('monthly', merchant, '2027-03-31');
  expect(await merchant.bill('2027-03-31')).toEqual([returned, PACK_40, ['2027-03', 'minimum', '1', '50', 5000]]);
  expect(await merchant.bill('2027-04-30')).toEqual([APRIL]);
});

test('E6 of two documents the one with the minimum was carried over: the next month end asks for it', async () => {
  const merchant = await merchantWith({ monthEndDocuments: 'two' });
  const returned = (day: string, quantity: string) => ({ day, type: 'return_parcel', quantity });
  await merchant.happen(returned('2027-02-10', '100'));
  expect(await merchant.bill('2027-02-28')).toEqual([['2027-02', 'return_parcel', '100', '2', 20000]]);
  await merchant.happen(pack('2027-03-20', 40), returned('2027-02-11', '-90'));
  // -180.00 of returns with 80.00 and 60.00 of minimums come to nothing yet
  expect(await merchant.bill('2027-03-31')).toEqual([PACK_40]);
  await merchant.happen(returned('2027-04-10', '100'));
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-02', 'return_parcel', '-90', '2', -18000],
    ['2027-04', 'return_parcel', '100', '2', 20000],
    ['2027-02', 'minimum', '1', '80', 8000],
    MARCH_AFTER_40,
  ]);
});

test('E6 a 15th that is made up for after its month end uses up what was paid', async () => {
  const merchant = await merchantWith();
  expect(await merchant.bill('2027-03-15')).toEqual([]);
  await merchant.happen(pack('2027-03-20', 40));
  expect(await merchant.bill('2027-03-31')).toEqual([PACK_40, MARCH_AFTER_40]);
  await merchant.happen(pack('2027-03-10', 20), { day: '2027-03-10', type: 'freight' });
  expect(await merchant.bill('2027-03-15', { accept: [] })).toEqual([
    ['2027-03', 'pack', '20', '1', 2000],
    ['2027-03', 'freight', '1', '4', 400],
    ['2027-03', 'minimum', '1', '-20', -2000],
  ]);
  expect(await merchant.bill('2027-04-30')).toEqual([APRIL]);
});
