import { startLoop, type Loop } from '../../../shared/runtime/loop.ts';
import { sweepIncoming } from '../../../shared/storage/sweep.ts';
import type { GatewayDeps } from '../gateway.deps.ts';

const EVERY_MS = 10 * 60_000;
/** Longer than any upload takes and any owner needs to take it over. */
const KEEP_MS = 3_600_000;

/** Removes uploads that nobody took over: of actions that answered too late, and of killed processes. */
export function startSweeper({ store, log }: Pick<GatewayDeps, 'store' | 'log'>): Loop {
  const round = async () => {
    // by the system's clock, as the times of files are: business time may stand still
    const removed = await sweepIncoming(store, new Date(Date.now() - KEEP_MS));
    if (removed) log.info({ removed }, 'abandoned uploads removed');
    return 0;
  };
  return startLoop({ name: 'gateway.sweep-incoming', everyMs: EVERY_MS, round, log });
}
