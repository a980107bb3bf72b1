import type { RawBuilder } from 'kysely';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { ArchiveSelection } from '../../../shared/protocol/billing/archive.ts';

/** A file as the database says it was archived. */
export interface ArchivedFile {
  key: string;
  sha256: string;
  /** `null` where the row does not keep the size. */
  bytes: number | null;
}

/** A released document with what its rows say of it. */
export interface ArchivedRow {
  id: string;
  number: string;
  finalizedAt: string;
  pdf: ArchivedFile;
  /** With those below `null` for documents of version 1, which had no e-invoice. */
  xml: ArchivedFile | null;
  model: ArchivedFile | null;
  rendererVersion: number | null;
  checks: string[] | null;
  /** The content as it was frozen, without its annex. */
  frozen: Record<string, unknown>;
  /** The invoice as its own row says it. */
  invoice: { kind: string; issueDate: string; dueDate: string; netMinor: number; vatMinor: number; grossMinor: number };
  /** Its lines and its VAT as rows of their own say them. */
  lines: ArchivedLine[];
  vat: ArchivedVat[];
}

export interface ArchivedLine {
  position: number;
  label: string;
  quantity: string;
  unitPrice: string;
  baseQuantity: string;
  netMinor: number;
  vatCategory: string;
  vatRateBasisPoints: number;
}

export interface ArchivedVat {
  category: string;
  rateBasisPoints: number;
  basisMinor: number;
  vatMinor: number;
}

const PAGE = 32;

const COLUMNS = sql`i.id, i.number, i.finalized_at::text as "finalizedAt",
  jsonb_build_object('key', d.object_key, 'sha256', d.sha256, 'bytes', d.bytes) as pdf,
  case when d.xml_object_key is not null then jsonb_build_object('key', d.xml_object_key, 'sha256', d.xml_sha256, 'bytes', d.xml_bytes) end as xml,
  case when d.model_object_key is not null then jsonb_build_object('key', d.model_object_key, 'sha256', d.model_sha256, 'bytes', null) end as model,
  d.renderer_version as "rendererVersion", d.checks, d.model as frozen,
  jsonb_build_object('kind', i.kind, 'issueDate', i.issue_date, 'dueDate', i.due_date,
    'netMinor', i.net_minor, 'vatMinor', i.vat_minor, 'grossMinor', i.gross_minor) as invoice,
  (select coalesce(jsonb_agg(jsonb_build_object('position', l.position, 'label', l.label, 'quantity', trim_scale(l.quantity)::text,
    'unitPrice', trim_scale(l.unit_price)::text, 'baseQuantity', trim_scale(l.base_quantity)::text, 'netMinor', l.net_minor,
    'vatCategory', l.vat_category, 'vatRateBasisPoints', l.vat_rate_bp)), '[]') from invoice_line l where l.invoice_id = i.id) as lines,
  (select coalesce(jsonb_agg(jsonb_build_object('category', v.category, 'rateBasisPoints', v.rate_bp,
    'basisMinor', v.basis_minor, 'vatMinor', v.vat_minor)), '[]') from invoice_vat v where v.invoice_id = i.id) as vat`;
const READY = sql`invoice_document d join invoice i on i.id = d.invoice_id and d.kind = 'pdf' and d.state = 'ready'`;

/** The released documents, oldest first, a page at a time, so that an archive of any size fits into memory. */
export async function* archivedDocuments(
  orm: MikroORM,
  { since = '0001-01-01', sample, salt }: ArchiveSelection,
): AsyncIterable<ArchivedRow[]> {
  const ask = (statement: RawBuilder<ArchivedRow>) =>
    inTransaction(orm, 'staff', (em: EntityManager) => rows(em, statement));
  const chosen = sample === undefined ? undefined : await chosenIds(orm, since, sample, salt);
  let after: Pick<ArchivedRow, 'finalizedAt' | 'id'> = {
    finalizedAt: '-infinity',
    id: '00000000-0000-0000-0000-000000000000',
  };
  for (;;) {
    const page = await ask(
      sql<ArchivedRow>`select ${COLUMNS} from ${READY}
          where i.issue_date >= ${since} and (i.finalized_at, i.id) > (${after.finalizedAt}::timestamptz, ${after.id}::uuid)
            and ${chosen ? sql`i.id = any(${chosen}::uuid[])` : sql`true`}
          order by i.finalized_at, i.id limit ${PAGE}`,
    );
    if (!page.length) return;
    yield page;
    after = page.at(-1)!;
  }
}

const chosenIds = (orm: MikroORM, since: string, sample: number, salt: string): Promise<string[]> =>
  inTransaction(orm, 'staff', async (em) => {
    const found = await rows<{ id: string }>(
      em,
      sql`select i.id from ${READY} where i.issue_date >= ${since} order by md5(i.id::text || ${salt}) limit ${sample}`,
    );
    return found.map(({ id }) => id);
  });

/** Numbers that a series gave and no document has, and documents with a number that their series never gave. */
export const brokenSeries = (orm: MikroORM): Promise<{ number: string; difference: string }[]> =>
  inTransaction(orm, 'staff', (em) =>
    rows(
      em,
      sql`select s.kind || ' ' || s.year || ' no. ' || n as number, 'was given and no document has it' as difference
          from number_series s cross join generate_series(1, s.last_number) n
          left join invoice i on (i.issuer_id, i.kind, i.series_year, i.series_number) = (s.issuer_id, s.kind, s.year, n)
          where i.id is null
          union all
          select i.number, 'has a number that its series never gave'
          from invoice i left join number_series s on (s.issuer_id, s.kind, s.year) = (i.issuer_id, i.kind, i.series_year)
          where i.number is not null and i.series_number > coalesce(s.last_number, 0)
          union all
          select i.number, 'is issued and has no document' from invoice i
          left join invoice_document d on d.invoice_id = i.id and d.kind = 'pdf' where i.number is not null and d.invoice_id is null`,
    ),
  );
