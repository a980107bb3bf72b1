import { invalidField } from '../../../shared/kernel/errors.ts';
import { isUnreachable, type Call } from '../../../shared/moleculer/call.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { runsActions } from '../../../shared/protocol/billing/runs-actions.ts';
import { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import type { LetterView } from '../../../shared/protocol/notifications/actions.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { batchActions } from '../../../shared/protocol/returns/batch-actions.ts';
import { intakeActions } from '../../../shared/protocol/returns/intake-actions.ts';

/** What a letter is about, as its owner knows it. */
export interface Subject {
  merchantId: string | null;
  number: string;
  /** Of the customer of the order, where there is one. */
  consumerEmail: string | undefined;
}

/**
 * Asks the owner of a thing for it, in the name of the caller, so it is found by those only who may see it. It asks
 * other services, so it runs before the transaction.
 * @throws InvalidInput `UNKNOWN_SUBJECT` at `about.id`
 */
export async function findSubject(
  { call }: { call: Call },
  { type, id }: LetterView['about'],
  caller: Actor,
): Promise<Subject> {
  // what the caller believes of versions is about no resource of others
  const { ifMatch: _, idempotency: __, ...actor } = caller;
  try {
    return await FIND[type](call, id, actor);
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== 404 || isUnreachable(error)) throw error;
    throw invalidField('about.id', 'UNKNOWN_SUBJECT', 'There is no such thing');
  }
}

const FIND: Record<LetterView['about']['type'], (call: Call, id: string, actor: Actor) => Promise<Subject>> = {
  async return(call, id, actor) {
    const { merchantId, number, orderId } = await call(intakeActions.getReturn, { id }, actor);
    const order = orderId ? await call(ordersActions.getOrder, { id: orderId }, actor) : undefined;
    return { merchantId, number, consumerEmail: order?.consumer?.email };
  },
  async order(call, id, actor) {
    const { merchantId, externalNumber, consumer } = await call(ordersActions.getOrder, { id }, actor);
    return { merchantId, number: externalNumber, consumerEmail: consumer?.email };
  },
  async invoice(call, id, actor) {
    const { merchantId, number } = await call(runsActions.getInvoice, { id }, actor);
    return { merchantId, number: number ?? '–', consumerEmail: undefined };
  },
  async rtvBatch(call, id, actor) {
    const { merchantId, number } = await call(batchActions.getBatch, { id }, actor);
    return { merchantId, number, consumerEmail: undefined };
  },
  async merchant(call, id, actor) {
    const { id: merchantId, number } = await call(merchantsActions.getMerchant, { id }, actor);
    return { merchantId, number, consumerEmail: undefined };
  },
};
