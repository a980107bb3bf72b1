import { uuidOf } from '../../shared/kernel/ids.ts';
import type { Announce } from '../../shared/messaging/transact.ts';
import type { ReturnPolicy } from '../../shared/protocol/merchants/return-policy.ts';
import {
  decisionRequestedV1,
  returnInspectedV1,
  returnProgressedV1,
  returnReceivedV1,
} from '../../shared/protocol/returns/events.ts';
import { parcelsToCharge } from './domain/charged.ts';
import { reasonsOf, reasonText } from './domain/default-reasons.ts';
import { tagsOf, type Handling } from './domain/disposition-rules.ts';
import type { Item, Photo, Return, ReturnFacts } from './domain/model.ts';
import { externalReason } from './domain/reason-mapping.ts';
import { isForeign, toldToMerchant } from './domain/not-theirs.ts';
import { showsItem } from './domain/photos-shown.ts';
import { choicesFor, openQuestions } from './domain/questions.ts';

/**
 * What others are told, merchants among them: nobody but the staff hears of a return before its merchant is known, or
 * what goods are that belong to somebody else.
 */

/** The whole state, whenever something in it changed. */
export function announceProgress(announce: Announce, before: ReturnFacts | undefined, after: ReturnFacts): void {
  if (after.merchantId === null) return;
  const told = JSON.stringify(before && { ...progressOf(before), version: 0 });
  if (told === JSON.stringify({ ...progressOf(after), version: 0 })) return;
  announce(returnProgressedV1, { ...progressOf(after), merchantId: after.merchantId });
}

/** The parcel is here and its merchant known. Undeliverable parcels are charged by it, so it is told once: domain/matching.ts. */
export function announceReceipt(announce: Announce, before: Return, after: Return): void {
  if (after.merchantId === null || after.receivedAt === null || after.receivedOn === null) return;
  if (before.receivedAt !== null && before.merchantId === after.merchantId) return;
  const { id, merchantId, number, kind, orderNumber, receivedAt, receivedOn } = after;
  announce(returnReceivedV1, {
    returnId: id,
    merchantId,
    number,
    kind,
    orderNumber,
    receivedAt: receivedAt.toISOString(),
    receivedOn,
  });
}

/**
 * The inspection was completed. The id of the event makes it one per return and revision (D11).
 * @param paidElsewhere  see domain/charged.ts
 */
export function announceInspection(
  announce: Announce,
  parcel: Return,
  photos: readonly Photo[],
  { policy, groups }: Pick<Handling, 'policy' | 'groups'>,
  paidElsewhere: number,
): void {
  const { id, merchantId, number, kind, revision, inspectedAt, inspectedOn } = parcel;
  const { orderNumber, trackingNumber, externalNumber } = parcel;
  announce(
    returnInspectedV1,
    {
      returnId: id,
      merchantId: merchantId!,
      number,
      kind,
      ...{ orderNumber, trackingNumber, externalNumber },
      ...{ revision, chargeRevision: parcel.chargeRevision },
      inspectedAt: inspectedAt!.toISOString(),
      inspectedOn: inspectedOn!,
      items: parcel.items
        .filter(({ state }) => state !== 'missing')
        .map(toldToMerchant)
        .map((item) => ({
          ...inspectedItem(item, photos, policy),
          externalReason: externalReason(policy, parcel.channel, item),
          foreign: isForeign(item),
          tags: tagsOf(item, groups),
        })),
      outcome: outcomeOf(parcel),
      parcels: parcelsToCharge(parcel, paidElsewhere),
      parcelsBefore: parcel.chargedParcels,
      photosBefore: parcel.chargedPhotos,
      toldBefore: parcel.chargedOn !== null,
      photos: photos.filter(({ itemId }) => itemId === null).map(photoRef),
      reopenedCharges: policy.reopenedCharges,
    },
    { eventId: uuidOf(returnInspectedV1.type, id, revision) },
  );
}

/** What the merchant is asked, if anything: every open question, also those an earlier revision left. */
export function announceQuestions(
  announce: Announce,
  parcel: Return,
  photos: readonly Photo[],
  policy: ReturnPolicy,
): void {
  const { id: returnId, merchantId, number, kind, orderNumber, revision, inspectedAt } = parcel;
  const items = openQuestions(parcel).map((item) => ({
    ...factsOf(
      item,
      photos.filter((photo) => showsItem(photo, item)),
      policy,
    ),
    defaultDisposition: item.decisionDefault!,
    choices: choicesFor(item),
    dueAt: item.decisionDueAt!.toISOString(),
  }));
  if (!items.length) return;
  announce(
    decisionRequestedV1,
    {
      ...{ returnId, merchantId: merchantId!, number, kind, orderNumber, revision, items },
      requestedAt: inspectedAt!.toISOString(),
      dueAt: items
        .map(({ dueAt }) => dueAt)
        .toSorted()
        .at(-1)!,
    },
    { eventId: uuidOf(decisionRequestedV1.type, returnId, revision) },
  );
}

const progressOf = (parcel: ReturnFacts) => ({
  returnId: parcel.id,
  merchantId: parcel.merchantId,
  number: parcel.number,
  version: parcel.version,
  state: parcel.state,
  kind: parcel.kind,
  orderNumber: parcel.orderNumber,
  receivedOn: parcel.receivedOn,
  inspectedOn: parcel.inspectedOn,
  outcome: outcomeOf(parcel),
});

const outcomeOf = ({ outcome, outcomeAmountMinor }: ReturnFacts) =>
  outcome && { outcome, amountMinor: outcomeAmountMinor };

const inspectedItem = (item: Item, photos: readonly Photo[], policy: ReturnPolicy) => ({
  ...factsOf(
    item,
    // each photo is told once, with the item it was taken of
    photos.filter(({ itemId }) => itemId === item.id),
    policy,
  ),
  disposition: item.disposition,
  serialNumbers: [...item.serialNumbers],
  serialMismatch: item.serialMismatch,
  batchNumber: item.batchNumber,
  bestBefore: item.bestBefore,
  chargedBefore: item.chargedAs !== null,
  inspectedBefore: item.inspectionCharged,
});

const factsOf = (item: Item, shown: readonly Photo[], { reasons }: ReturnPolicy) => ({
  itemId: item.id,
  sku: item.sku,
  name: item.name,
  quantity: item.quantity,
  grade: item.grade,
  reason: item.reason,
  reasonText: reasonText(reasonsOf(reasons), item.reason),
  note: item.note,
  photos: isForeign(item) ? [] : shown.map(photoRef),
});

const photoRef = ({ id, thumbKey, webKey }: Photo) => ({ photoId: id, thumbKey, webKey });
