import { expect, test } from '@jest/globals';
import type { ReturnView } from '../../../web/src/warehouse/offline/model.ts';
import type { Outbox } from '../../../web/src/warehouse/offline/outbox.ts';
import { NOTHING_SEEN } from '../../../web/src/warehouse/offline/reference.ts';
import { createRounds } from '../../../web/src/warehouse/offline/rounds.ts';
import { AT, MARIA, openTestOutbox, problem, returnOf } from '../../support/warehouse-outbox.ts';

/** A server with these returns; what is open among them is on its lists. */
function setUp(outbox: Outbox, server: Map<string, ReturnView>, pages = 1) {
  const asked: string[] = [];
  const kept: unknown[] = [];
  const state = {
    asker: MARIA.id as string | undefined,
    shown: new Set<string>(),
    onAsk: (_route: string) => undefined as void,
  };
  const answer = (route: string, input: { id?: string; group?: string }) => {
    if (route === 'GET /return-settings') return { house: {}, merchants: [] };
    if (route === 'GET /articles') return { items: [], nextCursor: null };
    if (route === 'GET /returns') {
      const items = [...server.values()].filter((view) => input.group === 'toInspect' && view.state === 'received');
      return { items, nextCursor: pages > 1 ? 'more' : null };
    }
    const found = server.get(input.id!);
    if (!found) throw problem(404, 'RETURN_NOT_FOUND');
    return found;
  };
  const ask = async (route: string, input: { id?: string }) => {
    asked.push(input.id ? `${route} ${input.id}` : route);
    state.onAsk(route);
    await Promise.resolve();
    return answer(route, input) as never;
  };
  const round = createRounds({
    ask: ask as never,
    asker: () => state.asker,
    outbox,
    seen: () => NOTHING_SEEN,
    shown: () => state.shown,
    keeper: {
      settings: (settings) => Promise.resolve(void kept.push(settings)),
      see: () => Promise.resolve(),
    },
    now: () => AT,
  });
  return { round, asked, kept, state };
}
const view = (id: string, state: ReturnView['state'], version = 1) => returnOf(id, { state, version });
const about = (asked: string[]) => asked.splice(0).filter((question) => question.startsWith('GET /returns/{id}'));

test('open returns that the list of the server no longer has are asked for once and kept as they are now', async () => {
  const outbox = await openTestOutbox();
  await outbox.keep({ putReturns: ['open', 'done', 'gone', 'draft'].map((id) => view(id, 'received')) });
  await outbox.record('draft', MARIA, { kind: 'complete', body: {} });
  const server = new Map([
    ['open', view('open', 'received')],
    ['done', view('done', 'completed', 4)],
    ['new', view('new', 'received')],
  ]);
  const { round, asked } = setUp(outbox, server);
  await round();
  const { returns } = outbox.snapshot();
  expect([...returns].map(([id, { state }]) => [id, state])).toEqual([
    ['open', 'received'],
    ['done', 'completed'],
    // what waits for it is told about by whoever sends it
    ['draft', 'received'],
    ['new', 'received'],
  ]);
  expect(about(asked)).toEqual(['new', 'done', 'gone', 'draft'].map((id) => `GET /returns/{id} ${id}`));
  await round();
  expect(about(asked)).toEqual(['GET /returns/{id} draft']);
});

test('where the lists are too long to be fetched whole, an open return is not asked for in every round', async () => {
  const outbox = await openTestOutbox();
  await outbox.keep({ putReturns: [view('far', 'inspecting')] });
  const { round, asked } = setUp(outbox, new Map([['far', view('far', 'inspecting')]]), 2);
  await round();
  expect(about(asked)).toEqual(['GET /returns/{id} far']);
  await round();
  expect(about(asked)).toEqual([]);
});

test('a device of the warehouse asks for nobody else, and keeps nothing that was answered to somebody else', async () => {
  const outbox = await openTestOutbox();
  const { round, asked, kept, state } = setUp(outbox, new Map());
  state.asker = undefined;
  await round();
  expect(asked).toEqual([]);

  state.asker = MARIA.id;
  // logs out while the server answers
  state.onAsk = () => void (state.asker = undefined);
  await expect(round()).rejects.toThrow();
  expect(kept).toEqual([]);
});

test('what was closed long ago leaves the device, but not while it is on the screen', async () => {
  const outbox = await openTestOutbox();
  const old = { updatedAt: new Date(AT.getTime() - 8 * 86_400_000).toISOString() };
  await outbox.keep({ putReturns: ['looked-at', 'left'].map((id) => ({ ...view(id, 'expired'), ...old })) });
  const { round, state } = setUp(outbox, new Map());
  state.shown.add('looked-at');
  await round();
  expect([...outbox.snapshot().returns.keys()]).toEqual(['looked-at']);
  state.shown.delete('looked-at');
  await round();
  expect([...outbox.snapshot().returns.keys()]).toEqual([]);
});
