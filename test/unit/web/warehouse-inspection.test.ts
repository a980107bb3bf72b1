import { expect, test } from '@jest/globals';
import { oneAtATime } from '../../../web/src/warehouse/feedback/one-at-a-time.ts';
import { arrive, firstReceipt } from '../../../web/src/warehouse/offline/arrival.ts';
import { applyCommands, type Known } from '../../../web/src/warehouse/offline/apply.ts';
import { blankItem } from '../../../web/src/warehouse/offline/blank.ts';
import { draftOf, findingOf } from '../../../web/src/warehouse/offline/draft.ts';
import {
  firstLack,
  isReady,
  isWritten,
  lacksOf,
  needsLabel,
  notInspected,
} from '../../../web/src/warehouse/offline/lacks.ts';
import { notKeptBecause, underOneId } from '../../../web/src/warehouse/offline/local-step.ts';
import type { Draft, Item, ReturnView, WaitingPhoto } from '../../../web/src/warehouse/offline/model.ts';
import type { Settings } from '../../../web/src/warehouse/offline/reference.ts';
import { repeatedSerials, withQuantity } from '../../../web/src/warehouse/offline/serials.ts';
import { asWritten, itemOnScreen } from '../../../web/src/warehouse/offline/written.ts';
import { MARIA, memoryStore, openTestOutbox, returnOf } from '../../support/warehouse-outbox.ts';

const known: Known = { rulesOf: () => [], groupOf: () => null, photos: new Map() };
const settings = (photoRules: object[] = []): Settings => ({ policy: { photoRules } }) as unknown as Settings;
const lamp: Item = { ...blankItem('lamp'), name: 'Lampe', quantity: 3, origin: 'expected', state: 'expected' };
const photo = (fields: Partial<WaitingPhoto>): WaitingPhoto =>
  ({ itemId: null, kind: 'item', ...fields }) as WaitingPhoto;
const inspecting = (fields: Partial<ReturnView>) => returnOf('r', { merchantId: 'm', state: 'inspecting', ...fields });
const written = (fields: Partial<Draft> = {}): Draft => ({
  ...draftOf('r', lamp),
  ...{ partId: 'part', quantity: 1, grade: 'A', note: 'Neu' },
  ...fields,
});
const lacksWith = (item: Item, draft: Draft, rules: object[] = [], photos = [photo({ itemId: 'lamp', held: true })]) =>
  lacksOf(
    asWritten({ view: inspecting({ items: [item] }), photos }, () => draft),
    settings(rules),
    () => null,
  );

test('A7 pieces of a line that are not written about are asked for before they are reported missing', () => {
  const lacks = lacksWith(lamp, written());
  expect(lacks.absent).toMatchObject([{ id: 'lamp', quantity: 2 }]);
  expect(isReady(lacks)).toBe(true);
  expect(lacksWith(lamp, written({ quantity: 3 })).absent).toEqual([]);
});

test('B14 what is not inspected yet is counted in pieces, here or still to be looked for', () => {
  expect(notInspected(lacksWith(lamp, written()))).toBe(2);
  expect(notInspected(lacksWith({ ...lamp, state: 'received' }, written()))).toBe(2);
  expect(notInspected(lacksWith(lamp, written({ quantity: 3 })))).toBe(0);
});

test('whatever keeps an inspection from ending, there is a place that mends it', () => {
  const partOf = (...lacking: Parameters<typeof lacksWith>) => {
    const lacks = lacksWith(...lacking);
    expect(isReady(lacks)).toBe(false);
    return firstLack(lacks)?.part;
  };
  const all = written({ quantity: 3 });
  expect(partOf({ ...lamp, state: 'received' }, written())).toBe('grade');
  expect(partOf(lamp, { ...all, note: '' })).toBe('finding');
  expect(partOf(lamp, { ...all, serialNumbers: ['S1', 'S1'] })).toBe('serials');
  expect(partOf(lamp, all, [{ grades: ['A'], minPhotos: 3 }])).toBe('photos');
  expect(partOf(lamp, all, [], [])).toBe('photos');
  expect(firstLack(lacksWith(lamp, all))).toBeUndefined();
});

test('pieces that are here and not written about keep the inspection from ending', () => {
  const lacks = lacksWith({ ...lamp, state: 'received' }, written());
  expect(lacks.ungraded).toMatchObject([{ id: 'lamp', quantity: 2 }]);
  expect(isReady(lacks)).toBe(false);
});

test('a grade without words is a finding that says nothing, not a piece that did not come', () => {
  const lacks = lacksWith(lamp, written({ note: ' ' }));
  expect([lacks.silent.length, lacks.absent.length, isReady(lacks)]).toEqual([1, 0, false]);
});

