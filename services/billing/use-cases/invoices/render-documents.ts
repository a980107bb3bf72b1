import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../../shared/persistence/transaction.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import { invoiceDocumentReadyV1 } from '../../../../shared/protocol/billing/events.ts';
import type { StoredObject } from '../../../../shared/storage/object-store.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { owedMinor } from '../../documents/invoice-payable.ts';
import type { InvoiceModel } from '../../documents/invoice-model.ts';
import {
  archiveDocument,
  claimDocument,
  noteFailure,
  type ArchivedDocument,
  type PendingDocument,
} from '../../persistence/runs/documents.ts';
import { failureOf } from './document-finding.ts';
import { contentWithAnnex, documentTask } from './document-task.ts';

/** Makes documents that are due, one in each child. @returns how many were worked on, 0 when none is pending */
export async function renderDocuments(deps: BillingDeps): Promise<number> {
  const worked = await Promise.all(Array.from({ length: deps.invoices.size }, () => renderNextDocument(deps)));
  return worked.reduce((sum, count) => sum + count, 0);
}

/**
 * Makes the document of the next committed invoice, archives its bytes under their hash and tells the others that it is
 * ready. A kill between any two of these steps repeats them: the same content gives the same bytes and the same keys,
 * and only the first to mark the document ready announces it.
 * @returns 1 when a document was worked on, 0 when none is pending
 */
export async function renderNextDocument(deps: BillingDeps): Promise<number> {
  const pending = await inTransaction(deps.orm, 'staff', claimDocument);
  if (!pending) return 0;
  try {
    const content = await inTransaction(deps.orm, 'staff', (em) => contentWithAnnex(em, pending));
    const made = await deps.invoices.make(await documentTask(deps.store, content));
    deps.reached?.('document.rendered', pending.invoiceId);
    const [pdf, xml, model] = await Promise.all([
      deps.store.putContent('invoices', made.pdf, 'pdf'),
      deps.store.putContent('invoices', made.xml, 'xml'),
      deps.store.putContent('invoices', made.model, 'json'),
    ]);
    deps.reached?.('document.stored', pending.invoiceId);
    const { rendererVersion, checks } = made;
    await archive(deps, pending, JSON.parse(Buffer.from(made.model).toString()) as InvoiceModel, {
      ...{ pdf, xml, model, rendererVersion, checks },
    });
  } catch (error) {
    await recordFailure(deps, pending, error);
  }
  return 1;
}

async function archive(
  deps: BillingDeps,
  { invoiceId, merchantId, correctsId }: PendingDocument,
  model: InvoiceModel,
  archived: ArchivedDocument,
): Promise<void> {
  await transact(deps, serviceActor('billing', `document-${uuidv7(deps.now())}`), async (em, announce) => {
    if (!(await archiveDocument(em, invoiceId, archived, deps.now()))) return;
    const { number, kind, currency, issueDate, dueDate, netMinor, vatMinor, grossMinor, language } = model;
    announce(invoiceDocumentReadyV1, {
      ...{
        invoiceId,
        merchantId,
        number,
        kind,
        currency,
        issueDate,
        dueDate,
        netMinor,
        vatMinor,
        grossMinor,
        language,
      },
      corrects: correctsId && model.corrects ? { invoiceId: correctsId, ...model.corrects } : null,
      periodFrom: model.servicePeriod.from,
      periodTo: model.servicePeriod.to,
      issuerName: model.seller.name,
      payableMinor: owedMinor(model),
      ...announcedDebit(model),
      pdf: fileOf(archived.pdf, number, 'pdf'),
      xml: fileOf(archived.xml, number, 'xml'),
    });
  });
}

function announcedDebit({ directDebit }: InvoiceModel) {
  if (!directDebit) return {};
  const { collectedOn, mandateReference } = directDebit;
  return { directDebit: { collectedOn, mandateReference } };
}

const fileOf = ({ key, sha256, bytes }: StoredObject, number: string, extension: 'pdf' | 'xml') => ({
  ...{ objectKey: key, sha256, bytes },
  filename: `${number.replaceAll('/', '-')}.${extension}`,
});

/** Parked until someone looks, or tried again as {@link failureOf} says. Of what is parked the mail does not leave. */
async function recordFailure(deps: BillingDeps, document: PendingDocument, error: unknown): Promise<void> {
  const { invoiceId } = document;
  const failure = failureOf(error, document, deps.random());
  const parked = failure.finding !== undefined;
  deps.log.error({ err: error, invoice: invoiceId, parked }, 'a document could not be made');
  await inTransaction(deps.orm, 'staff', (em) => noteFailure(em, invoiceId, failure));
}
