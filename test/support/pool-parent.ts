import { openChildPool } from '../../shared/runtime/child-pool.ts';
import type { FaultyRequest } from './faulty-child.ts';

/** A process with a pool of its own, to be killed by a test: prints the ids of its children, one idle and one busy. */
const pool = openChildPool<FaultyRequest, unknown>({
  module: new URL('./faulty-child.ts', import.meta.url),
  title: 'kontor-orphan-test',
  size: 2,
});
await Promise.all([pool.run({ do: 'sleep', ms: 300 }), pool.run({ do: 'sleep', ms: 300 })]);
void pool.run({ do: 'sleep', ms: 60_000 });
process.stdout.write(`${JSON.stringify(pool.pids())}\n`);
