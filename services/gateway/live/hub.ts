import { AppError } from '../../../shared/kernel/errors.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { changedPayload } from '../../../shared/protocol/live.ts';
import type { Exchange } from '../http/exchange.ts';
import { hears } from './audience.ts';
import { openStream, type EndReason, type LiveStream } from './stream.ts';

/** All open streams of this process. */
export interface LiveHub {
  /**
   * Answers with a stream until its reader goes or may not read any more.
   * @param identifyAgain  who the reader is by now; fails when the token has expired or the access has ended
   * @throws AppError 429 `TOO_MANY_STREAMS` of one principal, 503 when there are too many or the bus is away
   */
  open: (exchange: Exchange, actor: Actor, identifyAgain: () => Promise<Actor>) => void;
  /** What arrived from the bus, unchecked. */
  publish: (payload: unknown) => void;
  /** The rights of a user or an API key changed. */
  recheck: (principalId: string) => void;
  /** The bus is there, again: the other processes learn of this one within a moment. */
  busIsBack: () => void;
  /** Ends all streams; after `STOPPING` there are no new ones. */
  closeAll: (reason: EndReason) => void;
  size: () => number;
}

export interface LiveOptions {
  perPrincipal?: number;
  total?: number;
  beatMs?: number;
  /** False while no notice of another process can arrive; null when there is no other process. */
  busConnected?: () => boolean | null;
  clock?: () => number;
}

interface Reader {
  actor: Actor;
  stream: LiveStream;
  /** Ends the stream when its reader has lost the access. */
  check: () => Promise<void>;
}

const BEAT_MS = 15_000;
/** Until the others have heard of this process, what they tell does not reach it. */
const SETTLE_MS = 2_000;
/** How many signs of life may pass while nobody can tell whether the access still stands. */
const MOST_UNCERTAIN_BEATS = 2;

export function liveHub(options: LiveOptions = {}): LiveHub {
  const { perPrincipal = 20, total = 1_000, beatMs = BEAT_MS, busConnected = () => null } = options;
  const { clock = () => performance.now() } = options;
  const readers = new Set<Reader>();
  let stopping = false;
  let settledAt = Infinity;
  const of = (principalId: string) => [...readers].filter(({ actor }) => actor.id === principalId);

  const assertRoom = ({ id }: Actor): void => {
    const bus = busConnected();
    if (stopping || (bus !== null && !(bus && clock() >= settledAt)))
      throw new AppError(503, 'LIVE_UNAVAILABLE', 'Changes cannot be told at the moment; ask from time to time', {
        retryAfterS: 5,
      });
    if (of(id).length >= perPrincipal)
      throw new AppError(429, 'TOO_MANY_STREAMS', `There are ${perPrincipal} streams open already`, {
        retryAfterS: 30,
      });
    if (readers.size >= total)
      throw new AppError(503, 'TOO_MANY_STREAMS', 'Too many people listen at the moment', { retryAfterS: 30 });
  };

  return {
    open(exchange, actor, identifyAgain) {
      assertRoom(actor);
      const { response, request } = exchange;
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      if (request.method === 'HEAD') return void response.end();
      request.socket.setNoDelay(true);
      const stream = openStream(response);
      const reader: Reader = { actor, stream, check: checkOf(() => reader, identifyAgain) };
      readers.add(reader);
      const beats = setInterval(() => {
        stream.beat();
        void reader.check();
      }, beatMs).unref();
      response.once('close', () => {
        clearInterval(beats);
        readers.delete(reader);
      });
    },
    publish(payload) {
      const { success, data } = changedPayload.safeParse(payload);
      if (!success) return;
      for (const notice of data.notices)
        for (const { actor, stream } of readers) if (hears(actor, notice)) stream.offer(notice);
    },
    recheck: (principalId) => of(principalId).forEach((reader) => void reader.check()),
    busIsBack: () => void (settledAt = clock() + SETTLE_MS),
    closeAll(reason) {
      stopping ||= reason === 'STOPPING';
      for (const { stream } of readers) stream.end(reason);
    },
    size: () => readers.size,
  };
}

/** Takes over what the reader may see by now. Whoever cannot be asked about for half a minute is sent away, too. */
function checkOf(readerOf: () => Reader, identifyAgain: () => Promise<Actor>): Reader['check'] {
  let uncertain = 0;
  return async () => {
    const reader = readerOf();
    try {
      reader.actor = await identifyAgain();
      uncertain = 0;
    } catch (error) {
      uncertain += 1;
      const { code } = error as { code?: unknown };
      if (code === 401 || code === 403 || uncertain > MOST_UNCERTAIN_BEATS) reader.stream.end('ACCESS_ENDED');
    }
  };
}
