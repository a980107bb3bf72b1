import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cancelGoodsIn } from '../../../services/orders/use-cases/goods-in/change-goods-in.ts';
import { getGoodsIn, listGoodsIn } from '../../../services/orders/use-cases/goods-in/find-goods-in.ts';
import { importGoodsIn } from '../../../services/orders/use-cases/goods-in/import-goods-in.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { dock } from '../../support/goods-in.ts';
import { merchantSnapshot, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const merchant = merchantSnapshot();
const foreign = merchantSnapshot({ number: '200' });
const { merchantId } = merchant;
const decider: Actor = { ...userOf(merchantId), roles: ['merchantDecider'] };

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  fixture.merchants.push(merchant, foreign);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const upload = async (lines: readonly string[], more: object = {}, actor = decider) =>
  importGoodsIn(
    fixture.deps,
    { dryRun: 'false', ...more, file: await fixture.upload(Buffer.from(`${lines.join('\n')}\n`)) } as never,
    actor,
  );
const stored = async (reference: string) => {
  const { items } = await listGoodsIn(fixture.deps, { limit: 200, merchantId, sort: 'expectedOn' }, staff);
  return items.filter((one) => one.reference === reference);
};
const HEAD = 'reference,expected on,sku,quantity';
const NOTHING = { created: 0, unchanged: 0, errors: [], ignoredColumns: [] };

test('D13 a merchant announces deliveries by a file as German spreadsheets write it, and the same file again changes nothing', async () => {
  const lines = [
    'Lieferschein;Kommt am;Paletten;Kartons;Artikelnr.;Bezeichnung;Stückzahl;Hinweis;Farbe',
    'LS-1;30.11.2026;2;;A;Tasse, weiß;120;Rampe 3;blau',
    'LS-2;2026-12-01;;4;A;Tasse;6;;',
    "LS-1;;;;'-B;Teller;30;;",
  ];
  const outcome = { created: 2, unchanged: 0, errors: [], ignoredColumns: ['Farbe'] };
  expect(await upload(lines, { dryRun: 'true' })).toEqual(outcome);
  expect(await stored('LS-1')).toEqual([]);
  expect(await upload(lines)).toEqual(outcome);
  const [one] = await stored('LS-1');
  expect(await getGoodsIn(fixture.deps, { id: one!.id }, decider)).toMatchObject({
    ...{ merchantId, state: 'announced', announced: true, expectedOn: '2026-11-30', note: 'Rampe 3' },
    ...{ expectedPallets: 2, expectedCartons: null, expectedPieces: 150 },
    lines: [
      { sku: 'A', name: 'Tasse, weiß', expectedQuantity: 120 },
      { sku: '-B', name: 'Teller', expectedQuantity: 30 },
    ],
  });
  expect(await stored('LS-2')).toMatchObject([{ expectedOn: '2026-12-01', expectedCartons: 4, expectedPieces: 6 }]);
  expect(await upload(lines)).toEqual({ ...outcome, created: 0, unchanged: 2 });
  expect(await stored('LS-1')).toHaveLength(1);
  const trail = await database.query(
    `select action, actor_id as by, after ->> 'by' as how from messaging.audit_entry where entity_id = $1`,
    [one!.id],
  );
  expect(trail).toEqual([{ action: 'goods-in.announced', by: decider.id, how: 'file' }]);
});

test('D13 a file sent several times at one moment announces its deliveries once', async () => {
  const outcomes = await Promise.all([1, 2, 3].map(() => upload([HEAD, 'AT-ONCE,2026-11-30,A,1'])));
  expect(outcomes.map(({ created }) => created).toSorted()).toEqual([0, 0, 1]);
  expect(await stored('AT-ONCE')).toHaveLength(1);
});

test('D13 what is announced by hand is known to a file, other content is a mistake, and what was called off comes anew', async () => {
  const byHand = await dock(fixture.deps).announce({ merchantId, reference: 'LS-3' }, decider);
  const same = ['reference,expected on,sku,name,quantity', 'LS-3,2026-10-16,A,Tasse,10'];
  expect(await upload(same)).toEqual({ ...NOTHING, unchanged: 1 });
  const other = [HEAD, 'LS-4,2026-11-30,A,1', 'LS-3,2026-10-16,A,11'];
  const error = {
    code: 'GOODS_IN_EXISTS',
    message: `LS-3 is announced already, as ${byHand.number}, with other content`,
  };
  expect(await upload(other, { dryRun: 'true' })).toMatchObject({
    errors: [{ line: 3, field: 'reference', ...error }],
  });
  await expect(upload(other)).rejects.toMatchObject({
    ...{ code: 422, type: 'GOODS_IN_FILE_INVALID' },
    data: { errors: [{ path: 'lines.3.reference', ...error }] },
  });
  expect(await stored('LS-4')).toEqual([]);
  await cancelGoodsIn(fixture.deps, { id: byHand.id }, decider);
  expect(await upload(other)).toEqual({ ...NOTHING, created: 2 });
});

test.each<[string, string[], [string, string][]]>([
  ['no reference', [HEAD, ',2026-11-30,A,1'], [['lines.2.reference', 'REQUIRED']]],
  ['no day', [HEAD, 'X,,A,1'], [['lines.2.expectedOn', 'CUSTOM']]],
  ['a day there is not', [HEAD, 'X,31.11.2026,A,1'], [['lines.2.expectedOn', 'CUSTOM']]],
  ['no article', [HEAD, 'X,2026-11-30,,1'], [['lines.2.sku', 'REQUIRED']]],
  ['no quantity', [HEAD, 'X,2026-11-30,A,'], [['lines.2.quantity', 'REQUIRED']]],
  ['half a piece', [HEAD, 'X,2026-11-30,A,"0,5"'], [['lines.2.quantity', 'NOT_A_QUANTITY']]],
  ['a thousand that may be one', [HEAD, 'X,2026-11-30,A,1.000'], [['lines.2.quantity', 'NOT_A_QUANTITY']]],
  ['no pieces', [HEAD, 'X,2026-11-30,A,0'], [['lines.2.quantity', 'NOT_A_QUANTITY']]],
  ['an article twice', [HEAD, 'X,2026-11-30,A,1', 'X,,A,2'], [['lines.3.sku', 'NAMED_TWICE']]],
  ['two days', [HEAD, 'X,2026-11-30,A,1', 'X,2026-12-01,B,2'], [['lines.3.expectedOn', 'DIFFERS']]],
  [
    'a pallet in words, and a good line beside it',
    [`${HEAD},pallets`, 'OK,2026-11-30,A,1,1', 'X,2026-11-30,A,1,one', 'Y,2026-11-30,A,x,2'],
    [
      ['lines.3.expectedPallets', 'INVALID_VALUE'],
      ['lines.4.quantity', 'NOT_A_QUANTITY'],
    ],
  ],
  ['a head without quantity', ['reference,expected on,sku', 'X,2026-11-30,A'], [['file', 'WRONG_HEAD']]],
  ['a column twice', [`${HEAD},Menge`, 'X,2026-11-30,A,1,1'], [['file', 'WRONG_HEAD']]],
  ['no lines', [HEAD], [['file', 'NO_LINES']]],
])('D13 a file with %s is refused as a whole', async (_what, lines, errors) => {
  const before = await database.query('select count(*)::int as rows from orders.goods_in');
  const refused = await upload(lines).then(
    () => undefined,
    (error: { code: number; data: { errors: { path: string; code: string }[] } }) => error,
  );
  expect([refused?.code, refused?.data.errors.map(({ path, code }) => [path, code])]).toEqual([422, errors]);
  expect(await database.query('select count(*)::int as rows from orders.goods_in')).toEqual(before);
});

test('D13 a merchant announces its own deliveries only, and who acts for several says for whom', async () => {
  const lines = [HEAD, 'MINE,2026-11-30,A,1'];
  await expect(upload(lines, { merchantId: foreign.merchantId })).rejects.toMatchObject({ code: 404 });
  await expect(upload(lines, {}, staff)).rejects.toMatchObject({
    data: { errors: [{ path: 'merchantId', code: 'MERCHANT_REQUIRED' }] },
  });
  await expect(upload(lines, { merchantId: '019a1b00-0000-7000-8000-00000000dead' }, staff)).rejects.toMatchObject({
    data: { errors: [{ path: 'merchantId' }] },
  });
  expect(await upload(lines, { merchantId: foreign.merchantId }, staff)).toMatchObject({ created: 1 });
  expect(await stored('MINE')).toEqual([]);
});
