import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { PackagingView } from '../../../shared/protocol/orders/views.ts';

/** The columns of a {@link PackagingView}. */
export const PACKAGING_COLUMNS = sql`p.id, p.version, p.code, p.name, p.ean, p.active, p.created_at as "createdAt"`;

export const packagingOf = (row: PackagingView): PackagingView => ({
  ...row,
  createdAt: new Date(row.createdAt).toISOString(),
});

/** The packagings that scanned codes can mean, by code or EAN. @param eans  as `comparableCode` makes them */
export async function activePackagings(
  em: EntityManager,
  codes: readonly string[],
  eans: readonly string[],
): Promise<{ code: string; ean: string | null }[]> {
  return rows(
    em,
    sql`select code, comparable_ean as ean from packaging
        where active and (code = any(${[...codes]}::text[]) or comparable_ean = any(${[...eans]}::text[]))`,
  );
}

/** @returns `undefined` when the id or the code is taken */
export async function insertPackaging(
  em: EntityManager,
  { id, code, name, ean, active }: Pick<PackagingView, 'id' | 'code' | 'name' | 'ean' | 'active'>,
  now: Date,
): Promise<PackagingView | undefined> {
  const row = await firstRow<PackagingView>(
    em,
    sql<PackagingView>`insert into packaging as p (id, code, name, ean, active, created_at, updated_at)
        values (${id}, ${code}, ${name}, ${ean}, ${active}, ${now.toISOString()}, ${now.toISOString()})
        on conflict do nothing returning ${PACKAGING_COLUMNS}`,
  );
  return row && packagingOf(row);
}

/** Those that an id or a code belongs to, and what has the EAN. @param ean  as `comparableCode` makes it */
export async function packagingsLike(
  em: EntityManager,
  { id, code, ean }: Pick<PackagingView, 'id' | 'code' | 'ean'>,
): Promise<PackagingView[]> {
  const found = await rows<PackagingView>(
    em,
    sql<PackagingView>`select ${PACKAGING_COLUMNS} from packaging p where p.id = ${id} or p.code = ${code} or (p.active and p.comparable_ean = ${ean})`,
  );
  return found.map(packagingOf);
}

export async function findPackagingForUpdate(em: EntityManager, id: string): Promise<PackagingView | undefined> {
  const row = await firstRow<PackagingView>(
    em,
    sql<PackagingView>`select ${PACKAGING_COLUMNS} from packaging p where p.id = ${id} for update`,
  );
  return row && packagingOf(row);
}

/** Writes a locked packaging; its code never changes. */
export async function savePackaging(
  em: EntityManager,
  { id, name, ean, active }: Pick<PackagingView, 'id' | 'name' | 'ean' | 'active'>,
  now: Date,
): Promise<void> {
  await rows(
    em,
    sql`update packaging set name = ${name}, ean = ${ean}, active = ${active}, version = version + 1,
          updated_at = ${now.toISOString()} where id = ${id}`,
  );
}
