import { expect, test } from '@jest/globals';
import { applyCommands, type Known } from '../../../web/src/warehouse/offline/apply.ts';
import { blankItem } from '../../../web/src/warehouse/offline/blank.ts';
import { newId } from '../../../web/src/warehouse/offline/ids.ts';
import type { Command, Item, Step } from '../../../web/src/warehouse/offline/model.ts';
import { commandsOf } from '../../../web/src/warehouse/offline/outbox.ts';
import { finish, localReturn, recordFinding, startReturn, takePhoto } from '../../../web/src/warehouse/offline/work.ts';
import {
  amendStep,
  discardReturn,
  discardStep,
  lossOf,
  lossOfStep,
} from '../../../web/src/warehouse/offline/ways-out.ts';
import { AT, MARIA, memoryStore, noChannel, openTestOutbox, returnOf } from '../../support/warehouse-outbox.ts';

const known: Known = { rulesOf: () => [], groupOf: () => null, photos: new Map() };
const expected = (id: string, quantity: number): Item => ({
  ...blankItem(id),
  origin: 'expected',
  state: 'expected',
  sku: `SKU-${id}`,
  quantity,
});
const steps = (...all: Step[]): Command[] =>
  all.map((step, seq) => ({ seq, id: `c${seq}`, returnId: 'r1', author: MARIA, at: AT.toISOString(), step }));
const inspect = (itemId: string, quantity: number, grade: 'A' | 'C', partId?: string): Step => ({
  kind: 'inspect',
  body: { itemId, quantity, grade, note: 'Geprüft', ...(partId ? { partId } : {}) },
});
const jpeg = (bytes = 3, type = 'image/jpeg') => new Blob([new Uint8Array(bytes)], { type });
const shot = (itemId: string | null, clientPhotoId: string, held = false) => ({
  clientPhotoId,
  returnId: 'r1',
  itemId,
  kind: 'item' as const,
  held,
});

test('a worker sees all of their own work without a network: pieces are conserved and go their way', () => {
  const base = returnOf('r1', { state: 'announced', items: [expected('a', 3), expected('b', 1)] });
  const view = applyCommands(
    base,
    steps(
      { kind: 'receive', body: { carrier: 'DHL' } },
      inspect('a', 2, 'A', 'a-part'),
      inspect('a', 1, 'C'),
      { kind: 'addItem', body: { itemId: 'x', name: 'Fremde Mütze', quantity: 1, origin: 'foreign' } },
      inspect('x', 1, 'A'),
      { kind: 'complete', body: {} },
    ),
    known,
  )!;
  expect(view).toMatchObject({ state: 'inspected', carrier: 'DHL' });
  expect(view.items.map(({ id, quantity, state, disposition }) => [id, quantity, state, disposition])).toEqual([
    ['a', 1, 'disposition_proposed', 'rtv'],
    ['a-part', 2, 'disposition_proposed', 'restock'],
    ['b', 1, 'missing', null],
    ['x', 1, 'disposition_proposed', 'hold'],
  ]);
  expect(view.pieces).toEqual({ expected: 4, received: 4, missing: 1, unexpected: 0, foreign: 1 });
});

test('steps that the server has done already change nothing when they are shown once more', () => {
  const all = steps(
    { kind: 'create', body: { items: [{ id: 'a', sku: 'S', quantity: 2 }] } },
    { kind: 'receive', body: {} },
    inspect('a', 1, 'A', 'a-part'),
    { kind: 'addItem', body: { itemId: 'x', name: 'Mütze', quantity: 1 } },
    { kind: 'complete', body: {} },
  );
  const once = applyCommands(undefined, all, known)!;
  expect(applyCommands(once, all, known)).toEqual(once);
  expect(once.items.map(({ id }) => id)).toEqual(['a', 'a-part', 'x']);
});

test('a disposition by hand is a decision with its reason', () => {
  const base = returnOf('r1', { state: 'received', items: [expected('a', 1)] });
  const body = { itemId: 'a', quantity: 1, grade: 'A' as const, note: 'Riecht', disposition: 'dispose' as const };
  const [item] = applyCommands(base, steps({ kind: 'inspect', body }), known)!.items;
  expect(item).toMatchObject({
    state: 'decided',
    disposition: 'dispose',
    suggestedDisposition: 'restock',
    dispositionSource: 'manual',
    dispositionReason: 'Riecht',
  });
});

test('photos of a finding go on their way with it, as photos of the part it splits off', async () => {
  const outbox = await openTestOutbox();
  await outbox.keep({ putReturns: [returnOf('r1', { state: 'received', items: [expected('a', 3)] })] });
  await takePhoto(outbox, MARIA, shot('a', 'p1', true), jpeg(), AT);
  expect(commandsOf(outbox.snapshot(), 'r1')).toEqual([]);
  await recordFinding(outbox, MARIA, 'r1', { itemId: 'a', partId: 'part', quantity: 1, grade: 'C', note: 'x' }, AT);
  expect(commandsOf(outbox.snapshot(), 'r1').map(({ step }) => step.kind)).toEqual(['inspect', 'photo']);
  expect(outbox.snapshot().photos.get('p1')).toMatchObject({ itemId: 'part', held: false, bytes: 3 });
  await takePhoto(outbox, MARIA, shot('a', 'p2', true), jpeg(), AT);
  await finish(outbox, MARIA, 'r1', {}, AT);
  expect(commandsOf(outbox.snapshot(), 'r1').map(({ step }) => step.kind)).toEqual([
    'inspect',
    'photo',
    'photo',
    'complete',
  ]);
  expect(outbox.snapshot().photos.get('p2')).toMatchObject({ itemId: 'a', held: false });
});

