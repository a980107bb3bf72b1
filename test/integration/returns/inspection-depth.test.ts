import { expect, test } from '@jest/globals';
import { knowArticles } from '../../../services/returns/persistence/articles.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { cancelReturn } from '../../../services/returns/use-cases/cancel-return.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { matchReturn } from '../../../services/returns/use-cases/match-return.ts';
import { addPhoto } from '../../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { reopenReturn } from '../../../services/returns/use-cases/reopen-return.ts';
import { putChecklists } from '../../../services/returns/use-cases/return-settings.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { CallInputOf } from '../../../shared/protocol/define.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { articleSnapshot } from '../../support/articles.ts';
import { eventsAbout } from '../../support/questions.ts';
import { inputOf, newId, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const lead: Actor = { ...worker, roles: ['lead'] };
type Input = CallInputOf<typeof actions.inspectItem>;
const inspect = (parcel: ReturnView, index: number, what: Partial<Input> = {}) =>
  inspectItem(
    fixture.deps,
    inputOf(actions.inspectItem, {
      ...{ id: parcel.id, itemId: parcel.items[index]!.id, quantity: parcel.items[index]!.quantity },
      ...{ grade: 'A', note: 'looked at' },
      ...what,
    } as Input),
    worker,
  );
const received = async (input: CallInputOf<typeof actions.createReturn>) => {
  const parcel = await desk.create(input);
  return receiveReturn(fixture.deps, { id: parcel.id }, worker);
};
const complete = (id: string) => completeReturn(fixture.deps, { id }, worker);
const photoOf = async (parcel: ReturnView, index: number, clientPhotoId: string) =>
  addPhoto(
    fixture.deps,
    { id: parcel.id, itemId: parcel.items[index]!.id, clientPhotoId, file: await fixture.upload(desk.photo) },
    worker,
  );
const articles = (merchantId: string, ...some: { sku: string; group: string | null }[]) =>
  inTransaction(fixture.deps.orm, 'staff', (em) =>
    knowArticles(
      em,
      some.map((article) => ({ ...articleSnapshot(merchantId), ...article, articleId: newId() })),
    ),
  );

test('A11 serial, batch and best-before are kept; a serial number that was not shipped is flagged, not refused', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'SN-1', [
    { sku: 'CAM', quantity: 2, serialNumbers: ['C-100', 'C-101'] },
    { sku: 'BAG', quantity: 1 },
  ]);
  const parcel = await received({
    orderId,
    items: [
      { sku: 'CAM', quantity: 2 },
      { sku: 'BAG', quantity: 1 },
    ],
  });
  const right = await inspect(parcel, 0, {
    serialNumbers: ['c-100', 'C-101'],
    batchNumber: 'L1',
    bestBefore: '2027-03-31',
  });
  expect(right.items[0]).toMatchObject({
    serialNumbers: ['c-100', 'C-101'],
    serialMismatch: false,
    batchNumber: 'L1',
    bestBefore: '2027-03-31',
  });
  const wrong = await inspect(parcel, 0, { serialNumbers: ['C-100', 'X-999'] });
  expect(wrong.items[0]).toMatchObject({ serialMismatch: true, batchNumber: 'L1', state: 'disposition_proposed' });
  const unnoted = await inspect(parcel, 1, { serialNumbers: ['B-1'] });
  expect(unnoted.items[1]).toMatchObject({ serialNumbers: ['B-1'], serialMismatch: false });
  await desk.sendPhoto(parcel.id, 'p', desk.photo);
  await complete(parcel.id);
  const [told] = await eventsAbout(database, 'returns.return-inspected.v1', parcel.id);
  expect(told!.items[0]).toMatchObject({ serialNumbers: ['C-100', 'X-999'], serialMismatch: true, batchNumber: 'L1' });
});

