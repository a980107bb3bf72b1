import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { syncActions } from '../../../shared/protocol/sync/actions.ts';
import type { ImportView } from '../../../shared/protocol/sync/views.ts';
import { checkSource } from '../imports/read-source.ts';
import { findImport, importView, insertImport, type ImportRow } from '../persistence/imports.ts';
import { writeLog } from '../persistence/log.ts';
import { findProfile } from '../persistence/profiles.ts';
import type { SyncDeps } from '../sync.deps.ts';
import { assertStaff } from './staff-only.ts';

type Input = InputOf<typeof syncActions.createImport>;

/** Rows that are looked at before the answer; the rest is checked before anything is stored. */
const ROWS_CHECKED_AT_ONCE = 20_000;

/**
 * Takes a file in. What is wrong near its beginning is answered at once; the file is kept under its hash, because
 * uploads are swept away after an hour.
 * @throws InvalidInput   an unknown profile, a file that cannot be read with it
 * @throws RuleViolation  `IMPORT_EXISTS` when the id is taken by another import
 */
export async function createImport(deps: SyncDeps, input: Input, actor: Actor): Promise<ImportView> {
  assertStaff(actor);
  const { file } = input;
  const dryRun = input.dryRun === 'true';
  const [found, earlier] = await read(deps, actor, async (em) => [
    await findProfile(em, input.profile),
    input.id === undefined ? undefined : await findImport(em, input.id),
  ]);
  if (!found) throw invalidField('profile', 'UNKNOWN_PROFILE', 'There is no mapping profile of this name');
  // before its file is kept, which nobody would refer to
  if (earlier) sameImport(earlier, { sha256: file.sha256, profileName: found.name, dryRun });
  await checkSource(deps, file.uploadKey, found.profile, { mostRows: ROWS_CHECKED_AT_ONCE });
  const sourceKey = await keep(deps, file);
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    const now = deps.now();
    const id = input.id ?? uuidv7(now);
    const { filename, sha256, bytes } = file;
    const given = { id, profileName: found.name, profile: found.profile, filename, sha256, bytes, dryRun, sourceKey };
    const created = await insertImport(em, { ...given, startedBy: actor.id }, now);
    if (!created) return importView(sameImport(await findImport(em, id), given));
    const subject = `${found.name}: ${filename ?? sha256.slice(0, 12)}${dryRun ? ' (dry run)' : ''}`;
    const entry = { kind: 'import', direction: 'in', merchantId: null, connectionId: null, reference: id } as const;
    await writeLog(em, { ...entry, subject, outcome: 'started', detail: `${bytes} bytes, sha256 ${sha256}` }, now);
    audit({
      action: 'import.started',
      entity: 'import',
      entityId: id,
      merchantId: null,
      after: { profile: found.name, version: found.version, filename, sha256, bytes, dryRun },
    });
    return importView(created);
  });
  await deps.store
    .remove(file.uploadKey)
    .catch((error: unknown) => deps.log.warn({ err: error }, 'upload left behind'));
  deps.wakers.get('run-imports')?.();
  return view;
}

/** Stores a file under its hash, so that the same file twice takes its room once. */
async function keep({ store }: SyncDeps, { uploadKey, sha256 }: Input['file']): Promise<string> {
  const key = `sync/sources/${sha256.slice(0, 2)}/${sha256}`;
  if (await store.has(key)) return key;
  const { stream } = await store.get(uploadKey);
  await store.put(key, stream);
  return key;
}

function sameImport(
  existing: ImportRow | undefined,
  given: Pick<ImportRow, 'sha256' | 'profileName' | 'dryRun'>,
): ImportRow {
  const same =
    existing?.sha256 === given.sha256 && existing.profileName === given.profileName && existing.dryRun === given.dryRun;
  if (!existing || !same) throw new RuleViolation('IMPORT_EXISTS', 'There is another import with this id');
  return existing;
}
