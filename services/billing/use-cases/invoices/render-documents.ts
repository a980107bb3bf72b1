import { ZodError } from 'zod';
import { cut } from '../../../../shared/kernel/cut.ts';
import { hasType } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import { inTransaction } from '../../../../shared/persistence/transaction.ts';
import { backOffMs } from '../../../../shared/persistence/work.ts';
import { invoiceDocumentReadyV1 } from '../../../../shared/protocol/billing/events.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import type { StoredObject } from '../../../../shared/storage/object-store.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { invoiceModel, type InvoiceModel } from '../../documents/invoice-model.ts';

interface PendingDocument {
  invoiceId: string;
  merchantId: string;
  attempts: number;
  model: unknown;
  /** Id of the document that it corrects. */
  correctsId: string | null;
}

/** A claimed document is taken up by another worker after this long; longer than the deadline of the renderer. */
const LEASE_MS = 40_000;

/**
 * Renders the next committed invoice, archives the bytes under their hash and tells the others that the document is
 * ready. A kill between any two of these steps repeats them: the same content gives the same bytes and the same key,
 * and only the first to mark the document ready announces it.
 * @returns 1 when a document was worked on, 0 when none is pending
 */
export async function renderNextDocument(deps: BillingDeps): Promise<number> {
  const pending = await inTransaction(deps.orm, 'staff', claimDocument);
  if (!pending) return 0;
  try {
    const model = invoiceModel.parse(pending.model);
    const pdf = await deps.invoices.render(model);
    deps.reached?.('document.rendered', pending.invoiceId);
    const stored = await deps.store.putContent('invoices', pdf, 'pdf');
    deps.reached?.('document.stored', pending.invoiceId);
    await archive(deps, pending, model, stored);
  } catch (error) {
    await recordFailure(deps, pending, error);
  }
  return 1;
}

async function claimDocument(em: EntityManager): Promise<PendingDocument | undefined> {
  return firstRow<PendingDocument>(
    em,
    sql`update invoice_document d set attempts = d.attempts + 1, next_at = clock_timestamp() + ${LEASE_MS} * interval '1 ms'
        from (select invoice_id, kind from invoice_document where state = 'pending' and next_at <= clock_timestamp()
              order by next_at limit 1 for update skip locked) due
        where d.invoice_id = due.invoice_id and d.kind = due.kind
        returning d.invoice_id as "invoiceId", d.merchant_id as "merchantId", d.attempts, d.model,
          (select corrects_id from invoice where id = d.invoice_id) as "correctsId"`,
  );
}

async function archive(
  deps: BillingDeps,
  pending: PendingDocument,
  model: InvoiceModel,
  stored: StoredObject,
): Promise<void> {
  await transact(deps, serviceActor('billing', `document-${uuidv7(deps.now())}`), async (em, announce) => {
    const first = await affected(
      em,
      sql`update invoice_document set state = 'ready', object_key = ${stored.key}, sha256 = ${stored.sha256}, bytes = ${stored.bytes},
            ready_at = ${deps.now().toISOString()}, error = null
          where invoice_id = ${pending.invoiceId} and kind = 'pdf' and state = 'pending'`,
    );
    if (!first) return;
    announce(invoiceDocumentReadyV1, {
      invoiceId: pending.invoiceId,
      merchantId: pending.merchantId,
      number: model.number,
      kind: model.kind,
      corrects: model.corrects && pending.correctsId ? { invoiceId: pending.correctsId, ...model.corrects } : null,
      currency: model.currency,
      issueDate: model.issueDate,
      dueDate: model.dueDate,
      periodFrom: model.servicePeriod.from,
      periodTo: model.servicePeriod.to,
      netMinor: model.netMinor,
      vatMinor: model.vatMinor,
      grossMinor: model.grossMinor,
      language: model.language,
      issuerName: model.seller.name,
      pdf: {
        objectKey: stored.key,
        sha256: stored.sha256,
        bytes: stored.bytes,
        filename: `${model.number.replaceAll('/', '-')}.pdf`,
      },
    });
  });
}

/**
 * A document that fails is tried again for as long as it takes: a store that is away comes back. What its own content
 * makes impossible is parked until someone looks; its mail does not leave.
 */
async function recordFailure(deps: BillingDeps, pending: PendingDocument, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const parked = hasType(error, 'DOCUMENT_GLYPH_MISSING') || error instanceof ZodError;
  deps.log.error({ err: error, invoice: pending.invoiceId, parked }, 'a document could not be made');
  const waitMs = backOffMs(pending.attempts, deps.random(), { firstMs: 1_000, maxMs: 600_000 });
  await inTransaction(deps.orm, 'staff', (em) =>
    rows(
      em,
      sql`update invoice_document set state = ${parked ? 'parked' : 'pending'}, error = ${cut(message, 1_000)},
            next_at = clock_timestamp() + ${waitMs} * interval '1 ms'
          where invoice_id = ${pending.invoiceId} and kind = 'pdf' and state = 'pending'`,
    ),
  );
}
