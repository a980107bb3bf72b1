import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Outbox } from '../../../web/src/warehouse/offline/outbox.ts';
import { createSender, type SenderDeps } from '../../../web/src/warehouse/offline/sender.ts';
import { finish, startReturn, takePhoto } from '../../../web/src/warehouse/offline/work.ts';
import { adoptReturn, retryReturn } from '../../../web/src/warehouse/offline/ways-out.ts';
import {
  AT,
  fakeServer,
  MARIA,
  memoryStore,
  offline,
  openTestOutbox,
  problem,
  TOM,
  type FakeServer,
} from '../../support/warehouse-outbox.ts';

/** A clock with its timers, moved by hand. */
function fakeTime() {
  let at = 0;
  let due: { work: () => void; at: number } | undefined;
  return {
    now: () => at,
    later: (work: () => void, delayMs: number) => {
      due = { work, at: at + delayMs };
      return () => void (due = undefined);
    },
    /** Lets the next timer ring. @returns how long that took, or undefined without one */
    ring: () => {
      if (!due) return undefined;
      const { work, at: then } = due;
      const waited = then - at;
      at = then;
      due = undefined;
      work();
      return waited;
    },
  };
}

const setUp = (outbox: Outbox, wire: FakeServer, deps: Partial<SenderDeps> = {}) => {
  const time = fakeTime();
  const sender = createSender({ outbox, wire, user: () => MARIA.id, random: () => 0.5, ...time, ...deps });
  return { time, sender };
};

/** Lets everything happen that will happen by itself. */
async function runOut({ sender, time }: ReturnType<typeof setUp>, rounds = 200): Promise<number[]> {
  const waits: number[] = [];
  sender.wake();
  for (let round = 0; round < rounds; round += 1) {
    await sender.settled();
    const waited = time.ring();
    if (waited === undefined) return waits;
    waits.push(waited);
  }
  throw new Error('It never comes to rest');
}

const jpeg = (bytes = 3) => new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' });
const shot = (returnId: string, clientPhotoId: string) => ({
  clientPhotoId,
  returnId,
  itemId: null,
  kind: 'parcel' as const,
  held: false,
});

async function workOn(outbox: Outbox, returnId: string, photos = 2, author = MARIA): Promise<void> {
  await startReturn(outbox, author, returnId, {}, {});
  for (let n = 1; n <= photos; n += 1) await takePhoto(outbox, author, shot(returnId, `${returnId}-${n}`), jpeg(), AT);
  await finish(outbox, author, returnId, {}, AT);
}
const inOrder = (id: string) => [
  `${id} create`,
  `${id} receive`,
  `${id} photo ${id}-1`,
  `${id} photo ${id}-2`,
  `${id} complete`,
];
const doneOf = (wire: FakeServer, id: string) => wire.done.filter((entry) => entry.startsWith(`${id} `));

test('X7 work of a day without network is sent once and in order when the network is back, after any number of reloads', async () => {
  const store = memoryStore();
  const wire = fakeServer();
  const ids = Array.from({ length: 30 }, (_, n) => `r${n}`);
  for (const id of ids) await workOn(await openTestOutbox(store), id);
  const outbox = await openTestOutbox(store);
  expect(outbox.snapshot().commands).toHaveLength(150);
  await runOut(setUp(outbox, wire));
  expect(outbox.snapshot()).toMatchObject({ commands: [], photos: new Map() });
  for (const id of ids) expect(doneOf(wire, id)).toEqual(inOrder(id));
});

