import { Script } from 'node:vm';

const DEADLINE_MS = 10_000;

/**
 * Runs work that must take time in proportion to its input, and ends it with an error if it goes on for long.
 * Give it so much input that anything steeper would take far longer than the deadline on any machine: whether it
 * passes then depends on how the time grows, not on how fast the machine is.
 *
 * @throws what the work throws; ERR_SCRIPT_EXECUTION_TIMEOUT for work that does not end
 */
export const ends = <T>(work: () => T): T =>
  new Script('work()').runInNewContext({ work }, { timeout: DEADLINE_MS }) as T;
