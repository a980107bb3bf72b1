import { cut } from '../../../shared/kernel/cut.ts';
import { RuleViolation, invalidField } from '../../../shared/kernel/errors.ts';
import { MOST_REASON } from './decision.ts';
import { suggestion, type Handling } from './disposition-rules.ts';
import { advanceItem } from './item-states.ts';
import { itemOf, splitItem, withItems } from './items.ts';
import type { ChecklistAnswer, Disposition, Grade, Item, ItemState, Moment, Return } from './model.ts';
import { isOpen, unasked } from './questions.ts';
import { advance, UNDER_INSPECTION } from './return-states.ts';

export interface Finding {
  itemId: string;
  quantity: number;
  grade: Grade;
  reason: string | null;
  note: string;
  disposition?: Disposition | undefined;
  overrideReason?: string | undefined;
  /** What is left out stays as it was said before. */
  serialNumbers?: readonly string[] | undefined;
  /** None of them is known to be shipped with the order; see domain/serials.ts. */
  serialMismatch?: boolean | undefined;
  batchNumber?: string | null | undefined;
  bestBefore?: string | null | undefined;
  checklist?: readonly ChecklistAnswer[] | undefined;
  suggestedGrade?: Grade | null | undefined;
}

/**
 * Records what was found of some pieces of an item. Inspecting an expected item receives those pieces; fewer pieces
 * than the item has become a part of their own (B10); inspecting the same part again corrects it, and withdraws what
 * its merchant was asked.
 * @param partId  id of the part, should one be split off
 * @returns the return and the inspected item in it
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `ITEM_TRANSITION_NOT_ALLOWED`
 * @throws InvalidInput `TOO_MANY`, `TOO_MANY_SERIAL_NUMBERS`, `DUPLICATE`, `OVERRIDE_REASON_MISSING`
 */
export function inspect(
  parcel: Return,
  finding: Finding,
  handling: Handling,
  moment: Moment,
  partId: () => string,
): { parcel: Return; item: Item } {
  const target = itemOf(parcel, finding.itemId);
  assertInspectable(parcel, target);
  if (finding.quantity > target.quantity)
    throw invalidField('quantity', 'TOO_MANY', `The item has ${target.quantity}; record what comes on top separately`);
  const { part, rest } = splitItem(target, finding.quantity, partId, moment.at);
  const arrived = part.state === 'expected' ? advanceItem(part, 'received') : part;
  const graded = withFinding(advanceItem(unasked(arrived), 'graded'), finding, moment);
  const item = proposed(graded, parcel, finding, handling);
  const started = parcel.state === 'received' ? advance(parcel, 'inspecting') : parcel;
  return { parcel: withItems(started, [item, ...rest]), item };
}

function withFinding(item: Item, finding: Finding, { at, by }: Moment): Item {
  const { grade, reason, note, serialNumbers = item.serialNumbers } = finding;
  if (serialNumbers.length > item.quantity)
    throw invalidField('serialNumbers', 'TOO_MANY_SERIAL_NUMBERS', `There are ${item.quantity} pieces`);
  if (new Set(serialNumbers).size !== serialNumbers.length)
    throw invalidField('serialNumbers', 'DUPLICATE', 'Every piece has its own serial number');
  return {
    ...item,
    ...{ grade, reason, note, serialNumbers },
    serialMismatch: finding.serialMismatch ?? item.serialMismatch,
    batchNumber: finding.batchNumber === undefined ? item.batchNumber : finding.batchNumber,
    bestBefore: finding.bestBefore === undefined ? item.bestBefore : finding.bestBefore,
    checklist: finding.checklist ?? item.checklist,
    suggestedGrade: finding.suggestedGrade === undefined ? item.suggestedGrade : finding.suggestedGrade,
    inspectedAt: at,
    inspectedBy: by,
  };
}

/** What an earlier revision sent on its way (A6) is not here to be looked at. */
const INSPECTABLE: readonly ItemState[] = ['expected', 'received', 'graded', 'disposition_proposed', 'decided'];

/** Goods that come back from refurbishing are inspected while the rest of their return goes its way. */
function assertInspectable(parcel: Return, item: Item): void {
  const underInspection = (UNDER_INSPECTION as readonly string[]).includes(parcel.state);
  const refurbished =
    ['awaiting_decision', 'processing'].includes(parcel.state) &&
    !isOpen(item) &&
    ['refurbishing', 'disposition_proposed', 'decided'].includes(item.state);
  if (!underInspection && !refurbished)
    throw new RuleViolation('RETURN_STATE_NOT_ALLOWED', `A return that is ${parcel.state} cannot be inspected`, {
      state: parcel.state,
      allowed: UNDER_INSPECTION,
    });
  if (item.state !== 'refurbishing' && !INSPECTABLE.includes(item.state))
    throw new RuleViolation('ITEM_TRANSITION_NOT_ALLOWED', `An item that is ${item.state} cannot be inspected`, {
      itemId: item.id,
      from: item.state,
      to: 'graded',
    });
}

/**
 * The rules propose; a disposition given by hand that differs is a decision and needs a reason (B9). Where they leave
 * it to the merchant nothing is proposed, and the question is asked when the inspection ends.
 */
function proposed(
  item: Item,
  parcel: Return,
  { disposition, overrideReason, note }: Finding,
  handling: Handling,
): Item {
  const rule = suggestion(handling, item, parcel.kind);
  const suggested = { ...item, suggestedDisposition: rule };
  if (disposition === undefined || disposition === rule)
    return {
      ...advanceItem(suggested, 'disposition_proposed'),
      disposition: rule === 'ask' ? null : rule,
      dispositionSource: rule === 'ask' ? null : 'rule',
      dispositionReason: null,
    };
  const why = overrideReason ?? note;
  if (why.trim() === '')
    throw invalidField('overrideReason', 'OVERRIDE_REASON_MISSING', `The rules say ${rule}; say why not`);
  return {
    ...advanceItem(suggested, 'disposition_proposed', 'decided'),
    disposition,
    dispositionSource: 'manual',
    dispositionReason: cut(why, MOST_REASON),
  };
}
