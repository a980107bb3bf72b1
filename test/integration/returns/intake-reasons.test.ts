import { beforeAll, expect, test } from '@jest/globals';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { getReturnStory } from '../../../services/returns/use-cases/get-story.ts';
import { importAnnouncedReturns } from '../../../services/returns/use-cases/import-announced-returns.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { matchReturn } from '../../../services/returns/use-cases/match-return.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { reportOutcome } from '../../../services/returns/use-cases/report-outcome.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { ActionDefinition, CallInputOf } from '../../../shared/protocol/define.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { inputOf, newId, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const mara: Actor = { ...worker, id: newId() };
const POLICY = returnPolicy.parse({
  reasons: [
    { code: 'too-big', de: 'Zu groß', en: 'Too big', kinds: ['withdrawal', 'exchange'] },
    { code: 'defect', de: 'Defekt', en: 'Defective', kinds: ['complaint'] },
    { code: 'other', de: 'Sonstiges', en: 'Other' },
  ],
  reasonMappings: [
    { system: 'shop-a', external: 'SIZE_TOO_LARGE', code: 'too-big' },
    { system: 'shop-a', external: 'LOOSE_FIT', code: 'too-big' },
    { system: 'shop-a', external: 'BROKEN', code: 'defect' },
    { system: 'shop-b', external: '17', code: 'too-big' },
  ],
});

const { database, fixture, desk } = returnsWorld();
let merchantId: string;
beforeAll(async () => {
  merchantId = await fixture.merchant({
    returnPolicy: POLICY,
    returnRules: [{ kinds: ['complaint'], disposition: 'dispose' }],
  });
  const { call } = fixture.deps;
  fixture.deps.call = (async (definition: ActionDefinition, input: { ids: string[] }, actor: Actor) =>
    definition.name === 'identity.getPeople'
      ? { people: input.ids.map((id) => ({ id, name: 'Mara Klein', house: id === mara.id })) }
      : call(definition as never, input as never, actor)) as never;
});

const create = (input: CallInputOf<typeof actions.createReturn>, actor?: Actor) =>
  desk.create({ merchantId, ...input }, actor);

/** Ends the inspection of a return with one item; what others are told of it. */
async function inspected(parcel: ReturnView, reason?: string, grade: 'A' | 'C' = 'A') {
  const { id } = parcel;
  await receiveReturn(fixture.deps, inputOf(actions.receiveReturn, { id }), mara);
  const finding = {
    id,
    itemId: parcel.items[0]!.id,
    quantity: 1,
    grade,
    note: 'as found',
    ...(reason ? { reason } : {}),
  };
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), mara);
  await desk.sendPhoto(id, 'p', desk.photo);
  const view = await completeReturn(fixture.deps, { id }, mara);
  const [event] = await database.query<{ payload: { items: Record<string, unknown>[]; outcome: unknown } }>(
    `select payload from messaging.event where type = 'returns.return-inspected.v1' and payload ->> 'returnId' = $1`,
    [id],
  );
  return { view, told: event!.payload };
}

test.each([
  ['shop-a', 'SIZE_TOO_LARGE', 'too-big', 'too-big', 'SIZE_TOO_LARGE'],
  ['shop-a', 'LOOSE_FIT', 'too-big', 'too-big', 'LOOSE_FIT'],
  ['shop-a', 'LOOSE_FIT', 'too-big', 'defect', 'BROKEN'],
  ['shop-a', 'LOOSE_FIT', 'too-big', 'other', null],
  ['shop-b', '17', 'too-big', 'too-big', '17'],
  ['shop-b', 'NEVER MAPPED', null, undefined, 'NEVER MAPPED'],
])(
  'C15 %s says %s: the desk reads %s, and inspected as %s the shop is told %s',
  async (channel, external, own, found, back) => {
    const parcel = await create({ channel, items: [{ sku: 'X', quantity: 1, externalReason: external }] });
    expect(parcel.items).toMatchObject([{ reason: own, externalReason: external }]);
    const { told } = await inspected(parcel, found);
    expect(told.items).toMatchObject([{ reason: found ?? null, externalReason: back }]);
  },
);

test('C15 an import brings the reasons of its system, and they go back the same way', async () => {
  const [returnId, contentHash] = [newId(), 'a'.repeat(64)];
  const line = { sku: 'X', name: 'x', quantity: 1 };
  const given = {
    returnId,
    merchantId,
    channel: 'shop-a',
    externalNumber: 'IMP-1',
    announcedAt: '2026-10-01T10:00:00Z',
    contentHash,
  };
  const lines = [
    { ...line, ordinal: 1, externalReason: 'LOOSE_FIT' },
    { ...line, ordinal: 2, externalReason: 'UNHEARD' },
    { ...line, ordinal: 3 },
  ];
  await importAnnouncedReturns(fixture.deps, { returns: [{ ...given, lines }] }, worker);
  const { items } = await getReturn(fixture.deps, { id: returnId }, worker);
  expect(items.map(({ reason, externalReason }) => [reason, externalReason])).toEqual([
    ['too-big', 'LOOSE_FIT'],
    [null, 'UNHEARD'],
    [null, null],
  ]);
});

