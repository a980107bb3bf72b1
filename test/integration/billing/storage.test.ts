import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { importStorageSnapshots } from '../../../services/billing/use-cases/storage/import-storage-snapshots.ts';
import { listStorageSnapshots } from '../../../services/billing/use-cases/storage/list-storage-snapshots.ts';
import { recordStorageSnapshots } from '../../../services/billing/use-cases/storage/record-storage-snapshots.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import { billCharge } from '../../support/bill-charge.ts';
import { contract, merchant } from '../../support/billing-events.ts';
import { baseCard, createPricingWorld, FINANCE, merchantUser, type PricingWorld } from '../../support/pricing-world.ts';

let world: PricingWorld;
beforeEach(async () => {
  world = await createPricingWorld();
  await world.addCard(baseCard());
});
afterEach(() => world.close());

const record = (snapshots: object[], actor: Actor = FINANCE) =>
  recordStorageSnapshots(world.deps, parseInput(pricingActions.recordStorageSnapshots, { snapshots }) as never, actor);
const importCsv = (text: string, actor: Actor = FINANCE) => {
  const store = { read: async () => Buffer.from(text), remove: async () => undefined };
  const deps = { ...world.deps, store } as unknown as PricingWorld['deps'];
  const file = { uploadKey: 'incoming/x', sha256: '', bytes: text.length, filename: 'x.csv' };
  return importStorageSnapshots(deps, { file, warehouse: 'main' }, actor);
};
const bins = (...names: string[]) => names.map((bin) => ({ bin, quantity: '3' }));
const stored = () => world.database.query('select 1 from billing.storage_header');

test('F1 a day is recorded with its charge; the same again changes nothing, other content is refused', async () => {
  const { merchantId, number } = await world.addMerchant();
  const day = { merchantId, day: '2026-10-19', lines: bins('A-1', 'A-1', 'B-2') };
  expect(await record([day, { ...day, day: '2026-10-20', lines: [] }])).toEqual({ recorded: 2, unchanged: 0 });
  const again = {
    merchantNumber: number,
    day: '2026-10-19',
    lines: [{ bin: 'B-2', quantity: '3.000' }, ...bins('A-1', 'A-1')],
  };
  expect(await record([again])).toEqual({ recorded: 0, unchanged: 1 });
  await expect(
    record([
      { ...day, day: '2026-10-18' },
      { ...day, lines: bins('A-1') },
    ]),
  ).rejects.toMatchObject({
    code: 409,
    type: 'SNAPSHOT_DIFFERS',
    data: { day: '2026-10-19', source: 'api' },
  });
  expect(await stored()).toHaveLength(2);
  expect(await world.charges(merchantId)).toMatchObject([
    { chargeType: 'storage', serviceDate: '2026-10-19', quantity: '2', state: 'accrued', ruleKey: 'storage' },
  ]);
  await expect(world.database.query('delete from billing.storage_line')).rejects.toThrow(/never changed/);
});

