import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { releaseCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { getMerchantAccount } from '../../../services/billing/use-cases/charges/get-merchant-account.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startFinalRun } from '../../../services/billing/use-cases/runs/start-final-run.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { ContractTerms } from '../../../shared/protocol/merchants/events.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { findings } from '../../support/self-check.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type ScenarioMerchant,
  type ScenarioWorld,
  type Version,
} from '../../support/scenario-world.ts';

/** Contracts that are ended, or begin, in a month that is settled: EUR 310 a month, EUR 10 a day in May. */
const RULES = [rule('pack', perUnit('1.00')), rule('return_parcel', perUnit('2.00'))];
const label = { de: 'Mindestumsatz-Ausgleich', en: 'Minimum' };
const MINIMUM = { key: 'minimum', label, amount: '310.00' };
const ALWAYS = '2020-01-01';
const TEN_DAYS = { startsOn: ALWAYS, endsOn: '2027-05-10' };
const GIVEN_BACK = ['2027-05', 'minimum', '1', '-210', -21000];
/** Long ended; what happens without a contract has prices by its card. */
const FORMER = { startsOn: '2019-01-01', endsOn: '2019-12-31' };
const NOW = new Date('2028-01-10T08:00:00Z');

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const merchantWith = (contract: Partial<ContractTerms> = {}, version: Partial<Version> = {}) =>
  world.merchant({ versions: [{ rules: RULES, minimums: [MINIMUM], ...version }], contracts: [contract] });
const pack = (day: string, quantity: number) => ({ day, type: 'pack', quantity: String(quantity) });
const returned = (day: string, quantity: number) => ({ day, type: 'return_parcel', quantity: String(quantity) });
/** Bills a month end of a month that is far above its minimum. */
const billAbove = async (merchant: ScenarioMerchant, cutoff: string) => {
  await merchant.happen(pack(cutoff, 500));
  const lines = await merchant.bill(cutoff, { accept: ['ABOVE_USUAL'] });
  return lines.filter(([month]) => month !== cutoff.slice(0, 7));
};
/** May with 9 packs at EUR 1 and what lacks to the minimum. */
const settledMay = async (contract: Partial<ContractTerms> = {}) => {
  const merchant = await merchantWith(contract);
  await merchant.happen(pack('2027-05-25', 9));
  await merchant.bill('2027-05-31');
  return merchant;
};

test('E6 a contract that is ended after the month end pays its minimum by active days, and again all when it goes on', async () => {
  const merchant = await settledMay();
  await merchant.agree(TEN_DAYS);
  expect(await billAbove(merchant, '2027-06-30')).toEqual([GIVEN_BACK]);
  expect(await billAbove(merchant, '2027-07-31')).toEqual([]);
  await merchant.agree({ startsOn: ALWAYS });
  expect(await billAbove(merchant, '2027-08-31')).toEqual([['2027-05', 'minimum', '1', '210', 21000]]);
  expect(await billAbove(merchant, '2027-09-30')).toEqual([]);
  expect(await findings(world.database, NOW, ['billing'])).toEqual({});
});

test('E6 an end that is taken back before the next month end changes nothing', async () => {
  const merchant = await settledMay();
  await merchant.agree(TEN_DAYS);
  await merchant.agree({ startsOn: ALWAYS });
  expect(await billAbove(merchant, '2027-06-30')).toEqual([]);
});

test('E6 a start that is moved back into settled months asks for the rest of each, also where nothing was asked before', async () => {
  const merchant = await merchantWith(FORMER, { validFrom: FORMER.startsOn });
  await merchant.agree(FORMER, { startsOn: '2027-05-22' });
  await merchant.happen(pack('2027-04-20', 60));
  expect(await merchant.bill('2027-04-30')).toEqual([['2027-04', 'pack', '60', '1', 6000]]);
  // 10 of 31 days are EUR 100
  await merchant.happen(pack('2027-05-25', 150));
  expect(await merchant.bill('2027-05-31', { accept: ['ABOVE_USUAL'] })).toEqual([
    ['2027-05', 'pack', '150', '1', 15000],
  ]);
  await merchant.agree(FORMER, { startsOn: '2027-04-16' });
  expect(await billAbove(merchant, '2027-06-30')).toEqual([
    ['2027-04', 'minimum', '1', '95', 9500],
    ['2027-05', 'minimum', '1', '160', 16000],
  ]);
  expect(await billAbove(merchant, '2027-07-31')).toEqual([]);
});

