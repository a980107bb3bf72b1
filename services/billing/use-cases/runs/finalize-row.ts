import type { RawBuilder } from 'kysely';
import { addDays, localDateOf } from '../../../../shared/kernel/dates.ts';
import { invoiceFinalizedV1 } from '../../../../shared/protocol/billing/events.ts';
import type { IssuerProfile } from '../../../../shared/protocol/billing/issuer.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { invoiceContent } from '../../domain/invoices/invoice-content.ts';
import { formatNumber } from '../../domain/invoices/number.ts';
import { rowPeriods, type DuePeriod } from '../../domain/runs/periods.ts';
import { INVOICE_RENDERER_VERSION } from '../../documents/invoice-model.ts';
import type { Issuer } from '../../persistence/issuer.ts';
import {
  approvedDrafts,
  freezeInvoice,
  takeNumber,
  type ApprovedDraft,
  type InvoiceHead,
} from '../../persistence/runs/finalized-invoices.ts';
import { rowUpdate, type RowChange, type RunRow } from '../../persistence/runs/run-rows.ts';
import { announceDebit, type UsableMandate } from '../../persistence/direct-debits/usable-mandate.ts';
import { announcedDebit } from '../direct-debits/announced-debit.ts';
import { bookingOf, useCreditBalance } from '../payments/settlement.ts';
import type { StepTx } from './work-row.ts';

/**
 * Gives the approved invoices of a row their numbers and freezes them. Everything else is done before the counter row
 * is locked, so that the lock lasts two statements and the commit (T3). The document is rendered after the commit.
 */
export async function finalizeRow(deps: BillingDeps, tx: StepTx, row: RunRow): Promise<void> {
  const { issuer, drafts, balanceMinor, mandate } = await approvedDrafts(tx.em, row.id);
  const merchant = row.merchantFrozen;
  if (!issuer || !merchant || !drafts.length)
    throw new Error(`Row ${row.id} is approved without issuer, frozen merchant or draft`);
  const ready: { draft: InvoiceHead; content: Record<string, unknown> }[] = [];
  for (const draft of drafts) {
    const prepaidMinor = balanceMinor > 0 ? await payFromBalance(deps, tx, row, draft.head) : 0;
    const content = contentOf(row, draft, issuer.profile);
    ready.push({ draft: draft.head, content: prepaidMinor ? { ...content, prepaidMinor } : content });
  }
  const change: RowChange = {
    state: 'finalized',
    finalizedAt: deps.now(),
    doneStreams: [...new Set(drafts.flatMap(({ head }) => periodsOf(row, head).map(({ stream }) => stream)))],
    findings: row.findings.filter(({ blocks }) => !blocks),
  };
  // a row changes once, with the first of its invoices
  for (const [index, invoice] of ready.entries()) {
    // what is collected once is collected with the first document
    const by = mandate && (index === 0 || mandate.kind === 'recurrent') ? mandate : undefined;
    const beside = index === 0 ? [rowUpdate(row, change)] : [];
    await finalizeInvoice(deps, tx, row, { issuer, ...invoice, mandate: by }, beside);
  }
}

/** Before the number is taken, because it waits for others who book for the merchant. */
const payFromBalance = (
  deps: BillingDeps,
  { em, audit }: StepTx,
  { merchantId, wantedBy }: RunRow,
  { id, grossMinor }: InvoiceHead,
): Promise<number> =>
  useCreditBalance({ em, audit, booking: bookingOf(deps, wantedBy ?? 'billing') }, merchantId, id, grossMinor);

/**
 * One invoice gets its number. The clock is read again once the counter is locked, so that of two invoices at once the
 * one with the higher number is never the earlier one.
 */
async function finalizeInvoice(
  deps: BillingDeps,
  { em, announce, audit }: StepTx,
  row: RunRow,
  {
    issuer,
    draft,
    content,
    mandate,
  }: { issuer: Issuer; draft: InvoiceHead; content: Record<string, unknown>; mandate: UsableMandate | undefined },
  beside: readonly RawBuilder<unknown>[],
): Promise<void> {
  const year = yearOf(deps, deps.now());
  const sequence = await takeNumber(em, issuer.id, 'invoice', year);
  deps.reached?.('number.taken', row.merchantId);
  const finalizedAt = deps.now();
  if (yearOf(deps, finalizedAt) !== year) throw new Error('The year ended while the number was taken; do it again');
  const number = formatNumber(issuer.numberPattern, year, sequence);
  const issueDate = localDateOf(finalizedAt, deps.config.KONTOR_ZONE);
  const dueDate = addDays(issueDate, row.merchantFrozen!.paymentTermsDays);
  const collected = announcedDebit({ issuer, mandate, content, issueDate, dueDate });
  const model = {
    ...{ ...content, rendererVersion: INVOICE_RENDERER_VERSION, number, issueDate, dueDate },
    ...(collected ? { directDebit: collected.onInvoice } : {}),
  };
  const announced = collected ? [announceDebit(draft, collected)] : [];
  await freezeInvoice(em, draft, { number, year, sequence, issueDate, dueDate, finalizedAt }, model, [
    ...beside,
    ...announced,
  ]);
  const { periodFrom, periodTo, netMinor, vatMinor, grossMinor, currency } = draft;
  announce(invoiceFinalizedV1, {
    invoiceId: draft.id,
    merchantId: row.merchantId,
    number,
    kind: 'invoice',
    corrects: null,
    ...{ currency, issueDate, dueDate, periodFrom, periodTo, netMinor, vatMinor, grossMinor },
    runId: row.runId,
    cutoff: row.cutoff,
    finalizedAt: finalizedAt.toISOString(),
  });
  audit({
    action: 'invoice.finalized',
    entity: 'invoice',
    entityId: draft.id,
    merchantId: row.merchantId,
    after: { number, grossMinor, by: row.wantedBy },
  });
}

const yearOf = (deps: BillingDeps, instant: Date): number =>
  Number(localDateOf(instant, deps.config.KONTOR_ZONE).slice(0, 4));

const contentOf = (row: RunRow, { head, lines, vat }: ApprovedDraft, issuer: IssuerProfile): Record<string, unknown> =>
  invoiceContent({
    issuer,
    merchant: row.merchantFrozen!,
    language: head.language,
    currency: head.currency,
    due: periodsOf(row, head),
    lines,
    vat,
    netMinor: head.netMinor,
    vatMinor: head.vatMinor,
    grossMinor: head.grossMinor,
  });

/** The periods as they were due when the row was approved. */
function periodsOf(row: RunRow, draft: InvoiceHead): DuePeriod[] {
  const contract = row
    .merchantFrozen!.contracts.filter(({ startsOn }) => startsOn <= row.cutoff)
    .toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))[0];
  return rowPeriods(row, contract?.fulfilmentCadence ?? 'semiMonthly').filter(
    ({ stream }) =>
      (draft.split === 'all' || draft.split === stream) && (row.streams === null || row.streams.includes(stream)),
  );
}