test('two requests for one day at once record it once', async () => {
  const { merchantId } = await world.addMerchant();
  const day = { merchantId, day: '2026-10-19', lines: bins('A') };
  const answers = await Promise.all([record([day]), record([day]), record([day])]);
  expect(answers.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(1);
  expect(await world.charges()).toHaveLength(1);
});

test('F6 a missing volume leaves the day unrated, whatever the card says', async () => {
  const { merchantId } = await world.addMerchant({ contracts: [contract({ storageMethod: 'cubicMetreDay' })] });
  await record([
    { merchantId, day: '2026-10-18', lines: [{ bin: 'A', quantity: '1', volumeM3: '2.4' }] },
    {
      merchantId,
      day: '2026-10-19',
      lines: [
        { bin: 'A', quantity: '1', volumeM3: '2.4' },
        { bin: 'B', quantity: '1' },
      ],
    },
  ]);
  expect((await world.charges()).map(({ state, quantity, trace }) => [state, quantity, trace['reason']])).toEqual([
    ['unrated', '2.4', 'NO_RULE'],
    ['unrated', '0', 'VOLUME_MISSING'],
  ]);
});

test('a contract without storage keeps the evidence and charges nothing', async () => {
  const { merchantId } = await world.addMerchant({ contracts: [contract({ storageMethod: null })] });
  expect(await record([{ merchantId, day: '2026-10-19', lines: bins('A') }])).toEqual({ recorded: 1, unchanged: 0 });
  expect(await world.charges()).toEqual([]);
});

test('a method that is agreed or changed later charges the recorded days, as often as it changes', async () => {
  const terms = contract({ storageMethod: null });
  const known = await world.addMerchant({ contracts: [terms] });
  const { merchantId } = known;
  const lines = [...bins('A', 'B'), { bin: 'P', storageType: 'pallet', quantity: '1' }];
  await record([
    { merchantId, day: '2026-10-18', lines: [] },
    { merchantId, day: '2026-10-19', lines },
    { merchantId, day: '2026-10-20', lines: bins('A') },
  ]);
  let version = 1;
  const agreed = async (...contracts: (typeof terms)[]) => {
    await world.tell(merchantChangedV1, { ...known, version: (version += 1), contracts });
    const charges = await world.charges(merchantId);
    return charges.map(({ source, revision, serviceDate, quantity, state }) => [
      ...[source.replace('billing.', ''), revision, serviceDate.slice(-2), quantity, state],
    ]);
  };
  const byBin = [
    ['storage', 0, '19', '3', 'accrued'],
    ['storage', 0, '20', '1', 'accrued'],
  ];
  expect(await agreed({ ...terms, storageMethod: 'binDay' })).toEqual(byBin);
  expect(await agreed({ ...terms, storageMethod: 'binDay', endsOn: '2026-10-18' })).toEqual(byBin);
  // no price for pallets on the card, and none on one of the days
  const byPallet = [
    ...[...byBin, ['storage', 1, '19', '1', 'unrated']],
    ['storage-reversal', 0, '19', '-3', 'accrued'],
    ['storage-reversal', 0, '20', '-1', 'accrued'],
  ];
  expect(await agreed({ ...terms, storageMethod: 'palletDay' })).toEqual(byPallet);
  expect(await agreed({ ...terms, storageMethod: 'palletDay', softwareFee: false })).toEqual(byPallet);
  const until = { ...terms, storageMethod: 'binDay' as const, endsOn: '2026-10-19' };
  const next = contract({ storageMethod: null, startsOn: '2026-10-20' });
  expect(await agreed(until, next)).toEqual([
    ...byBin,
    ['storage', 1, '19', '1', 'unrated'],
    ['storage', 2, '19', '3', 'accrued'],
    ...byPallet.slice(3),
    ['storage-reversal', 1, '19', '-1', 'unrated'],
  ]);
});

test('a day that is billed stays as it was measured', async () => {
  const terms = contract();
  const known = await world.addMerchant({ contracts: [terms] });
  const { merchantId } = known;
  await record([
    { merchantId, day: '2026-10-19', lines: bins('A') },
    { merchantId, day: '2026-10-20', lines: bins('A') },
  ]);
  await billCharge(world.database, (await world.charges(merchantId))[0]!.id);
  const contracts = [{ ...terms, storageMethod: 'pieceDay' as const }];
  await world.tell(merchantChangedV1, { ...known, version: 2, contracts });
  const days = (await world.charges(merchantId)).map(({ serviceDate, revision, quantity }) => [
    ...[serviceDate, revision, quantity],
  ]);
  expect(days).toEqual([
    ['2026-10-19', 0, '1'],
    ['2026-10-20', 0, '1'],
    ['2026-10-20', 1, '3'],
    ['2026-10-20', 0, '-1'],
  ]);
});

test('a merchant whose copy has not arrived is asked for', async () => {
  const snapshot = merchant();
  world.directory.set(snapshot.merchantId, snapshot);
  await record([{ merchantId: snapshot.merchantId, day: '2026-10-19', lines: bins('A') }]);
  expect(await world.charges(snapshot.merchantId)).toMatchObject([{ state: 'accrued' }]);
});

test.each<[string, (merchantId: string) => object[], string, string]>([
  ['a day to come', (merchantId) => [{ merchantId, day: '2026-10-21', lines: [] }], 'snapshots.0.day', 'DAY_IN_FUTURE'],
  [
    'a day named twice',
    (merchantId) => [
      { merchantId, day: '2026-10-19', lines: [] },
      { merchantId, day: '2026-10-19', lines: [] },
    ],
    'snapshots.1',
    'DAY_REPEATED',
  ],
  [
    'an unknown number',
    () => [{ merchantNumber: 'nobody', day: '2026-10-19', lines: [] }],
    'snapshots.0.merchantNumber',
    'MERCHANT_UNKNOWN',
  ],
  [
    'a day without contract',
    (merchantId) => [{ merchantId, day: '2025-12-31', lines: [] }],
    'snapshots.0.day',
    'CONTRACT_MISSING',
  ],
  ['no merchant', () => [{ day: '2026-10-19', lines: [] }], 'snapshots.0.merchantId', 'CUSTOM'],
  [
    'a quantity as a number',
    (merchantId) => [{ merchantId, day: '2026-10-19', lines: [{ bin: 'A', quantity: 3 }] }],
    'snapshots.0.lines.0.quantity',
    'INVALID_TYPE',
  ],
  [
    'a negative quantity',
    (merchantId) => [{ merchantId, day: '2026-10-19', lines: [{ bin: 'A', quantity: '-3' }] }],
    'snapshots.0.lines.0.quantity',
    'INVALID_FORMAT',
  ],
])('%s is refused with its path and nothing is stored', async (_title, snapshots, path, code) => {
  const { merchantId } = await world.addMerchant();
  const valid = { merchantId, day: '2026-10-17', lines: bins('A') };
  await expect((async () => record([...snapshots(merchantId), valid]))()).rejects.toMatchObject({
    code: 422,
    data: { errors: [expect.objectContaining({ path, code })] },
  });
  expect(await stored()).toEqual([]);
});

test('the same days come as CSV with their source; a day of another source and content is refused', async () => {
  const { merchantId, number } = await world.addMerchant();
  const head = 'merchant,day,bin,sku,storageType,quantity,volumeM3';
  const csv = `${head}\r\n${number},2026-10-18,A-1,S-1,bin,3,0.5\r\n${number},2026-10-18,A-2,,pallet,1,\r\n${number},2026-10-19,,,,,\r\n`;
  expect(await importCsv(csv)).toEqual({ recorded: 2, unchanged: 0 });
  expect(await importCsv(`\uFEFF${csv.replaceAll(',', ';')}`)).toEqual({ recorded: 0, unchanged: 2 });
  const same = [
    { bin: 'A-1', sku: 'S-1', quantity: '3', volumeM3: '0.5' },
    { bin: 'A-2', storageType: 'pallet', quantity: '1' },
  ];
  expect(await record([{ merchantId, day: '2026-10-18', lines: same }])).toEqual({ recorded: 0, unchanged: 1 });
  await expect(record([{ merchantId, day: '2026-10-18', lines: bins('A-1') }])).rejects.toMatchObject({
    code: 409,
    data: { source: 'csv' },
  });
  const { items } = await listStorageSnapshots(world.deps, { limit: 10, merchantId }, merchantUser(merchantId));
  expect(
    items.map(({ day, source, lines, quantity, volumeM3 }) => [day, source, lines, quantity, volumeM3]).toSorted(),
  ).toEqual([
    ['2026-10-18', 'csv', 2, '4', null],
    ['2026-10-19', 'csv', 0, '0', '0'],
  ]);
  expect(items.map(({ recordedBy }) => recordedBy)).toEqual([null, null]);
  const inHouse = await listStorageSnapshots(world.deps, { limit: 10, merchantId }, FINANCE);
  expect(inHouse.items.map(({ recordedBy }) => recordedBy)).not.toContain(null);
  const stranger = await world.addMerchant();
  expect((await listStorageSnapshots(world.deps, { limit: 10 }, merchantUser(stranger.merchantId))).items).toEqual([]);
});

test.each<[string, (number: string) => string, string, string]>([
  ['a wrong head', (n) => `merchant;day\n${n};2026-10-19\n`, 'file', 'WRONG_HEAD'],
  ['no lines', () => '@', 'file', 'NO_LINES'],
  ['an empty file', () => '', 'file', 'FILE_EMPTY'],
  ['a missing column', (n) => `@${n},2026-10-19,A,,bin,3,\n${n},2026-10-19,A\n`, 'lines.3', 'WRONG_COLUMN_COUNT'],
  [
    'a wrong quantity',
    (n) => `@${n},2026-10-19,A,,bin,3,\n${n},2026-10-19,B,,bin,drei,\n`,
    'lines.3.quantity',
    'INVALID_FORMAT',
  ],
  ['a wrong day', (n) => `@${n},19.10.2026,A,,bin,3,\n`, 'lines.2.day', 'CUSTOM'],
  ['a wrong type', (n) => `@${n},2026-10-19,A,,box,3,\n`, 'lines.2.storageType', 'INVALID_VALUE'],
  [
    'an unknown merchant',
    (n) => `@${n},2026-10-19,A,,bin,3,\nnobody,2026-10-19,A,,bin,3,\n`,
    'lines.3.merchantNumber',
    'MERCHANT_UNKNOWN',
  ],
  ['an open quote', (n) => `@${n},2026-10-19,"A,,bin,3,\n`, 'lines.2', 'CSV_BROKEN'],
])('a CSV with %s is refused by line and nothing is stored', async (_title, text, path, code) => {
  const { number } = await world.addMerchant();
  const csv = text(number).replace('@', 'merchant,day,bin,sku,storageType,quantity,volumeM3\n');
  await expect(importCsv(csv)).rejects.toMatchObject({
    code: 422,
    data: { errors: [expect.objectContaining({ path, code })] },
  });
  expect(await stored()).toEqual([]);
});

test('the key of a merchant does not write the evidence it is billed by', async () => {
  const { merchantId, number } = await world.addMerchant();
  const key: Actor = { ...merchantUser(merchantId), kind: 'apiKey', roles: ['api'] };
  const refusal = { code: 403, type: 'HOUSE_ONLY' };
  await expect(record([{ merchantId, day: '2026-10-19', lines: [] }], key)).rejects.toMatchObject(refusal);
  const csv = `merchant,day,bin,sku,storageType,quantity,volumeM3\n${number},2026-10-19,,,,,\n`;
  await expect(importCsv(csv, key)).rejects.toMatchObject(refusal);
  expect(await stored()).toEqual([]);
});