test('E6 a contract that was ended before the month owes no minimum of it, whatever the minimum was called by then', async () => {
  const merchant = await settledMay();
  await merchant.reprice({ validFrom: '2027-05-01', rules: RULES, minimums: [{ ...MINIMUM, key: 'flat' }] });
  await merchant.happen(pack('2027-05-26', 1));
  expect(await billAbove(merchant, '2027-06-30')).toEqual([
    ['2027-05', 'pack', '1', '1', 100],
    ['2027-05', 'flat', '1', '-1', -100],
  ]);
  await merchant.agree({ startsOn: ALWAYS, endsOn: '2027-04-30' });
  // June, of which nothing was asked, has none either
  expect(await billAbove(merchant, '2027-07-31')).toEqual([['2027-05', 'flat', '1', '-300', -30000]]);
  expect(await billAbove(merchant, '2027-08-31')).toEqual([]);
  expect(await findings(world.database, NOW, ['billing'])).toEqual({});
});

test('E6 a contract that proves to begin after the month, by a card without minimums, owes none of it', async () => {
  const base = { version: 1, validFrom: ALWAYS, rules: RULES };
  await world.createCard({ code: 'base', name: 'base', currency: 'EUR', isBase: true, versions: [base] });
  const merchant = await settledMay();
  await merchant.agree({ startsOn: '2027-06-01', rateCardCode: null });
  expect(await billAbove(merchant, '2027-06-30')).toEqual([['2027-05', 'minimum', '1', '-301', -30100]]);
  expect(await billAbove(merchant, '2027-07-31')).toEqual([]);
});

test('E6 what is given back waits while the document that bears it comes to nothing, of two documents too', async () => {
  const merchant = await settledMay({ monthEndDocuments: 'two' });
  await merchant.agree({ ...TEN_DAYS, monthEndDocuments: 'two' });
  expect(await billAbove(merchant, '2027-06-30')).toEqual([]);
  await merchant.happen(returned('2027-07-31', 200));
  expect(await billAbove(merchant, '2027-07-31')).toEqual([GIVEN_BACK]);
  expect(await billAbove(merchant, '2027-08-31')).toEqual([]);
});

test('E6 a rest of a month end that had nothing to bill settled it by the days of then', async () => {
  const merchant = await merchantWith();
  await merchant.happen(returned('2027-05-20', 60));
  const part = { cutoff: '2027-05-31', streams: ['monthly' as const], merchantIds: [merchant.id] };
  const { id } = await startRun(world.deps, part, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id, merchantIds: [merchant.id] }, FINANCE);
    await world.work();
  }
  await merchant.agree(TEN_DAYS);
  await merchant.bill('2027-05-31');
  expect(await merchant.row('2027-05-31')).toMatchObject({ state: 'finalized', net: 12000 });
  await merchant.agree({ startsOn: ALWAYS });
  expect(await billAbove(merchant, '2027-06-30')).toEqual([['2027-05', 'minimum', '1', '190', 19000]]);
});

test('E6 the expected total knows what is given back', async () => {
  const merchant = await settledMay();
  await merchant.agree(TEN_DAYS);
  world.at('2027-06-20T08:00:00Z');
  await merchant.happen(returned('2027-06-01', 500));
  const { expected } = await getMerchantAccount(world.deps, { id: merchant.id }, FINANCE);
  world.at(NOW.toISOString());
  expect(expected).toMatchObject({ minimumMinor: -21000 });
});

test('G10 what a final run owes of a settled minimum is given back by a credit note, and later ones give nothing', async () => {
  const merchant = await settledMay();
  await merchant.agree(TEN_DAYS);
  const { id } = await startFinalRun(world.deps, { merchantId: merchant.id, day: '2027-05-10' }, FINANCE);
  await world.work();
  expect(await merchant.row('2027-05-10')).toMatchObject({ state: 'draft', net: -21000 });
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
  expect(await merchant.row('2027-05-10')).toMatchObject({ state: 'finalized', net: -21000 });
  const issued = await world.database.query(
    `select kind, net_minor::integer as net from billing.invoice where merchant_id = $1 and net_minor < 0`,
    [merchant.id],
  );
  expect(issued).toEqual([{ kind: 'creditNote', net: -21000 }]);
  expect(await billAbove(merchant, '2027-06-30')).toEqual([]);
  expect(await billAbove(merchant, '2027-07-31')).toEqual([]);
});

