import type { z } from 'zod';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { orderShippedV1 } from '../../../shared/protocol/orders/events.ts';

type Shipment = z.output<(typeof orderShippedV1)['payload']>;

/** Keeps the serial numbers of shipments; one statement, none when there are no serial numbers. */
export async function knowSerials(em: EntityManager, shipments: readonly Shipment[]): Promise<void> {
  const serials = shipments.flatMap((shipment) =>
    shipment.lines.flatMap(({ orderLineId, sku, serialNumbers = [] }) =>
      serialNumbers.map((serial) => ({
        shipment_id: shipment.shipmentId,
        order_line_id: orderLineId,
        serial,
        order_id: shipment.orderId,
        merchant_id: shipment.merchantId,
        sku,
      })),
    ),
  );
  if (!serials.length) return;
  await rows(
    em,
    sql`insert into returns.shipped_serial
        select * from jsonb_populate_recordset(null::returns.shipped_serial, ${JSON.stringify(serials)}::jsonb)
        on conflict do nothing`,
  );
}

/**
 * Serial numbers of an article that were shipped with an order, over all of its shipments, in no particular order.
 * None says that none were noted, not that what came back is wrong.
 */
export async function shippedSerials(em: EntityManager, orderId: string, sku: string): Promise<string[]> {
  const found = await rows<{ serial: string }>(
    em,
    sql`select distinct serial from returns.shipped_serial where order_id = ${orderId} and sku = ${sku}`,
  );
  return found.map(({ serial }) => serial);
}

/** Batch numbers of an article that were shipped with an order; none when none were noted. */
export async function shippedBatches(em: EntityManager, orderId: string, sku: string): Promise<string[]> {
  const found = await rows<{ batch: string }>(
    em,
    sql`select distinct batch_number as batch from returns.order_line_ref
        where order_id = ${orderId} and sku = ${sku} and batch_number is not null`,
  );
  return found.map(({ batch }) => batch);
}
