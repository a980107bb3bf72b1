import { NotFound } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { isStaff, type Actor } from '../../../../shared/protocol/actor.ts';
import { lineDisputeAnsweredV1 } from '../../../../shared/protocol/billing/dispute-events.ts';
import type { LineDisputeView } from '../../../../shared/protocol/billing/disputes-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { assertOpen, assertRoom } from '../../domain/disputes/line-disputes.ts';
import { disputeView } from '../../persistence/disputes/dispute-views.ts';
import { insertMessage, lockDispute } from '../../persistence/disputes/line-disputes.ts';
import { factsOf } from './dispute-facts.ts';

/**
 * Writes into an open dispute, for the side that the writer is on; what the house writes is announced, so that the
 * merchant is mailed.
 * @throws NotFound; RuleViolation `LINE_DISPUTE_SETTLED`, `LINE_DISPUTE_FULL`
 */
export const writeToLineDispute = (
  deps: BillingDeps,
  { id, text }: { id: string; text: string },
  actor: Actor,
): Promise<LineDisputeView> =>
  transact(deps, actor, async (em, announce, audit) => {
    const dispute = await lockDispute(em, id);
    if (!dispute) throw new NotFound('line dispute');
    assertOpen(dispute);
    assertRoom(dispute.messages);
    const at = deps.now();
    const [side, position] = [isStaff(actor) ? ('house' as const) : ('merchant' as const), dispute.messages + 1];
    await insertMessage(em, dispute, { id: uuidv7(at), position, side, by: actor.id, text, at });
    const view = await disputeView(em, id);
    if (side === 'house')
      announce(lineDisputeAnsweredV1, {
        ...factsOf(view),
        ...{ revision: position, state: 'open', text, credit: null, answeredAt: at.toISOString() },
      });
    audit({
      ...{ action: 'line-dispute.written-to', entity: 'line-dispute', entityId: id, merchantId: dispute.merchantId },
      after: { side, position },
    });
    return view;
  });
