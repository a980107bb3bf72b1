import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidOf, uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import { readCursor, toPage } from '../../../../shared/persistence/page.ts';
import { assertHouse, assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { jobCatalogueActions } from '../../../../shared/protocol/orders/job-catalogue-actions.ts';
import type { CatalogueEntryView } from '../../../../shared/protocol/orders/special-jobs.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import {
  entriesAfter,
  entryView,
  findEntryByIdOrCode,
  findEntryForUpdate,
  insertEntry,
  saveEntry,
} from '../../persistence/job-catalogue.ts';

type Actions = typeof jobCatalogueActions;

/** Of the house, whoever its merchants are. */
const CHANGED = { entity: 'special-job-catalogue', merchantId: null };

/** What is offered, by code. */
export async function listJobCatalogue(
  deps: OrdersDeps,
  { limit, cursor, active }: InputOf<Actions['listJobCatalogue']>,
  actor: Actor,
): Promise<OutputOf<Actions['listJobCatalogue']>> {
  assertHouse(actor);
  const after = readCursor(cursor, ['text', 'id']) as [string, string] | undefined;
  const found = await read(deps, actor, (em) =>
    entriesAfter(em, { after, active: active === undefined ? undefined : active === 'true', limit: limit + 1 }),
  );
  return toPage(found, limit, ({ code, id }) => [code, id], entryView);
}

/** The same entry again is the one there is. @throws RuleViolation `CATALOGUE_ENTRY_EXISTS` for a code or id in use */
export async function createCatalogueEntry(
  deps: OrdersDeps,
  input: InputOf<Actions['createCatalogueEntry']>,
  actor: Actor,
): Promise<CatalogueEntryView> {
  assertHouse(actor);
  const now = deps.now();
  const { code, name, unit, needsApproval, words, active } = input;
  const entry = { id: input.id ?? uuidv7(now), code, name, unit, needsApproval, words, active };
  const contentHash = uuidOf(
    JSON.stringify([code, name.de, name.en, unit, needsApproval, words, active, input.id ?? null]),
  );
  return transact(deps, actor, async (em, _announce, audit) => {
    const made = await insertEntry(em, { ...entry, contentHash }, now);
    if (!made) {
      const earlier = await findEntryByIdOrCode(em, entry.id, code);
      // one that was changed since is another one, whatever it began as
      if (input.id !== undefined && earlier?.id === input.id && earlier.contentHash === contentHash)
        return asRepeated(entryView(earlier));
      throw new RuleViolation('CATALOGUE_ENTRY_EXISTS', 'The catalogue has an entry with this code or id');
    }
    const view = entryView(made);
    audit({ ...CHANGED, action: 'special-job-catalogue.created', entityId: view.id, after: view });
    return view;
  });
}

/** @throws NotFound, AppError 412 */
export async function changeCatalogueEntry(
  deps: OrdersDeps,
  { id, ...fields }: InputOf<Actions['changeCatalogueEntry']>,
  actor: Actor,
): Promise<CatalogueEntryView> {
  assertHouse(actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const row = await findEntryForUpdate(em, id);
    if (!row) throw new NotFound('catalogue entry');
    assertVersion(actor, row.version);
    const before = entryView(row);
    const wanted = {
      ...before,
      name: fields.name ?? before.name,
      unit: fields.unit ?? before.unit,
      needsApproval: fields.needsApproval ?? before.needsApproval,
      words: fields.words ?? before.words,
      active: fields.active ?? before.active,
    };
    if (JSON.stringify(wanted) === JSON.stringify(before)) return before;
    const after = entryView(await saveEntry(em, wanted, deps.now()));
    audit({ ...CHANGED, action: 'special-job-catalogue.changed', entityId: id, before, after });
    return after;
  });
}
