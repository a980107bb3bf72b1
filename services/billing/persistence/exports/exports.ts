import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readTimeCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type {
  ExportDocument,
  ExportFinding,
  ExportKind,
  ExportSums,
  ExportSummary,
  ExportView,
} from '../../../../shared/protocol/billing/export-views.ts';
import { ISSUER_ID } from '../issuer.ts';

/** An export as it is recorded; nothing of it changes afterwards. */
export interface MadeExport {
  id: string;
  kind: ExportKind;
  period: string;
  onlyNew: boolean;
  madeBy: string;
  madeByName: string;
  madeAt: Date;
  file: { key: string; sha256: string; bytes: number; filename: string };
  sums: ExportSums;
  findings: readonly ExportFinding[];
}

export interface RecordedEntry {
  invoiceId: string;
  merchantId: string;
  month: LocalMonth;
  account: string | null;
}

/** Exports of a kind are recorded one after the other, so that each sees which documents others had first. */
export const lockExports = async (em: EntityManager, kind: ExportKind): Promise<void> =>
  void (await rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${`billing.export ${kind}`}, 0))`));

export async function insertExport(em: EntityManager, made: MadeExport): Promise<void> {
  const { id, kind, period, onlyNew, madeBy, madeByName, madeAt, file, sums, findings } = made;
  await rows(
    em,
    sql`insert into export (id, issuer_id, kind, period, only_new, made_by, made_by_name, made_at, object_key, sha256, bytes, filename, summary, findings)
        values (${id}, ${ISSUER_ID}, ${kind}, ${period}, ${onlyNew}, ${madeBy}, ${madeByName}, ${madeAt.toISOString()}, ${file.key}, ${file.sha256},
          ${file.bytes}, ${file.filename}, ${JSON.stringify(sums)}::jsonb, ${JSON.stringify(findings)}::jsonb)`,
  );
}

/** Notes what is in an export, and for each document the export that had it first. @returns how many it repeats */
export async function insertEntries(
  em: EntityManager,
  { id, kind }: Pick<MadeExport, 'id' | 'kind'>,
  entries: readonly RecordedEntry[],
): Promise<number> {
  const inserted = await rows<{ repeats: boolean }>(
    em,
    sql`insert into export_document (export_id, kind, invoice_id, merchant_id, month, account, first_export_id)
        select ${id}, ${kind}, t.invoice_id, t.merchant_id, t.month, t.account, f.export_id
        from unnest(${entries.map(({ invoiceId }) => invoiceId)}::uuid[], ${entries.map(({ merchantId }) => merchantId)}::uuid[],
          ${entries.map(({ month }) => month)}::text[], ${entries.map(({ account }) => account)}::text[]) as t (invoice_id, merchant_id, month, account)
        left join export_document f on f.kind = ${kind} and f.invoice_id = t.invoice_id and f.month = t.month and f.first_export_id is null
        returning first_export_id is not null as repeats`,
  );
  return inserted.filter(({ repeats }) => repeats).length;
}

const DOCUMENT = sql`e.invoice_id as "invoiceId", i.number, m.name as "merchantName", e.month`;
const FIRST = sql`jsonb_build_object('exportId', f.id, 'madeAt', f.made_at, 'madeByName', f.made_by_name)`;

/** Which of some documents were exported before, and by which export first. */
export const exportedBefore = async (
  em: EntityManager,
  kind: ExportKind,
  invoiceIds: readonly string[],
): Promise<ExportDocument[]> => {
  const found = await rows<ExportDocument>(
    em,
    sql`select ${DOCUMENT}, ${FIRST} as "repeatOf"
        from export_document e join export f on f.id = e.export_id join invoice i on i.id = e.invoice_id join merchant_ref m on m.merchant_id = e.merchant_id
        where e.kind = ${kind} and e.first_export_id is null and e.invoice_id = any(${invoiceIds as string[]}) order by i.issue_date, i.number, e.month`,
  );
  return found.map(withInstant);
};

/** What was in exports of the same kind and period. */
export const entriesOfPeriod = (
  em: EntityManager,
  kind: ExportKind,
  period: string,
): Promise<{ exportId: string; invoiceId: string; month: LocalMonth }[]> =>
  rows(
    em,
    sql`select e.export_id as "exportId", e.invoice_id as "invoiceId", e.month
        from export x join export_document e on e.export_id = x.id where x.kind = ${kind} and x.period = ${period}`,
  );

/** Where the latest export of the postings of a document posted it, of the documents that some correct. */
export interface PostedOriginal {
  correctionId: string;
  originalId: string;
  account: string;
}

/** @param corrections  documents; those that correct nothing, or what was not exported, are not in it */
export const accountsOfOriginals = (em: EntityManager, corrections: readonly string[]): Promise<PostedOriginal[]> =>
  rows<PostedOriginal>(
    em,
    sql`select i.id as "correctionId", i.corrects_id as "originalId", latest.account from invoice i cross join lateral (
          select e.account from export_document e join export x on x.id = e.export_id
          where e.kind = 'postings' and e.invoice_id = i.corrects_id and e.account is not null order by x.made_at desc, x.id desc limit 1) latest
        where i.id = any(${[...corrections]}::uuid[])`,
  );

/** Of which periods there is an export of a kind. */
export async function exportedPeriods(em: EntityManager, kind: ExportKind): Promise<string[]> {
  const found = await rows<{ period: string }>(em, sql`select distinct period from export where kind = ${kind}`);
  return found.map(({ period }) => period);
}

const SUMMARY = sql`x.id, x.kind, x.period, x.only_new as "onlyNew", x.made_at as "madeAt", x.made_by_name as "madeByName", x.filename,
  x.bytes::float8 as bytes, x.sha256, x.summary as sums, jsonb_array_length(x.findings) as "findingCount",
  (select count(distinct invoice_id) from export_document where export_id = x.id and first_export_id is not null)::integer as "repeatCount"`;

export interface ExportFilter {
  limit: number;
  cursor?: string | undefined;
  kind?: string | undefined;
  period?: string | undefined;
}

export async function listExports(em: EntityManager, filter: ExportFilter): Promise<Page<ExportSummary>> {
  const after = readTimeCursor(filter.cursor);
  const found = await rows<ExportSummary>(
    em,
    sql`select ${SUMMARY} from export x
        where ${filter.kind ? sql`x.kind = ${filter.kind}` : sql`true`} and ${filter.period ? sql`x.period = ${filter.period}` : sql`true`}
          and ${after ? sql`(x.made_at, x.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
        order by x.made_at desc, x.id desc limit ${filter.limit + 1}`,
  );
  return toPage(
    found.map((row) => ({ ...row, madeAt: new Date(row.madeAt).toISOString() })),
    filter.limit,
    ({ madeAt, id }) => [madeAt, id],
    (row) => row,
  );
}

