import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkInvariant } from '../../../shared/persistence/invariants.ts';
import type { ContractTerms } from '../../../shared/protocol/merchants/events.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';
import type { StockDay } from '../../support/scenario-steps.ts';
import { corrupt, findings, QUERIES } from '../../support/self-check.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const OCTOBER = ['2027-10-30', '2027-10-31'];
const line = { bin: 'A-1', sku: 'A', type: 'pallet', quantity: '5', m3: '0.5' } as const;

/** Stock of a merchant under terms that begin on the first of the days. */
async function stored(terms: Partial<ContractTerms>, ...days: StockDay[]) {
  const merchant = await world.merchant({
    versions: [{ rules: [rule('storage', perUnit('0.10'), { unit: 'binDay' })] }],
    contracts: [{ startsOn: days[0]!.day, ...terms }],
  });
  await merchant.stock(...days);
}

/** The ids of what is found, by no more than a look at storage. */
const missed = async () =>
  (await checkInvariant(world.deps, QUERIES.billing, 'I16.charged')).examples.map(({ id }) => id);

test('X8 whatever storage goes by, its charge is missed when it is gone, and what costs nothing is not', async () => {
  const both = (warehouse: string) => OCTOBER.map((day) => ({ day, warehouse, lines: [line] }));
  await stored({ storageMethod: 'monthEnd', storageMeasure: 'piece' }, ...both('end'));
  await stored({ storageMethod: 'monthAverage', storageMeasure: 'cubicMetre' }, ...both('average'));
  await stored({ storageMethod: 'monthPeak', storageMeasure: 'pallet' }, ...both('peak'));
  await stored({ storageMethod: 'halfMonth', storageMeasure: 'bin' }, ...both('half'));
  await stored({ storageMethod: 'anniversary', storageMeasure: 'piece' }, ...both('anniversary'));
  await stored({ storageMethod: 'pieceDay', storageAgeBands: [1] }, ...both('bands'));
  await stored({ storageMethod: 'binDay' }, ...both('shared'));
  await stored({ storageMethod: 'binDay' }, ...both('shared'));
  // nothing is owed for months that are not complete, goods that are not counted, and bins that the house leaves out
  await world.database.query(
    `insert into billing.storage_policy (valid_from, shared_bins, emptied_bins, created_by, created_at) values ('2027-11-01', 'firstOwner', 'free', 'test', now())`,
  );
  await stored({ storageMethod: 'monthPeak' }, { day: '2027-11-01', lines: [line] });
  await stored(
    { storageMethod: 'monthEnd' },
    ...['2027-11-29', '2027-11-30'].map((day, index) => ({ day, lines: index ? [] : [line] })),
  );
  await stored({ storageMethod: 'cubicMetreDay' }, { day: '2027-11-01', lines: [{ ...line, m3: '0' }] });
  await stored(
    { storageMethod: 'binDay' },
    { day: '2027-11-01', warehouse: 'emptied', lines: [line] },
    { day: '2027-11-02', warehouse: 'emptied', lines: [] },
  );
  const [before, shared] = ['2027-11-09', '2027-11-10'].map((day) => ({ day, warehouse: 'first', lines: [line] }));
  await stored({ storageMethod: 'binDay' }, before!, shared!);
  await stored({ storageMethod: 'binDay' }, shared!);
  expect(await findings(world.database, new Date('2028-01-10T08:00:00Z'), ['billing'])).toEqual({});
  const charges = await world.database.query<{ id: string; method: string; missed: string }>(
    `select c.id, c.attributes ->> 'method' as method, case when c.attributes ->> 'method' like 'month%' or c.attributes ->> 'method' = 'halfMonth'
       then '2027-10, ' || (c.reference ->> 'warehouse') || ', contract ' || t.id else c.reference ->> 'id' end as missed
     from billing.charge c join billing.contract_ref t using (merchant_id) where c.source = 'billing.storage' and c.service_date <> '2027-11-10'`,
  );
  expect(charges.map(({ method }) => method).toSorted()).toEqual([
    ...['anniversary', 'binDay', 'binDay', 'binDay', 'binDay', 'binDay', 'halfMonth'],
    ...['monthAverage', 'monthEnd', 'monthPeak', 'pieceDay', 'pieceDay'],
  ]);
  for (const { id, method, missed: expected } of charges) {
    await corrupt(world.database, `update billing.charge set source = 'gone' where id = '${id}'`);
    expect([method, await missed()]).toEqual([method, [expected]]);
    await corrupt(world.database, `update billing.charge set source = 'billing.storage' where id = '${id}'`);
  }
  expect(await missed()).toEqual([]);
});

test('X8 days that stay billed by what was agreed before are not missed by what is agreed now', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: [rule('storage', perUnit('0.10'), { unit: 'piece_month' })] }],
    contracts: [{ startsOn: OCTOBER[0]!, storageMethod: 'monthEnd', storageMeasure: 'piece' }],
  });
  await merchant.stock(...OCTOBER.map((day) => ({ day, warehouse: 'changed', lines: [line] })));
  expect(await merchant.bill('2027-10-31')).toHaveLength(1);
  await merchant.agree({ startsOn: OCTOBER[0]!, storageMethod: 'binDay', storageMeasure: null });
  expect(await missed()).toEqual([]);
});

test('X8 another end of the contract and the former one again make a charge of storage that is missing', async () => {
  const agreed = { startsOn: '2027-12-01', storageMethod: 'binDay' } as const;
  const merchant = await world.merchant({
    versions: [{ rules: [rule('storage', perUnit('0.10'), { unit: 'binDay' })] }],
    contracts: [agreed],
  });
  await merchant.stock({ day: '2027-12-01', warehouse: 'mended', lines: [line] });
  await corrupt(
    world.database,
    `update billing.charge set source = 'gone' where source = 'billing.storage' and reference ->> 'warehouse' = 'mended'`,
  );
  expect(await missed()).toHaveLength(1);
  await merchant.agree({ ...agreed, endsOn: '2028-12-31' });
  expect(await missed()).toEqual([]);
  await merchant.agree({ ...agreed, endsOn: null });
  expect(await missed()).toEqual([]);
});
