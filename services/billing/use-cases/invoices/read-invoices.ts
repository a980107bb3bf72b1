import { csvTable } from '../../../../shared/csv/write-table.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { isStaff, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { runsActions } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { shareMinor } from '../../domain/invoices/invoice-draft.ts';
import { archivedPdf, evidenceOf, invoiceView, listInvoices as list } from '../../persistence/runs/invoice-views.ts';

type Actions = typeof runsActions;

export const listInvoices = (
  deps: BillingDeps,
  input: InputOf<Actions['listInvoices']>,
  actor: Actor,
): Promise<OutputOf<Actions['listInvoices']>> =>
  read(deps, actor, (em) => list(em, { ...input, drafts: isStaff(actor) }));

export const getInvoice = (
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getInvoice']>> => read(deps, actor, (em) => invoiceView(em, id, isStaff(actor)));

export async function getInvoicePdf(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getInvoicePdf']>> {
  const { objectKey, number } = await read(deps, actor, (em) => archivedPdf(em, id));
  return {
    objectKey,
    contentType: 'application/pdf',
    filename: `${number.replaceAll('/', '-')}.pdf`,
    disposition: 'inline',
  };
}

const EVIDENCE_COLUMNS = [
  ...['position', 'section', 'label', 'serviceDate', 'reference', 'chargeType', 'quantity', 'unit', 'unitPrice'],
  ...['shareMinor', 'late', 'chargeId', 'baseQuantity'],
];

/** Every charge behind the lines of an invoice as CSV; shares are for the eye, the line's net is what counts. */
export async function getInvoiceEvidence(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getInvoiceEvidence']>> {
  const { invoice, evidence } = await read(deps, actor, async (em) => ({
    invoice: await invoiceView(em, id, isStaff(actor)),
    evidence: await evidenceOf(em, id),
  }));
  const csv = csvTable(
    EVIDENCE_COLUMNS,
    evidence.map((row) => ({
      ...row,
      late: row.late ? 'yes' : 'no',
      shareMinor: shareMinor(row.lineNetMinor, row.quantity, row.lineQuantity),
    })),
  );
  const { key } = await deps.store.putContent('evidence', csv, 'csv');
  return {
    objectKey: key,
    contentType: 'text/csv; charset=utf-8',
    filename: `${invoice.number ?? 'draft'}-evidence.csv`.replaceAll('/', '-'),
    disposition: 'attachment',
  };
}
