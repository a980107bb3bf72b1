import type { RawBuilder } from 'kysely';
import { addDays, localDateOf } from '../../../../shared/kernel/dates.ts';
import { invoiceFinalizedV1 } from '../../../../shared/protocol/billing/events.ts';
import type { InvoiceKind } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { INVOICE_RENDERER_VERSION } from '../../documents/invoice-model.ts';
import type { Content } from '../../documents/mirrored-model.ts';
import { formatNumber } from '../../domain/invoices/number.ts';
import { announceDebit, type UsableMandate } from '../../persistence/direct-debits/usable-mandate.ts';
import { patternOf, type Issuer } from '../../persistence/issuer.ts';
import { freezeInvoice, takeNumber, type InvoiceHead } from '../../persistence/runs/finalized-invoices.ts';
import { announcedDebit } from '../direct-debits/announced-debit.ts';
import { issuable } from './issuable-content.ts';
import { glyphs } from './printable.ts';
import type { StepTx } from '../runs/work-row.ts';

/** A draft that becomes a document of its kind. */
export interface Issuing {
  issuer: Issuer;
  draft: InvoiceHead;
  /** Everything the document says but number and dates. */
  content: Record<string, unknown>;
  /** Days until it is to be paid; a correction asks for nothing. */
  termsDays: number;
  /** Of the run that billed it, or that billed what is corrected. */
  cutoff: string;
  corrects: { invoiceId: string; number: string; issueDate: string } | null;
  /** Who wanted it. */
  by: string;
  /** By which an invoice is collected. */
  mandate?: UsableMandate;
  /** What is to be written along with it. */
  beside: RawBuilder<unknown>;
}

export interface Issued {
  id: string;
  number: string;
  issueDate: string;
}

/**
 * Gives a draft the next number of its kind and year and freezes it. Everything else is done before, so that the
 * counter is locked for two statements and the commit (T3). The clock is read again once it is, so that of two
 * documents at once the one with the higher number is never the earlier one; the year is that of the house's zone.
 * @throws AppError `DOCUMENT_GLYPH_MISSING` when a correction could not be printed; nothing is written then
 * @throws RuleViolation as {@link issuable} when no document can be made of the content
 * @throws Error when the year ended meanwhile: the transaction is done again
 */
export async function issueDocument(
  deps: BillingDeps,
  { em, announce, audit }: StepTx,
  { issuer, draft, content, termsDays, cutoff, corrects, by, mandate, beside }: Issuing,
): Promise<Issued> {
  const { id, kind, merchantId } = draft;
  // a run has looked before it was approved; what corrects a document has a text that nobody has seen yet
  if (corrects) (await glyphs()).assertPrintable(content as Content);
  const said = issuable(content);
  const year = yearOf(deps, deps.now());
  const sequence = await takeNumber(em, issuer.id, kind, year);
  deps.reached?.('number.taken', merchantId);
  const finalizedAt = deps.now();
  if (yearOf(deps, finalizedAt) !== year) throw new Error('The year ended while the number was taken; do it again');
  const number = formatNumber(patternOf(issuer, kind), year, sequence);
  const issueDate = localDateOf(finalizedAt, deps.config.KONTOR_ZONE);
  const dueDate = addDays(issueDate, termsDays);
  const collected = announcedDebit({ issuer, mandate, content: said, issueDate, dueDate });
  const model = {
    ...{ ...said, rendererVersion: INVOICE_RENDERER_VERSION, number, issueDate, dueDate },
    ...(collected ? { directDebit: collected.onInvoice } : {}),
  };
  const along = collected ? [beside, announceDebit(draft, collected)] : [beside];
  await freezeInvoice(em, draft, { number, year, sequence, issueDate, dueDate, finalizedAt }, model, along);
  const { runId, periodFrom, periodTo, netMinor, vatMinor, grossMinor, currency } = draft;
  announce(invoiceFinalizedV1, {
    ...{ invoiceId: id, merchantId, number, kind, corrects },
    ...{ currency, issueDate, dueDate, periodFrom, periodTo, netMinor, vatMinor, grossMinor, runId, cutoff },
    finalizedAt: finalizedAt.toISOString(),
  });
  audit({
    ...{ action: 'invoice.finalized', entity: 'invoice', entityId: id, merchantId },
    after: { number, grossMinor, by, ...(kind === ('invoice' satisfies InvoiceKind) ? {} : { kind }) },
  });
  return { id, number, issueDate };
}

const yearOf = (deps: BillingDeps, instant: Date): number =>
  Number(localDateOf(instant, deps.config.KONTOR_ZONE).slice(0, 4));