test('B2 photos that wait for a finding count for the pieces it is about, and the screen leads to their item', () => {
  const rules = [{ grades: ['A'], minPhotos: 1 }];
  expect(lacksWith(lamp, written(), rules).photos).toEqual([]);
  const [lacking] = lacksWith(lamp, written(), rules, [photo({ itemId: 'lamp', held: false })]).photos;
  expect(lacking).toMatchObject({ item: { id: 'part' }, missing: 1 });
  expect(itemOnScreen([lamp], lacking!.item)).toBe('lamp');
});

test('what the last step puts down is what was shown: the same parts and pieces', () => {
  const [item, rest] = asWritten({ view: inspecting({ items: [lamp] }), photos: [] }, () => written()).view.items;
  const body = findingOf(written(), lamp, 'A');
  const step = { kind: 'inspect' as const, body };
  const command = { seq: 1, id: 'c', returnId: 'r', author: MARIA, at: '2026-11-21T08:00:00Z', step };
  const { items } = applyCommands(inspecting({ items: [lamp] }), [command], known)!;
  const pieces = (all: readonly (Item | undefined)[]) => all.map((one) => [one?.id, one?.quantity, one?.grade]);
  expect(pieces(items).toSorted()).toEqual(pieces([item, rest]).toSorted());
});

test('A9 beginning to work says that the return is here once, and only for the first parcel', async () => {
  const outbox = await openTestOutbox();
  await outbox.keep({ putReturns: [returnOf('r', { state: 'announced' }), returnOf('done', { state: 'completed' })] });
  for (const id of ['r', 'r', 'done', 'unheard of']) await arrive(outbox, MARIA, id, known);
  expect(outbox.snapshot().commands).toMatchObject([
    { returnId: 'r', step: { kind: 'receive', body: { onlyFirst: true, parcelId: expect.any(String) } } },
  ]);
  expect(firstReceipt().parcelId).not.toBe(firstReceipt().parcelId);
});

test('A4 of a parcel nobody knows the photo of the label comes first, sent or waiting', () => {
  const view = inspecting({ merchantId: null });
  const label = photo({ kind: 'label' });
  expect(needsLabel({ view, photos: [photo({ kind: 'parcel' })] })).toBe(true);
  expect(needsLabel({ view, photos: [label] })).toBe(false);
  expect(needsLabel({ view: { ...view, photos: [label as never] }, photos: [] })).toBe(false);
  expect(needsLabel({ view: inspecting({}), photos: [] })).toBe(false);
});

test('A11 there are no more serial numbers than pieces, and none of them twice', () => {
  const draft = written({ quantity: 3, serialNumbers: ['S1', ' S2', 'S2 '] });
  expect([...repeatedSerials(draft.serialNumbers)]).toEqual([2]);
  expect(repeatedSerials(['', '', 'S1']).size).toBe(0);
  expect(isWritten(draft)).toBe(false);
  expect(lacksWith(lamp, draft)).toMatchObject({ repeated: [{ id: 'lamp' }], absent: [] });
  expect(isReady(lacksWith(lamp, draft))).toBe(false);
  const fewer = withQuantity(draft, 2);
  expect([fewer.serialNumbers, isWritten(fewer)]).toEqual([['S1', ' S2'], true]);
  expect(findingOf({ ...draft, quantity: 2 }, lamp, 'A').serialNumbers).toEqual(['S1', 'S2']);
});

test('A9 two taps are one step, and trying again after a failure is the same step', async () => {
  const ids = ['one', 'two', 'three'][Symbol.iterator]();
  const [guard, named] = [oneAtATime(() => undefined), underOneId(() => ids.next().value!)];
  const run = (step: (id: string) => Promise<unknown>) => guard(() => named(step));
  const done: string[] = [];
  let finish = () => {};
  const first = run((id) => new Promise<void>((resolve) => (finish = () => resolve(void done.push(id)))));
  await run((id) => Promise.resolve(done.push(`second tap ${id}`)));
  finish();
  await first;
  const seen: string[] = [];
  const failing = (id: string) => Promise.reject(new Error(`full ${seen.push(id)}`));
  await expect(run(failing)).rejects.toThrow('full');
  await run((id) => Promise.resolve(done.push(id)));
  expect([done, seen]).toEqual([['one', 'two'], ['two']]);
});

test('a full device is told from everything else that it may not keep', async () => {
  const store = memoryStore();
  const outbox = await openTestOutbox(store);
  await outbox.keep({ putReturns: [returnOf('r', { state: 'announced' })] });
  const failing = async (error: Error) => {
    store.failWith = error;
    return arrive(outbox, MARIA, 'r', known).then(() => 'kept', notKeptBecause);
  };
  expect(await failing(Object.assign(new Error('no room'), { name: 'QuotaExceededError' }))).toBe('full');
  expect(await failing(Object.assign(new Error('closing'), { name: 'InvalidStateError' }))).toBe('failed');
});
