import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { listStorageGaps } from '../../../services/billing/use-cases/storage/list-storage-gaps.ts';
import { recordStorageSnapshots } from '../../../services/billing/use-cases/storage/record-storage-snapshots.ts';
import { reconstructStorageSnapshots } from '../../../services/billing/use-cases/storage/reconstruct-storage-snapshots.ts';
import {
  getLineStorageEvidence,
  getStorageEvidence,
} from '../../../services/billing/use-cases/storage/storage-evidence.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import { contract } from '../../support/billing-events.ts';
import { baseCard, createPricingWorld, FINANCE, merchantUser, type PricingWorld } from '../../support/pricing-world.ts';

let world: PricingWorld;
let stored: string[];
let moves: { day: string; sku: string; quantity: number }[];
beforeEach(async () => {
  world = await createPricingWorld('2026-10-20T08:00:00Z');
  await world.addCard(baseCard());
  stored = [];
  moves = [];
  const { call } = world.deps;
  Object.assign(world.deps, {
    store: { putContent: async (_kind: string, bytes: Buffer) => ({ key: `k${stored.push(bytes.toString('utf8'))}` }) },
    call: async (definition: ActionDefinition, input: { from: string; to: string }) =>
      definition.name === 'orders.getStockMoves'
        ? { moves: moves.filter(({ day }) => day >= input.from && day <= input.to) }
        : call(definition as never, input as never, FINANCE),
  });
});
afterEach(() => world.close());

const record = (snapshots: object[]) =>
  recordStorageSnapshots(
    world.deps,
    parseInput(pricingActions.recordStorageSnapshots, { snapshots }) as never,
    FINANCE,
  );
const reconstruct = (merchantId: string, from: string, to: string, warehouse = 'main') =>
  reconstructStorageSnapshots(world.deps, { merchantId, warehouse, from, to }, FINANCE);
const shelf = (bin: string, sku: string, quantity: string, volumeM3?: string) => ({ bin, sku, quantity, volumeM3 });
/** Lines of the last file, without its head and the ids of the snapshots. */
const csv = () =>
  stored
    .at(-1)!
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.slice(0, line.lastIndexOf(',')));

test('F7 every day, bin and SKU of a month, an empty day too, for the merchant itself and nobody else', async () => {
  const { merchantId } = await world.addMerchant();
  await record([
    { merchantId, day: '2026-10-01', lines: [shelf('B', '=1+1', '3', '0.25'), { bin: 'A', quantity: '1' }] },
    { merchantId, day: '2026-10-02', lines: [] },
    { merchantId, day: '2026-09-30', lines: [shelf('Z', 'S', '1')] },
  ]);
  const answer = await getStorageEvidence(world.deps, { id: merchantId, month: '2026-10' }, merchantUser(merchantId));
  expect(answer).toMatchObject({ objectKey: 'k1', filename: 'storage-2026-10.csv', disposition: 'attachment' });
  expect(csv()).toEqual([
    // a cell that a spreadsheet would compute is text
    `2026-10-01,main,B,"'=1+1",bin,3,0.25,api,no,,`,
    '2026-10-01,main,A,,bin,1,,api,no,,',
    '2026-10-02,main,,,,0,,api,no,,',
  ]);
  await getStorageEvidence(world.deps, { id: merchantId, month: '2026-10', language: 'de' }, merchantUser(merchantId));
  expect(
    stored
      .at(-1)!
      .split('\r\n')
      .map((line) => line.slice(0, line.lastIndexOf(';'))),
  ).toEqual([
    '\ufeffTag;Lager;Fach;Artikelnummer;Lagerart;Stück;Volumen in m³;Herkunft;Nachgebildet;Nachgebildet aus dem Bestand vom;Seitdem bewegte Stücke',
    `01.10.2026;main;B;"'=1+1";Fach;3;"0,25";Schnittstelle;nein;;`,
    '01.10.2026;main;A;;Fach;1;;Schnittstelle;nein;;',
    '02.10.2026;main;;;;0;;Schnittstelle;nein;;',
    '',
  ]);
  const other = merchantUser(uuidv7(new Date()));
  await expect(getStorageEvidence(world.deps, { id: merchantId, month: '2026-10' }, other)).rejects.toMatchObject({
    code: 404,
  });
});

test('F7 a line that does not exist has no evidence', async () => {
  const [id, lineId] = [uuidv7(new Date()), uuidv7(new Date())];
  await expect(getLineStorageEvidence(world.deps, { id, lineId }, FINANCE)).rejects.toMatchObject({
    code: 404,
    type: 'STORAGE_LINE_NOT_FOUND',
  });
});

