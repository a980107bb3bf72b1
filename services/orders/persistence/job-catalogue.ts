import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { CatalogueEntryView } from '../../../shared/protocol/orders/special-jobs.ts';

export type EntryRow = CatalogueEntryView & { contentHash: string };
type EntryContent = Omit<CatalogueEntryView, 'version' | 'createdAt' | 'updatedAt'>;

const COLUMNS = sql`e.id, e.version, e.code, jsonb_build_object('de', e.name_de, 'en', e.name_en) as name, e.unit,
  e.needs_approval as "needsApproval", e.words, e.active, e.created_at as "createdAt", e.updated_at as "updatedAt",
  e.content_hash as "contentHash"`;

/** @returns `undefined` when id or code are taken */
export async function insertEntry(
  em: EntityManager,
  entry: EntryContent & { contentHash: string },
  now: Date,
): Promise<EntryRow | undefined> {
  const at = now.toISOString();
  return firstRow<EntryRow>(
    em,
    sql<EntryRow>`insert into special_job_catalogue as e (id, code, name_de, name_en, unit, needs_approval, words, active, content_hash, created_at, updated_at)
        values (${entry.id}, ${entry.code}, ${entry.name.de}, ${entry.name.en}, ${entry.unit}, ${entry.needsApproval}, ${entry.words},
          ${entry.active}, ${entry.contentHash}, ${at}, ${at})
        on conflict do nothing returning ${COLUMNS}`,
  );
}

export const findEntry = async (em: EntityManager, id: string): Promise<CatalogueEntryView | undefined> =>
  firstRow<EntryRow>(em, sql<EntryRow>`select ${COLUMNS} from special_job_catalogue e where e.id = ${id}`);

/** The entry with the id, else the one with the code. */
export const findEntryByIdOrCode = async (em: EntityManager, id: string, code: string): Promise<EntryRow | undefined> =>
  firstRow<EntryRow>(
    em,
    sql<EntryRow>`select ${COLUMNS} from special_job_catalogue e where e.id = ${id} or e.code = ${code} order by e.id = ${id} desc limit 1`,
  );

export const findEntryForUpdate = async (em: EntityManager, id: string): Promise<EntryRow | undefined> =>
  firstRow<EntryRow>(em, sql<EntryRow>`select ${COLUMNS} from special_job_catalogue e where e.id = ${id} for update`);

/** Changes a locked entry; the code stays. */
export async function saveEntry(em: EntityManager, entry: EntryContent, now: Date): Promise<EntryRow> {
  const [saved] = await rows<EntryRow>(
    em,
    sql<EntryRow>`update special_job_catalogue e set name_de = ${entry.name.de}, name_en = ${entry.name.en}, unit = ${entry.unit},
          needs_approval = ${entry.needsApproval}, words = ${entry.words}, active = ${entry.active}, updated_at = ${now.toISOString()},
          version = e.version + 1
        where e.id = ${entry.id} returning ${COLUMNS}`,
  );
  return saved!;
}

export async function entriesAfter(
  em: EntityManager,
  { after, active, limit }: { after: [string, string] | undefined; active: boolean | undefined; limit: number },
): Promise<EntryRow[]> {
  const conditions = [
    sql`true`,
    ...(active === undefined ? [] : [sql`e.active = ${active}`]),
    ...(after ? [sql`(e.code, e.id) > (${after[0]}, ${after[1]}::uuid)`] : []),
  ];
  return rows<EntryRow>(
    em,
    sql<EntryRow>`select ${COLUMNS} from special_job_catalogue e where ${sql.join(conditions, sql` and `)} order by e.code, e.id limit ${limit}`,
  );
}

export const entryView = ({ contentHash: _, ...entry }: EntryRow): CatalogueEntryView => ({
  ...entry,
  createdAt: new Date(entry.createdAt).toISOString(),
  updatedAt: new Date(entry.updatedAt).toISOString(),
});
