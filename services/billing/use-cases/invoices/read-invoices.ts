import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { isStaff, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { runsActions } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { archivedFile } from '../../persistence/runs/documents.ts';
import {
  evidenceOf,
  invoiceView,
  listInvoices as list,
  type InvoiceReader,
} from '../../persistence/runs/invoice-views.ts';
import { evidenceCsv, evidenceSheet } from './evidence-csv.ts';
import { todayOf } from '../payments/open-items.ts';

type Actions = typeof runsActions;

export const listInvoices = (
  deps: BillingDeps,
  input: InputOf<Actions['listInvoices']>,
  actor: Actor,
): Promise<OutputOf<Actions['listInvoices']>> => read(deps, actor, (em) => list(em, input, readerOf(deps, actor)));

export const getInvoice = (
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getInvoice']>> => read(deps, actor, (em) => invoiceView(em, id, readerOf(deps, actor)));

const readerOf = (deps: BillingDeps, actor: Actor): InvoiceReader =>
  isStaff(actor) ? { staff: true } : { staff: false, today: todayOf(deps) };

export const getInvoicePdf = (
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getInvoicePdf']>> => archived(deps, id, 'pdf', actor);

export const getInvoiceXml = (
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getInvoiceXml']>> => archived(deps, id, 'xml', actor);

/** A PDF is looked at, the e-invoice is taken into another program. */
async function archived(deps: BillingDeps, id: string, file: 'pdf' | 'xml', actor: Actor) {
  const { objectKey, number } = await read(deps, actor, (em) => archivedFile(em, id, file));
  return {
    objectKey,
    contentType: file === 'pdf' ? 'application/pdf' : 'application/xml; charset=utf-8',
    filename: `${number.replaceAll('/', '-')}.${file}`,
    disposition: file === 'pdf' ? ('inline' as const) : ('attachment' as const),
  };
}

/**
 * Every charge behind the lines of an issued invoice as CSV, and the lines that no charge stands behind, such as
 * discounts: the shares add up to the net of each line and of the invoice. As programs read it, unless a language is named.
 * @throws RuleViolation 409 for a draft: its charges are linked by the approval
 */
export async function getInvoiceEvidence(
  deps: BillingDeps,
  { id, language }: InputOf<Actions['getInvoiceEvidence']>,
  actor: Actor,
): Promise<OutputOf<Actions['getInvoiceEvidence']>> {
  const { invoice, evidence } = await read(deps, actor, async (em) => ({
    invoice: await invoiceView(em, id, readerOf(deps, actor)),
    evidence: await evidenceOf(em, id),
  }));
  if (invoice.number === null)
    throw new RuleViolation('INVOICE_IS_DRAFT', 'A draft has no evidence yet: its charges are linked by the approval');
  const csv = language ? evidenceSheet(evidence, language) : evidenceCsv(evidence);
  const { key } = await deps.store.putContent('evidence', csv, 'csv');
  return {
    objectKey: key,
    contentType: 'text/csv; charset=utf-8',
    filename: `${invoice.number}-${language === 'de' ? 'Einzelnachweis' : 'evidence'}.csv`.replaceAll('/', '-'),
    disposition: 'attachment',
  };
}
