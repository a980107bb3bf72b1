import { RuleViolation, invalidField } from '../../../shared/kernel/errors.ts';
import { advanceItem } from './item-states.ts';
import { itemOf, splitItem, withItems } from './items.ts';
import type { Item, Moment, Return } from './model.ts';
import { advance, assertReturnIs, UNDER_INSPECTION } from './return-states.ts';

export interface Receipt {
  /** Chosen by the device; the same parcel again changes nothing. */
  parcelId?: string | undefined;
  /** Says no more than that the return is here: once any parcel has come, it changes nothing. */
  onlyFirst?: boolean | undefined;
  carrier?: string | undefined;
  trackingNumber?: string | undefined;
  /** Pieces counted at the door; an expected item may be counted in part. */
  counted?: readonly { itemId: string; quantity: number }[] | undefined;
}

/** What a receipt needs beside the parcel itself. */
export interface ReceiptTerms {
  moment: Moment;
  /** Until the inspection should have ended (B14). */
  inspectionHours: number;
  /** Ids of the parcel and of the parts of items that came in part. */
  newId: () => string;
}

/**
 * The parcel is here. Expected pieces that nobody counts now count as they are inspected; an undeliverable parcel
 * comes back as it left, so all of it has come. A return may come in several parcels (A6): a further one tops it up,
 * and when its inspection has ended opens the next revision, in which what was missing is expected again. A return
 * that was given up may come after all.
 * @returns the very same return when this parcel is known, or only the first one was meant and has come
 * @throws RuleViolation `RETURN_TRANSITION_NOT_ALLOWED`, also for a further parcel without any mark of its own
 * @throws InvalidInput `TOO_MANY` for more pieces than expected; what comes on top is an item of its own;
 *                      `NOT_EXPECTED` for an item that is here already, `ITEM_COUNTED_TWICE`
 */
export function receive(parcel: Return, receipt: Receipt, terms: ReceiptTerms): Return {
  if (isKnown(parcel, receipt)) return parcel;
  const received =
    parcel.receivedAt === null ? firstParcel(parcel, receipt, terms) : furtherParcel(parcel, receipt, terms);
  const all = parcel.items.map(({ id, quantity }) => ({ itemId: id, quantity }));
  const wholly = parcel.kind === 'undeliverable' && parcel.receivedAt === null;
  return count(received, receipt.counted ?? (wholly ? all : []), terms);
}

function isKnown({ parcels, receivedAt }: Return, { parcelId, trackingNumber, onlyFirst }: Receipt): boolean {
  if (onlyFirst && receivedAt !== null) return true;
  return parcels.some(
    (came) => came.id === parcelId || (trackingNumber !== undefined && came.trackingNumber === trackingNumber),
  );
}

function firstParcel(parcel: Return, receipt: Receipt, { moment, inspectionHours, newId }: ReceiptTerms): Return {
  const head = {
    ...advance(parcel, 'received'),
    carrier: receipt.carrier ?? parcel.carrier,
    trackingNumber: receipt.trackingNumber ?? parcel.trackingNumber,
    receivedAt: moment.at,
    receivedOn: moment.on,
    inspectionDueAt: dueAfter(moment.at, inspectionHours),
  };
  return withParcel(head, { ...receipt, carrier: head.carrier, trackingNumber: head.trackingNumber }, moment, newId);
}

function furtherParcel(parcel: Return, receipt: Receipt, { moment, inspectionHours, newId }: ReceiptTerms): Return {
  const nameless = receipt.parcelId === undefined && receipt.trackingNumber === undefined;
  // a repetition of the first receipt says nothing that would tell it from a second parcel
  const open = nameless ? advance(parcel, 'received') : parcel;
  const inspecting = (UNDER_INSPECTION as readonly string[]).includes(open.state)
    ? open
    : { ...nextRevision(open), inspectionDueAt: dueAfter(moment.at, inspectionHours) };
  return withParcel(inspecting, receipt, moment, newId);
}

