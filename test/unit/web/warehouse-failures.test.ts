import { expect, test } from '@jest/globals';
import { problemOf } from '../../../web/src/app/api/errors.ts';
import { failureOf, isHopeless } from '../../../web/src/warehouse/offline/failures.ts';
import { createPauses } from '../../../web/src/warehouse/offline/pauses.ts';
import {
  NO_REPORT,
  shareReports,
  type ReportChannel,
  type SenderReport,
} from '../../../web/src/warehouse/offline/report.ts';
import { createSender, type SenderDeps } from '../../../web/src/warehouse/offline/sender.ts';
import { unsentOf } from '../../../web/src/warehouse/offline/unsent.ts';
import { verdictOf } from '../../../web/src/warehouse/offline/verdict.ts';
import { discardStep } from '../../../web/src/warehouse/offline/ways-out.ts';
import { finish, startReturn, takePhoto } from '../../../web/src/warehouse/offline/work.ts';
import type { Outbox } from '../../../web/src/warehouse/offline/outbox.ts';
import {
  AT,
  fakeServer,
  MARIA,
  memoryStore,
  openTestOutbox,
  problem,
  TOM,
  type FakeServer,
} from '../../support/warehouse-outbox.ts';

const PROBLEM = 'application/problem+json; charset=utf-8';
const jpeg = () => new Blob([new Uint8Array(3)], { type: 'image/jpeg' });
const shot = (clientPhotoId: string, held = false) => ({
  clientPhotoId,
  returnId: 'r1',
  itemId: null,
  kind: 'parcel' as const,
  held,
});

test.each([
  [403, '<html>Willkommen im Gäste-WLAN</html>', 'text/html'],
  [404, '{"error":"not found"}', 'application/json'],
  [413, '{"code":"TOO_LARGE"}', 'application/json'],
  [401, '', null],
  [409, '{"status":409}', PROBLEM],
])('a %i that the API did not write (%s) makes no conflict and asks for no log-in', (status, body, type) => {
  expect(verdictOf(problemOf(status, body, type))).toMatchObject({
    kind: 'retry',
    suspect: false,
    reason: { status, code: `HTTP_${status}` },
  });
});

test.each([
  [403, 'ROLE_NOT_ALLOWED', 'conflict'],
  [404, 'RETURN_NOT_FOUND', 'conflict'],
  [413, 'BODY_TOO_LARGE', 'conflict'],
  [401, 'TOKEN_INVALID', 'login'],
  [429, 'TOO_MANY_REQUESTS', 'retry'],
])('a %i %s of the API is taken at its word: %s', (status, code, kind) => {
  expect(verdictOf(problemOf(status, JSON.stringify({ status, code, detail: code }), PROBLEM))).toMatchObject({ kind });
});

/** Rings the next timer until `times` requests were made. */
async function tryOften(outbox: Outbox, wire: FakeServer, times: number, deps: Partial<SenderDeps> = {}) {
  let at = AT.getTime();
  let due: (() => void) | undefined;
  const later = (work: () => void, delayMs: number) => {
    due = () => {
      at += delayMs;
      work();
    };
    return () => void (due = undefined);
  };
  const user = () => MARIA.id;
  const sender = createSender({ outbox, wire, user, now: () => at, random: () => 0.5, later, ...deps });
  sender.wake();
  await sender.settled();
  for (let n = 1; n < times; n += 1) {
    due?.();
    await sender.settled();
  }
  return sender;
}

test('a photo of a finished return that the server never takes is told with its reason and can be given up', async () => {
  const outbox = await openTestOutbox();
  const wire = fakeServer();
  await startReturn(outbox, MARIA, 'r1', {}, {});
  await finish(outbox, MARIA, 'r1', {}, AT);
  await takePhoto(outbox, MARIA, shot('p1'), jpeg(), AT);
  wire.fault = ({ step }) =>
    step.kind === 'photo' ? { before: problem(500, 'INTERNAL_ERROR', { requestId: 'req-7' }) } : {};
  const told: SenderReport[] = [];
  const first = await tryOften(outbox, wire, 1, { onReport: (report) => void told.push(report) });
  const [photo] = outbox.snapshot().commands;
  const once = failureOf(first.failures(), photo!)!;
  expect(once).toMatchObject({ count: 1, status: 500, code: 'INTERNAL_ERROR', requestId: 'req-7' });
  expect(isHopeless(once)).toBe(false);
  expect(told.at(-1)!.failures).toEqual({ r1: once });

  const often = await tryOften(outbox, wire, 4);
  expect(isHopeless(failureOf(often.failures(), photo!)!)).toBe(true);
  await discardStep(outbox, photo!);
  expect(outbox.snapshot()).toMatchObject({ commands: [], photos: new Map() });
});

