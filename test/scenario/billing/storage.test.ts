import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { recordStorageSnapshots } from '../../../services/billing/use-cases/storage/record-storage-snapshots.ts';
import { getLineStorageEvidence } from '../../../services/billing/use-cases/storage/storage-evidence.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { eachDay } from '../../../shared/kernel/dates.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import type { ContractTerms } from '../../../shared/protocol/merchants/events.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { merchantUser } from '../../support/pricing-world.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

let world: ScenarioWorld;
let stored: string[];
beforeAll(async () => {
  world = await createScenarioWorld();
  stored = [];
  const { store } = world.deps;
  Object.assign(world.deps, {
    store: {
      ...store,
      putContent: async (kind: string, bytes: Buffer, ending: string) => {
        if (kind === 'evidence') stored.push(bytes.toString('utf8'));
        return store?.putContent ? store.putContent(kind, bytes, ending) : { key: 'evidence' };
      },
    },
  });
});
afterAll(() => world.close());

type Line = { bin: string; sku?: string; quantity: string; volumeM3?: string };
const record = (merchantId: string, from: string, to: string, linesOn: (day: string) => Line[]) =>
  recordStorageSnapshots(
    world.deps,
    parseInput(pricingActions.recordStorageSnapshots, {
      snapshots: eachDay(from, to).map((day) => ({ merchantId, warehouse: merchantId, day, lines: linesOn(day) })),
    }) as never,
    FINANCE,
  );
const storing = (terms: Partial<ContractTerms>, ...rules: ReturnType<typeof rule>[]) =>
  world.merchant({ versions: [{ rules }], contracts: [{ startsOn: '2026-01-01', ...terms }] });
const monthly = (price: string) => perUnit(price, { perDaysOfMonth: true });
const space = (volumeM3: string): Line[] => [{ bin: 'A', quantity: '1', volumeM3 }];

test('F2 2.4 m³ for 10 days and 1.0 m³ for 20 days at EUR 30 a month of 30 days are EUR 44.00', async () => {
  const merchant = await storing(
    { startsOn: '2027-11-01', storageMethod: 'cubicMetreDay' },
    rule('storage', monthly('30'), { unit: 'm3_day' }),
  );
  await record(merchant.id, '2027-11-01', '2027-11-30', (day) => space(day < '2027-11-11' ? '2.4' : '1'));
  expect(await merchant.bill('2027-11-30')).toEqual([['2027-11', 'storage', '44', '30/30', 4_400]]);
});

test.each([
  // 2 bins at 7.50 a month: the same whatever the length of the month, with 25 and 23 hours in a day of it
  ['2027-03', '62', '7.5/31', 1_500],
  ['2027-10', '62', '7.5/31', 1_500],
  ['2027-02', '56', '7.5/28', 1_500],
])('F1 two bins in %s are %s bin-days', async (month, quantity, price, net) => {
  const merchant = await storing(
    { startsOn: `${month}-01`, storageMethod: 'binDay' },
    rule('storage', monthly('7.50'), { unit: 'bin_day' }),
  );
  const last = `${month}-${String(Number(quantity) / 2)}`;
  await record(merchant.id, `${month}-01`, last, () => [...space('1'), { bin: 'B', quantity: '1' }]);
  expect(await merchant.bill(last)).toEqual([[month, 'storage', quantity, price, net]]);
});

test('F2 a gap leaves no month to bill and parks the run; with the missing day it is billed once', async () => {
  const merchant = await storing(
    { startsOn: '2027-06-01', storageMethod: 'monthPeak', storageMeasure: 'piece' },
    rule('storage', perUnit('0.12'), { unit: 'piece_month' }),
  );
  const pieces = (day: string) => [{ bin: 'A', sku: 'S', quantity: day === '2027-06-10' ? '250' : '100' }];
  await record(merchant.id, '2027-06-01', '2027-06-29', pieces);
  expect(await merchant.bill('2027-06-30')).toEqual([]);
  expect(await merchant.row('2027-06-30')).toMatchObject({ state: 'parked', findings: ['STORAGE_GAP'] });
  await record(merchant.id, '2027-06-30', '2027-06-30', pieces);
  const [run] = await world.database.query(`select id from billing.run where cutoff = '2027-06-30'`);
  await requestStep(world.deps, 'draft', { id: run!['id'] as string, merchantIds: [merchant.id] }, FINANCE);
  await world.work();
  expect(await merchant.bill('2027-06-30')).toEqual([['2027-06', 'storage', '250', '0.12', 3_000]]);
});

test('E8 thirty free days, then by the age of the goods', async () => {
  const merchant = await storing(
    { startsOn: '2027-04-01', storageMethod: 'pieceDay', storageAgeBands: [30] },
    rule('storage', perUnit('0'), { key: 'free', unit: 'piece_day', conditions: { ageDaysUpTo: 30 } }),
    rule('storage', perUnit('0.02'), { key: 'paid', unit: 'piece_day', conditions: { ageDaysOver: 30 } }),
  );
  await record(merchant.id, '2027-04-01', '2027-05-31', () => [{ bin: 'A', sku: 'S', quantity: '10' }]);
  await merchant.bill('2027-04-30');
  expect(await merchant.bill('2027-05-31')).toContainEqual(['2027-05', 'paid', '310', '0.02', 620]);
});

test('F7 F3 a storage line says how bins were counted, and every day stands behind it', async () => {
  const merchant = await storing(
    { startsOn: '2027-07-01', storageMethod: 'binDay' },
    rule('storage', monthly('7.50'), { unit: 'bin_day' }),
  );
  await record(merchant.id, '2027-07-01', '2027-07-31', (day) => (day < '2027-07-03' ? space('1') : []));
  expect(await merchant.bill('2027-07-31')).toEqual([['2027-07', 'storage', '2', '7.5/31', 48]]);
  const [line] = await world.database.query(
    `select l.id, l.invoice_id as invoice, d.model::text as model from billing.invoice_line l
     join billing.invoice_document d on d.invoice_id = l.invoice_id where l.merchant_id = $1`,
    [merchant.id],
  );
  expect(line!['model']).toContain('Bestand um 0 Uhr; ein im Lauf des Tages geleertes Fach zählt mit');
  const ask = (scope: string) =>
    getLineStorageEvidence(
      world.deps,
      { id: line!['invoice'] as string, lineId: line!['id'] as string },
      merchantUser(scope),
    );
  await ask(merchant.id);
  expect(
    stored
      .at(-1)!
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',').slice(0, 8).join(',')),
  ).toEqual(['01', '02'].map((day) => `2027-07-${day},${merchant.id},A,,bin,1,1,api`));
  await expect(ask(uuidv7(new Date()))).rejects.toMatchObject({ code: 404 });
});
