import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { untold } from './another-merchant.ts';
import type { Photo, Return } from './model.ts';
import { assertReturnIs } from './return-states.ts';

export interface Match {
  merchantId: string;
  order?: { orderId: string; orderNumber: string } | undefined;
}

/**
 * Says whose return it is, and of which order. Changeable at any time before completed (domain.md, States); the
 * merchant only while nobody was told or charged: an inspection tells the merchant, and the receipt of an
 * undeliverable parcel is charged.
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `RETURN_MERCHANT_FIXED`
 */
export function match(parcel: Return, { merchantId, order }: Match): Return {
  assertReturnIs(
    parcel,
    ['announced', 'in_transit', 'received', 'inspecting', 'inspected', 'awaiting_decision', 'processing'],
    'matched',
  );
  const changes = parcel.merchantId !== null && parcel.merchantId !== merchantId;
  const charged = parcel.kind === 'undeliverable' && parcel.receivedAt !== null;
  if (changes && (charged || parcel.inspectedAt !== null || parcel.chargedOn !== null))
    throw new RuleViolation('RETURN_MERCHANT_FIXED', 'Its merchant was already told or charged');
  const keepsOrder = !changes && parcel.orderId !== null;
  const kept = changes ? ofAnotherMerchant(parcel) : parcel;
  return {
    ...kept,
    merchantId,
    matchState: order || keepsOrder ? 'matched' : 'unmatched',
    orderId: order?.orderId ?? (keepsOrder ? parcel.orderId : null),
    orderNumber: order?.orderNumber ?? kept.orderNumber,
  };
}

/**
 * What its first merchant said of it, or was known of that merchant's order, is none of the next one's business. A
 * parcel that lies here keeps the number on its label; that of one to come was announced.
 */
const ofAnotherMerchant = (parcel: Return): Return => ({
  ...untold(parcel),
  orderNumber: null,
  ...(parcel.receivedAt === null ? { carrier: null, trackingNumber: null } : {}),
});

/**
 * While nobody knows whose the parcel is, its label says it (A4): a photo of it comes first, because the parcel is
 * opened for the inspection.
 * @throws RuleViolation `LABEL_PHOTO_MISSING`
 */
export function assertLabelPhoto(
  { merchantId, items }: Pick<Return, 'merchantId' | 'items'>,
  photos: readonly Pick<Photo, 'kind'>[],
): void {
  if (merchantId !== null || photos.some(({ kind }) => kind === 'label')) return;
  if (items.some(({ grade }) => grade !== null)) return;
  throw new RuleViolation('LABEL_PHOTO_MISSING', 'Nobody knows whose parcel this is yet; photograph its label first');
}
