import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { untold, untoldItem } from './another-merchant.ts';
import { isCharged, uncharged, UNCHARGED_RETURN } from './charged.ts';
import { proceed } from './completion.ts';
import { itemOf, splitItem, withItems } from './items.ts';
import type { Item, ItemState, Return } from './model.ts';
import { unasked } from './questions.ts';
import { assertReturnIs, UNDER_INSPECTION } from './return-states.ts';

/** Pieces that go to another return. */
export interface Departure {
  itemId: string;
  quantity: number;
  partId?: string | undefined;
}

/** What the new return is known by. */
export interface NewReturn {
  id: string;
  merchantId: string | null;
  order: { orderId: string; orderNumber: string } | undefined;
  contentHash: string;
  inspectionDueAt: Date;
}

export interface Split {
  parent: Return;
  child: Return;
  /** Items that move as a whole, with their photos; the child's other items are new parts. */
  moved: string[];
  /** Of goods that were charged here and are charged there from now on; see domain/charged.ts. */
  correction: { chargeRevision: number; itemIds: string[] } | null;
}

const HERE: readonly ItemState[] = ['expected', 'received', 'graded', 'disposition_proposed', 'decided'];

/**
 * Moves goods to a return of their own (A5), because they belong to another order or merchant: while the parcel is
 * inspected any of them, afterwards those of someone else that are held. Findings go along, decisions do not, because
 * other rules may hold there, nor charges: each return pays for the goods it holds. Pieces are conserved over both.
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `ITEM_NOT_TO_SPLIT`, `SPLIT_TAKES_ALL`
 * @throws InvalidInput `TOO_MANY`, `ITEM_NAMED_TWICE`
 */
export function split(
  parcel: Return,
  departures: readonly Departure[],
  to: NewReturn,
  { at, newId }: { at: Date; newId: () => string },
): Split {
  assertReturnIs(parcel, [...UNDER_INSPECTION, 'awaiting_decision', 'processing'], 'split');
  if (new Set(departures.map(({ itemId }) => itemId)).size !== departures.length)
    throw invalidField('items', 'ITEM_NAMED_TWICE', 'Every item can be named once');
  const taken = departures.map((departure, index) => take(parcel, departure, index, { at, newId }));
  const gone = new Set(taken.filter(({ rest }) => !rest.length).map(({ part }) => part.id));
  const rests = withItems(
    parcel,
    taken.flatMap(({ rest }) => rest),
  );
  const items = rests.items.filter(({ id }) => !gone.has(id));
  const inspected = !(UNDER_INSPECTION as readonly string[]).includes(parcel.state);
  if (!items.length && !inspected)
    throw new RuleViolation('SPLIT_TAKES_ALL', 'Nothing would be left; match the return instead');
  const charged = taken.filter(({ part }) => isCharged(part));
  const corrected = parcel.chargeRevision + 1;
  // an inspection that is open is told after the correction
  const chargeRevision = charged.length ? corrected + (inspected ? 0 : 1) : parcel.chargeRevision;
  return {
    parent: proceed({ ...rests, items, chargeRevision }, at),
    child: childOf(
      { ...parcel, chargeRevision },
      taken.map(({ part }) => part),
      to,
      at,
    ),
    moved: [...gone],
    correction: charged.length
      ? {
          chargeRevision: corrected,
          itemIds: charged.flatMap(({ part, rest }) => [part, ...rest]).map(({ id }) => id),
        }
      : null,
  };
}

function take(
  parcel: Return,
  { itemId, quantity, partId }: Departure,
  index: number,
  { at, newId }: { at: Date; newId: () => string },
): { part: Item; rest: Item[] } {
  const item = itemOf(parcel, itemId);
  const open = (UNDER_INSPECTION as readonly string[]).includes(parcel.state);
  if (open ? !HERE.includes(item.state) : item.origin !== 'foreign' || item.state !== 'on_hold')
    throw new RuleViolation('ITEM_NOT_TO_SPLIT', `An item that is ${item.state} stays with its return`, {
      itemId,
      state: item.state,
    });
  if (quantity > item.quantity)
    throw invalidField(`items.${index}.quantity`, 'TOO_MANY', `The item has ${item.quantity}`);
  return splitItem(item, quantity, () => partId ?? newId(), at);
}

function childOf(parcel: Return, parts: readonly Item[], to: NewReturn, at: Date): Return {
  const sameMerchant = to.merchantId === parcel.merchantId;
  const told = parcel.merchantId !== null && !sameMerchant;
  const items = parts
    .map((item) => (told ? untoldItem(item) : item))
    .map(asFound)
    .map(uncharged);
  return {
    ...(sameMerchant ? parcel : withoutItsParcel(parcel)),
    id: to.id,
    merchantId: to.merchantId,
    version: 1,
    number: '',
    // its own way back was no undeliverable parcel, and somebody has opened it
    kind: parcel.kind === 'undeliverable' ? 'withdrawal' : parcel.kind,
    state: items.some(({ grade }) => grade !== null) ? 'inspecting' : 'received',
    matchState: to.merchantId === null ? 'unknown_merchant' : to.order ? 'matched' : 'unmatched',
    externalNumber: null,
    orderId: to.order?.orderId ?? null,
    orderNumber: to.order?.orderNumber ?? null,
    // what is told of its items goes on from what was told of them before
    revision: parcel.revision,
    chargeRevision: parcel.chargeRevision,
    ...UNCHARGED_RETURN,
    announcedAt: null,
    inspectedAt: null,
    inspectedOn: null,
    completedAt: null,
    parentId: parcel.id,
    inspectionDueAt: to.inspectionDueAt,
    decisionDueAt: null,
    ...{ outcome: null, outcomeAmountMinor: null, outcomeNote: null, outcomeBy: null, outcomeAt: null },
    contentHash: to.contentHash,
    createdAt: at,
    updatedAt: at,
    items,
    lock: null,
  };
}

/** Whatever was said or is known of the parcel as a whole stays with its merchant, even one who is not known yet. */
const withoutItsParcel = (parcel: Return): Return => ({
  ...untold(parcel),
  carrier: null,
  trackingNumber: null,
  parcels: [],
});

/** It is here, whatever was expected; nobody decided on it for its new return or asked anybody about it yet. */
const asFound = (item: Item, index: number): Item => ({
  ...unasked(item),
  state: item.grade === null ? 'received' : 'graded',
  quarantinedAt: null,
  position: index + 1,
  origin: item.origin === 'expected' ? 'expected' : 'unexpected',
  disposition: null,
  dispositionSource: null,
  dispositionReason: null,
  suggestedDisposition: null,
  overReturnReason: null,
  insteadOf: null,
  bundleOf: null,
});