test('F8 missed days are rebuilt from the day before and what moved, marked, and charged', async () => {
  const { merchantId } = await world.addMerchant({ contracts: [contract({ storageMethod: 'cubicMetreDay' })] });
  await record([
    {
      ...{ merchantId, day: '2026-10-10' },
      lines: [shelf('B', 'S', '4', '0.4'), shelf('A', 'S', '2', '0.2'), shelf('C', 'T', '1', '1')],
    },
    { merchantId, day: '2026-10-13', lines: [] },
  ]);
  moves = [
    // leaves on the 10th, so it is missing as the 11th begins
    { day: '2026-10-10', sku: 'S', quantity: -3 },
    { day: '2026-10-11', sku: 'T', quantity: 2 },
    { day: '2026-10-12', sku: 'T', quantity: -3 },
  ];
  expect(await reconstruct(merchantId, '2026-10-10', '2026-10-13')).toEqual({
    reconstructed: ['2026-10-11', '2026-10-12'],
  });
  await getStorageEvidence(world.deps, { id: merchantId, month: '2026-10' }, FINANCE);
  expect(csv().filter((line) => line.includes('reconstructed'))).toEqual([
    '2026-10-11,main,B,S,bin,3,0.3,reconstructed,yes,2026-10-10,3',
    '2026-10-11,main,C,T,bin,1,1,reconstructed,yes,2026-10-10,3',
    '2026-10-12,main,B,S,bin,3,0.3,reconstructed,yes,2026-10-10,5',
    '2026-10-12,main,C,T,bin,3,3,reconstructed,yes,2026-10-10,5',
  ]);
  const charges = await world.database.query(
    `select to_char(service_date, 'DD') as day, trace ->> 'measured' as measured, attributes ->> 'reconstructedDays' as rebuilt
     from billing.charge where merchant_id = $1 order by 1`,
    [merchantId],
  );
  expect(charges.map(({ day, measured, rebuilt }) => [day, measured, rebuilt])).toEqual([
    ['10', '1.6', null],
    ['11', '1.3', '1'],
    ['12', '3.3', '1'],
  ]);
  expect(await reconstruct(merchantId, '2026-10-10', '2026-10-13')).toEqual({ reconstructed: [] });
});

test('F8 goods whose place nobody recorded have no volume, so their day has no price', async () => {
  const { merchantId } = await world.addMerchant({ contracts: [contract({ storageMethod: 'cubicMetreDay' })] });
  await record([{ merchantId, day: '2026-10-10', lines: [] }]);
  moves = [{ day: '2026-10-10', sku: 'N', quantity: 5 }];
  await reconstruct(merchantId, '2026-10-11', '2026-10-11');
  expect(await world.charges(merchantId)).toMatchObject([{ state: 'unrated', trace: { reason: 'VOLUME_MISSING' } }]);
});

test.each([
  ['both were missed', ['north', 'south'], []],
  [
    'the other one has its record of the day',
    ['north'],
    [{ warehouse: 'south', day: '2026-10-11', lines: [shelf('A', 'S', '120')] }],
  ],
])('F8 what moved of goods in two warehouses is rebuilt in neither: %s', async (_title, missed, told) => {
  const { merchantId } = await world.addMerchant({ contracts: [contract({ storageMethod: 'pieceDay' })] });
  await record([
    { merchantId, warehouse: 'north', day: '2026-10-10', lines: [shelf('A', 'S', '10')] },
    { merchantId, warehouse: 'south', day: '2026-10-09', lines: [shelf('A', 'S', '20')] },
    ...told.map((one) => ({ merchantId, ...one })),
  ]);
  moves = [{ day: '2026-10-10', sku: 'S', quantity: 100 }];
  for (const warehouse of missed)
    await expect(reconstruct(merchantId, '2026-10-11', '2026-10-12', warehouse)).rejects.toMatchObject({
      ...{ code: 409, type: 'MOVES_OF_SEVERAL_WAREHOUSES' },
      message: expect.stringContaining(`in ${warehouse} or in ${warehouse === 'north' ? 'south' : 'north'}`),
      data: { warehouses: [warehouse === 'north' ? 'south' : 'north'] },
    });
  expect(await world.database.query('select 1 from billing.storage_header')).toHaveLength(2 + told.length);
});