test('a step that goes through in the end leaves no failure behind', async () => {
  const outbox = await openTestOutbox();
  const wire = fakeServer();
  await startReturn(outbox, MARIA, 'r1', {}, {});
  const faults = [problem(500, 'INTERNAL_ERROR'), problem(502, 'HTTP_502')];
  wire.fault = () => ({ before: faults.shift() });
  const sender = await tryOften(outbox, wire, 3);
  expect(wire.done).toEqual(['r1 create', 'r1 receive']);
  expect(sender.failures()).toEqual({});
});

test('a busy server or a guest network is no reason to give a step up, however often', async () => {
  const outbox = await openTestOutbox();
  const wire = fakeServer();
  await startReturn(outbox, MARIA, 'r1', {}, {});
  wire.fault = () => ({ before: problem(429, 'TOO_MANY_REQUESTS') });
  const sender = await tryOften(outbox, wire, 9);
  const failure = failureOf(sender.failures(), outbox.snapshot().commands[0]!)!;
  expect(failure.count).toBe(9);
  expect(isHopeless(failure)).toBe(false);
});

test('a photo whose bytes the device has lost is told and never counts as sent', async () => {
  const store = memoryStore();
  const outbox = await openTestOutbox({ ...store, fileOf: () => Promise.resolve(undefined) });
  const wire = fakeServer();
  await startReturn(outbox, MARIA, 'r1', {}, {});
  await takePhoto(outbox, MARIA, shot('p1'), jpeg(), AT);
  await tryOften(outbox, wire, 1);
  expect(outbox.snapshot().conflicts.get('r1')).toMatchObject({ code: 'PHOTO_LOST' });
  expect(outbox.snapshot().photos.size).toBe(1);
  expect(outbox.snapshot().commands).toHaveLength(1);
});

test('a photo that was taken back while its bytes were fetched is simply gone', async () => {
  const store = memoryStore();
  const outbox: Outbox = await openTestOutbox({
    ...store,
    fileOf: async (id) => {
      await outbox.keep({ removePhotos: [id] });
      return undefined;
    },
  });
  await startReturn(outbox, MARIA, 'r1', {}, {});
  await takePhoto(outbox, MARIA, shot('p1'), jpeg(), AT);
  await tryOften(outbox, fakeServer(), 1);
  expect(outbox.snapshot()).toMatchObject({ commands: [], conflicts: new Map() });
});

test('a clock that is set back does not stop what waits', () => {
  let at = 1_000_000_000;
  const pauses = createPauses(
    () => at,
    () => 0.5,
  );
  pauses.after('r1');
  expect(pauses.until('r1')).toBe(at + 1_000);
  at -= 86_400_000;
  expect(pauses.until('r1')).toBeLessThanOrEqual(at);
  // and the next pause is as long as it would have been
  pauses.after('r1');
  expect(pauses.until('r1')).toBe(at + 2_000);
});

test('every tab shows what the sending one does, also one that was opened later', () => {
  const channels: ReportChannel[] = [];
  const openChannel = (): ReportChannel => {
    const channel: ReportChannel = {
      onmessage: null,
      postMessage: (data) => channels.filter((one) => one !== channel).forEach((one) => one.onmessage?.({ data })),
    };
    channels.push(channel);
    return channel;
  };
  const shown: Record<string, SenderReport> = {};
  const open = (tab: string) => shareReports(openChannel(), (report) => void (shown[tab] = report));
  const tell = open('first');
  open('second');
  tell({ ...NO_REPORT, state: 'login' });
  open('third');
  for (const tab of ['first', 'second', 'third']) expect(shown[tab]).toMatchObject({ state: 'login' });
});

test('what somebody leaves behind is counted: own steps, and own photos, those without a finding too', async () => {
  const outbox = await openTestOutbox();
  await startReturn(outbox, MARIA, 'r1', {}, {});
  await takePhoto(outbox, MARIA, shot('p1'), jpeg(), AT);
  await takePhoto(outbox, MARIA, shot('p2', true), jpeg(), AT);
  await startReturn(outbox, TOM, 'r2', {}, {});
  expect(unsentOf(outbox.snapshot(), MARIA.id)).toEqual({ steps: 2, photos: 2 });
  expect(unsentOf(outbox.snapshot(), 'user-finance')).toEqual({ steps: 0, photos: 0 });
});