test("C17 a kind has its reasons: a merchant's own systems use them, nobody at the table is refused", async () => {
  const wrong = {
    items: [
      { sku: 'X', quantity: 1 },
      { sku: 'Y', quantity: 1, reason: 'defect' },
    ],
  };
  await expect(create(wrong, userOf(merchantId))).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'items.1.reason', code: 'REASON_UNKNOWN' }] },
  });
  expect(await create({ ...wrong, kind: 'complaint' }, userOf(merchantId))).toMatchObject({ kind: 'complaint' });
  expect(await create(wrong)).toMatchObject({ items: [{}, { reason: 'defect' }] });
  const withoutOwn = await fixture.merchant();
  const free = { merchantId: withoutOwn, items: [{ sku: 'X', quantity: 1, reason: 'whatever it says' }] };
  expect(await desk.create(free, userOf(withoutOwn))).toMatchObject({ items: [{ reason: 'whatever it says' }] });
});

test('C17 a kind has its rules: the same goods of a complaint and of a withdrawal go different ways', async () => {
  const make = (kind: 'complaint' | 'withdrawal') => create({ kind, items: [{ sku: 'X', quantity: 1 }] });
  const complaint = await inspected(await make('complaint'));
  const withdrawal = await inspected(await make('withdrawal'));
  expect([complaint, withdrawal].map(({ view }) => view.items[0]!.state)).toEqual(['disposed', 'restocked']);
});

test('C16 what the consumer gets is reported in any state, tells who said it, and is passed on', async () => {
  const parcel = await create({
    items: [{ sku: 'X', quantity: 1 }],
    outcome: { outcome: 'credit', amountMinor: 1_299 },
  });
  expect(parcel).toMatchObject({
    outcome: 'credit',
    outcomeAmount: { amountMinor: 1_299, currency: 'EUR' },
    outcomeBy: 'warehouse',
  });
  const { told, view } = await inspected(parcel);
  expect(told.outcome).toEqual({ outcome: 'credit', amountMinor: 1_299 });
  expect(view.state).toBe('completed');
  const shop: Actor = { ...userOf(merchantId), kind: 'apiKey', roles: ['api'] };
  const refund = { id: parcel.id, outcome: 'refund' as const, amountMinor: 999, note: 'less shipping' };
  const refunded = await reportOutcome(fixture.deps, refund, shop);
  expect(refunded).toMatchObject({
    outcome: 'refund',
    outcomeBy: 'shop',
    outcomeNote: 'less shipping',
    state: 'completed',
  });
  expect(await reportOutcome(fixture.deps, refund, shop)).toMatchObject({ version: refunded.version });
  expect(await reportOutcome(fixture.deps, { id: parcel.id, outcome: 'exchange' }, userOf(merchantId))).toMatchObject({
    ...{ outcome: 'exchange', outcomeAmount: null, outcomeBy: 'merchant', outcomeNote: null },
  });
  const progress = await database.query<{ outcome: unknown }>(
    `select payload -> 'outcome' as outcome from messaging.event
     where type = 'returns.return-progressed.v1' and payload ->> 'returnId' = $1 order by (payload ->> 'version')::int desc limit 1`,
    [parcel.id],
  );
  expect(progress).toEqual([{ outcome: { outcome: 'exchange', amountMinor: null } }]);
  const wrong = { id: parcel.id, outcome: 'none' as const, amountMinor: 1 };
  await expect(reportOutcome(fixture.deps, wrong, worker)).rejects.toMatchObject({ code: 422 });
  await expect(reportOutcome(fixture.deps, refund, userOf(await fixture.merchant()))).rejects.toMatchObject({
    code: 404,
  });
});

test('the story names people to the house only, and keeps the steps inside the house from the merchant', async () => {
  const parcel = await desk.create({ trackingNumber: 'STORY-1' }, mara);
  const { id } = parcel;
  await receiveReturn(fixture.deps, inputOf(actions.receiveReturn, { id }), mara);
  const { items } = await addItem(
    fixture.deps,
    inputOf(actions.addItem, { id, name: 'internal note: odd', quantity: 1 }),
    mara,
  );
  await matchReturn(fixture.deps, { id, merchantId, reason: 'internal: sender called', orderId: undefined }, mara);
  const finding = { id, itemId: items[0]!.id, quantity: 1, grade: 'C' as const, note: 'torn' };
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), mara);
  await desk.sendPhoto(id, 'p', desk.photo);
  await completeReturn(fixture.deps, { id }, mara);
  await reportOutcome(fixture.deps, { id, outcome: 'refund', amountMinor: 500 }, userOf(merchantId));

  const house = (await getReturnStory(fixture.deps, { id }, mara)).entries;
  expect(house.map(({ what, by, who }) => [what, by, who])).toEqual([
    ['return.announced', 'warehouse', 'Mara Klein'],
    ['return.received', 'warehouse', 'Mara Klein'],
    ['item.added', 'warehouse', 'Mara Klein'],
    ['return.matched', 'warehouse', 'Mara Klein'],
    ['item.inspected', 'warehouse', 'Mara Klein'],
    ['return.inspected', 'warehouse', 'Mara Klein'],
    ['items.decided', 'rule', undefined],
    ['return.outcome-reported', 'warehouse', undefined],
  ]);
  const merchant = (await getReturnStory(fixture.deps, { id }, userOf(merchantId))).entries;
  expect(merchant.map(({ what }) => what)).toEqual([
    'return.announced',
    'return.received',
    'return.inspected',
    'items.decided',
    'return.outcome-reported',
  ]);
  expect(merchant.every(({ who }) => who === undefined)).toBe(true);
  expect(JSON.stringify(merchant)).not.toMatch(/internal|Mara/);
  expect(house.map(({ at }) => at)).toEqual(house.map(({ at }) => at).toSorted());
  const stranger = userOf(await fixture.merchant());
  await expect(getReturnStory(fixture.deps, { id }, stranger)).rejects.toMatchObject({ code: 404 });
});