/** What went its way goes on; only what did not come is looked for again. */
function nextRevision(parcel: Return): Return {
  return {
    ...advance(parcel, 'inspecting'),
    revision: parcel.revision + 1,
    chargeRevision: parcel.chargeRevision + 1,
    inspectedAt: null,
    inspectedOn: null,
    completedAt: null,
    items: parcel.items.map((item) => (item.state === 'missing' ? advanceItem(item, 'expected') : item)),
  };
}

const withParcel = (
  parcel: Return,
  { parcelId, carrier, trackingNumber }: { [Key in keyof Receipt]?: Receipt[Key] | null },
  { at, on }: Moment,
  newId: () => string,
): Return => ({
  ...parcel,
  parcels: [
    ...parcel.parcels,
    {
      id: parcelId ?? newId(),
      carrier: carrier ?? null,
      trackingNumber: trackingNumber ?? null,
      receivedAt: at,
      receivedOn: on,
    },
  ],
});

const dueAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

function count(
  parcel: Return,
  counted: NonNullable<Receipt['counted']>,
  { moment, newId }: Pick<ReceiptTerms, 'moment' | 'newId'>,
): Return {
  if (new Set(counted.map(({ itemId }) => itemId)).size !== counted.length)
    throw invalidField('items', 'ITEM_COUNTED_TWICE', 'Every item can be counted once');
  return counted.reduce((at, { itemId, quantity }, index) => {
    const item = itemOf(at, itemId);
    // not left to the transitions: a reopened inspection may make what is on its way received again, a parcel may not
    if (item.state !== 'expected')
      throw invalidField(`items.${index}.itemId`, 'NOT_EXPECTED', 'This item has come already; record what came again');
    if (quantity > item.quantity)
      throw invalidField(
        `items.${index}.quantity`,
        'TOO_MANY',
        `${item.quantity} are expected; record what comes on top as an item of its own`,
      );
    const { part, rest } = splitItem(item, quantity, newId, moment.at);
    return withItems(at, [advanceItem(part, 'received'), ...rest]);
  }, parcel);
}

/**
 * Goods in the parcel that nobody expected, or that belong to someone else. A free text is enough (A3).
 * @throws NotFound for an item to be instead of that is not of this return
 * @throws InvalidInput `ITEM_UNNAMED`, `NOT_EXPECTED`
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `TOO_MANY_ITEMS`
 */
export function addFound(
  parcel: Return,
  found: Pick<Item, 'id' | 'origin' | 'sku' | 'name' | 'quantity'> & { insteadOf?: string | null },
  maxItems = 1_000,
): Return {
  assertReturnIs(parcel, UNDER_INSPECTION, 'given more items');
  if (found.insteadOf && itemOf(parcel, found.insteadOf).origin !== 'expected')
    throw invalidField('insteadOf', 'NOT_EXPECTED', 'Name the expected item that should have come instead');
  if (found.sku === null && found.name.trim() === '')
    throw invalidField('name', 'ITEM_UNNAMED', 'Give the article code, or say what it is');
  if (parcel.items.length >= maxItems)
    throw new RuleViolation('TOO_MANY_ITEMS', `A return has at most ${maxItems} items`);
  const position = Math.max(0, ...parcel.items.map((item) => item.position)) + 1;
  return withItems(parcel, [{ ...newItem(found.id, position), ...found, state: 'received' }]);
}

/** An item that is expected and nothing else is known of. */
export const newItem = (id: string, position: number): Item => ({
  id,
  position,
  splitFrom: null,
  splitAt: null,
  origin: 'expected',
  sku: null,
  name: '',
  quantity: 1,
  state: 'expected',
  grade: null,
  reason: null,
  externalReason: null,
  note: '',
  disposition: null,
  dispositionSource: null,
  dispositionReason: null,
  suggestedDisposition: null,
  rtvBatchId: null,
  inspectedAt: null,
  inspectedBy: null,
  serialNumbers: [],
  serialMismatch: false,
  batchNumber: null,
  bestBefore: null,
  recordedAs: null,
  overReturnReason: null,
  checklist: null,
  suggestedGrade: null,
  askedAt: null,
  decisionDueAt: null,
  decisionDefault: null,
  chargedAs: null,
  inspectionCharged: false,
  quarantinedAt: null,
  insteadOf: null,
  bundleOf: null,
});
