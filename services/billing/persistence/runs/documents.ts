import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { DocumentFinding } from '../../../../shared/protocol/billing/document-finding.ts';
import type { StoredObject } from '../../../../shared/storage/object-store.ts';

export interface PendingDocument {
  invoiceId: string;
  merchantId: string;
  attempts: number;
  /** Of these, how often the process that makes it died or hung over it. */
  crashes: number;
  model: Record<string, unknown>;
  correctsId: string | null;
}

/** A claimed document is taken up by another worker after this long; longer than the deadline of the renderer. */
const LEASE_MS = 40_000;

/** Takes the next document that is to be made; others see it again when the lease is over. */
export const claimDocument = (em: EntityManager): Promise<PendingDocument | undefined> =>
  firstRow<PendingDocument>(
    em,
    sql`update invoice_document d set attempts = d.attempts + 1, next_at = clock_timestamp() + ${LEASE_MS} * interval '1 ms'
        from (select invoice_id, kind from invoice_document where state = 'pending' and next_at <= clock_timestamp()
              order by next_at limit 1 for update skip locked) due
        join invoice i on i.id = due.invoice_id
        where d.invoice_id = due.invoice_id and d.kind = due.kind
        returning d.invoice_id as "invoiceId", d.merchant_id as "merchantId", d.attempts, d.crashes, d.model, i.corrects_id as "correctsId"`,
  );

/** A document with its e-invoice and its content, as archived. */
export interface ArchivedDocument {
  pdf: StoredObject;
  xml: StoredObject;
  model: StoredObject;
  rendererVersion: number;
  checks: readonly string[];
}

/** @returns false when it was archived already, by another worker */
export async function archiveDocument(
  em: EntityManager,
  invoiceId: string,
  { pdf, xml, model, rendererVersion, checks }: ArchivedDocument,
  readyAt: Date,
): Promise<boolean> {
  const changed = await affected(
    em,
    sql`update invoice_document set state = 'ready', object_key = ${pdf.key}, sha256 = ${pdf.sha256}, bytes = ${pdf.bytes},
          xml_object_key = ${xml.key}, xml_sha256 = ${xml.sha256}, xml_bytes = ${xml.bytes},
          model_object_key = ${model.key}, model_sha256 = ${model.sha256}, renderer_version = ${rendererVersion},
          checks = ${checks as string[]}::text[], ready_at = ${readyAt.toISOString()}, error = null, finding = null
        where invoice_id = ${invoiceId} and kind = 'pdf' and state = 'pending'`,
  );
  return changed > 0;
}

/** A try that failed, of an invoice or a dunning letter. */
export interface DocumentFailure {
  error: string;
  /** Why another try would fail, too; nothing where it may succeed. */
  finding: DocumentFinding | undefined;
  /** How often the process that makes it has died or hung over it by now. */
  crashes: number;
  /** Until the next try. */
  waitMs: number;
}

/** Why a document could not be made: tried again after a while, or parked with a finding until someone looks. */
export const noteFailure = (
  em: EntityManager,
  invoiceId: string,
  { error, finding, crashes, waitMs }: DocumentFailure,
): Promise<unknown> =>
  rows(
    em,
    sql`update invoice_document set state = ${finding ? 'parked' : 'pending'}, error = ${error}, crashes = ${crashes},
          finding = ${finding ? JSON.stringify(finding) : null}::jsonb, next_at = clock_timestamp() + ${waitMs} * interval '1 ms'
        where invoice_id = ${invoiceId} and kind = 'pdf' and state = 'pending'`,
  );

/** The archived files of a document. @throws NotFound while there are none, or none of that kind */
export async function archivedFile(
  em: EntityManager,
  id: string,
  file: 'pdf' | 'xml',
): Promise<{ objectKey: string; number: string }> {
  const found = await firstRow<{ objectKey: string | null; number: string }>(
    em,
    sql`select ${file === 'pdf' ? sql`d.object_key` : sql`d.xml_object_key`} as "objectKey", i.number
        from invoice_document d join invoice i on i.id = d.invoice_id
        where d.invoice_id = ${id} and d.kind = 'pdf' and d.state = 'ready'`,
  );
  if (!found?.objectKey) throw new NotFound('document');
  return { objectKey: found.objectKey, number: found.number };
}
