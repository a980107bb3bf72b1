import { InvalidInput, NotFound, type FieldError } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import { lineDisputeAnsweredV1 } from '../../../../shared/protocol/billing/dispute-events.ts';
import type { LineDisputeView } from '../../../../shared/protocol/billing/disputes-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { assertLeft, assertOpen } from '../../domain/disputes/line-disputes.ts';
import { disputeView } from '../../persistence/disputes/dispute-views.ts';
import {
  lineLeft,
  lockWithInvoice,
  settleDispute,
  type LineDispute,
  type Settlement,
} from '../../persistence/disputes/line-disputes.ts';
import { creditWithin } from '../corrections/credit-invoice.ts';
import { assertPrintableText } from '../invoices/printable.ts';
import type { StepTx } from '../runs/work-row.ts';
import { factsOf } from './dispute-facts.ts';

/**
 * Settles a dispute by a credit note over an amount of its line, in one transaction. The same click again is the same
 * credit note.
 * @throws AppError 403; NotFound; RuleViolation `LINE_DISPUTE_SETTLED`; InvalidInput for `netMinor`, or an `answer` that no document can show
 */
export async function creditLineDispute(
  deps: BillingDeps,
  { id, netMinor, answer }: { id: string; netMinor: number; answer: string },
  actor: Actor,
): Promise<LineDisputeView> {
  assertHouse(actor);
  const isSame = (dispute: LineDispute) => dispute.state === 'credited' && dispute.creditedNetMinor === netMinor;
  const view = await settle(deps, { id, isSame }, actor, async (tx, { invoiceId, lineId }) => {
    // the reason of a credit note is what the dispute calls its answer
    await assertPrintableText('answer', answer);
    assertLeft((await lineLeft(tx.em, invoiceId, lineId)) ?? 0, netMinor);
    const lines = [{ lineId, netMinor }];
    const credit = await creditWithin(deps, tx, { invoiceId, lines, reason: answer }, actor).catch(ofTheAmount);
    return { state: 'credited', answer, credit: { id: credit.id, netMinor } };
  });
  deps.wakers.get('documents')?.();
  return view;
}

/** What is wrong with the lines of the credit note is wrong with the amount: the request has nothing else of them. */
function ofTheAmount(error: unknown): never {
  if (!(error instanceof InvalidInput)) throw error;
  const { errors } = error.data as { errors: FieldError[] };
  throw new InvalidInput(
    errors.map(({ path, ...rest }) => ({ ...rest, path: /^lines(\.|$)/.test(path) ? 'netMinor' : path })),
    error.type,
  );
}

/** Settles a dispute without a credit. @throws AppError 403; NotFound; RuleViolation `LINE_DISPUTE_SETTLED` */
export async function rejectLineDispute(
  deps: BillingDeps,
  { id, answer }: { id: string; answer: string },
  actor: Actor,
): Promise<LineDisputeView> {
  assertHouse(actor);
  const isSame = (dispute: LineDispute) => dispute.state === 'rejected' && dispute.answer === answer;
  return settle(deps, { id, isSame }, actor, () => Promise.resolve({ state: 'rejected', answer, credit: null }));
}

/** The merchant does not dispute it any more. @throws NotFound; RuleViolation `LINE_DISPUTE_SETTLED` */
export const withdrawLineDispute = (
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<LineDisputeView> =>
  settle(deps, { id, isSame: ({ state }) => state === 'withdrawn' }, actor, () =>
    Promise.resolve({ state: 'withdrawn', answer: null, credit: null }),
  );

type Outcome = Pick<Settlement, 'state' | 'answer' | 'credit'>;

/** Of several at once one settles; whoever asked for the same gets the same answer, everybody else learns of it. */
async function settle(
  deps: BillingDeps,
  { id, isSame }: { id: string; isSame: (dispute: LineDispute) => boolean },
  actor: Actor,
  decide: (tx: StepTx, dispute: LineDispute) => Promise<Outcome>,
): Promise<LineDisputeView> {
  return transact(deps, actor, async (em, announce, audit, changed) => {
    const found = await lockWithInvoice(em, id);
    if (!found) throw new NotFound('line dispute');
    const { dispute } = found;
    if (isSame(dispute)) return disputeView(em, id);
    assertOpen(dispute);
    const outcome = await decide({ em, announce, audit }, dispute);
    const { state, answer } = outcome;
    await settleDispute(em, id, { ...outcome, by: actor.id, at: deps.now() });
    const view = await disputeView(em, id);
    if (state !== 'withdrawn') announce(lineDisputeAnsweredV1, answerOf(view, state, dispute.messages + 1));
    audit({
      ...{ action: `line-dispute.${state}`, entity: 'line-dispute', entityId: id, merchantId: dispute.merchantId },
      ...{ after: { creditedNetMinor: view.creditedNetMinor, creditNoteId: view.creditNote?.id ?? null } },
      ...(answer === null ? {} : { reason: answer }),
    });
    changed({ topic: 'invoices', id: dispute.invoiceId, merchantId: dispute.merchantId });
    return view;
  });
}

function answerOf(view: LineDisputeView, state: 'credited' | 'rejected', revision: number) {
  const { creditNote, creditedNetMinor } = view;
  const credit = creditNote && {
    invoiceId: creditNote.id,
    number: creditNote.number,
    netMinor: creditedNetMinor ?? 0,
  };
  return { ...factsOf(view), revision, state, text: view.answer ?? '', credit, answeredAt: view.settledAt! };
}
