import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { completeIfEnded } from './completion.ts';
import { dispositionOf, type ReturnRule } from './disposition-rules.ts';
import { advanceItem, takeEffect } from './item-states.ts';
import { itemOf, withItems } from './items.ts';
import type { Disposition, Item, Return } from './model.ts';
import { assertReturnIs } from './return-states.ts';

export interface Decision {
  itemId: string;
  disposition: Disposition;
  reason?: string | undefined;
}

/**
 * A decision by hand. Until the inspection ends it is kept; afterwards it takes effect at once, on items that are
 * held or back from refurbishing.
 * @param at        when
 * @param rules     to tell an override from an agreement
 * @param merchant  whether the merchant decides: on what is held for them, and not before the inspection has ended
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `ITEM_NOT_TO_DECIDE`
 * @throws InvalidInput `OVERRIDE_REASON_MISSING`
 */
export function decide(
  parcel: Return,
  decision: Decision,
  { at, rules, merchant }: { at: Date; rules: readonly ReturnRule[]; merchant: boolean },
): Return {
  const item = itemOf(parcel, decision.itemId);
  const inspecting = parcel.state === 'inspecting' && !merchant;
  assertReturnIs(parcel, inspecting ? ['inspecting'] : ['awaiting_decision', 'processing'], 'decided on');
  const open = inspecting || !merchant ? ['disposition_proposed', 'decided', 'on_hold'] : ['on_hold'];
  if (!open.includes(item.state))
    throw new RuleViolation('ITEM_NOT_TO_DECIDE', `There is nothing to decide on an item that is ${item.state}`, {
      state: item.state,
    });
  const decided = asDecided(item, parcel, decision, rules);
  if (inspecting) return withItems(parcel, [decided]);
  return completeIfEnded(withItems(parcel, [takeEffect(decided, at)]), at);
}

function asDecided(item: Item, parcel: Return, decision: Decision, rules: readonly ReturnRule[]): Item {
  const { disposition, reason } = decision;
  const why = reason ?? (item.note.trim() || undefined);
  const overrides = item.state !== 'on_hold' && disposition !== dispositionOf(rules, item, parcel.kind);
  if (overrides && why === undefined)
    throw invalidField('reason', 'OVERRIDE_REASON_MISSING', 'The rules say otherwise; give a reason');
  return {
    ...advanceItem(item, 'decided'),
    disposition,
    dispositionSource: 'manual',
    dispositionReason: why?.slice(0, 200) ?? null,
  };
}
