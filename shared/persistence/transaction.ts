import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { RawBuilder } from 'kysely';
import { AppError } from '../kernel/errors.ts';
import type { Scope } from '../protocol/actor.ts';
import type { EntityManager } from './orm.ts';
import { isStalePlan } from './prepared-statements.ts';
import { firstRow, rows, sql } from './sql.ts';

/** Serialization failure, deadlock, lock not available: the whole transaction may simply be run again. */
const TRANSIENT = new Set(['40001', '40P01', '55P03']);
/** The server is away, starting, stopping or full; or the pool has no connection left. */
const UNAVAILABLE =
  /^(08|53|57P)|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;
const ATTEMPTS = 5;

export interface TransactionOptions {
  readOnly?: boolean;
  /**
   * The first statement, in place of the one that sets `kontor.scope` to the text it is given. It must call a function
   * of the database that begins with that, like {@link askInScope}.
   */
  opening?: (em: EntityManager, scope: string) => Promise<void>;
}

/**
 * Runs `work` in one transaction that sees and writes only what `scope` allows (row level security).
 * A deadlock or serialization failure runs it again in a fresh entity manager, at most five times (F13).
 * @throws AppError 503 when the database cannot be reached; whatever `work` throws otherwise
 */
export async function inTransaction<Result>(
  orm: MikroORM,
  scope: Scope,
  work: (em: EntityManager) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  return repeated(async () => {
    const fork = orm.em.fork({ clear: true }) as EntityManager;
    return fork.transactional(
      async (em) => {
        if (options.opening) await options.opening(em as EntityManager, scopeSetting(scope));
        else await rows(em as EntityManager, sql`select set_config('kontor.scope', ${scopeSetting(scope)}, true)`);
        return work(em as EntityManager);
      },
      { clear: true, ...(options.readOnly ? { readOnly: true } : {}) },
    );
  });
}

/**
 * One statement that is a transaction by itself, without BEGIN, SET and COMMIT: for tables whose row security goes by
 * the role of the service alone. Others show nothing to it.
 * @throws AppError 503 when the database cannot be reached
 */
export function inOneStatement<Row>(orm: MikroORM, statement: RawBuilder<Row>): Promise<Row[]> {
  return repeated(() => rows(orm.em.fork({ clear: true }) as EntityManager, statement));
}

/** Whatever the database gave up for the sake of others is simply done again. */
async function repeated<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if ((TRANSIENT.has(sqlState(error)) || isStalePlan(error)) && attempt < ATTEMPTS) {
        await sleep(10 * 2 ** attempt * (0.5 + Math.random()));
        continue;
      }
      throw asAnswer(error);
    }
  }
}

/**
 * One question in one statement, without the BEGIN, SET and COMMIT of {@link inTransaction}. It must call a function
 * of the database that begins by setting `kontor.scope` to the text it is given; without it row security shows nothing.
 * @throws AppError 503 when the database cannot be reached
 */
export async function askInScope<Row>(
  orm: MikroORM,
  scope: Scope,
  question: (scope: string) => RawBuilder<Row>,
): Promise<Row | undefined> {
  try {
    return await firstRow(orm.em.fork({ clear: true }) as EntityManager, question(scopeSetting(scope)));
  } catch (error) {
    throw asAnswer(error);
  }
}

const asAnswer = (error: unknown): unknown =>
  isUnavailable(error)
    ? new AppError(503, 'DATABASE_UNAVAILABLE', 'The database cannot be reached right now', { retryAfterSeconds: 2 })
    : error;

/** The SQLSTATE of a database error, `''` for anything else. */
export function sqlState(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** The violated constraint of a database error, `undefined` for anything else. */
export const violatedConstraint = (error: unknown): string | undefined => (error as { constraint?: string }).constraint;

/** A limit of time, a resource or a connection; also a lock that nobody gave up in time. */
const NOT_THE_WORK = /^(08|53|57|55P03|40001|40P01)/;

/**
 * Whether a failure is known to lie in what the work needs: the database, a lock, the network, another service, time.
 * The same work may succeed later, however often it failed this way.
 */
export function isInfrastructure(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return NOT_THE_WORK.test(sqlState(error)) || isUnavailable(error) || code === 503 || name === 'TimeoutError';
}

function scopeSetting(scope: Scope): string {
  return scope === 'staff' ? 'staff' : scope.join(',');
}

function isUnavailable(error: unknown): boolean {
  return (
    UNAVAILABLE.test(sqlState(error)) ||
    (error instanceof Error && !(error instanceof AppError) && UNAVAILABLE.test(error.message))
  );
}
