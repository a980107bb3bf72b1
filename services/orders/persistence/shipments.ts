import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { ShipmentView } from '../../../shared/protocol/orders/views.ts';
import type { ShippedPieces } from '../domain/shipping.ts';

/** A shipment as it is inserted; times as ISO text. */
export interface NewShipment {
  id: string;
  merchantId: string;
  orderId: string;
  firstOfOrder: boolean;
  reference: string | null;
  parcels: number;
  weightGrams: number;
  carrier: string | null;
  trackingNumber: string | null;
  shippedAt: string;
  serviceDate: string;
  contentHash: string;
  lines: ShippedPieces[];
  /** What it was packed in, as far as that was scanned. */
  packaging: PackedIn[];
}

export interface PackedIn {
  code: string;
  quantity: number;
  parcel: number | null;
}

/** Inserts shipments with their lines in two statements, one more where packaging was scanned. The pieces of the order lines are counted elsewhere. */
export async function insertShipments(em: EntityManager, shipments: readonly NewShipment[], now: Date): Promise<void> {
  const heads = shipments.map(({ lines: _, packaging: __, ...head }) => head);
  await rows(
    em,
    sql`insert into shipment (id, merchant_id, order_id, first_of_order, reference, parcels, weight_grams, carrier,
          tracking_number, shipped_at, service_date, content_hash, created_at)
        select id, "merchantId", "orderId", "firstOfOrder", reference, parcels, "weightGrams", carrier, "trackingNumber",
          "shippedAt", "serviceDate", "contentHash", ${now.toISOString()}
        from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as given (id uuid, "merchantId" uuid, "orderId" uuid,
          "firstOfOrder" boolean, reference text, parcels int, "weightGrams" int, carrier text, "trackingNumber" text,
          "shippedAt" timestamptz, "serviceDate" date, "contentHash" text)`,
  );
  const lines = shipments.flatMap(({ id, merchantId, orderId, lines }) =>
    lines.map((line) => ({ ...line, shipmentId: id, merchantId, orderId })),
  );
  await rows(
    em,
    sql`insert into shipment_line (shipment_id, order_line_id, merchant_id, order_id, quantity, serial_numbers, batch_number)
        select "shipmentId", "orderLineId", "merchantId", "orderId", quantity, coalesce("serialNumbers", '{}'), "batchNumber"
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given ("shipmentId" uuid, "orderLineId" uuid,
          "merchantId" uuid, "orderId" uuid, quantity int, "serialNumbers" text[], "batchNumber" text)`,
  );
  const packed = shipments.flatMap(({ id, merchantId, packaging }) =>
    packaging.map((one, index) => ({ ...one, shipmentId: id, merchantId, ordinal: index + 1 })),
  );
  if (packed.length)
    await rows(
      em,
      sql`insert into shipment_packaging (shipment_id, ordinal, merchant_id, code, parcel, quantity)
          select "shipmentId", ordinal, "merchantId", code, parcel, quantity
          from jsonb_to_recordset(${JSON.stringify(packed)}::jsonb) as given ("shipmentId" uuid, ordinal int, "merchantId" uuid,
            code text, parcel int, quantity int)`,
    );
}

/** Counts shipped pieces on the order lines, negative ones back; the check of the table refuses more than were ordered. */
export async function countShipped(
  em: EntityManager,
  lines: readonly { orderLineId: string; quantity: number }[],
): Promise<void> {
  await rows(
    em,
    sql`update order_line line set shipped_quantity = line.shipped_quantity + given.quantity
        from unnest(${lines.map(({ orderLineId }) => orderLineId)}::uuid[], ${lines.map(({ quantity }) => quantity)}::int[])
          as given (id, quantity) where line.id = given.id`,
  );
}

/** A shipment that a repeated request means: by its id, or by its reference within the order. */
export async function findShipment(
  em: EntityManager,
  orderId: string,
  key: { id: string | undefined; reference: string | undefined },
): Promise<{ orderId: string; contentHash: string } | undefined> {
  return firstRow(
    em,
    sql`select order_id as "orderId", content_hash as "contentHash" from shipment
        where id = ${key.id ?? null} or (order_id = ${orderId} and reference = ${key.reference ?? null})
        order by id = ${key.id ?? null} desc limit 1`,
  );
}

export async function shipmentsOf(em: EntityManager, orderId: string): Promise<ShipmentView[]> {
  const found = await rows<ShipmentView>(
    em,
    sql`select s.id, s.reference, s.parcels, s.weight_grams as "weightGrams", s.carrier, s.tracking_number as "trackingNumber",
          s.shipped_at as "shippedAt", s.service_date as "serviceDate",
          (select jsonb_agg(jsonb_build_object('orderLineId', l.order_line_id, 'quantity', l.quantity,
             'serialNumbers', l.serial_numbers, 'batchNumber', l.batch_number) order by ol.ordinal)
             from shipment_line l join order_line ol on ol.id = l.order_line_id where l.shipment_id = s.id) as lines,
          ${PACKAGING_OF_SHIPMENT} as packaging,
          case when s.cancelled_at is not null then jsonb_build_object('at', s.cancelled_at, 'on', s.cancelled_on,
            'reason', s.cancel_reason, 'restocked', s.restocked) end as cancelled
        from shipment s where s.order_id = ${orderId} order by s.first_of_order desc, s.shipped_at, s.id`,
  );
  return found.map(({ cancelled, ...shipment }) => ({
    ...shipment,
    shippedAt: new Date(shipment.shippedAt).toISOString(),
    cancelled: cancelled && { ...cancelled, at: new Date(cancelled.at).toISOString() },
  }));
}

/** What a {@link NewShipment} `s` was packed in. */
export const PACKAGING_OF_SHIPMENT = sql`coalesce((select jsonb_agg(jsonb_build_object('code', p.code, 'quantity', p.quantity,
    'parcel', p.parcel) order by p.ordinal) from shipment_packaging p where p.shipment_id = s.id), '[]')`;
