import { callApi } from '../app/api/client.ts';
import { OfflineError } from '../app/api/errors.ts';
import { currentSession } from '../app/session/session.ts';
import type { Known } from './offline/apply.ts';
import { openDeviceStore } from './offline/idb-store.ts';
import type { Author, ReturnView } from './offline/model.ts';
import { openOutbox, type Channel, type Outbox } from './offline/outbox.ts';
import {
  alsoSeen,
  articleOf,
  findOnDevice,
  NOTHING_SEEN,
  rulesFor,
  type AllSettings,
  type Found,
  type Seen,
} from './offline/reference.ts';
import type { Failures } from './offline/failures.ts';
import { NO_REPORT } from './offline/report.ts';
import type { SenderState } from './offline/sender.ts';
import { localReturn } from './offline/work.ts';
import { startSender } from './leader.ts';

/** All that the pages of the warehouse work with. There is one per tab; the tabs share what waits. */
export interface Desk {
  outbox: Outbox;
  /** Who works here. */
  author: () => Author;
  settings: () => AllSettings | undefined;
  seen: () => Seen;
  known: () => Known;
  senderState: () => SenderState;
  /** What is tried again and again, and why. */
  failures: () => Failures;
  /** Calls back when anything of the above has changed. */
  subscribe: (listener: () => void) => () => void;
  /** The network may be back, or somebody asks for it. */
  sendNow: () => void;
  find: (code: string) => Promise<Found>;
  /** Asks the server for its word on a return and keeps it. */
  refresh: (id: string) => Promise<ReturnView>;
  /** A return is on the screen, however old it is, and so stays on the device. @returns to be called when it no longer is */
  show: (id: string) => () => void;
  /** Ids of what {@link Desk.show} was called for. */
  shown: () => ReadonlySet<string>;
}

let desk: Promise<Desk> | undefined;

/** Opens the desk once; later calls answer with the same. */
export const openDesk = (): Promise<Desk> => (desk ??= start());

async function start(): Promise<Desk> {
  const store = await openDeviceStore();
  const now = () => new Date();
  const outbox = await openOutbox(store, new BroadcastChannel('kontor-outbox') as unknown as Channel, now);
  void navigator.storage?.persist?.();
  const state = {
    settings: await store.read<AllSettings>('settings'),
    seen: (await store.read<Seen>('seen')) ?? NOTHING_SEEN,
    report: NO_REPORT,
  };
  const listeners = new Set<() => void>();
  const shown = new Set<string>();
  const tell = () => listeners.forEach((listener) => listener());
  outbox.subscribe(tell);
  const sender = startSender(outbox, (report) => {
    state.report = report;
    tell();
  });
  const built: Desk = {
    outbox,
    author: currentAuthor,
    settings: () => state.settings,
    seen: () => state.seen,
    known: () => ({
      rulesOf: (merchantId) => rulesFor(state.settings, merchantId),
      groupOf: (merchantId, sku) => articleOf(state.seen, merchantId, sku)?.group ?? null,
      photos: outbox.snapshot().photos,
    }),
    senderState: () => state.report.state,
    failures: () => state.report.failures,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sendNow: () => sender.retryNow(),
    find: (code) => find(code),
    refresh: async (id) => {
      const view = await callApi('GET /returns/{id}', { id });
      await outbox.keep({ putReturns: [view] });
      return view;
    },
    show: (id) => {
      shown.add(id);
      return () => void shown.delete(id);
    },
    shown: () => shown,
  };

  async function see(hits: Partial<Seen>): Promise<void> {
    state.seen = alsoSeen(state.seen, hits);
    tell();
    await store.keep('seen', state.seen);
  }

  async function find(code: string): Promise<Found> {
    const local = () => {
      const ids = new Set([...outbox.snapshot().returns.keys(), ...outbox.snapshot().commands.map((c) => c.returnId)]);
      const views = [...ids].flatMap((id) => localReturn(outbox.snapshot(), id, built.known()) ?? []);
      return findOnDevice(code, views, state.seen);
    };
    try {
      const hits = await callApi('GET /returns/lookup', { code }, { signal: AbortSignal.timeout(FIND_PATIENCE_MS) });
      await see({ orders: hits.orders, articles: hits.articles });
      const unsent = local().returns.filter(({ id }) => !hits.returns.some((known) => known.id === id));
      const labels = hits as Partial<Pick<Found, 'items' | 'batches'>>;
      return {
        code,
        source: 'server',
        ...hits,
        returns: [...hits.returns, ...unsent.filter(({ id }) => !outbox.snapshot().returns.has(id))],
        items: labels.items ?? [],
        batches: labels.batches ?? [],
      };
    } catch (error) {
      if (error instanceof OfflineError) return local();
      throw error;
    }
  }

  const settings = async (next: AllSettings) => {
    state.settings = next;
    tell();
    await store.keep('settings', next);
  };
  onceUsable(async () => {
    const { keepFresh } = await import('./fresh.ts');
    await keepFresh(built, { settings, see });
  });
  return built;
}

/** What the first page does without for a moment is fetched after it. */
function onceUsable(work: () => Promise<void>): void {
  const observer = new PerformanceObserver((marks) => {
    if (!marks.getEntriesByName('kontor:usable').length) return;
    observer.disconnect();
    const start = () => void work().catch(() => setTimeout(start, AGAIN_MS));
    start();
  });
  observer.observe({ type: 'mark', buffered: true });
}

/** The part that keeps the device up to date may not have come when the network left. */
const AGAIN_MS = 30_000;
/** Longer, and a worker with bad reception would rather see what the device knows. */
const FIND_PATIENCE_MS = 4_000;

function currentAuthor(): Author {
  const { user } = currentSession();
  if (!user) throw new Error('Nobody is logged in');
  return { id: user.id, name: user.displayName };
}