test('A11 serial numbers are compared again when the order becomes known only after they were scanned', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'SN-2', [{ sku: 'CAM', quantity: 1, serialNumbers: ['C-200'] }]);
  const parcel = await received({ merchantId, items: [{ sku: 'CAM', quantity: 1 }] });
  expect((await inspect(parcel, 0, { serialNumbers: ['C-201'] })).items[0]!.serialMismatch).toBe(false);
  await desk.sendPhoto(parcel.id, 'p', desk.photo);
  await matchReturn(fixture.deps, { id: parcel.id, merchantId, orderId }, worker);
  expect((await complete(parcel.id)).items[0]).toMatchObject({ state: 'restocked', serialMismatch: true });
});

test('A14 more than was shipped over all returns of an order needs a reason, which is kept and logged', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'OVER-1', [{ sku: 'CUP', quantity: 3 }]);
  const announce = (quantity: number) => received({ orderId, items: [{ sku: 'CUP', quantity }] });
  const first = await announce(2);
  await inspect(first, 0);
  const calledOff = await desk.create({ orderId, items: [{ sku: 'CUP', quantity: 3 }] });
  await cancelReturn(fixture.deps, { id: calledOff.id }, worker);
  const second = await announce(2);
  const refusal = { code: 422, data: { errors: [{ path: 'overReturnReason', code: 'MORE_THAN_SHIPPED' }] } };
  await expect(inspect(second, 0)).rejects.toMatchObject(refusal);
  const part = await inspect(second, 0, { quantity: 1 });
  expect(part.items.map(({ overReturnReason }) => overReturnReason)).toEqual([null, null]);
  await expect(inspect(second, 0, { quantity: 1 })).rejects.toMatchObject(refusal);
  const explained = await inspect(second, 0, { quantity: 1, overReturnReason: 'Ersatzlieferung ohne Auftrag' });
  expect(explained.items[0]).toMatchObject({ overReturnReason: 'Ersatzlieferung ohne Auftrag' });
  expect((await inspect(second, 0, { quantity: 1, grade: 'B' })).items[0]).toMatchObject({
    overReturnReason: 'Ersatzlieferung ohne Auftrag',
  });
  const [logged] = await database.query(
    `select after -> 'item' ->> 'overReturnReason' as why from messaging.audit_entry
     where entity_id = $1 and action = 'item.inspected' order by at desc limit 1`,
    [second.id],
  );
  expect(logged).toEqual({ why: 'Ersatzlieferung ohne Auftrag' });
  const unmatched = await received({ merchantId, items: [{ sku: 'CUP', quantity: 50 }] });
  expect((await inspect(unmatched, 0)).items[0]!.overReturnReason).toBeNull();
});

test('A14 what is found on top is asked about, not what was expected; a wrong article is no surplus', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'OVER-2', [{ sku: 'CUP', quantity: 1 }]);
  const { id } = await received({ orderId, items: [{ sku: 'CUP', quantity: 1 }] });
  const add = (input: object) => addItem(fixture.deps, inputOf(actions.addItem, { id, quantity: 1, ...input }), worker);
  await add({ sku: 'CUP' });
  await add({ sku: 'PLATE' });
  const parcel = await add({ sku: 'CUP', origin: 'foreign' });
  const at = (sku: string, origin: string) =>
    parcel.items.findIndex((item) => item.sku === sku && item.origin === origin);
  await inspect(parcel, at('CUP', 'expected'));
  await inspect(parcel, at('PLATE', 'unexpected'));
  await inspect(parcel, at('CUP', 'foreign'));
  await expect(inspect(parcel, at('CUP', 'unexpected'))).rejects.toMatchObject({ code: 422 });
});

test('A14 of many returns of one order that are inspected at once no piece too many slips through', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'OVER-3', [{ sku: 'CUP', quantity: 3 }]);
  const parcels = [];
  for (let index = 0; index < 6; index += 1)
    parcels.push(await received({ orderId, items: [{ sku: 'CUP', quantity: 1 }] }));
  const outcomes = await Promise.allSettled(parcels.map((parcel) => inspect(parcel, 0)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  const [counted] = await database.query(
    `select sum(i.quantity)::int as pieces from returns.return_item i join returns.return r on r.id = i.return_id
     where r.order_id = $1 and i.state <> 'expected'`,
    [orderId],
  );
  expect(counted).toEqual({ pieces: 3 });
});

