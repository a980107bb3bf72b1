import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasType, InvalidInput } from '../../../shared/kernel/errors.ts';
import { backOffMs } from '../../../shared/persistence/work.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { ChangeNotice } from '../../../shared/protocol/live.ts';
import type { ImportCounts } from '../../../shared/protocol/sync/views.ts';
import { importPass } from '../imports/import-pass.ts';
import { checkSource, type Position } from '../imports/read-source.ts';
import {
  claimImport,
  endImport,
  noCounts,
  releaseImport,
  saveProgress,
  type Ended,
  type ImportRow,
} from '../persistence/imports.ts';
import { writeLog } from '../persistence/log.ts';
import { merchantNewsPending, merchantsByNumber } from '../persistence/merchants.ts';
import type { SyncDeps } from '../sync.deps.ts';

const MOST_ATTEMPTS = 8;
const HEARTBEAT_MS = 2_000;
const MERCHANT_NEWS_MS = 15_000;

/** One attempt at an import, with what others may see of it. */
interface Attempt {
  job: ImportRow;
  lease: string;
  position: Position;
  counts: ImportCounts;
  rowsTotal: number | null;
  /** Why it has to end early. */
  stop: 'lease lost' | 'process ends' | null;
}

class EndedEarly extends Error {}

/**
 * Takes up one import, also one that a dead process left, and works it off from the beginning: batches that were
 * handed over get their first answer again. A broken file fails the import with a finding before anything is stored;
 * whatever else goes wrong is tried again later.
 * @param beat  called whenever an import has come further
 * @returns how many imports were worked on
 */
export async function runImports(deps: SyncDeps, beat: () => void = () => undefined): Promise<number> {
  const lease = randomUUID();
  const job = await inTransaction(deps.orm, 'staff', (em) => claimImport(em, lease, deps.now()));
  if (!job) return 0;
  const position = { bytesRead: 0, rowsRead: 0 };
  const attempt: Attempt = { job, lease, position, counts: noCounts(), rowsTotal: job.rowsTotal, stop: null };
  if (job.attempts > MOST_ATTEMPTS) await giveUp(deps, attempt, 'The process ended again and again during this import');
  else await work(deps, attempt, beat);
  return 1;
}

async function work(deps: SyncDeps, attempt: Attempt, beat: () => void): Promise<void> {
  const { job } = attempt;
  const heart = setInterval(() => void keepLease(deps, attempt), HEARTBEAT_MS);
  // of this attempt only: one that lost its lease without knowing it yet must not write over its successor's
  const reportKey = `sync/imports/${job.id}-errors-${attempt.lease}.csv`;
  const pause = () => {
    beat();
    assertGoingOn(deps, attempt);
  };
  try {
    attempt.rowsTotal = await checkSource(deps, job.sourceKey, job.profile, { pause });
    const merchants = await knownMerchants(deps);
    const { position, counts } = attempt;
    await importPass(deps, { job, reportKey, merchants, position, counts, pause });
    if (!(await end(deps, attempt, { state: 'done', counts, finding: null, reportKey })))
      await deps.store.remove(reportKey);
  } catch (error) {
    await recordFailure(deps, attempt, error);
  } finally {
    clearInterval(heart);
  }
}

function assertGoingOn(deps: SyncDeps, attempt: Attempt): void {
  if (deps.stopping()) attempt.stop ??= 'process ends';
  if (attempt.stop) throw new EndedEarly(attempt.stop);
}

async function keepLease(deps: SyncDeps, attempt: Attempt): Promise<void> {
  const { job, lease, position, counts, rowsTotal } = attempt;
  try {
    const kept = await inTransaction(deps.orm, 'staff', (em) =>
      saveProgress(em, job.id, lease, { ...position, counts, rowsTotal }),
    );
    if (!kept) attempt.stop ??= 'lease lost';
    else deps.tell?.([changeOf(job)]);
  } catch (error) {
    // the next beat may succeed; if none does, the lease ends and another process takes over
    deps.log.warn({ err: error, importId: job.id }, 'heartbeat of an import failed');
  }
}

/** A merchant that was just set up must not count as unknown, so news on their way are waited for. */
async function knownMerchants(deps: SyncDeps): Promise<Map<string, string>> {
  const until = performance.now() + MERCHANT_NEWS_MS;
  while (performance.now() < until && (await inTransaction(deps.orm, 'staff', merchantNewsPending))) await sleep(200);
  return inTransaction(deps.orm, 'staff', merchantsByNumber);
}

async function recordFailure(deps: SyncDeps, attempt: Attempt, error: unknown): Promise<void> {
  const { job, lease } = attempt;
  if (error instanceof EndedEarly) {
    if (attempt.stop === 'lease lost') return;
    const pause = { waitMs: 0, forgetAttempt: true };
    return inTransaction(deps.orm, 'staff', (em) => releaseImport(em, job.id, lease, pause));
  }
  const finding = findingOf(error);
  if (finding)
    return void (await end(deps, attempt, { state: 'failed', counts: noCounts(), finding, reportKey: null }));
  deps.log.error({ err: error, importId: job.id, attempts: job.attempts }, 'import interrupted');
  if (job.attempts >= MOST_ATTEMPTS) return giveUp(deps, attempt, 'The import could not be completed');
  const waitMs = backOffMs(job.attempts, deps.random(), { firstMs: 2_000, maxMs: 300_000 });
  await inTransaction(deps.orm, 'staff', (em) => releaseImport(em, job.id, lease, { waitMs, forgetAttempt: false }));
}

/** What is wrong with the file itself; `null` for everything that may pass. */
function findingOf(error: unknown): Ended['finding'] {
  if (hasType(error, 'FILE_NOT_FOUND')) return { code: 'FILE_NOT_FOUND', message: 'The uploaded file is gone' };
  if (!(error instanceof InvalidInput)) return null;
  const [first] = error.data['errors'] as { path: string; code: string; message: string }[];
  return first?.path === 'file' ? { code: first.code, message: first.message } : null;
}

async function giveUp(deps: SyncDeps, attempt: Attempt, message: string): Promise<void> {
  // what was handed over before stays and is counted as far as it is known
  const { counts } = attempt.job;
  await end(deps, attempt, { state: 'failed', counts, finding: { code: 'IMPORT_GIVEN_UP', message }, reportKey: null });
}

/** @returns false when someone else has the import by now */
async function end(deps: SyncDeps, { job, lease }: Attempt, ended: Ended): Promise<boolean> {
  const now = deps.now();
  const { counts, finding } = ended;
  const mine = await inTransaction(deps.orm, 'staff', async (em) => {
    if (!(await endImport(em, job.id, lease, ended, now))) return false;
    const detail = finding
      ? `${finding.code}: ${finding.message}`
      : `${counts.rows} rows, ${counts.orders.created} orders and ${counts.returns.created} returns new, ${counts.rowsReported} rows reported`;
    const subject = `${job.profileName}: ${job.filename ?? job.sha256.slice(0, 12)}${job.dryRun ? ' (dry run)' : ''}`;
    await writeLog(
      em,
      {
        ...{ kind: 'import', direction: 'in', merchantId: null, connectionId: null, reference: job.id },
        ...{ subject, outcome: ended.state, detail },
      },
      now,
    );
    return true;
  });
  deps.tell?.([changeOf(job)]);
  return mine;
}

const changeOf = ({ id }: ImportRow): ChangeNotice => ({ topic: 'imports', id, merchantId: null });