/** @throws NotFound */
export async function exportView(em: EntityManager, id: string): Promise<ExportView> {
  const head = await firstRow<ExportSummary & Pick<ExportView, 'findings'>>(
    em,
    sql`select ${SUMMARY}, x.findings from export x where x.id = ${id}`,
  );
  if (!head) throw new NotFound('export');
  const documents = await rows<ExportDocument>(
    em,
    sql`select ${DOCUMENT}, case when f.id is not null then ${FIRST} end as "repeatOf"
        from export_document e join invoice i on i.id = e.invoice_id join merchant_ref m on m.merchant_id = e.merchant_id
        left join export f on f.id = e.first_export_id
        where e.export_id = ${id} order by i.issue_date, i.number, e.month`,
  );
  return { ...head, madeAt: new Date(head.madeAt).toISOString(), documents: documents.map(withInstant) };
}

/** @throws NotFound */
export async function exportFile(em: EntityManager, id: string): Promise<{ objectKey: string; filename: string }> {
  const found = await firstRow<{ objectKey: string; filename: string }>(
    em,
    sql`select object_key as "objectKey", filename from export where id = ${id}`,
  );
  if (!found) throw new NotFound('export');
  return found;
}

/** As PostgreSQL writes an instant into JSON, and as the API does. */
const withInstant = (document: ExportDocument): ExportDocument =>
  document.repeatOf
    ? { ...document, repeatOf: { ...document.repeatOf, madeAt: new Date(document.repeatOf.madeAt).toISOString() } }
    : document;
