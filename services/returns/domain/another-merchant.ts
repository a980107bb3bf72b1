import type { Item, Return } from './model.ts';

/**
 * A return without what its merchant told of it, for the day it turns out to be another one's (K10): numbers, notes,
 * the shop, what the consumer gets. The house still reads all of it in the audit trail.
 */
export const untold = (parcel: Return): Return => ({
  ...parcel,
  // the reasons of a shop are those of its merchant
  channel: 'manual',
  externalNumber: null,
  note: '',
  announcedAt: null,
  outcome: null,
  outcomeAmountMinor: null,
  outcomeNote: null,
  outcomeBy: null,
  outcomeAt: null,
  items: parcel.items.map(untoldItem),
});

/**
 * An item without what its merchant told of it or configured for it. What lies there (article, pieces, finding, what
 * the house decided by hand) stays; what was only said, known of the order, or proposed by rules does not.
 */
export function untoldItem(item: Item): Item {
  const proposed = item.state === 'disposition_proposed';
  return {
    ...item,
    ...(proposed ? { state: 'graded', disposition: null, dispositionSource: null, dispositionReason: null } : {}),
    suggestedDisposition: null,
    externalReason: null,
    reason: item.grade === null ? null : item.reason,
    note: item.grade === null ? '' : item.note,
    recordedAs: item.origin === 'expected' ? null : item.recordedAs,
    serialMismatch: false,
    overReturnReason: null,
    checklist: null,
    suggestedGrade: null,
  };
}

/** Of a return, what {@link untold} takes away, for the audit trail; of its items those that lose something. */
export function toldOf(parcel: Return): Record<string, unknown> {
  const items = toldOfItems(parcel.items);
  return {
    ...lost({ ...parcel, items: null }, { ...untold(parcel), items: null }),
    ...(items.length ? { items } : {}),
  };
}

export const toldOfItems = (items: readonly Item[]): Record<string, unknown>[] =>
  items.flatMap((item) => {
    const told = lost(item, untoldItem(item));
    return Object.keys(told).length ? [{ itemId: item.id, ...told }] : [];
  });

const lost = <Thing extends object>(before: Thing, after: Thing): Record<string, unknown> =>
  Object.fromEntries(Object.entries(before).filter(([field, value]) => value !== after[field as keyof Thing]));
