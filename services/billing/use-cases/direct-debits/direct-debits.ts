import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { debitView, listDebits, lockDebit, setHold } from '../../persistence/direct-debits/debit-views.ts';
import { todayOf } from './collection-runs.ts';

type Actions = typeof directDebitActions;
type View = OutputOf<Actions['holdDirectDebit']>;

export const listDirectDebits = (
  deps: BillingDeps,
  input: InputOf<Actions['listDirectDebits']>,
  actor: Actor,
): Promise<OutputOf<Actions['listDirectDebits']>> => read(deps, actor, (em) => listDebits(em, input, todayOf(deps)));

/** @throws NotFound; RuleViolation when it is held already, or on its way to the bank */
export const holdDirectDebit = (
  deps: BillingDeps,
  { id, reason }: InputOf<Actions['holdDirectDebit']>,
  actor: Actor,
): Promise<View> => change(deps, id, actor, ['announced', 'undelivered'], reason);

/** @throws NotFound; RuleViolation when it is not held */
export const releaseDirectDebit = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<View> =>
  change(deps, id, actor, ['held'], null);

async function change(
  deps: BillingDeps,
  invoiceId: string,
  actor: Actor,
  from: readonly View['state'][],
  reason: string | null,
): Promise<View> {
  const today = todayOf(deps);
  return transact(deps, actor, async (em, _announce, audit) => {
    if (!(await lockDebit(em, invoiceId))) throw new NotFound('direct debit');
    const before = await debitView(em, invoiceId, today);
    if (!from.includes(before.state))
      throw new RuleViolation('DIRECT_DEBIT_STATE', `The direct debit is ${before.state}`, { state: before.state });
    await setHold(em, invoiceId, reason === null ? null : { by: actor.id, at: deps.now(), reason });
    audit({
      action: reason === null ? 'direct-debit.released' : 'direct-debit.held',
      ...{ entity: 'direct-debit', entityId: invoiceId, merchantId: before.merchantId },
      ...(reason === null ? {} : { reason }),
    });
    return debitView(em, invoiceId, today);
  });
}
