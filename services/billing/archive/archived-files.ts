import type { MikroORM } from '@mikro-orm/postgresql';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { ArchiveSelection, FileKind } from '../../../shared/protocol/billing/archive.ts';
import type { ArchivedFile } from './archived-documents.ts';

/** A file that left the house and is no invoice: a dunning letter, a collection for the bank, an export. */
export interface ArchivedFileRow {
  kind: FileKind;
  id: string;
  /** The number of the letter or collection, the name of the export. */
  name: string;
  file: ArchivedFile;
}

const PAGE = 200;

const FILES = sql`
  select 'dunningLetter' as kind, id, number as name, issue_date as day, object_key, sha256, bytes from dunning_letter where object_key is not null
  union all
  select 'collectionFile', id, number, created_at::date, object_key, sha256, bytes from collection_run where object_key is not null
  union all
  select 'export', id, filename, made_at::date, object_key, sha256, bytes from export`;

/** The files of every kind, a page at a time. */
export async function* archivedFiles(
  orm: MikroORM,
  { since = '0001-01-01', sample, salt }: ArchiveSelection,
): AsyncIterable<ArchivedFileRow[]> {
  let after: Pick<ArchivedFileRow, 'kind' | 'id'> | undefined;
  for (;;) {
    const last = after;
    const page = await inTransaction(orm, 'staff', (em) =>
      rows(
        em,
        sql<ArchivedFileRow>`select kind, id, name, jsonb_build_object('key', object_key, 'sha256', sha256, 'bytes', bytes) as file
            from (select f.*, row_number() over (partition by kind order by md5(id::text || ${salt})) as place from (${FILES}) f where day >= ${since}) chosen
            where ${sample === undefined ? sql`true` : sql`place <= ${sample}`} and ${last ? sql`(kind, id) > (${last.kind}, ${last.id}::uuid)` : sql`true`}
            order by kind, id limit ${PAGE}`,
      ),
    );
    if (!page.length) return;
    yield page;
    after = page.at(-1)!;
  }
}

/** Dunning letters whose rows say something else than the content they were drawn of. */
export const changedLetters = (orm: MikroORM): Promise<{ number: string; difference: string }[]> =>
  inTransaction(orm, 'staff', (em) =>
    rows(
      em,
      sql`select l.number, 'content has ' || said.field || ' ' || (l.model->>said.field) || ', the row ' || said.value as difference
          from dunning_letter l cross join lateral (values ('number', l.number), ('level', l.level::text), ('asOf', l.as_of::text),
            ('issueDate', l.issue_date::text), ('payBy', l.pay_by::text), ('openMinor', l.open_minor::text),
            ('claimsMinor', l.claims_minor::text), ('totalMinor', l.total_minor::text)) said (field, value)
          where l.object_key is not null and l.model->>said.field <> said.value order by l.number, said.field`,
    ),
  );
