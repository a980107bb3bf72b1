import { NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { read } from '../../../shared/messaging/transact.ts';
import { readTimeCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { syncActions } from '../../../shared/protocol/sync/actions.ts';
import type { ImportView } from '../../../shared/protocol/sync/views.ts';
import { findImport, IMPORT_COLUMNS, importView, type ImportRow } from '../persistence/imports.ts';
import type { SyncDeps } from '../sync.deps.ts';
import { assertStaff } from './staff-only.ts';

/** Imports, newest first. */
export async function listImports(
  deps: SyncDeps,
  { limit, cursor, state, profile }: InputOf<typeof syncActions.listImports>,
  actor: Actor,
): Promise<OutputOf<typeof syncActions.listImports>> {
  assertStaff(actor);
  const before = readTimeCursor(cursor);
  const conditions = [
    sql`true`,
    ...(state ? [sql`i.state = ${state}`] : []),
    ...(profile ? [sql`i.profile_name = ${profile}`] : []),
    ...(before ? [sql`(i.created_at, i.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`] : []),
  ];
  const found = await read(deps, actor, (em) =>
    rows<ImportRow>(
      em,
      sql<ImportRow>`select ${IMPORT_COLUMNS} from import i where ${sql.join(conditions, sql` and `)}
          order by i.created_at desc, i.id desc limit ${limit + 1}`,
    ),
  );
  return toPage(found, limit, ({ createdAt, id }) => [createdAt, id], importView);
}

/** @throws NotFound */
export async function getImport(
  deps: SyncDeps,
  { id }: InputOf<typeof syncActions.getImport>,
  actor: Actor,
): Promise<ImportView> {
  return importView(await find(deps, id, actor));
}

/**
 * @throws NotFound
 * @throws RuleViolation `IMPORT_REPORT_NOT_READY` until the import is done; one that failed has a finding instead
 */
export async function getImportErrors(
  deps: SyncDeps,
  { id }: InputOf<typeof syncActions.getImportErrors>,
  actor: Actor,
): Promise<OutputOf<typeof syncActions.getImportErrors>> {
  const { state, reportKey } = await find(deps, id, actor);
  if (!reportKey)
    throw new RuleViolation('IMPORT_REPORT_NOT_READY', `There is no report: the import is ${state}`, { state });
  return {
    objectKey: reportKey,
    contentType: 'text/csv; charset=utf-8',
    filename: `import-${id}-errors.csv`,
    disposition: 'attachment',
  };
}

async function find(deps: SyncDeps, id: string, actor: Actor): Promise<ImportRow> {
  assertStaff(actor);
  const row = await read(deps, actor, (em) => findImport(em, id));
  if (!row) throw new NotFound('import');
  return row;
}
