import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { dispositionOf, type ReturnRule } from './disposition-rules.ts';
import { advanceItem, hasEnded, isUnderWay, takeEffect } from './item-states.ts';
import type { Item, Moment, Return } from './model.ts';
import { advance, assertReturnIs, UNDER_INSPECTION } from './return-states.ts';

/** What an inspection ends with, beside its findings. */
export interface Evidence {
  /** How many the return has; at least one, unless nobody opened the parcel (B2). */
  photos: number;
  /** Said in so many words, because it makes every expected piece missing for good. */
  nothingInside: boolean;
}

/**
 * Ends the inspection: what did not come is missing, every other item goes where its decision leads, at once and
 * without anyone being asked. Items for the merchant's batch get the batch afterwards ({@link intoBatch}).
 * @throws RuleViolation `RETURN_MERCHANT_UNKNOWN`, `RETURN_EMPTY`, `RETURN_NOT_EMPTY`, `RETURN_NOTHING_INSPECTED`,
 *                       `RETURN_PHOTO_MISSING`, `ITEMS_NOT_INSPECTED`, `ITEM_NOTE_MISSING`, `RETURN_STATE_NOT_ALLOWED`;
 *                       those about items name them in `errors`, as `items.<id>`
 */
export function completeInspection(
  parcel: Return,
  rules: readonly ReturnRule[],
  evidence: Evidence,
  moment: Moment,
): Return {
  assertReturnIs(parcel, UNDER_INSPECTION, 'completed');
  assertComplete(parcel, evidence);
  const started = parcel.state === 'received' ? advance(parcel, 'inspecting') : parcel;
  const inspected = {
    ...advance(started, 'inspected'),
    inspectedAt: moment.at,
    inspectedOn: moment.on,
    items: parcel.items.map((item) => settle(item, parcel, rules, moment.at)),
  };
  return completeIfEnded(advance(inspected, 'processing'), moment.at);
}

/** A return is completed by itself when every item is in an end state. */
export function completeIfEnded(parcel: Return, at: Date): Return {
  if (parcel.state !== 'processing' || !parcel.items.every(hasEnded)) return parcel;
  return { ...advance(parcel, 'completed'), completedAt: at };
}

/** Puts the items that go back to the merchant into a batch. */
export const intoBatch = (parcel: Return, batchId: string): Return => ({
  ...parcel,
  items: parcel.items.map((item) =>
    item.state === 'in_rtv_batch' && item.rtvBatchId === null ? { ...item, rtvBatchId: batchId } : item,
  ),
});

export const needsBatch = (parcel: Return): boolean =>
  parcel.items.some(({ state, rtvBatchId }) => state === 'in_rtv_batch' && rtvBatchId === null);

function assertComplete(parcel: Return, { photos, nothingInside }: Evidence): void {
  const opened = parcel.kind !== 'undeliverable';
  if (parcel.merchantId === null)
    throw new RuleViolation('RETURN_MERCHANT_UNKNOWN', 'Say first whose return it is; all else is kept until then');
  const here = parcel.items.filter(({ state }) => state !== 'expected' && state !== 'missing');
  assertSomethingHere(parcel, here, nothingInside);
  if (opened && photos === 0)
    throw lacking('RETURN_PHOTO_MISSING', 'An inspected return needs at least one photo', here);
  const ungraded = opened ? here.filter(({ grade }) => grade === null) : [];
  if (ungraded.length) throw lacking('ITEMS_NOT_INSPECTED', 'Some items have no grade yet', ungraded);
  const silent = here.filter(({ grade, note }) => grade !== null && note.trim() === '');
  if (silent.length) throw lacking('ITEM_NOTE_MISSING', 'Every inspected item needs a short finding', silent);
}

function assertSomethingHere({ items }: Return, here: readonly Item[], nothingInside: boolean): void {
  if (here.length && nothingInside) throw lacking('RETURN_NOT_EMPTY', 'Some items were received or inspected', here);
  if (here.length || nothingInside) return;
  if (!items.length) throw new RuleViolation('RETURN_EMPTY', 'The return has no items; record what was in the parcel');
  throw lacking('RETURN_NOTHING_INSPECTED', 'No item was inspected; an empty parcel needs `nothingInside`', items);
}

function lacking(type: string, message: string, items: readonly Item[]): RuleViolation {
  const errors = items.slice(0, 100).map(({ id }) => ({ path: `items.${id}`, code: type, message }));
  return new RuleViolation(type, message, { itemIds: items.map(({ id }) => id), errors });
}

function settle(item: Item, parcel: Return, rules: readonly ReturnRule[], at: Date): Item {
  if (hasEnded(item) || isUnderWay(item)) return item;
  if (item.state === 'expected') return advanceItem(item, 'missing');
  return takeEffect(item.state === 'decided' ? item : decideByRule(item, parcel, rules), at);
}

/** The rules of this moment count, not those of the proposal: the merchant may have become known in between. */
function decideByRule(item: Item, parcel: Return, rules: readonly ReturnRule[]): Item {
  return {
    ...advanceItem(item, 'disposition_proposed', 'decided'),
    disposition: dispositionOf(rules, item, parcel.kind),
    dispositionSource: 'rule',
    dispositionReason: null,
  };
}
