import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Violations } from '../../../shared/protocol/self-check/invariant.ts';

/** When the data is checked; technical times of the database. */
export interface SelfCheckTimes {
  startedAt: string | null;
  finishedAt: string | null;
  running: boolean;
}

/** What was found of one invariant; `count` is `null` where nothing could be found out. */
export interface Outcome {
  invariant: string;
  tookMs: number;
  found: Violations | { error: string };
}

export interface StoredOutcome extends Violations {
  invariant: string;
  checkedAt: string;
  tookMs: number;
  error: string | null;
  violatedSince: string | null;
}

/** A check that dies gives way to another one after this. */
const LEASE = sql`interval '5 minutes'`;
const EVERY_MS = 60_000;
/** However much data there is, checking it takes at most a twentieth of the time. */
const REST_FACTOR = 20;

/** Takes the check that is due or asked for, unless somebody has it. @returns whether it was taken */
export async function claimSelfCheck(em: EntityManager, lease: string): Promise<boolean> {
  const taken = await affected(
    em,
    sql`update self_check set lease = ${lease}, lease_until = clock_timestamp() + ${LEASE}, started_at = clock_timestamp(), wanted_at = null
        where (next_at <= clock_timestamp() or wanted_at is not null) and (lease is null or lease_until < clock_timestamp())`,
  );
  return taken === 1;
}

/** Keeps the lease of a check that takes long. @returns false when somebody else has it by now */
export async function renewLease(em: EntityManager, lease: string): Promise<boolean> {
  const renewed = await affected(
    em,
    sql`update self_check set lease_until = clock_timestamp() + ${LEASE} where lease = ${lease}`,
  );
  return renewed === 1;
}

/** Gives up a check that will not be finished, so that another process begins it anew at once. */
export async function giveUpLease(em: EntityManager, lease: string): Promise<void> {
  await rows(em, sql`update self_check set lease = null, lease_until = null where lease = ${lease}`);
}

/** Keeps what was found, all of it or, when the lease was lost meanwhile, nothing. */
export async function storeOutcomes(em: EntityManager, lease: string, outcomes: readonly Outcome[]): Promise<void> {
  const ended = await affected(
    em,
    sql`update self_check set lease = null, lease_until = null, finished_at = clock_timestamp(),
          next_at = clock_timestamp() + greatest(interval '1 ms' * ${EVERY_MS}::int, (clock_timestamp() - started_at) * ${REST_FACTOR}::int)
        where lease = ${lease}`,
  );
  if (!ended) return;
  const stored = outcomes.map(({ invariant, tookMs, found }) => ({
    invariant,
    took_ms: tookMs,
    ...('error' in found ? { error: found.error, count: null, examples: [] } : { error: null, ...found }),
  }));
  await rows(
    em,
    sql`insert into self_check_result (invariant, checked_at, took_ms, count, examples, error, violated_since)
        select invariant, clock_timestamp(), took_ms, count, examples, error, case when count > 0 then clock_timestamp() end
        from jsonb_to_recordset(${JSON.stringify(stored)}::jsonb) as n (invariant text, took_ms integer, count integer, examples jsonb, error text)
        on conflict (invariant) do update set checked_at = excluded.checked_at, took_ms = excluded.took_ms, count = excluded.count,
          examples = excluded.examples, error = excluded.error,
          violated_since = case when excluded.count = 0 then null else coalesce(self_check_result.violated_since, excluded.violated_since) end`,
  );
  await rows(
    em,
    sql`delete from self_check_result where invariant <> all(${outcomes.map(({ invariant }) => invariant)}::text[])`,
  );
}

/** Has the data checked as soon as somebody can. */
export async function wantSelfCheck(em: EntityManager): Promise<void> {
  await rows(em, sql`update self_check set wanted_at = coalesce(wanted_at, clock_timestamp())`);
}

export async function selfCheckTimes(em: EntityManager): Promise<SelfCheckTimes> {
  const found = await firstRow<SelfCheckTimes>(
    em,
    sql`select started_at as "startedAt", finished_at as "finishedAt",
               wanted_at is not null or coalesce(lease_until > clock_timestamp(), false) as running from self_check`,
  );
  return found!;
}

export const storedOutcomes = (em: EntityManager): Promise<StoredOutcome[]> =>
  rows<StoredOutcome>(
    em,
    sql`select invariant, checked_at as "checkedAt", took_ms as "tookMs", count, examples, error, violated_since as "violatedSince"
        from self_check_result`,
  );
