import { daysBetween, localDateOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { CollectionRunView } from '../../../../shared/protocol/billing/direct-debit-views.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { reachableDay, sequenceOf, usableUntil } from '../../domain/direct-debits/mandates.ts';
import { sepaText } from '../../domain/direct-debits/sepa-text.ts';
import { fillProposal, openProposal, type NewItem } from '../../persistence/direct-debits/collection-runs.ts';
import { runView } from '../../persistence/direct-debits/collection-views.ts';
import { dueDebits, type DueDebit } from '../../persistence/direct-debits/due-debits.ts';
import { findIssuer } from '../../persistence/issuer.ts';

/** Nobody announces further ahead than this. */
const MOST_DAYS_AHEAD = 90;
const END_TO_END_ID = 35;

/**
 * Proposes what to collect, or makes the proposal there is anew. Nothing is promised to the bank by it.
 * @throws InvalidInput for a day that is too far ahead; RuleViolation without creditor identifier
 */
export async function proposeCollection(
  deps: BillingDeps,
  { collectUntil }: InputOf<typeof directDebitActions.proposeCollection>,
  actor: Actor,
): Promise<CollectionRunView> {
  const today = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  if (daysBetween(today, collectUntil) > MOST_DAYS_AHEAD)
    throw invalidField('collectUntil', 'TOO_FAR_AHEAD', `At most ${MOST_DAYS_AHEAD} days ahead`);
  return transact(deps, actor, async (em, _announce, audit) => {
    if (!(await findIssuer(em))?.profile.sepaCreditorId)
      throw new RuleViolation(
        'CREDITOR_ID_MISSING',
        'Say first by which creditor identifier the house collects: PUT /issuer',
      );
    const at = deps.now();
    const number = (id: string) => `LS-${today.replaceAll('-', '')}-${id.slice(-6).toUpperCase()}`;
    const id = await openProposal(em, { number, collectUntil, by: actor.id, at });
    const items = itemsOf(await dueDebits(em, collectUntil, today), today);
    await fillProposal(em, id, items, at);
    audit({
      ...{ action: 'collection.proposed', entity: 'collection-run', entityId: id, merchantId: null },
      after: { collectUntil, items: items.length },
    });
    return runView(em, id, today);
  });
}

/** One item per invoice; the debits come by mandate and day. A mandate that is too old by then collects nothing. */
export function itemsOf(debits: readonly DueDebit[], today: LocalDate): NewItem[] {
  const usable = debits
    .map((debit) => ({ ...debit, collectOn: reachableDay(debit.collectOn, today) }))
    .filter((debit) => debit.collectOn <= usableUntil(debit));
  return usable.map(({ invoiceId, merchantId, mandateId, openMinor, collectOn, number, ...debit }, index) => {
    const first = !debit.used && usable[index - 1]?.mandateId !== mandateId;
    const last = debit.final && usable[index + 1]?.mandateId !== mandateId;
    const sequence = sequenceOf({ kind: debit.kind, first, last });
    const endToEndId = sepaText(number, END_TO_END_ID);
    return { invoiceId, merchantId, mandateId, amountMinor: openMinor, collectOn, sequence, endToEndId };
  });
}
