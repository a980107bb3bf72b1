import { RuleViolation, invalidField } from '../../../shared/kernel/errors.ts';
import { dispositionOf, type ReturnRule } from './disposition-rules.ts';
import { advanceItem } from './item-states.ts';
import { itemOf, splitItem, withItems } from './items.ts';
import type { Disposition, Grade, Item, Moment, Return } from './model.ts';
import { advance, UNDER_INSPECTION } from './return-states.ts';

export interface Finding {
  itemId: string;
  quantity: number;
  grade: Grade;
  reason: string | null;
  note: string;
  disposition?: Disposition | undefined;
  overrideReason?: string | undefined;
}

/**
 * Records what was found of some pieces of an item. Inspecting an expected item receives those pieces; fewer pieces
 * than the item has become a part of their own (B10); inspecting the same part again corrects it.
 * @param rules   the merchant's rules; none while the merchant is unknown
 * @param partId  id of the part, should one be split off
 * @returns the return and the inspected item in it
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `ITEM_TRANSITION_NOT_ALLOWED`
 * @throws InvalidInput `TOO_MANY`, `OVERRIDE_REASON_MISSING`
 */
export function inspect(
  parcel: Return,
  finding: Finding,
  rules: readonly ReturnRule[],
  moment: Moment,
  partId: () => string,
): { parcel: Return; item: Item } {
  const target = itemOf(parcel, finding.itemId);
  assertInspectable(parcel, target);
  if (finding.quantity > target.quantity)
    throw invalidField('quantity', 'TOO_MANY', `The item has ${target.quantity}; record what comes on top separately`);
  const { part, rest } = splitItem(target, finding.quantity, partId);
  const arrived = part.state === 'expected' ? advanceItem(part, 'received') : part;
  const graded: Item = {
    ...advanceItem(arrived, 'graded'),
    grade: finding.grade,
    reason: finding.reason,
    note: finding.note,
    inspectedAt: moment.at,
    inspectedBy: moment.by,
  };
  const item = proposed(graded, parcel, finding, rules);
  const started = parcel.state === 'received' ? advance(parcel, 'inspecting') : parcel;
  return { parcel: withItems(started, [item, ...rest]), item };
}

/** Goods that come back from refurbishing are inspected while the rest of their return goes its way. */
function assertInspectable(parcel: Return, item: Item): void {
  const underInspection = (UNDER_INSPECTION as readonly string[]).includes(parcel.state);
  const refurbished =
    parcel.state === 'processing' && ['refurbishing', 'disposition_proposed', 'decided'].includes(item.state);
  if (!underInspection && !refurbished)
    throw new RuleViolation('RETURN_STATE_NOT_ALLOWED', `A return that is ${parcel.state} cannot be inspected`, {
      state: parcel.state,
      allowed: UNDER_INSPECTION,
    });
}

/** The rules propose; a disposition given by hand that differs is a decision and needs a reason (B9). */
function proposed(
  item: Item,
  parcel: Return,
  { disposition, overrideReason, note }: Finding,
  rules: readonly ReturnRule[],
): Item {
  const rule = dispositionOf(rules, item, parcel.kind);
  if (disposition === undefined || disposition === rule)
    return {
      ...advanceItem(item, 'disposition_proposed'),
      disposition: rule,
      dispositionSource: 'rule',
      dispositionReason: null,
    };
  const why = overrideReason ?? note;
  if (why.trim() === '')
    throw invalidField('overrideReason', 'OVERRIDE_REASON_MISSING', `The rules say ${rule}; say why not`);
  return {
    ...advanceItem(item, 'disposition_proposed', 'decided'),
    disposition,
    dispositionSource: 'manual',
    dispositionReason: why.slice(0, 200),
  };
}
