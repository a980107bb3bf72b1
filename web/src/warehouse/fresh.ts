import { callApi } from '../app/api/client.ts';
import { onChange } from '../app/live/live.ts';
import { mayEnter } from '../app/session/desks.ts';
import { currentSession, subscribe as onSession } from '../app/session/session.ts';
import type { Desk } from './desk.ts';
import { createRounds, type Keeper } from './offline/rounds.ts';

const REFRESH_MS = 5 * 60_000;

/** Fetches what a day without network needs, at the start and every few minutes, and follows what the server tells. */
export async function keepFresh(desk: Desk, keeper: Keeper): Promise<void> {
  const { outbox } = desk;
  // what merchants and finance are told is not what this device keeps
  const asker = () => {
    const { user } = currentSession();
    return user && mayEnter(user, 'warehouse') ? user.id : undefined;
  };
  onChange(({ topic, id }) => {
    if (topic === 'returns' && id && asker() && outbox.snapshot().returns.has(id))
      void desk.refresh(id).catch(() => undefined);
  });
  const round = createRounds({
    ask: callApi,
    asker,
    outbox,
    seen: desk.seen,
    shown: desk.shown,
    keeper,
    now: () => new Date(),
  });
  for (;;) {
    // without network the device works with what it has
    await round().catch(() => undefined);
    await untilNextRound();
  }
}

/** Some minutes, or until the network or another log-in comes. */
function untilNextRound(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, REFRESH_MS);
    const stop = onSession(done);
    window.addEventListener('online', done);
  });
}
