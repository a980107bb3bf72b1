import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { suggestion, type Handling } from './disposition-rules.ts';
import { advanceItem, hasEnded, takeEffect } from './item-states.ts';
import type { Item, ItemState, Moment, Return } from './model.ts';
import { assertPhotos, type Evidence as PhotoEvidence } from './photo-rules.ts';
import { asked, earliestDue, isOpen } from './questions.ts';
import { advance, assertReturnIs, UNDER_INSPECTION } from './return-states.ts';

/** What an inspection ends with, beside its findings. */
export interface Evidence {
  /** Of the whole return; enough of them, unless nobody opened the parcel (B2). */
  photos: readonly PhotoEvidence[];
  /** Said in so many words, because it makes every expected piece missing for good. */
  nothingInside: boolean;
}

/**
 * Ends the inspection: what did not come is missing, every other item goes where its decision leads, at once. Where a
 * rule says so the merchant is asked first, and the return waits for the answer while its other items go their way.
 * Items for the merchant's batch get the batch afterwards ({@link intoBatch}).
 * @throws RuleViolation `RETURN_MERCHANT_UNKNOWN`, `RETURN_EMPTY`, `RETURN_NOT_EMPTY`, `RETURN_NOTHING_INSPECTED`,
 *                       `RETURN_PHOTO_MISSING`, `ITEMS_NOT_INSPECTED`, `ITEM_NOTE_MISSING`, `RETURN_STATE_NOT_ALLOWED`;
 *                       those about items name them in `errors`, as `items.<id>`
 */
export function completeInspection(parcel: Return, handling: Handling, evidence: Evidence, moment: Moment): Return {
  assertReturnIs(parcel, UNDER_INSPECTION, 'completed');
  assertComplete(parcel, evidence, handling);
  const started = parcel.state === 'received' ? advance(parcel, 'inspecting') : parcel;
  const inspected = {
    ...advance(started, 'inspected'),
    inspectedAt: moment.at,
    inspectedOn: moment.on,
    items: parcel.items.map((item) => settle(item, parcel, handling, moment.at)),
  };
  return proceed(inspected, moment.at);
}

/**
 * The return after its inspection or a decision: it waits while the merchant is asked something, else it is processed,
 * and is completed by itself when every item is in an end state.
 */
export function proceed(parcel: Return, at: Date): Return {
  if (!['inspected', 'awaiting_decision', 'processing'].includes(parcel.state)) return parcel;
  const decisionDueAt = earliestDue(parcel);
  const next = decisionDueAt === null ? 'processing' : 'awaiting_decision';
  const waiting = { ...(parcel.state === next ? parcel : advance(parcel, next)), decisionDueAt };
  if (waiting.state !== 'processing' || !waiting.items.every(hasEnded)) return waiting;
  return { ...advance(waiting, 'completed'), completedAt: at };
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

function assertComplete(parcel: Return, { photos, nothingInside }: Evidence, handling: Handling): void {
  const opened = parcel.kind !== 'undeliverable';
  if (parcel.merchantId === null)
    throw new RuleViolation('RETURN_MERCHANT_UNKNOWN', 'Say first whose return it is; all else is kept until then');
  const here = parcel.items.filter(({ state }) => state !== 'expected' && state !== 'missing');
  assertSomethingHere(parcel, here, nothingInside);
  assertPhotos(parcel, here.filter(({ grade }) => opened || grade !== null).filter(isStillHere), photos, handling);
  const ungraded = opened ? here.filter(({ grade }) => grade === null) : [];
  if (ungraded.length) throw lacking('ITEMS_NOT_INSPECTED', 'Some items have no grade yet', ungraded);
  const silent = here.filter(({ grade, note }) => grade !== null && note.trim() === '');
  if (silent.length) throw lacking('ITEM_NOTE_MISSING', 'Every inspected item needs a short finding', silent);
}

/** What an earlier revision sent on its way cannot be photographed any more. */
const isStillHere = ({ state }: Item): boolean => !ON_THEIR_WAY.includes(state);

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

/** Where a decision led; also in an earlier revision, to which a further parcel came (A6). */
const ON_THEIR_WAY: readonly ItemState[] = [
  'restocked',
  'in_rtv_batch',
  'returned_to_merchant',
  'disposed',
  'donated',
  'refurbishing',
  'on_hold',
];

function settle(item: Item, parcel: Return, handling: Handling, at: Date): Item {
  if (ON_THEIR_WAY.includes(item.state) || item.state === 'missing' || isOpen(item)) return item;
  if (item.state === 'expected') return advanceItem(item, 'missing');
  if (item.state === 'decided') return takeEffect(item, at);
  const suggested = suggestion(handling, item, parcel.kind);
  if (suggested === 'ask') return asked(item, handling.policy, at);
  return takeEffect(decidedBy(suggested, item), at);
}

/** The rules of this moment count, not those of the proposal: the merchant may have become known in between. */
const decidedBy = (disposition: NonNullable<Item['disposition']>, item: Item): Item => ({
  ...advanceItem(item, 'disposition_proposed', 'decided'),
  disposition,
  dispositionSource: 'rule',
  dispositionReason: null,
  suggestedDisposition: disposition,
});
