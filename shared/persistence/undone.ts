import type { MikroORM } from '@mikro-orm/postgresql';
import type { Scope } from '../protocol/actor.ts';
import type { EntityManager } from './orm.ts';
import { inTransaction } from './transaction.ts';

/**
 * Runs `work` in a transaction that is always rolled back: it sees what it writes, and afterwards nothing was written.
 * For asking what would come of something. What `work` returns must not depend on the transaction.
 */
export async function undone<Result>(
  orm: MikroORM,
  scope: Scope,
  work: (em: EntityManager) => Promise<Result>,
): Promise<Result> {
  let answer: { result: Result } | undefined;
  const end = new Error('This transaction is undone on purpose');
  await inTransaction(orm, scope, async (em) => {
    answer = { result: await work(em) };
    throw end;
  }).catch((error: unknown) => {
    if (error !== end) throw error;
  });
  return answer!.result;
}
