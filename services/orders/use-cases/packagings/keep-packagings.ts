import { NotFound, refusedField } from '../../../../shared/kernel/errors.ts';
import { comparableCode } from '../../../../shared/kernel/gtin.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { violatedConstraint } from '../../../../shared/persistence/transaction.ts';
import { assertHouse, assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { shipmentActions } from '../../../../shared/protocol/orders/shipment-actions.ts';
import type { PackagingView } from '../../../../shared/protocol/orders/views.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import {
  findPackagingForUpdate,
  insertPackaging,
  PACKAGING_COLUMNS,
  packagingOf,
  packagingsLike,
  savePackaging,
} from '../../persistence/packagings.ts';

type Actions = typeof shipmentActions;

/** What the house packs parcels in, by code. @throws AppError 403 for an API key of a merchant */
export async function listPackagings(
  deps: OrdersDeps,
  { limit, cursor, active }: InputOf<Actions['listPackagings']>,
  actor: Actor,
): Promise<Page<PackagingView>> {
  assertHouse(actor);
  const after = readCursor(cursor, ['text']);
  const conditions = [
    sql`true`,
    ...(active ? [sql`p.active = ${active === 'true'}`] : []),
    ...(after ? [sql`p.code > ${after[0]}`] : []),
  ];
  const found = await read(deps, actor, (em) =>
    rows<PackagingView>(
      em,
      sql<PackagingView>`select ${PACKAGING_COLUMNS} from packaging p where ${sql.join(conditions, sql` and `)} order by p.code limit ${limit + 1}`,
    ),
  );
  return toPage(found, limit, ({ code }) => [code], packagingOf);
}

/**
 * Enters a packaging; the same again is the same one.
 * @throws RuleViolation  `PACKAGING_EXISTS` with other content, `EAN_TAKEN` by another one
 */
export async function createPackaging(
  deps: OrdersDeps,
  input: InputOf<Actions['createPackaging']>,
  actor: Actor,
): Promise<PackagingView> {
  const now = deps.now();
  const wanted = { ...input, id: input.id ?? uuidv7(now) };
  return transact(deps, actor, async (em, _announce, audit) => {
    const created = await insertPackaging(em, wanted, now);
    if (created) {
      audit({ ...subject(created), action: 'packaging.created', after: created });
      return created;
    }
    const found = await packagingsLike(em, { ...wanted, ean: comparable(wanted.ean) });
    const known = found.find(({ id, code }) => id === input.id || code === wanted.code);
    if (known && isSame(known, wanted, input.id)) return asRepeated(known);
    throw known ? exists() : eanTaken();
  });
}

/** @throws NotFound; RuleViolation `EAN_TAKEN` */
export async function changePackaging(
  deps: OrdersDeps,
  { id, name, ean, active }: InputOf<Actions['changePackaging']>,
  actor: Actor,
): Promise<PackagingView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const before = await findPackagingForUpdate(em, id);
    if (!before) throw new NotFound('packaging');
    assertVersion(actor, before.version);
    const after = {
      ...before,
      name: name ?? before.name,
      ean: ean === undefined ? before.ean : ean,
      active: active ?? before.active,
    };
    if (isSame(before, after, id) && before.active === after.active) return before;
    await savePackaging(em, after, deps.now());
    const view = { ...after, version: before.version + 1 };
    audit({ ...subject(view), action: 'packaging.changed', before, after: view });
    return view;
  }).catch((error: unknown) => {
    throw violatedConstraint(error) === 'packaging_ean' ? eanTaken() : error;
  });
}

const comparable = (ean: string | null): string | null => (ean === null ? null : comparableCode(ean));

const isSame = (known: PackagingView, wanted: Omit<PackagingView, 'version' | 'createdAt'>, id?: string): boolean =>
  (id === undefined || known.id === id) &&
  known.code === wanted.code &&
  known.name === wanted.name &&
  known.ean === wanted.ean &&
  known.active === wanted.active;

const subject = ({ id }: PackagingView) => ({ entity: 'packaging', entityId: id, merchantId: null });
const exists = () => taken('code', 'PACKAGING_EXISTS', 'There is another packaging with this id or code');
const eanTaken = () => taken('ean', 'EAN_TAKEN', 'Another packaging has this EAN');
const taken = (path: string, code: string, message: string) => refusedField({ path, code, message });