test.each([
  ['TYPE', jpeg(3, 'image/heic')],
  ['EMPTY', jpeg(0)],
  ['TOO_LARGE', jpeg(15_000_001)],
])('a photo that cannot be sent is refused at once: %s', async (reason, file) => {
  const outbox = await openTestOutbox();
  await expect(takePhoto(outbox, MARIA, shot(null, 'p1'), file, AT)).rejects.toMatchObject({ reason });
  expect(outbox.snapshot().photos.size).toBe(0);
});

test('a full device refuses the photo where the worker sees it, and what was kept before stays', async () => {
  const store = memoryStore();
  const outbox = await openTestOutbox(store);
  await takePhoto(outbox, MARIA, shot(null, 'p1'), jpeg(), AT);
  store.failWith = Object.assign(new Error('full'), { name: 'QuotaExceededError' });
  await expect(takePhoto(outbox, MARIA, shot(null, 'p2'), jpeg(), AT)).rejects.toMatchObject({ reason: 'DEVICE_FULL' });
  expect([...outbox.snapshot().photos.keys()]).toEqual(['p1']);
  expect([...store.kept().photos.keys()]).toEqual(['p1']);
});

test('another tab sees what was kept here', async () => {
  const store = memoryStore();
  const [here, there] = [noChannel(), noChannel()];
  here.postMessage = (data) => there.onmessage?.({ data });
  const [one, two] = [await openTestOutbox(store, here), await openTestOutbox(store, there)];
  let told = 0;
  two.subscribe(() => (told += 1));
  await startReturn(one, MARIA, 'r1', {}, {});
  expect(told).toBe(1);
  expect(two.snapshot().commands).toEqual(one.snapshot().commands);
});

test('what is given up is shown before: a refused item with its finding and photo, not the rest', async () => {
  const outbox = await openTestOutbox();
  await startReturn(outbox, MARIA, 'r1', {}, {});
  await outbox.record('r1', MARIA, { kind: 'addItem', body: { itemId: 'x', name: 'Mütze', quantity: 1 } });
  await takePhoto(outbox, MARIA, shot('x', 'px'), jpeg(), AT);
  await takePhoto(outbox, MARIA, shot(null, 'p0'), jpeg(), AT);
  await outbox.record('r1', MARIA, inspect('x', 1, 'A'), { kind: 'complete', body: {} });
  const refused = outbox.snapshot().commands.find(({ step }) => step.kind === 'addItem')!;
  await outbox.keep({
    putConflicts: [{ returnId: 'r1', seq: refused.seq, status: 409, code: 'X', detail: '', errors: [], at: '' }],
  });
  const loss = lossOfStep(outbox.snapshot(), refused);
  expect([loss.steps.map(({ step }) => step.kind), loss.photos.map((photo) => photo.clientPhotoId)]).toEqual([
    ['addItem', 'inspect'],
    ['px'],
  ]);
  await discardStep(outbox, refused);
  expect(outbox.snapshot().commands.map(({ step }) => step.kind)).toEqual(['create', 'receive', 'photo', 'complete']);
  expect([...outbox.snapshot().photos.keys()]).toEqual(['p0']);
  expect(outbox.snapshot().conflicts.size).toBe(0);
});

test('a return that the server never saw disappears when all of it is given up, and only then', async () => {
  const outbox = await openTestOutbox();
  await startReturn(outbox, MARIA, 'r1', {}, {});
  await startReturn(outbox, MARIA, 'r2', {}, {});
  await takePhoto(outbox, MARIA, shot(null, 'p1'), jpeg(), AT);
  expect(lossOf(outbox.snapshot(), 'r1')).toMatchObject({ steps: [{}, {}], photos: [{ clientPhotoId: 'p1' }] });
  await discardReturn(outbox, 'r1');
  expect(localReturn(outbox.snapshot(), 'r1', known)).toBeUndefined();
  expect(localReturn(outbox.snapshot(), 'r2', known)).toMatchObject({ state: 'received' });
});

test('what the server missed is added to the refused step, as another request', async () => {
  const outbox = await openTestOutbox();
  await outbox.record('r1', MARIA, inspect('a', 1, 'A'));
  const [refused] = outbox.snapshot().commands as [Command];
  await amendStep(outbox, refused.seq, { overReturnReason: 'Doppelt geliefert' });
  const [amended] = outbox.snapshot().commands as [Command];
  expect(amended.step).toMatchObject({ body: { overReturnReason: 'Doppelt geliefert', note: 'Geprüft' } });
  expect(amended.id).not.toBe(refused.id);
});

test('ids of the device sort by time and read like those of the server', () => {
  const [first, second] = [newId(1_700_000_000_000), newId(1_700_000_000_001)];
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(first < second).toBe(true);
});
