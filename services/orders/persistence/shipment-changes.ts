import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../shared/persistence/sql.ts';
import { PACKAGING_OF_SHIPMENT, type NewShipment } from './shipments.ts';

/** A stored shipment with what became of it. */
export interface StoredShipment extends NewShipment {
  revision: number;
  cancelledAt: string | null;
  cancelReason: string | null;
  restocked: boolean | null;
}

/** All shipments of an order, in the order they left; whoever changes them holds the order. */
export async function storedShipments(em: EntityManager, orderId: string): Promise<StoredShipment[]> {
  const found = await rows<StoredShipment>(
    em,
    sql<StoredShipment>`select s.id, s.merchant_id as "merchantId", s.order_id as "orderId", s.first_of_order as "firstOfOrder", s.reference,
          s.parcels, s.weight_grams as "weightGrams", s.carrier, s.tracking_number as "trackingNumber", s.shipped_at as "shippedAt",
          to_char(s.service_date, 'YYYY-MM-DD') as "serviceDate", s.content_hash as "contentHash", s.revision,
          s.cancelled_at as "cancelledAt", s.cancel_reason as "cancelReason", s.restocked, ${PACKAGING_OF_SHIPMENT} as packaging,
          (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('orderLineId', l.order_line_id, 'quantity', l.quantity,
             'serialNumbers', l.serial_numbers, 'batchNumber', l.batch_number)) order by l.order_line_id)
             from shipment_line l where l.shipment_id = s.id) as lines
        from shipment s where s.order_id = ${orderId} order by s.shipped_at, s.id`,
  );
  return found.map((shipment) => ({
    ...shipment,
    shippedAt: new Date(shipment.shippedAt).toISOString(),
    cancelledAt: shipment.cancelledAt && new Date(shipment.cancelledAt).toISOString(),
  }));
}

export interface Cancellation {
  cancelledAt: string;
  cancelledOn: string;
  reason: string;
  restocked: boolean;
}

/** @throws Error when somebody cancelled it meanwhile, which the lock of the order rules out */
export async function markCancelled(em: EntityManager, id: string, cancellation: Cancellation): Promise<void> {
  const { cancelledAt, cancelledOn, reason, restocked } = cancellation;
  const changed = await affected(
    em,
    sql`update shipment set revision = revision + 1, cancelled_at = ${cancelledAt}, cancelled_on = ${cancelledOn},
          cancel_reason = ${reason}, restocked = ${restocked}
        where id = ${id} and cancelled_at is null`,
  );
  if (changed !== 1) throw new Error(`Shipment ${id} is cancelled already`);
}

/** Makes a shipment the first of its order, whose first one is cancelled. */
export async function markFirst(em: EntityManager, id: string): Promise<void> {
  await rows(em, sql`update shipment set revision = revision + 1, first_of_order = true where id = ${id}`);
}
