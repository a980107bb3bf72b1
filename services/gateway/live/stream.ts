import type { ServerResponse } from 'node:http';
import type { ChangeNotice, Topic } from '../../../shared/protocol/live.ts';

/** Why a stream ends; the last thing that its reader is told. */
export type EndReason = 'ACCESS_ENDED' | 'BUS_LOST' | 'STOPPING';

/** One open answer of server-sent events. */
export interface LiveStream {
  offer: (notice: ChangeNotice) => void;
  /** A sign of life. A reader that has not taken what waits since the last one is cut off. */
  beat: () => void;
  end: (reason: EndReason) => void;
}

/** How long a reader waits before it connects again. */
const RETRY_MS = 2_000;
/** Notices within a second that name what changed; of the rest only the topics are told, at its end. */
const PER_SECOND = 10;
const SECOND_MS = 1_000;

type Answer = Pick<
  ServerResponse,
  'write' | 'end' | 'destroy' | 'writableNeedDrain' | 'writableEnded' | 'destroyed' | 'once'
>;

/**
 * Writes notices as they come, few a second. What a slow reader does not take is kept as topics only, so a stream
 * never holds more than the buffer of its connection and one name per topic.
 * @param clock  milliseconds, monotonic
 */
export function openStream(response: Answer, clock: () => number = () => performance.now()): LiveStream {
  let secondStartedAt = clock();
  let told = 0;
  let stuck = false;
  let timer: NodeJS.Timeout | undefined;
  const waiting = new Set<Topic>();

  const isOpen = (): boolean => !response.writableEnded && !response.destroyed;
  const write = (text: string): void => void (isOpen() && response.write(text));
  const flush = (): void => {
    timer = undefined;
    if (!isOpen()) return;
    if (response.writableNeedDrain) return later();
    secondStartedAt = clock();
    told = waiting.size;
    for (const topic of waiting) write(asEvent({ topic }));
    waiting.clear();
  };
  const later = (): void => void (timer ??= setTimeout(flush, SECOND_MS).unref());

  response.once('close', () => clearTimeout(timer));
  write(`retry: ${RETRY_MS}\nevent: ready\ndata: {}\n\n`);
  return {
    offer(notice) {
      if (!isOpen() || waiting.has(notice.topic)) return;
      if (clock() - secondStartedAt >= SECOND_MS && !waiting.size) {
        secondStartedAt = clock();
        told = 0;
      }
      if (told < PER_SECOND && !response.writableNeedDrain) {
        told += 1;
        return write(asEvent(notice));
      }
      waiting.add(notice.topic);
      later();
    },
    beat() {
      if (stuck && response.writableNeedDrain) return void response.destroy();
      stuck = response.writableNeedDrain;
      if (!stuck) write(': beat\n\n');
    },
    end(reason) {
      if (!isOpen()) return;
      write(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`);
      response.end();
    },
  };
}

const asEvent = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
