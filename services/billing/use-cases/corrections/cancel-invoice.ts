import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InvoiceView } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { cancellationOf } from '../../documents/mirrored-model.ts';
import { reopenedStreams } from '../../domain/corrections/reopened-row.ts';
import type { Split } from '../../domain/invoices/tax-terms.ts';
import { correctedContent, lockCorrected, type Corrected } from '../../persistence/corrections/corrected-invoice.ts';
import {
  cancelInvoice as takeOut,
  insertCancellation,
  refusedAsAnswer,
  relabelLines,
  reopenRow,
  rowOfCancelled,
} from '../../persistence/corrections/write-correction.ts';
import { invoiceView } from '../../persistence/runs/invoice-views.ts';
import { endDisputes } from '../disputes/end-disputes.ts';
import { dropCorrectedClaims } from '../dunning/correct-claims.ts';
import { issueDocument } from '../invoices/issue-document.ts';
import { assertPrintableText } from '../invoices/printable.ts';
import type { StepTx } from '../runs/work-row.ts';
import { contentOfOriginal, linesOf, referenceOf } from './original.ts';
import { bookingOf, releaseAllocations } from '../payments/settlement.ts';

/**
 * Cancels an invoice in full, in one transaction: a cancellation mirrors it under a number of its own, its charges are
 * free to be billed again, and the merchant's row may be drafted anew. Asked again, it is the same cancellation.
 * @returns the cancellation
 * @throws AppError 403; NotFound; InvalidInput `NOT_PRINTABLE` for a reason that no document can show
 * @throws RuleViolation `INVOICE_IS_DRAFT`, `NOT_AN_INVOICE`; `CREDITED_ALREADY` when something of it was credited;
 *   `RUN_ROW_APPROVED` while another document of its row is approved and gets its number
 */
export async function cancelInvoice(
  deps: BillingDeps,
  { id, reason }: { id: string; reason: string },
  actor: Actor,
): Promise<InvoiceView> {
  assertHouse(actor);
  const view = await transact(deps, actor, async (em, announce, audit, changed) => {
    const original = await lockCorrected(em, id, { withRow: true });
    if (!original) throw new NotFound('invoice');
    if (original.cancellationId) return invoiceView(em, original.cancellationId, { staff: true });
    assertCancellable(original);
    await assertPrintableText('reason', reason);
    const cancellationId = await refusedAsAnswer(() =>
      cancel(deps, { em, announce, audit }, original, { reason, by: actor.id }),
    );
    changed({ topic: 'runs', id: original.runId, merchantId: null });
    return invoiceView(em, cancellationId, { staff: true });
  });
  deps.wakers.get('documents')?.();
  return view;
}

function assertCancellable({ kind, state, credits }: Corrected): void {
  if (state === 'draft') throw new RuleViolation('INVOICE_IS_DRAFT', 'A draft is not cancelled: draft it anew');
  if (kind !== 'invoice')
    throw new RuleViolation('NOT_AN_INVOICE', 'A correction is not cancelled; correct the invoice instead', { kind });
  if (credits)
    throw new RuleViolation('CREDITED_ALREADY', 'Something of the invoice was credited: credit the rest instead');
}

/** Everything before the number, which is taken last. */
async function cancel(
  deps: BillingDeps,
  tx: StepTx,
  original: Corrected,
  { reason, by }: { reason: string; by: string },
): Promise<string> {
  const { em, audit } = tx;
  const { issuer, model, isParked } = await contentOfOriginal(await correctedContent(em, original));
  const row = await rowOfCancelled(em, original);
  if (row.state === 'approved')
    throw new RuleViolation('RUN_ROW_APPROVED', 'Another document of this merchant and run is just being issued');
  const draft = await insertCancellation(em, original, reason, deps.now());
  const charges = await takeOut(em, original.id);
  await reopenRow(em, original, reopenedStreams(row, original.split as Split, row.others));
  const booking = bookingOf(deps, by);
  await releaseAllocations({ ...tx, booking }, original.id, reason);
  await endDisputes(tx, original, { by, at: deps.now() });
  await dropCorrectedClaims({ ...tx, booking }, original, { correctedBy: draft.id, reason });
  const corrects = referenceOf(original);
  audit({
    ...{ action: 'invoice.cancelled', entity: 'invoice', entityId: original.id, merchantId: original.merchantId },
    ...{ before: { number: original.number }, after: { charges, cancellationId: draft.id }, reason },
  });
  const content = cancellationOf(model, { reason, corrects: corrects.named });
  if (isParked) await relabelLines(em, draft.id, linesOf(content));
  await issueDocument(deps, tx, {
    ...{ issuer, draft, content, termsDays: 0, cutoff: original.cutoff, corrects: corrects.announced, by },
    beside: sql`select 1`,
  });
  return draft.id;
}
