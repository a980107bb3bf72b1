import { cut } from '../../../shared/kernel/cut.ts';
import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { proceed } from './completion.ts';
import { suggestion, type Handling } from './disposition-rules.ts';
import { advanceItem, takeEffect } from './item-states.ts';
import { itemOf, withItems } from './items.ts';
import type { Disposition, DispositionSource, Item, ItemState, Return } from './model.ts';
import { isForeign } from './not-theirs.ts';
import { choicesFor, isOpen } from './questions.ts';
import { assertReturnIs } from './return-states.ts';

export interface Decision {
  itemId: string;
  disposition: Disposition;
  reason?: string | undefined;
}

/** Who decides: people of the house, the merchant, whoever has the link that asks them, or the clock when nobody did. */
export type Decider = 'house' | 'merchant' | 'link' | 'deadline';

export interface DecisionTerms {
  at: Date;
  /** To tell an override from an agreement. */
  handling: Handling;
  by: Decider;
}

/**
 * A decision on one item. Until the inspection ends it is the house's, and is kept; afterwards it takes effect at
 * once: on what the merchant was asked about, on what is held, and for the house on what is back from refurbishing.
 * Nobody but the house decides on goods that belong to somebody else.
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `ITEM_NOT_TO_DECIDE`
 * @throws InvalidInput `OVERRIDE_REASON_MISSING`, `NOT_OFFERED`
 */
export function decide(parcel: Return, decision: Decision, terms: DecisionTerms): Return {
  const item = itemOf(parcel, decision.itemId);
  const inspecting = parcel.state === 'inspecting' && terms.by === 'house';
  assertReturnIs(parcel, inspecting ? ['inspecting'] : ['awaiting_decision', 'processing'], 'decided on');
  assertOpenTo(terms.by, item);
  if (ANSWERS.includes(terms.by) && isOpen(item) && !choicesFor(item).includes(decision.disposition))
    throw invalidField('disposition', 'NOT_OFFERED', `Choose one of ${choicesFor(item).join(', ')}`);
  const decided = asDecided(item, parcel, decision, terms);
  if (inspecting) return withItems(parcel, [decided]);
  return proceed(withItems(parcel, [takeEffect(decided, terms.at)]), terms.at);
}

/** What nobody answered in time, decided as it was said when the merchant was asked (C3). */
export const overdueDecisions = ({ items }: Pick<Return, 'items'>, at: Date): Decision[] =>
  items
    .filter((item) => isOpen(item) && item.decisionDueAt! <= at)
    .map(({ id, decisionDefault }) => ({ itemId: id, disposition: decisionDefault! }));

/** As much of a finding as a reason holds. */
export const MOST_REASON = 200;
/** Who may answer with what was offered only. */
const ANSWERS: readonly Decider[] = ['merchant', 'link'];
const OPEN_TO_HOUSE: readonly ItemState[] = ['disposition_proposed', 'decided', 'on_hold'];

function assertOpenTo(by: Decider, item: Item): void {
  const asked = isOpen(item) && !isForeign(item);
  const open = {
    house: OPEN_TO_HOUSE.includes(item.state),
    merchant: asked || (item.state === 'on_hold' && !isForeign(item)),
    link: asked,
    deadline: isOpen(item),
  };
  if (open[by]) return;
  const message = `There is nothing to decide on an item that is ${item.state}`;
  throw new RuleViolation('ITEM_NOT_TO_DECIDE', message, {
    state: item.state,
    errors: [{ path: `items.${item.id}`, code: 'ITEM_NOT_TO_DECIDE', message }],
  });
}

const SOURCES: Record<Decider, DispositionSource> = {
  house: 'manual',
  merchant: 'merchant',
  link: 'merchant',
  deadline: 'deadline',
};

function asDecided(item: Item, parcel: Return, { disposition, reason }: Decision, terms: DecisionTerms): Item {
  // a finding is a reason of the house, not of whoever answers it
  const why = reason ?? (terms.by === 'house' ? item.note.trim() || undefined : undefined);
  const suggested = suggestion(terms.handling, item, parcel.kind);
  const overrides = item.state !== 'on_hold' && !isOpen(item) && disposition !== suggested;
  if (overrides && why === undefined)
    throw invalidField('reason', 'OVERRIDE_REASON_MISSING', 'The rules say otherwise; give a reason');
  return {
    ...advanceItem(item, 'decided'),
    disposition,
    dispositionSource: SOURCES[terms.by],
    dispositionReason: why === undefined ? null : cut(why, MOST_REASON),
  };
}