test('G10 a final run with more to bill settles its month by the days of the contract, and later ones ask for nothing', async () => {
  const merchant = await settledMay();
  await merchant.agree(TEN_DAYS);
  await merchant.happen(pack('2027-05-09', 400));
  const { id } = await startFinalRun(world.deps, { merchantId: merchant.id, day: '2027-05-10' }, FINANCE);
  await world.work();
  await requestStep(world.deps, 'draft', { id, accept: ['ABOVE_USUAL'] }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
  // 400.00 − 301.00
  expect(await merchant.row('2027-05-10')).toMatchObject({ state: 'finalized', net: 9900 });
  expect(await billAbove(merchant, '2027-06-30')).toEqual([]);
});

const MONTHS = ['2027-01', '2027-02', '2027-03', '2027-04', '2027-05'];
const LENGTH = [31, 28, 31, 30, 31];
const dayOf = (month: number, day: number) =>
  `${MONTHS[month]!}-${String(Math.min(day, LENGTH[month]!)).padStart(2, '0')}`;
const anyDay = fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 31 })).map(([month, day]) => dayOf(month, day));
/** What becomes of the contract before a month end, and what is packed in which month. */
const happening = fc.record({
  startsOn: fc.option(anyDay, { nil: ALWAYS }),
  endsOn: fc.option(anyDay, { nil: null }),
  packed: fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 250 })), { maxLength: 2 }),
  isBilled: fc.boolean(),
});

test('E6 however often contracts are ended and moved, each month comes to its minimum by the days it has at last', async () => {
  const given = fc.record({
    months: fc.array(happening, { minLength: 5, maxLength: 5 }),
    monthEndDocuments: fc.constantFrom('one' as const, 'two' as const),
  });
  await fc.assert(
    fc.asyncProperty(given, async ({ months, monthEndDocuments }) => {
      const merchant = await merchantWith(FORMER, { validFrom: FORMER.startsOn });
      const reached = [0, 0, 0, 0, 0];
      let [from, to]: [string, string | null] = [ALWAYS, null];
      for (const [index, { startsOn, endsOn, packed, isBilled }] of months.entries()) {
        [from, to] = [startsOn, endsOn !== null && endsOn < startsOn ? null : endsOn];
        await merchant.agree(FORMER, { startsOn: from, endsOn: to, monthEndDocuments });
        for (const [month, quantity] of packed.filter(([of]) => of <= index)) {
          reached[month]! += quantity * 100;
          await merchant.happen(pack(`${MONTHS[month]!}-01`, quantity));
        }
        if (isBilled) await merchant.bill(dayOf(index, 31), { accept: ['ABOVE_USUAL'] });
      }
      // the others are made up for
      for (const [index, { isBilled }] of months.entries())
        if (!isBilled) await merchant.bill(dayOf(index, 31), { accept: ['ABOVE_USUAL'] });
      for (const cutoff of ['2027-06-30', '2027-07-31', '2027-08-31']) {
        await releaseHeld(merchant);
        await merchant.happen(returned(cutoff, 20_000));
        await billAbove(merchant, cutoff);
      }
      const owed = MONTHS.map((month, index) => {
        const active = Array.from({ length: LENGTH[index]! }, (_, day) => dayOf(index, day + 1)).filter(
          (day) => from <= day && day <= (to ?? day),
        );
        return [month, Math.max(0, Math.round((31000 * active.length) / LENGTH[index]!) - reached[index]!)];
      });
      expect(await paidMinimums(merchant)).toEqual(owed);
    }),
    { numRuns: Number(process.env['KONTOR_RANDOM_WORLDS'] ?? 20), endOnFailure: true },
  );
  expect(await findings(world.database, NOW, ['billing'])).toEqual({});
}, 120_000);

/** What was held for its age. */
async function releaseHeld({ id }: ScenarioMerchant): Promise<void> {
  const held = await world.database.query<{ id: string }>(
    `select id from billing.charge where merchant_id = $1 and state = 'held'`,
    [id],
  );
  for (const charge of held) await releaseCharge(world.deps, charge, FINANCE);
}

async function paidMinimums({ id }: ScenarioMerchant): Promise<[string, number][]> {
  const found = await world.database.query<{ month: string; net: number }>(
    `select m.month, coalesce(sum(l.net_minor), 0)::int as net from unnest($2::text[]) as m (month)
     left join billing.invoice_line l on l.merchant_id = $1 and l.kind = 'minimum' and l.service_month = m.month
     group by m.month order by m.month`,
    [id, MONTHS],
  );
  return found.map(({ month, net }) => [month, net]);
}