test('A14 what was inspected before its order was known is counted when it is matched, and needs a reason then', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'OVER-4', [{ sku: 'CUP', quantity: 2 }]);
  await inspect(await received({ orderId, items: [{ sku: 'CUP', quantity: 1 }] }), 0);
  const blind = await received({
    merchantId,
    items: [
      { sku: 'CUP', quantity: 2 },
      { sku: 'PLATE', quantity: 5 },
    ],
  });
  await inspect(blind, 0);
  await inspect(blind, 1);
  const matched = (reason?: string) =>
    matchReturn(fixture.deps, inputOf(actions.matchReturn, { id: blind.id, merchantId, orderId, reason }), worker);
  await expect(matched()).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'reason', code: 'MORE_THAN_SHIPPED' }] },
  });
  expect((await getReturn(fixture.deps, { id: blind.id }, worker)).orderId).toBeNull();
  const { items } = await matched('Zwei Kartons, ein Auftrag');
  expect(items.map(({ overReturnReason }) => overReturnReason)).toEqual(['Zwei Kartons, ein Auftrag', null]);
});

test('B2 goods below grade A need two photos each where the merchant says so; the refusal names each and how many', async () => {
  const merchantId = await fixture.merchant({
    returnPolicy: returnPolicy.parse({
      photoRules: [
        { grades: ['B', 'C', 'D'], minPhotos: 2 },
        { articleGroups: ['jewellery'], minPhotos: 1 },
      ],
    }),
  });
  await articles(merchantId, { sku: 'RING', group: 'jewellery' });
  const parcel = await received({
    merchantId,
    items: [
      { sku: 'CUP', quantity: 1 },
      { sku: 'RING', quantity: 1 },
      { sku: 'BOWL', quantity: 1 },
    ],
  });
  await inspect(parcel, 0, { grade: 'C' });
  await inspect(parcel, 1);
  await inspect(parcel, 2);
  const [cup, ring, bowl] = parcel.items.map(({ id }) => id);
  const refused = async (...errors: string[]) => {
    const error = await complete(parcel.id).catch((caught: unknown) => caught as never);
    expect(error).toMatchObject({ code: 409, type: 'RETURN_PHOTO_MISSING' });
    const { data } = error as unknown as { data: { errors: { path: string; message: string }[] } };
    expect(data.errors.map(({ path, message }) => `${path}: ${message}`)).toEqual(errors);
  };
  await refused(
    `items.${cup}: It needs 2 and has 0`,
    `items.${ring}: It needs 1 and has 0`,
    `items.${bowl}: It needs 1 and has 0`,
  );
  await desk.sendPhoto(parcel.id, 'parcel', desk.photo);
  await photoOf(parcel, 0, 'c1');
  await refused(`items.${cup}: It needs 2 and has 1`, `items.${ring}: It needs 1 and has 0`);
  await photoOf(parcel, 0, 'c2');
  await photoOf(parcel, 1, 'r1');
  expect(await complete(parcel.id)).toMatchObject({ state: 'processing' });
});

test('B7 the answers to the checklist of the article suggest a grade; the worker’s own counts', async () => {
  const merchantId = await fixture.merchant();
  await articles(merchantId, { sku: 'BOOT', group: 'shoes' });
  const question = (code: string, no: 'B' | 'C') => ({
    code,
    de: code,
    en: code,
    kind: 'yesNo' as const,
    options: [
      { code: 'yes', de: 'Ja', en: 'Yes', grade: 'A' as const },
      { code: 'no', de: 'Nein', en: 'No', grade: no },
    ],
  });
  const checklists = [{ id: 'shoes', articleGroup: 'shoes', questions: [question('sole', 'C'), question('box', 'B')] }];
  await putChecklists(fixture.deps, { merchantId, checklists }, lead);
  const parcel = await received({
    merchantId,
    items: [
      { sku: 'BOOT', quantity: 1 },
      { sku: 'CUP', quantity: 1 },
    ],
  });
  const answers = [
    { question: 'sole', answer: 'yes' },
    { question: 'box', answer: 'no' },
  ];
  const boot = await inspect(parcel, 0, { grade: 'A', checklist: answers });
  expect(boot.items[0]).toMatchObject({ grade: 'A', suggestedGrade: 'B', checklist: answers });
  expect((await inspect(parcel, 1, { checklist: answers })).items[1]).toMatchObject({ suggestedGrade: null });
  await expect(inspect(parcel, 0, { checklist: [answers[0]!, answers[0]!] })).rejects.toMatchObject({ code: 422 });
});

