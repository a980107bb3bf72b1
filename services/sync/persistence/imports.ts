import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { ImportCounts, ImportView } from '../../../shared/protocol/sync/views.ts';
import type { MappingProfile } from '../domain/mapping-profile.ts';

export interface ImportRow {
  id: string;
  profileName: string;
  profile: MappingProfile;
  filename: string | null;
  sha256: string;
  bytes: string;
  dryRun: boolean;
  state: ImportView['state'];
  sourceKey: string;
  reportKey: string | null;
  counts: ImportCounts;
  bytesRead: string;
  rowsRead: number;
  rowsTotal: number | null;
  finding: ImportView['finding'];
  attempts: number;
  startedBy: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

export const IMPORT_COLUMNS = sql`i.id, i.profile_name as "profileName", i.profile, i.filename, i.sha256, i.bytes, i.dry_run as "dryRun",
  i.state, i.source_key as "sourceKey", i.report_key as "reportKey", i.counts, i.bytes_read as "bytesRead",
  i.rows_read as "rowsRead", i.rows_total as "rowsTotal", i.finding, i.attempts, i.started_by as "startedBy",
  i.created_at as "createdAt", i.started_at as "startedAt", i.finished_at as "finishedAt"`;

export const noCounts = (): ImportCounts => ({
  rows: 0,
  rowsImported: 0,
  rowsReported: 0,
  orders: { created: 0, unchanged: 0 },
  returns: { created: 0, unchanged: 0 },
  conflicts: 0,
});

export type NewImport = Pick<
  ImportRow,
  'id' | 'profileName' | 'profile' | 'filename' | 'sha256' | 'dryRun' | 'sourceKey' | 'startedBy'
> & { bytes: number };

/** @returns `undefined` when the id is taken */
export async function insertImport(em: EntityManager, given: NewImport, now: Date): Promise<ImportRow | undefined> {
  const { id, profileName, profile, filename, sha256, bytes, dryRun, sourceKey, startedBy } = given;
  return firstRow<ImportRow>(
    em,
    sql<ImportRow>`insert into import as i (id, profile_name, profile, filename, sha256, bytes, dry_run, state, source_key, counts, started_by, created_at)
        values (${id}, ${profileName}, ${JSON.stringify(profile)}::jsonb, ${filename}, ${sha256}, ${bytes}, ${dryRun}, 'queued',
          ${sourceKey}, ${JSON.stringify(noCounts())}::jsonb, ${startedBy}, ${now.toISOString()})
        on conflict (id) do nothing returning ${IMPORT_COLUMNS}`,
  );
}

export async function findImport(em: EntityManager, id: string): Promise<ImportRow | undefined> {
  return firstRow<ImportRow>(em, sql<ImportRow>`select ${IMPORT_COLUMNS} from import i where i.id = ${id}`);
}

/** How long a process that went silent keeps an import. */
export const LEASE_MS = 30_000;
const leaseEnd = sql`clock_timestamp() + ${LEASE_MS} * interval '1 ms'`;

/** Takes the oldest import that nobody works on, a dead process's too. The attempt counts from here on. */
export async function claimImport(em: EntityManager, lease: string, now: Date): Promise<ImportRow | undefined> {
  return firstRow<ImportRow>(
    em,
    sql<ImportRow>`update import i set state = 'running', lease = ${lease}, attempts = i.attempts + 1, next_at = ${leaseEnd},
          started_at = coalesce(i.started_at, ${now.toISOString()}::timestamptz), bytes_read = 0, rows_read = 0
        from (select id from import where state in ('queued', 'running') and next_at <= clock_timestamp()
              order by created_at, id limit 1 for update skip locked) due
        where i.id = due.id returning ${IMPORT_COLUMNS}`,
  );
}

export interface Progress {
  bytesRead: number;
  rowsRead: number;
  rowsTotal: number | null;
  counts: ImportCounts;
}

/** Shows progress and keeps the lease. @returns false when someone else has it by now */
export async function saveProgress(em: EntityManager, id: string, lease: string, now: Progress): Promise<boolean> {
  const changed = await affected(
    em,
    sql`update import set next_at = ${leaseEnd}, bytes_read = ${now.bytesRead}, rows_read = ${now.rowsRead},
          rows_total = ${now.rowsTotal}, counts = ${JSON.stringify(now.counts)}::jsonb
        where id = ${id} and lease = ${lease} and state = 'running'`,
  );
  return changed === 1;
}

/** Puts an import back, to be taken up again after a pause. */
export async function releaseImport(
  em: EntityManager,
  id: string,
  lease: string,
  { waitMs, forgetAttempt }: { waitMs: number; forgetAttempt: boolean },
): Promise<void> {
  await rows(
    em,
    sql`update import set state = 'queued', lease = null, next_at = clock_timestamp() + ${waitMs} * interval '1 ms',
          attempts = attempts - ${forgetAttempt ? 1 : 0}
        where id = ${id} and lease = ${lease} and state = 'running'`,
  );
}

export interface Ended {
  state: 'done' | 'failed';
  counts: ImportCounts;
  finding: ImportView['finding'];
  reportKey: string | null;
}

/** @returns false when someone else has the import by now */
export async function endImport(
  em: EntityManager,
  id: string,
  lease: string,
  { state, counts, finding, reportKey }: Ended,
  now: Date,
): Promise<boolean> {
  const changed = await affected(
    em,
    sql`update import set state = ${state}, counts = ${JSON.stringify(counts)}::jsonb, report_key = ${reportKey}, lease = null,
          finding = ${finding ? JSON.stringify(finding) : null}::jsonb, finished_at = ${now.toISOString()},
          bytes_read = case when ${state} = 'done' then bytes else bytes_read end,
          rows_read = ${counts.rows}, rows_total = case when ${state} = 'done' then ${counts.rows} else rows_total end
        where id = ${id} and lease = ${lease} and state = 'running'`,
  );
  return changed === 1;
}

const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString());

export const importView = (row: ImportRow): ImportView => ({
  id: row.id,
  profile: row.profileName,
  filename: row.filename,
  sha256: row.sha256,
  bytes: Number(row.bytes),
  dryRun: row.dryRun,
  state: row.state,
  counts: row.counts,
  progress: { bytesRead: Number(row.bytesRead), rowsRead: row.rowsRead, rowsTotal: row.rowsTotal },
  finding: row.finding,
  startedBy: row.startedBy,
  createdAt: iso(row.createdAt)!,
  startedAt: iso(row.startedAt),
  finishedAt: iso(row.finishedAt),
});
