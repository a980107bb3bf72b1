import { describe, expect, test } from '@jest/globals';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { decideItems, listDecisions } from '../../../services/returns/use-cases/decide-items.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { answerLinkedDecision, getLinkedDecision } from '../../../services/returns/use-cases/linked-decision.ts';
import { reopenReturn } from '../../../services/returns/use-cases/reopen-return.ts';
import { signToken } from '../../../shared/links/token.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { decisionRequestedV1 } from '../../../shared/protocol/returns/events.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { askingMerchant, eventsAbout, inspectedReturn, linkTo, type Grade } from '../../support/questions.ts';
import { countRows, inputOf, LINK_KEY, newId, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const lead: Actor = { ...worker, roles: ['lead'] };
const anonymous: Actor = { kind: 'anonymous', id: 'anonymous', roles: [], scope: [], requestId: 'request-2' };
const inspected = (merchantId: string, ...grades: Grade[]) => inspectedReturn(fixture, desk, merchantId, ...grades);
const now = ({ id }: Pick<ReturnView, 'id'>) => getReturn(fixture.deps, { id }, worker);
const statesOf = ({ items }: ReturnView) => items.map(({ state }) => state);
const list = (actor: Actor, input: object = {}) =>
  listDecisions(fixture.deps, inputOf(actions.listDecisions, input), actor);
const settled = (id: string) => eventsAbout(database, 'returns.item-settled.v1', id);
type Answers = { itemId: string; disposition: 'restock' | 'restock_b' | 'rtv' | 'dispose' | 'hold'; reason?: string }[];
const answer = (token: string, decisions: Answers) =>
  answerLinkedDecision(fixture.deps, { token, decisions }, anonymous);

test('C2 the merchant is asked once the inspection ends; other items go their way and nothing is decided yet', async () => {
  const merchantId = await askingMerchant(fixture);
  const waiting = await inspected(merchantId, 'A', 'C', 'D');
  expect(waiting).toMatchObject({ state: 'awaiting_decision', decisionDueAt: expect.any(String), completedAt: null });
  expect(statesOf(waiting)).toEqual(['restocked', 'disposition_proposed', 'in_rtv_batch']);
  const [asked] = await eventsAbout(database, decisionRequestedV1.type, waiting.id);
  expect(asked).toMatchObject({
    revision: 0,
    dueAt: waiting.decisionDueAt,
    items: [
      {
        itemId: waiting.items[1]!.id,
        defaultDisposition: 'rtv',
        choices: ['restock', 'restock_b', 'rtv', 'dispose', 'hold'],
        reasonText: { de: 'Gebrauchsspuren', en: 'Signs of use' },
      },
    ],
  });
  const [told] = await eventsAbout(database, 'returns.return-inspected.v1', waiting.id);
  expect(told!.items.map(({ disposition }) => disposition)).toEqual(['restock', null, 'rtv']);
  const decided = await decideItem(
    fixture.deps,
    { id: waiting.id, itemId: waiting.items[1]!.id, disposition: 'restock_b' },
    userOf(merchantId),
  );
  expect(decided).toMatchObject({ state: 'processing', decisionDueAt: null });
  expect(decided.items[1]).toMatchObject({
    state: 'restocked',
    dispositionSource: 'merchant',
    dispositionReason: null,
  });
  expect(await settled(waiting.id)).toMatchObject([
    { itemId: waiting.items[1]!.id, disposition: 'restock_b', revision: 0 },
  ]);
});

test('C2 a return without a question asks nobody', async () => {
  const done = await inspected(await askingMerchant(fixture), 'A', 'B');
  expect(done.state).toBe('processing');
  expect(await eventsAbout(database, decisionRequestedV1.type, done.id)).toEqual([]);
});

test('B9 whoever overrides a question says why, and it is logged; the suggestion stays', async () => {
  const merchantId = await askingMerchant(fixture);
  const waiting = await inspected(merchantId, 'C');
  const decided = await decideItem(
    fixture.deps,
    { id: waiting.id, itemId: waiting.items[0]!.id, disposition: 'dispose', reason: 'told us on the phone' },
    worker,
  );
  expect(decided.items[0]).toMatchObject({
    state: 'disposed',
    suggestedDisposition: 'ask',
    dispositionSource: 'manual',
    dispositionReason: 'told us on the phone',
    askedAt: expect.any(String),
  });
  const [entry] = await database.query(
    `select actor_id, reason, after -> 'item' as item from messaging.audit_entry where entity_id = $1 and action = 'item.decided'`,
    [waiting.id],
  );
  expect(entry).toMatchObject({
    actor_id: 'worker-1',
    reason: 'told us on the phone',
    item: { disposition: 'dispose', dispositionSource: 'manual', decisionDueAt: waiting.decisionDueAt },
  });
});

test('C2 open questions are listed earliest deadline first, each with its photos, page by page, own ones only', async () => {
  const merchantId = await askingMerchant(fixture, { decision: { damagedHours: 30 } });
  const slow = await askingMerchant(fixture, { decision: { damagedHours: 500 } });
  const late = await inspected(slow, 'C');
  const [first, second] = [await inspected(merchantId, 'C', 'C'), await inspected(merchantId, 'C')];
  const photographed = await desk.sendPhoto(first.id, 'item', desk.photo);
  await database.query(`update returns.photo set item_id = $1, kind = 'item' where id = $2`, [
    first.items[0]!.id,
    photographed.id,
  ]);
  const mine = await list(userOf(merchantId));
  expect(mine.items.map(({ returnId }) => returnId)).toEqual([first.id, first.id, second.id]);
  expect(mine.items.find(({ itemId }) => itemId === first.items[0]!.id)).toMatchObject({
    returnNumber: first.number,
    merchantId,
    grade: 'C',
    note: 'It is C',
    default: 'rtv',
    dueAt: first.decisionDueAt,
    photos: [{ id: photographed.id, links: { web: expect.stringContaining('signature=') } }],
  });
  const pages = [];
  for (let cursor: string | undefined; ;) {
    const page = await list(worker, { limit: 2, ...(cursor ? { cursor } : {}) });
    pages.push(...page.items);
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  const due = pages.map(({ dueAt }) => dueAt);
  expect(due).toEqual(due.toSorted());
  expect(new Set(pages.map(({ itemId }) => itemId)).size).toBe(pages.length);
  expect(pages.map(({ returnId }) => returnId)).toContain(late.id);
  expect((await list(worker, { merchantId: slow })).items).toHaveLength(1);
  await expect(list(userOf(merchantId), { merchantId: slow })).rejects.toMatchObject({ code: 404 });
  await decideItem(fixture.deps, { id: late.id, itemId: late.items[0]!.id, disposition: 'hold' }, userOf(slow));
  expect((await list(userOf(slow))).items).toEqual([]);
});

describe('many decisions at once', () => {
  const decideAll = (
    decisions: { returnId: string; itemId: string; disposition: 'dispose' | 'rtv' | 'donate' }[],
    actor: Actor,
  ) => decideItems(fixture.deps, { decisions }, actor);
  const allOf = ({ id, items }: ReturnView, disposition: 'dispose' | 'rtv' = 'dispose') =>
    items.map((item) => ({ returnId: id, itemId: item.id, disposition }));

  test('C2 all of them take effect in one transaction', async () => {
    const merchantId = await askingMerchant(fixture);
    const returns = [await inspected(merchantId, 'C', 'C'), await inspected(merchantId, 'C')];
    const answered = await decideAll(
      returns.flatMap((one) => allOf(one, 'rtv')),
      userOf(merchantId),
    );
    expect(answered.items.map(({ state }) => state)).toEqual(['in_rtv_batch', 'in_rtv_batch', 'in_rtv_batch']);
    expect(answered.returns.map(({ state }) => state)).toEqual(['processing', 'processing']);
    const after = await Promise.all(returns.map(now));
    expect(new Set(after.flatMap(({ items }) => items.map(({ rtvBatchId }) => rtvBatchId))).size).toBe(1);
    expect(after.map(({ version, id }) => ({ version, returnId: id }))).toEqual(
      expect.arrayContaining(answered.returns.map(({ version, returnId }) => ({ version, returnId }))),
    );
  });

  test.each([
    ['a foreign one', async () => allOf(await inspected(await askingMerchant(fixture), 'C')), { code: 404 }],
    [
      'one that does not exist',
      () => [{ returnId: newId(), itemId: newId(), disposition: 'dispose' as const }],
      { code: 404 },
    ],
    [
      'one that is decided already',
      async (merchantId: string) => allOf(await inspected(merchantId, 'A')),
      {
        code: 409,
        type: 'RETURN_STATE_NOT_ALLOWED',
        data: { errors: [{ path: 'decisions.2' }], itemId: expect.any(String) },
      },
    ],
    [
      'one that was not offered',
      async (merchantId: string) =>
        allOf(await inspected(merchantId, 'C')).map((decision) => ({ ...decision, disposition: 'donate' as const })),
      { code: 422, data: { errors: [{ path: 'decisions.2.disposition', code: 'NOT_OFFERED' }] } },
    ],
  ])('C2 %s among them, and none takes effect', async (_title, wrong, refusal) => {
    const merchantId = await askingMerchant(fixture);
    const good = await inspected(merchantId, 'C', 'C');
    const decisions = [...allOf(good), ...(await wrong(merchantId))];
    await expect(decideAll(decisions, userOf(merchantId))).rejects.toMatchObject(refusal);
    expect(await now(good)).toEqual(expect.objectContaining({ version: good.version, state: 'awaiting_decision' }));
    expect(await settled(good.id)).toEqual([]);
  });

  test('C2 the same item twice and more than a hundred returns are refused', async () => {
    const merchantId = await askingMerchant(fixture);
    const [one] = allOf(await inspected(merchantId, 'C'));
    await expect(decideAll([one!, one!], userOf(merchantId))).rejects.toMatchObject({ code: 422 });
    const many = Array.from({ length: 101 }, () => ({ ...one!, returnId: newId(), itemId: newId() }));
    await expect(decideAll(many, userOf(merchantId))).rejects.toMatchObject({
      data: { errors: [{ code: 'TOO_MANY_RETURNS' }] },
    });
  });

  test('C2 two requests about the same returns in turned order do not block each other: one wins', async () => {
    const merchantId = await askingMerchant(fixture);
    const returns = [
      await inspected(merchantId, 'C'),
      await inspected(merchantId, 'C'),
      await inspected(merchantId, 'C'),
    ];
    const decisions = returns.flatMap((one) => allOf(one));
    const twins = await Promise.allSettled([
      decideAll(decisions, userOf(merchantId)),
      decideAll(decisions.toReversed(), userOf(merchantId)),
    ]);
    expect(twins.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(twins.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 409 } });
    for (const { id } of returns) expect(await settled(id)).toHaveLength(1);
  });

  test('C5 a batch that is full meanwhile is closed, and the rest goes into the next', async () => {
    const merchantId = await askingMerchant(fixture, { batch: { maxPieces: 2 } });
    const returns = [];
    for (let index = 0; index < 3; index += 1) returns.push(await inspected(merchantId, 'C'));
    await decideAll(
      returns.flatMap((one) => allOf(one, 'rtv')),
      userOf(merchantId),
    );
    const batches = await database.query(
      `select b.state, count(*)::int as items from returns.rtv_batch b join returns.return_item i on i.rtv_batch_id = b.id
       where b.merchant_id = $1 group by b.id, b.state order by b.state`,
      [merchantId],
    );
    expect(batches).toEqual([
      { state: 'closing', items: 2 },
      { state: 'open', items: 1 },
    ]);
  });
});

describe('the link in a mail', () => {
  test('C2 shows what is asked to whoever has it, as often as they like, and nothing else', async () => {
    const merchantId = await askingMerchant(fixture);
    const waiting = await inspected(merchantId, 'A', 'C');
    const token = linkTo(waiting);
    const looked = [1, 2].map(() => getLinkedDecision(fixture.deps, { token }, anonymous));
    const [first, second] = await Promise.all(looked);
    expect(first).toMatchObject({
      returnNumber: waiting.number,
      merchantName: 'Muster GmbH',
      language: 'de',
      answeredAt: null,
      items: [{ itemId: waiting.items[1]!.id, open: true, disposition: null, default: 'rtv' }],
    });
    expect(second).toEqual(first);
    expect(JSON.stringify(first)).not.toContain(merchantId);
  });

  test('C2 it is used once; the same answer again is harmless, another one is refused', async () => {
    const merchantId = await askingMerchant(fixture);
    const waiting = await inspected(merchantId, 'C', 'C');
    const [a, b] = waiting.items.map(({ id }) => id);
    const token = linkTo(waiting);
    const decisions: Answers = [
      { itemId: a!, disposition: 'dispose', reason: 'nicht reparabel' },
      { itemId: b!, disposition: 'restock' },
    ];
    const answered = await answer(token, decisions);
    expect(answered).toMatchObject({
      answeredAt: expect.any(String),
      items: [
        { open: false, disposition: 'dispose' },
        { open: false, disposition: 'restock' },
      ],
    });
    expect(await answer(token, decisions.toReversed())).toEqual(answered);
    expect(await getLinkedDecision(fixture.deps, { token }, anonymous)).toEqual(answered);
    const used = { code: 410, type: 'DECISION_LINK_USED' };
    await expect(answer(token, [decisions[0]!])).rejects.toMatchObject(used);
    await expect(answer(token, [{ itemId: a!, disposition: 'restock' }])).rejects.toMatchObject(used);
    expect(await now(waiting)).toMatchObject({
      state: 'completed',
      items: [{ state: 'disposed' }, { state: 'restocked' }],
    });
    expect(await settled(waiting.id)).toHaveLength(2);
    const audit = await database.query(
      `select actor_kind, actor_id, action, after -> 'item' ->> 'disposition' as disposition, reason, merchant_id
       from messaging.audit_entry where entity_id = $1 and action like 'item%.decided' order by reason nulls last`,
      [waiting.id],
    );
    const byLink = {
      actor_kind: 'link',
      actor_id: `decide:${waiting.id}`,
      action: 'item.decided',
      merchant_id: merchantId,
    };
    expect(audit).toEqual([
      { ...byLink, disposition: 'dispose', reason: 'nicht reparabel' },
      { ...byLink, disposition: 'restock', reason: null },
    ]);
  });

  test('C2 clicked many times at once it decides once', async () => {
    const waiting = await inspected(await askingMerchant(fixture), 'C');
    const token = linkTo(waiting);
    const itemId = waiting.items[0]!.id;
    const clicks = await Promise.allSettled([
      ...[1, 2, 3].map(() => answer(token, [{ itemId, disposition: 'dispose' as const }])),
      answer(token, [{ itemId, disposition: 'restock' as const }]),
    ]);
    const kept = (await now(waiting)).items[0]!.disposition;
    expect(clicks.map(({ status }) => status)).toEqual(
      kept === 'dispose'
        ? ['fulfilled', 'fulfilled', 'fulfilled', 'rejected']
        : ['rejected', 'rejected', 'rejected', 'fulfilled'],
    );
    expect(await settled(waiting.id)).toHaveLength(1);
    expect(await countRows(database, 'returns.decision_answer', 'return_id = $1', [waiting.id])).toBe(1);
  });

  test('C2 what was decided in the portal meanwhile stays decided; the rest can be answered', async () => {
    const merchantId = await askingMerchant(fixture);
    const waiting = await inspected(merchantId, 'C', 'C');
    const [a, b] = waiting.items.map(({ id }) => id);
    await decideItem(fixture.deps, { id: waiting.id, itemId: a!, disposition: 'hold' }, userOf(merchantId));
    const token = linkTo(waiting);
    expect((await getLinkedDecision(fixture.deps, { token }, anonymous)).items.map(({ open }) => open)).toEqual([
      false,
      true,
    ]);
    const both: Answers = [
      { itemId: a!, disposition: 'dispose' },
      { itemId: b!, disposition: 'dispose' },
    ];
    await expect(answer(token, both)).rejects.toMatchObject({ code: 409, data: { errors: [{ path: 'decisions.0' }] } });
    expect(statesOf(await now(waiting))).toEqual(['on_hold', 'disposition_proposed']);
    await answer(token, [both[1]!]);
    expect(statesOf(await now(waiting))).toEqual(['on_hold', 'disposed']);
  });

  test('C2 a link of an earlier inspection, an expired and a forged one decide nothing', async () => {
    const merchantId = await askingMerchant(fixture);
    const waiting = await inspected(merchantId, 'C');
    const decisions: Answers = [{ itemId: waiting.items[0]!.id, disposition: 'dispose' }];
    const stranger = await inspected(await askingMerchant(fixture), 'C');
    for (const [token, refusal] of [
      [linkTo(waiting, new Date('2026-10-15T09:00:00Z')), { code: 410, type: 'LINK_EXPIRED' }],
      [`${linkTo(waiting)}x`, { code: 404 }],
      ['x', { code: 404 }],
      [signToken(LINK_KEY, 'reset-password', { r: waiting.id, v: 0 }, new Date('2027-01-01')), { code: 404 }],
      [signToken(LINK_KEY, 'decide', { r: waiting.id }, new Date('2027-01-01')), { code: 404 }],
      [linkTo({ id: newId(), revision: 0 }), { code: 404 }],
      [linkTo({ id: stranger.id, revision: 0 }), { code: 404 }],
      [linkTo({ id: waiting.id, revision: 1 }), { code: 410, type: 'DECISION_LINK_REPLACED' }],
    ] as const)
      await expect(answer(token, decisions)).rejects.toMatchObject(refusal);
    const old = linkTo(waiting);
    await reopenReturn(fixture.deps, { id: waiting.id, reason: 'looked at the wrong one' }, lead);
    await expect(answer(old, decisions)).rejects.toMatchObject({ code: 410, type: 'DECISION_LINK_REPLACED' });
    await expect(getLinkedDecision(fixture.deps, { token: old }, anonymous)).rejects.toMatchObject({ code: 410 });
    expect(await now(waiting)).toMatchObject({ state: 'inspecting', items: [{ state: 'graded', askedAt: null }] });
    expect(await countRows(database, 'returns.decision_answer', 'return_id = $1', [waiting.id])).toBe(0);
  });

  test('C2 a link answers what was asked, not what is held beside it', async () => {
    const merchantId = await fixture.merchant({
      returnRules: [
        { grades: ['C'], disposition: 'ask' },
        { grades: ['B'], disposition: 'hold' },
      ],
    });
    const waiting = await inspected(merchantId, 'C', 'B');
    const held: Answers = [{ itemId: waiting.items[1]!.id, disposition: 'dispose' }];
    await expect(answer(linkTo(waiting), held)).rejects.toMatchObject({ code: 409, type: 'ITEM_NOT_TO_DECIDE' });
    const asked = await getLinkedDecision(fixture.deps, { token: linkTo(waiting) }, anonymous);
    expect(asked.items.map(({ itemId }) => itemId)).toEqual([waiting.items[0]!.id]);
  });
});
