import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { reconstructStorageSnapshots } from '../../../services/billing/use-cases/storage/reconstruct-storage-snapshots.ts';
import { recordStorageSnapshots } from '../../../services/billing/use-cases/storage/record-storage-snapshots.ts';
import { getLineStorageEvidence } from '../../../services/billing/use-cases/storage/storage-evidence.ts';
import { addStoragePolicy } from '../../../services/billing/use-cases/storage/storage-policies.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { eachDay } from '../../../shared/kernel/dates.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import type { ContractTerms } from '../../../shared/protocol/merchants/events.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { merchantUser } from '../../support/pricing-world.ts';
import type { StockDay } from '../../support/scenario-steps.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type Rule,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

let world: ScenarioWorld;
let stored: string[];
const MOVES = [{ day: '2027-08-30', sku: 'S', quantity: -4 }];
beforeAll(async () => {
  world = await createScenarioWorld();
  stored = [];
  const { store, call } = world.deps;
  Object.assign(world.deps, {
    call: async (definition: ActionDefinition, input: object) =>
      definition.name === 'orders.getStockMoves'
        ? { moves: MOVES }
        : call(definition as never, input as never, FINANCE),
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

test('F8 a missed day that was rebuilt is billed, and the line of the invoice says so', async () => {
  const merchant = await storing(
    { startsOn: '2027-08-30', storageMethod: 'pieceDay' },
    rule('storage', perUnit('0.12'), { unit: 'piece_day' }),
  );
  await record(merchant.id, '2027-08-30', '2027-08-30', () => [{ bin: 'A', sku: 'S', quantity: '10' }]);
  const missed = { warehouse: merchant.id, from: '2027-08-31', to: '2027-08-31' };
  await reconstructStorageSnapshots(world.deps, { merchantId: merchant.id, ...missed }, FINANCE);
  expect(await merchant.bill('2027-08-31')).toEqual([['2027-08', 'storage', '16', '0.12', 192]]);
  const [document] = await world.database.query(
    `select model::text as model from billing.invoice_document where merchant_id = $1`,
    [merchant.id],
  );
  expect(document!['model']).toContain('"ein Tag aus Bewegungen nachgebildet"');
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

/** What the file behind each line of a merchant says, by rule, and whether it adds up to the line and to each charge. */
async function filesOf(merchantId: string) {
  const lines = await world.database.query(
    `select l.id, l.invoice_id as invoice, l.rule_key as rule, l.tier_from is null or l.tier_from = 0 as first, trim_scale(l.quantity)::text as quantity
     from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id
     where l.merchant_id = $1 and l.charge_type = 'storage' order by l.service_month, i.series_year, i.series_number, l.position`,
    [merchantId],
  );
  const files: Record<string, string[]> = {};
  for (const { id, invoice, rule: key, first, quantity } of lines) {
    const asked = { id: invoice as string, lineId: id as string };
    await getLineStorageEvidence(world.deps, asked, merchantUser(merchantId));
    const rows = tableOf(stored.at(-1)!);
    const sum = (cells: (number | string | undefined)[]) =>
      micros(cells.reduce<number>((to, cell) => to + Number(cell), 0));
    expect([key, sum(rows.map(({ lineQuantity }) => lineQuantity))]).toEqual([key, micros(Number(quantity))]);
    const charged = Map.groupBy(rows, ({ chargeId }) => chargeId);
    for (const members of charged.values()) {
      expect(members.filter(({ lineQuantity }) => lineQuantity !== '')).toHaveLength(1);
      const [charge] = await world.database.query(
        `select trim_scale(sign(quantity) * (trace ->> 'measured')::numeric)::text as measured from billing.charge where id = $1`,
        [members[0]!['chargeId']],
      );
      const counted = sum(
        members
          .filter((row) => row['counted'] !== '')
          .map((row) => (Number(row['counted']) * Number(row['weight'])) / Number(row['weightOf'])),
      );
      expect(counted).toBe(micros(Number(charge!['measured'])));
    }
    const name = first ? (key as string) : `${key as string} further`;
    const told = rows.map((row) =>
      ['day', 'bin', 'quantity', 'counted', 'ageDaysOver', 'ageDaysUpTo', 'weight', 'weightOf', 'lineQuantity']
        .map((column) => (column === 'day' ? row[column]!.slice(8) : row[column] || '-'))
        .join(' '),
    );
    files[name] = [...(files[name] ?? []), ...told];
  }
  return files;
}
const micros = (amount: number): number => Math.round(amount * 1_000_000);

function tableOf(csv: string): Record<string, string>[] {
  const [head, ...rows] = csv.replace('\ufeff', '').trim().split('\r\n');
  const columns = head!.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, index) => [columns[index], cell])));
}

const held = (quantity: string, bin = 'A'): StockDay['lines'][number] => ({ bin, quantity, m3: '1' });
const piecesOn = (from: string, to: string, quantity: (day: string) => string, warehouse = 'W1'): StockDay[] =>
  eachDay(from, to).map((day) => ({ day, warehouse, lines: [held(quantity(day))] }));

test('F7 F5 the file of each age band has what is that old, by anniversary what begins a month', async () => {
  const aged = await storing(
    { startsOn: '2027-11-29', storageMethod: 'pieceDay', storageAgeBands: [1] },
    rule('storage', perUnit('0'), { key: 'free', unit: 'piece_day', conditions: { ageDaysUpTo: 1 } }),
    rule('storage', perUnit('1'), { key: 'old', unit: 'piece_day', conditions: { ageDaysOver: 1 } }),
  );
  const days = [
    { day: '2027-11-29', lines: [held('6'), held('4', 'B')] },
    { day: '2027-11-30', lines: [held('6'), held('9', 'B')] },
  ];
  await aged.stock(...days);
  expect(await aged.bill('2027-11-30')).toEqual([
    ['2027-11', 'free', '15', '0', 0],
    ['2027-11', 'old', '10', '1', 1_000],
  ]);
  expect(await filesOf(aged.id)).toEqual({
    // day, bin, there, counted, more than, up to days, weight, of, on the line
    free: ['29 A 6 6 0 1 1 1 10', '29 B 4 4 0 1 1 1 -', '30 A 6 5 0 1 1 1 5'],
    old: ['30 A 6 6 1 - 1 1 10', '30 B 9 4 1 - 1 1 -'],
  });
  const yearly = await storing(
    { startsOn: '2027-11-29', storageMethod: 'anniversary', storageMeasure: 'piece' },
    rule('storage', perUnit('1'), { unit: 'piece_month' }),
  );
  await yearly.stock(...days);
  expect(await yearly.bill('2027-11-30')).toEqual([['2027-11', 'storage', '15', '1', 1_500]]);
  expect(await filesOf(yearly.id)).toEqual({
    storage: ['29 A 6 6 - - 1 1 10', '29 B 4 4 - - 1 1 -', '30 A 6 5 - - 1 1 5'],
  });
});

test('F7 F3 F4 the file shows the share of a shared bin, none of an emptied one, to the merchant itself', async () => {
  await addStoragePolicy(world.deps, { validFrom: '2027-12-01', sharedBins: 'byVolume', emptiedBins: 'free' }, FINANCE);
  const terms = { startsOn: '2027-12-30', storageMethod: 'binDay' } as const;
  const one = await storing(terms, rule('storage', perUnit('1'), { unit: 'bin_day' }));
  const other = await storing(terms, rule('storage', perUnit('1'), { unit: 'bin_day' }));
  const all = [held('1'), { ...held('2'), sku: 'A-2' }, held('1', 'B'), held('1', 'E')];
  const place = (day: string, lines: StockDay['lines']) => ({ day, warehouse: 'shared', lines });
  await one.stock(place('2027-12-30', all), place('2027-12-31', all.slice(0, 3)));
  await other.stock(place('2027-12-30', [held('1')]), place('2027-12-31', [held('1')]));
  // two of three cubic metres in A, B alone, E is emptied on the 30th
  expect(await one.bill('2027-12-31')).toEqual([['2027-12', 'storage', '3.333334', '1', 333]]);
  expect(await filesOf(one.id)).toEqual({
    storage: [
      ...['30 A 1 0.666667 - - 1 1 1.666667', '30 A 2 0 - - 1 1 -', '30 B 1 1 - - 1 1 -', '30 E 1 0 - - 1 1 -'],
      ...['31 A 1 0.666667 - - 1 1 1.666667', '31 A 2 0 - - 1 1 -', '31 B 1 1 - - 1 1 -'],
    ],
  });
});

const MONTH_FILES: [ContractTerms['storageMethod'], quantity: string, rows: Record<number, string>][] = [
  ['monthEnd', '29', { 0: '01 A 1 1 - - 0 1 29', 28: '29 A 29 29 - - 1 1 -' }],
  [
    'monthAverage',
    '20.517241',
    { 0: '01 A 1 1 - - 1 29 15', 28: '29 A 29 29 - - 1 29 -', 29: '20 A 16 16 - - 1 29 5.517241' },
  ],
  ['monthPeak', '45', { 0: '01 A 1 1 - - 0 1 29', 28: '29 A 29 29 - - 1 1 -', 29: '20 A 16 16 - - 1 1 16' }],
  ['halfMonth', '8', { 0: '01 A 1 1 - - 1 2 8', 14: '15 A 15 15 - - 1 2 -', 15: '16 A 16 16 - - 0 1 -' }],
];
test.each(MONTH_FILES)(
  'F7 F2 by %s the file says what each day weighs in the month',
  async (method, quantity, rows) => {
    const merchant = await storing(
      { startsOn: '2028-02-01', storageMethod: method, storageMeasure: 'piece' },
      rule('storage', perUnit('1'), { unit: 'piece_month' }),
    );
    world.at('2028-03-02T08:00:00Z');
    await merchant.stock(...piecesOn('2028-02-01', '2028-02-29', (day) => String(Number(day.slice(8)))));
    if (method === 'monthAverage' || method === 'monthPeak')
      await merchant.stock(...piecesOn('2028-02-20', '2028-02-29', () => '16', 'W2'));
    expect((await merchant.bill('2028-02-29')).map(([, , billed]) => billed)).toEqual([quantity]);
    const { storage } = await filesOf(merchant.id);
    for (const [place, row] of Object.entries(rows)) expect(storage![Number(place)]).toBe(row);
  },
);

test.each<[string, Rule['model'], Record<string, string[]>]>([
  // the second day reaches into the second tier
  [
    'tiers',
    tiers('graduated', ['15', '1'], [null, '0.5']),
    { storage: ['30 10', '31 5'], 'storage further': ['31 5'] },
  ],
  ['packages', { type: 'package', size: '4', unitPrice: '1' } as Rule['model'], { storage: ['30 3', '31 3'] }],
])('F7 the file says what of each day stands on the line, by %s', async (_title, model, expected) => {
  const merchant = await storing(
    { startsOn: '2027-10-30', storageMethod: 'pieceDay' },
    rule('storage', model, { unit: 'piece_day' }),
  );
  await merchant.stock(...piecesOn('2027-10-30', '2027-10-31', () => '10'));
  await merchant.bill('2027-10-31');
  const found = Object.entries(await filesOf(merchant.id)).map(([key, rows]) => [
    key,
    rows.map((row) => row.split(' ')).map((cells) => `${cells[0]} ${cells.at(-1)}`),
  ]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

test('F7 what was billed and taken back stands there as it was charged, whatever was learned since', async () => {
  world.at('2028-03-02T08:00:00Z');
  const terms = { startsOn: '2027-12-31', endsOn: '2027-12-31', storageMethod: 'binDay' } as const;
  const rules = [rule('storage', perUnit('1'), { unit: 'bin_day' }), rule('pack', perUnit('1'))];
  const contracts = [terms, { startsOn: '2028-01-01', storageMethod: null }];
  const one = await world.merchant({ versions: [{ rules }], contracts });
  const other = await storing(terms, ...rules);
  const day = { day: '2027-12-31', warehouse: 'late', lines: [held('1')] };
  await one.stock(day);
  expect(await one.bill('2027-12-31')).toEqual([['2027-12', 'storage', '1', '1', 100]]);
  await other.stock(day);
  await one.happen({ day: '2028-01-20', type: 'pack', quantity: '3' });
  expect(await one.bill('2028-01-31')).toContainEqual(['2027-12', 'storage', '-0.5', '1', -50]);
  expect(await filesOf(one.id)).toEqual({
    storage: ['31 A 1 1 - - 1 1 1', '31 A 1 -1 - - 1 1 -1', '31 A 1 0.5 - - 1 1 0.5'],
  });
});
