import { createHash } from 'node:crypto';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { importedOrder } from '../../../shared/protocol/orders/actions.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { CallInputOf } from '../../../shared/protocol/define.ts';
import { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ImportedOrder, ImportedReturn } from '../domain/import-items.ts';
import type { MappingProfile } from '../domain/mapping-profile.ts';

export type OrderBody = CallInputOf<typeof ordersActions.importOrders>['orders'][number];
export type ReturnBody = CallInputOf<typeof returnsActions.importAnnouncedReturns>['returns'][number];

const importedReturn = returnsActions.importAnnouncedReturns.body.shape.returns.element;
const DAY_MS = 86_400_000;
const EARLIEST = Date.UTC(2000, 0, 2);

/** Why a document as a whole becomes nothing. */
export const DOCUMENT_FAULTS = {
  MERCHANT_UNKNOWN: 'There is no merchant with this number',
  TIME_OUT_OF_RANGE: 'The time lies before the year 2000 or in the future',
  DOCUMENT_NOT_VALID: 'The document is not valid',
  DOCUMENT_CONFLICT: 'The document was imported before with other content; nothing was changed',
} as const;
export type DocumentFault = keyof typeof DOCUMENT_FAULTS;

export type Translated = { body: OrderBody | ReturnBody } | { fault: DocumentFault; detail: string | null };

/**
 * What orders and returns get of a document. Its ids are made of profile, document and merchant, so that the same
 * document is the same order in every import of it.
 * @param merchants  ids by number
 */
export function translate(
  item: ImportedOrder | ImportedReturn,
  profile: MappingProfile,
  merchants: ReadonlyMap<string, string>,
  now: Date,
): Translated {
  const merchantId = merchants.get(item.merchantNumber);
  if (merchantId === undefined) return { fault: 'MERCHANT_UNKNOWN', detail: item.merchantNumber };
  const at = item.kind === 'order' ? item.shippedAt : item.announcedAt;
  if (at.getTime() < EARLIEST || at.getTime() > now.getTime() + DAY_MS)
    return { fault: 'TIME_OUT_OF_RANGE', detail: at.toISOString() };
  const parsed =
    item.kind === 'order'
      ? importedOrder.safeParse(orderBody(item, profile, merchantId))
      : importedReturn.safeParse(returnBody(item, profile, merchantId));
  if (parsed.success) return { body: parsed.data };
  const [issue] = parsed.error.issues;
  return { fault: 'DOCUMENT_NOT_VALID', detail: `${issue!.path.join('.')}: ${issue!.message}` };
}

function common(item: ImportedOrder | ImportedReturn, profile: MappingProfile, merchantId: string) {
  return {
    merchantId,
    channel: profile.channel,
    externalNumber: item.externalNumber,
    contentHash: createHash('sha256').update(item.contentHash).digest('hex'),
  };
}

function orderBody(item: ImportedOrder, profile: MappingProfile, merchantId: string): OrderBody {
  const orderId = uuidOf('imported-order', profile.name, item.document, merchantId);
  return {
    ...common(item, profile, merchantId),
    orderId,
    shipmentId: uuidOf('imported-shipment', orderId),
    orderedAt: item.orderedAt.toISOString(),
    shippedAt: item.shippedAt.toISOString(),
    country: item.country,
    ...(item.customer === null ? {} : { consumerName: item.customer }),
    currency: item.currency,
    weightGrams: item.weightGrams,
    carrier: item.carrier,
    lines: item.lines.map(({ ordinal, sku, name, quantity, unitPrice }) => ({
      ordinal,
      sku,
      name,
      quantity,
      unitPrice,
    })),
  };
}

function returnBody(item: ImportedReturn, profile: MappingProfile, merchantId: string): ReturnBody {
  return {
    ...common(item, profile, merchantId),
    returnId: uuidOf('imported-return', profile.name, item.document, merchantId),
    announcedAt: item.announcedAt.toISOString(),
    lines: item.lines.map(({ ordinal, sku, name, quantity }) => ({ ordinal, sku, name, quantity })),
  };
}
