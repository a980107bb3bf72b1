import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { correctionsActions } from '../../../../shared/protocol/billing/corrections-actions.ts';
import type { InvoiceView } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { creditAmounts, type CreditAmounts, type CreditRequest } from '../../domain/corrections/credit-amounts.ts';
import { creditNoteOf } from '../../documents/mirrored-model.ts';
import {
  correctedContent,
  creditableOf,
  findCorrected,
  lockCorrected,
  type Corrected,
} from '../../persistence/corrections/corrected-invoice.ts';
import { lockSettlement } from '../../persistence/payments/settling.ts';
import { insertCreditNote, refusedAsAnswer, relabelLines } from '../../persistence/corrections/write-correction.ts';
import { invoiceView } from '../../persistence/runs/invoice-views.ts';
import { dropCorrectedClaims } from '../dunning/correct-claims.ts';
import { issueDocument } from '../invoices/issue-document.ts';
import { assertPrintableText } from '../invoices/printable.ts';
import type { StepTx } from '../runs/work-row.ts';
import { contentOfOriginal, linesOf, referenceOf } from './original.ts';
import { bookingOf, releaseAllocations } from '../payments/settlement.ts';

type Actions = typeof correctionsActions;

/** What of which invoice is given back, and why. */
export interface Credit {
  invoiceId: string;
  lines: readonly CreditRequest[];
  reason: string;
}

/** A credit note that was issued. */
export interface IssuedCredit {
  id: string;
  number: string;
  /** Negative. */
  grossMinor: number;
}

/**
 * Credits a part of an invoice under a number of its own; its charges stay billed.
 * @returns the credit note
 * @throws AppError 403; otherwise as {@link creditWithin}
 */
export async function creditInvoice(
  deps: BillingDeps,
  { id, lines, reason }: InputOf<Actions['creditInvoice']>,
  actor: Actor,
): Promise<InvoiceView> {
  assertHouse(actor);
  const view = await transact(deps, actor, async (em, announce, audit) => {
    const issued = await creditWithin(deps, { em, announce, audit }, { invoiceId: id, lines, reason }, actor);
    return invoiceView(em, issued.id, { staff: true });
  });
  deps.wakers.get('documents')?.();
  return view;
}

/**
 * Issues a credit note within a transaction of another use case. It locks the counter of credit notes until the commit,
 * so it comes last; whoever commits wakes the worker `documents`.
 * @throws NotFound; RuleViolation when it is no invoice that stands
 * @throws InvalidInput naming the line, or `lines`, of which less is left; `reason`, when no document can show it
 */
export async function creditWithin(
  deps: BillingDeps,
  tx: StepTx,
  { invoiceId, lines, reason }: Credit,
  actor: Actor,
): Promise<IssuedCredit> {
  const { em, audit } = tx;
  const original = await lockCorrected(em, invoiceId);
  if (!original) throw new NotFound('invoice');
  assertCreditable(original);
  await assertPrintableText('reason', reason);
  const credit = creditAmounts(await creditableOf(em, invoiceId), lines);
  const { issuer, model, isParked } = await contentOfOriginal(await correctedContent(em, original));
  const corrects = referenceOf(original);
  const content = creditNoteOf(model, credit, { reason, corrects: corrects.named });
  const draft = await insertCreditNote(em, original, credit, reason, deps.now());
  if (isParked) await relabelLines(em, draft.id, linesOf(content));
  audit({
    ...{ action: 'invoice.credited', entity: 'invoice', entityId: invoiceId, merchantId: original.merchantId },
    ...{ after: { creditNoteId: draft.id, grossMinor: draft.grossMinor }, reason },
  });
  // whoever books for the merchant is waited for now, and not while the counter is locked
  await lockSettlement(em, original.merchantId);
  return refusedAsAnswer(async () => {
    const { id, number } = await issueDocument(deps, tx, {
      ...{ issuer, draft, content, termsDays: 0, cutoff: original.cutoff, corrects: corrects.announced, by: actor.id },
      beside: sql`select 1`,
    });
    // what the invoice claims falls with the number of its credit note
    const booked = { ...tx, booking: bookingOf(deps, actor.id) };
    await releaseAllocations(booked, invoiceId, reason);
    await dropCorrectedClaims(booked, original, { correctedBy: id, reason });
    return { id, number, grossMinor: draft.grossMinor };
  });
}

/** What a credit would come to; nothing is written. @throws as {@link creditWithin} */
export async function previewCredit(
  deps: BillingDeps,
  { id, lines }: InputOf<Actions['previewInvoiceCredit']>,
  actor: Actor,
): Promise<OutputOf<Actions['previewInvoiceCredit']>> {
  assertHouse(actor);
  const creditable = await read(deps, actor, async (em) => {
    const original = await findCorrected(em, id);
    if (!original) throw new NotFound('invoice');
    assertCreditable(original);
    return creditableOf(em, id);
  });
  return previewOf(creditAmounts(creditable, lines));
}

const previewOf = ({ lines, vat, ...totals }: CreditAmounts) => ({
  lines: lines.map(({ original: { id }, quantity, unitPrice, netMinor }) => ({
    ...{ lineId: id, quantity, unitPrice, netMinor },
  })),
  vat: vat.map(({ remainder: _, ...entry }) => entry),
  ...totals,
});

function assertCreditable({ kind, state }: Corrected): void {
  if (state === 'draft') throw new RuleViolation('INVOICE_IS_DRAFT', 'A draft is not credited: draft it anew');
  if (kind !== 'invoice')
    throw new RuleViolation('NOT_AN_INVOICE', 'A correction is not credited; correct the invoice instead', { kind });
  if (state === 'cancelled') throw new RuleViolation('INVOICE_CANCELLED', 'The invoice was cancelled');
}