test('F8 days on which nothing moved are rebuilt in each of several warehouses, and beside one that is empty', async () => {
  const { merchantId } = await world.addMerchant({ contracts: [contract({ storageMethod: 'pieceDay' })] });
  await record([
    { merchantId, warehouse: 'closed', day: '2026-10-01', lines: [] },
    { merchantId, warehouse: 'north', day: '2026-10-10', lines: [shelf('A', 'S', '10')] },
    { merchantId, warehouse: 'south', day: '2026-10-10', lines: [shelf('A', 'S', '20')] },
    { merchantId, warehouse: 'south', day: '2026-10-12', lines: [] },
  ]);
  // as the 12th begins, nothing has moved that day
  moves = [{ day: '2026-10-12', sku: 'S', quantity: 100 }];
  for (const warehouse of ['north', 'south']) await reconstruct(merchantId, '2026-10-11', '2026-10-11', warehouse);
  await record([{ merchantId, warehouse: 'north', day: '2026-10-12', lines: [] }]);
  const found = await world.database.query(
    `select sum((trace ->> 'measured')::numeric)::int as pieces from billing.charge where service_date = '2026-10-11'`,
  );
  expect(found).toEqual([{ pieces: 30 }]);
  const other = await world.addMerchant({ contracts: [contract({ storageMethod: 'pieceDay' })] });
  await record([
    { merchantId: other.merchantId, warehouse: 'closed', day: '2026-10-01', lines: [] },
    { merchantId: other.merchantId, day: '2026-10-12', lines: [shelf('A', 'S', '1')] },
  ]);
  expect(await reconstruct(other.merchantId, '2026-10-13', '2026-10-13')).toEqual({ reconstructed: ['2026-10-13'] });
});

test.each([
  ['an order turned round', '2026-10-12', '2026-10-11', { code: 422, data: { errors: [{ path: 'to' }] } }],
  ['a day to come', '2026-10-12', '2026-10-21', { code: 422, data: { errors: [{ path: 'to' }] } }],
  ['more than a quarter', '2026-06-01', '2026-10-11', { code: 422, data: { errors: [{ path: 'to' }] } }],
  ['a start without an earlier day', '2026-10-01', '2026-10-11', { code: 409, type: 'NOTHING_TO_START_FROM' }],
])('F8 %s is refused and nothing is stored', async (_title, from, to, refusal) => {
  const { merchantId } = await world.addMerchant();
  await record([{ merchantId, day: '2026-10-10', lines: [] }]);
  await expect(reconstruct(merchantId, from, to)).rejects.toMatchObject(refusal);
  expect(await world.database.query('select 1 from billing.storage_header')).toHaveLength(1);
});

test('F1 missing days are told by warehouse: one with goods that is silent, and days that none tells of', async () => {
  const { merchantId } = await world.addMerchant();
  const goods = [shelf('A', 'S', '1')];
  const day = (on: string, warehouse: string, lines: object[]) => ({ merchantId, day: on, warehouse, lines });
  await record([
    ...['2026-10-10', '2026-10-11', '2026-10-12', '2026-10-13', '2026-10-15'].map((on) => day(on, 'north', goods)),
    day('2026-10-10', 'south', goods),
    day('2026-10-12', 'south', []),
    day('2026-10-10', 'west', []),
  ]);
  const gaps = (from: string, to: string, actor = FINANCE) =>
    listStorageGaps(world.deps, { merchantId, from, to }, actor);
  expect(await gaps('2026-10-10', '2026-10-15')).toEqual({
    warehouses: ['north', 'south', 'west'],
    gaps: [
      // empty since the 12th it has nothing more to tell
      { day: '2026-10-11', warehouse: 'south' },
      { day: '2026-10-14', warehouse: null },
    ],
  });
  // the days to come are not missing
  const [last] = (await gaps('2026-10-01', '2026-10-31')).gaps.slice(-1);
  expect(last).toEqual({ day: '2026-10-20', warehouse: null });
  await expect(gaps('2026-10-12', '2026-10-11')).rejects.toMatchObject({ code: 422 });
  await expect(gaps('2024-10-12', '2026-10-11')).rejects.toMatchObject({ code: 422 });
  await expect(gaps('2026-10-10', '2026-10-15', merchantUser(merchantId))).rejects.toMatchObject({ code: 403 });
  const nobody = { merchantId: uuidv7(new Date()), from: '2026-10-10', to: '2026-10-15' };
  await expect(listStorageGaps(world.deps, nobody, FINANCE)).rejects.toMatchObject({ code: 404 });
});