test('B9 the rules of the merchant look at article groups; the suggestion is kept beside an override and its reason', async () => {
  const merchantId = await fixture.merchant({
    returnRules: [
      { articleGroups: ['underwear'], disposition: 'dispose' },
      { grades: ['B'], disposition: 'restock_b' },
    ],
  });
  await articles(merchantId, { sku: 'SLIP', group: 'underwear' }, { sku: 'COAT', group: 'coats' });
  const parcel = await received({
    merchantId,
    items: [
      { sku: 'SLIP', quantity: 1 },
      { sku: 'COAT', quantity: 1 },
      { sku: 'HAT', quantity: 1 },
    ],
  });
  await inspect(parcel, 0, { grade: 'A' });
  await inspect(parcel, 1, { grade: 'B' });
  const view = await inspect(parcel, 2, { grade: 'B', disposition: 'rtv', overrideReason: 'Händler will ihn sehen' });
  expect(view.items).toMatchObject([
    { suggestedDisposition: 'dispose', disposition: 'dispose', dispositionSource: 'rule' },
    { suggestedDisposition: 'restock_b', disposition: 'restock_b', dispositionSource: 'rule' },
    {
      suggestedDisposition: 'restock_b',
      disposition: 'rtv',
      dispositionSource: 'manual',
      dispositionReason: 'Händler will ihn sehen',
    },
  ]);
  await desk.sendPhoto(parcel.id, 'p', desk.photo);
  expect((await complete(parcel.id)).items.map(({ state }) => state)).toEqual([
    'disposed',
    'restocked',
    'in_rtv_batch',
  ]);
});

test('B13 whether what was charged stays is the merchant’s policy, and each event says what was charged before', async () => {
  const merchantId = await fixture.merchant({
    returnRules: [{ grades: ['C'], disposition: 'hold' }],
    returnPolicy: returnPolicy.parse({ reopenedCharges: 'keep' }),
  });
  const parcel = await received({
    merchantId,
    items: [
      { sku: 'X', quantity: 1 },
      { sku: 'Y', quantity: 2 },
    ],
  });
  const [x, y] = parcel.items.map(({ id }) => id);
  await desk.sendPhoto(parcel.id, 'p', desk.photo);
  await inspect(parcel, 0);
  await inspect(parcel, 1, { grade: 'C' });
  await complete(parcel.id);
  await reopenReturn(fixture.deps, { id: parcel.id, reason: 'wrong box' }, lead);
  await inspect(parcel, 0, { grade: 'C' });
  await inspect(parcel, 1, { grade: 'C' });
  await complete(parcel.id);
  const told = await eventsAbout(database, 'returns.return-inspected.v1', parcel.id);
  expect(
    told.map(({ revision, reopenedCharges, items }) => [
      revision,
      reopenedCharges,
      items.map((i) => i['chargedBefore']),
    ]),
  ).toEqual([
    [0, 'keep', [false, false]],
    [1, 'keep', [true, false]],
  ]);
  for (const itemId of [x!, y!])
    await decideItem(fixture.deps, { id: parcel.id, itemId, disposition: 'restock', reason: 'sold after all' }, worker);
  const settled = await eventsAbout(database, 'returns.item-settled.v1', parcel.id);
  expect(settled.map(({ itemId, chargedBefore }) => [itemId, chargedBefore])).toEqual([
    [x, true],
    [y, false],
  ]);
});