test('X7 whatever fails before or after it took effect, each step has one effect and its order within its return', async () => {
  const faults = fc.infiniteStream(fc.constantFrom('fine', 'away', 'lost answer', 'busy', 'broken', 'twin'));
  await fc.assert(
    fc.asyncProperty(faults, fc.integer({ min: 1, max: 5 }), async (stream, returns) => {
      const store = memoryStore();
      const outbox = await openTestOutbox(store);
      const wire = fakeServer();
      let left = 40;
      wire.fault = () => {
        if ((left -= 1) < 0) return {};
        switch (stream.next().value) {
          case 'away':
            return { before: offline() };
          case 'lost answer':
            return { after: offline() };
          case 'busy':
            return { before: problem(429, 'TOO_MANY_REQUESTS', { retryAfterMs: 2_000 }) };
          case 'broken':
            return { after: problem(500, 'INTERNAL') };
          case 'twin':
            return { before: problem(409, 'IDEMPOTENCY_KEY_IN_USE') };
          default:
            return {};
        }
      };
      const ids = Array.from({ length: returns }, (_, n) => `r${n}`);
      for (const id of ids) await workOn(outbox, id);
      await runOut(setUp(outbox, wire));
      for (const id of ids) expect(doneOf(wire, id)).toEqual(inOrder(id));
      expect(store.kept().commands).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('B3 what waits is tried again for ever: pauses grow, keep to what the server asks for, and end at once when the network is back', async () => {
  const outbox = await openTestOutbox();
  const wire = fakeServer();
  await workOn(outbox, 'r1', 0);
  const failures = [offline(), offline(), offline(), problem(503, 'BUSY', { retryAfterMs: 7_000 })];
  wire.fault = () => ({ before: failures.shift() });
  expect(await runOut(setUp(outbox, wire))).toEqual([1_000, 2_000, 4_000, 7_000]);

  await workOn(outbox, 'r2', 0);
  let away = true;
  wire.fault = () => (away ? { before: offline() } : {});
  const late = setUp(outbox, wire);
  late.sender.wake();
  await late.sender.settled();
  expect(late.sender.state()).toBe('offline');
  away = false;
  late.sender.retryNow();
  await late.sender.settled();
  expect(late.sender.state()).toBe('idle');
  expect(doneOf(wire, 'r2')).toEqual(['r2 create', 'r2 receive', 'r2 complete']);
});

test('a return that the server refuses waits for a person, the others go on', async () => {
  const outbox = await openTestOutbox();
  const wire = fakeServer();
  for (const id of ['r1', 'r2']) await workOn(outbox, id);
  let held = true;
  wire.fault = ({ returnId, step }) =>
    held && returnId === 'r1' && step.kind === 'receive' ? { before: problem(409, 'RETURN_LOCKED') } : {};
  const desk = setUp(outbox, wire);
  await runOut(desk);
  expect(doneOf(wire, 'r1')).toEqual(['r1 create']);
  expect(doneOf(wire, 'r2')).toEqual(inOrder('r2'));
  expect(outbox.snapshot().conflicts.get('r1')).toMatchObject({ status: 409, code: 'RETURN_LOCKED' });
  expect(outbox.snapshot().commands).toHaveLength(4);
  held = false;
  await retryReturn(outbox, 'r1');
  await runOut(desk);
  expect(doneOf(wire, 'r1')).toEqual(inOrder('r1'));
});

test('work waits for the log-in of whoever did it, and goes out under another name only when asked to', async () => {
  const outbox = await openTestOutbox();
  const wire = fakeServer();
  await workOn(outbox, 'r1', 0, TOM);
  await workOn(outbox, 'r2', 0, MARIA);
  const desk = setUp(outbox, wire);
  await runOut(desk);
  expect(wire.done).toEqual(['r2 create', 'r2 receive', 'r2 complete']);
  await adoptReturn(outbox, 'r1', MARIA);
  await runOut(desk);
  expect(doneOf(wire, 'r1')).toEqual(['r1 create', 'r1 receive', 'r1 complete']);
});

test('a log-in that the server knows no more stops everything until there is another one', async () => {
  const outbox = await openTestOutbox();
  const wire = fakeServer();
  await workOn(outbox, 'r1', 0);
  let loggedIn = false;
  wire.fault = () => (loggedIn ? {} : { before: problem(401, 'TOKEN_INVALID') });
  const desk = setUp(outbox, wire);
  await runOut(desk);
  expect(desk.sender.state()).toBe('login');
  expect(wire.requests).toBe(1);
  loggedIn = true;
  desk.sender.retryNow();
  await desk.sender.settled();
  expect(doneOf(wire, 'r1')).toEqual(['r1 create', 'r1 receive', 'r1 complete']);
});
