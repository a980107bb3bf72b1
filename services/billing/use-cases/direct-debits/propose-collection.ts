import { daysBetween, localDateOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { CollectionRunView } from '../../../../shared/protocol/billing/direct-debit-views.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { dayToCollect, sequenceOf, usableUntil } from '../../domain/direct-debits/mandates.ts';
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
    const items = itemsOf(await dueDebits(em, collectUntil, { today, zone: deps.config.KONTOR_ZONE }), today);
    await fillProposal(em, id, items, at);
    audit({
      ...{ action: 'collection.proposed', entity: 'collection-run', entityId: id, merchantId: null },
      after: { collectUntil, items: items.length },
    });
    return runView(em, id, today);
  });
}

/**
 * One item per invoice, by mandate and day. A mandate that is too old by then collects nothing; one that was made final
 * ends only with the last invoice that is open by it.
 */
export function itemsOf(debits: readonly DueDebit[], today: LocalDate): NewItem[] {
  const dated = debits.map((debit) => ({
    ...debit,
    collectOn: dayToCollect(debit, today).collectOn,
  }));
  const byMandate = [...Map.groupBy(dated, ({ mandateId }) => mandateId).values()];
  return byMandate.flatMap((all) => {
    const usable = all
      .filter((debit) => debit.collectOn <= usableUntil(debit))
      .toSorted((a, b) => (a.collectOn < b.collectOn ? -1 : Number(a.collectOn > b.collectOn)));
    return usable.map((debit, index) => {
      const { invoiceId, merchantId, mandateId, openMinor: amountMinor, collectOn, number, kind } = debit;
      const isLast = debit.final && !debit.others && usable.length === all.length && index === usable.length - 1;
      const sequence = sequenceOf({ kind, first: !debit.used && index === 0, last: isLast });
      const endToEndId = sepaText(number, END_TO_END_ID);
      return { invoiceId, merchantId, mandateId, amountMinor, collectOn, sequence, endToEndId };
    });
  });
}
