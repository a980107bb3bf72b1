import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { z } from 'zod';
import type { carrierLineMatchedV1, CarrierLineView } from '../../../shared/protocol/orders/carrier-invoices.ts';

/** Whose shipment a line is, found by the number alone or said by a person. */
export interface Settling {
  by: string;
  at: Date;
}

/**
 * Lets no invoice be matched while a shipment with a number is written, or the other way round: neither would see the
 * other, and the line would wait for ever. Whoever writes shipments shares the lock.
 */
export async function lockCarrierLines(em: EntityManager, mode: 'alone' | 'shared'): Promise<void> {
  const key = sql`hashtextextended('orders.carrier-lines', 0)`;
  await rows(
    em,
    mode === 'alone' ? sql`select pg_advisory_xact_lock(${key})` : sql`select pg_advisory_xact_lock_shared(${key})`,
  );
}

/** Which waiting lines to look at: those of an invoice, or with the number of a shipment. */
export type Among = { invoiceId: string } | { trackingNumber: string };

/**
 * Gives waiting lines their shipment where exactly one has the number and was not called back.
 * @returns ids of the lines that have one now
 */
export async function matchByNumber(em: EntityManager, among: Among, { by, at }: Settling): Promise<string[]> {
  const which =
    'invoiceId' in among
      ? sql`l.invoice_id = ${among.invoiceId}`
      : sql`l.tracking_key = orders.tracking_key(${among.trackingNumber})`;
  const matched = await rows<{ id: string }>(
    em,
    sql`insert into carrier_line_outcome (line_id, outcome, shipment_id, by_hand, settled_by, settled_at)
        select l.id, 'matched', (array_agg(s.id))[1], false, ${by}, ${at.toISOString()}
        from carrier_line l
        join shipment s on orders.tracking_key(s.tracking_number) = l.tracking_key and s.tracking_number is not null and s.cancelled_at is null
        where ${which} and not exists (select 1 from carrier_line_outcome o where o.line_id = l.id)
        group by l.id having count(*) = 1
        on conflict (line_id, revision) do nothing
        returning line_id as id`,
  );
  return matched.map(({ id }) => id);
}

/** Of a step `e`: nothing became of the line after it. */
export const IS_LATEST = sql`not exists (select 1 from carrier_line_outcome n where n.line_id = e.line_id and n.revision > e.revision)`;

/** The shipment `s` of the order `o` that a line was given to. */
export const SHIPMENT_OF_LINE = sql`case when s.id is not null then jsonb_build_object('id', s.id, 'merchantId', s.merchant_id,
    'orderId', s.order_id, 'orderNumber', o.external_number, 'shippedOn', s.service_date) end`;

/** The facts of lines that have their shipment. */
export async function matchedFacts(
  em: EntityManager,
  lineIds: readonly string[],
): Promise<z.input<typeof carrierLineMatchedV1.payload>[]> {
  return rows(
    em,
    sql`select s.merchant_id as "merchantId", l.id as "lineId", e.revision, i.carrier, i.number as "invoiceNumber",
          to_char(i.invoiced_on, 'YYYY-MM-DD') as "invoicedOn", l.line, l.tracking_number as "trackingNumber", l.kind,
          l.description as text, l.amount_minor::float8 as "amountMinor", i.currency, s.id as "shipmentId", s.order_id as "orderId",
          o.external_number as "orderNumber", o.channel, o.country, ceil(s.weight_grams::numeric / s.parcels)::int as "weightGrams",
          to_char(s.service_date, 'YYYY-MM-DD') as "serviceDate"
        from carrier_line l join carrier_invoice i on i.id = l.invoice_id
        join carrier_line_outcome e on e.line_id = l.id and ${IS_LATEST} join shipment s on s.id = e.shipment_id join "order" o on o.id = s.order_id
        where l.id = any(${[...lineIds]}::uuid[]) order by l.id`,
  );
}

/** Whether a carrier charged something for a shipment, which tells that it had it. */
export async function isBilledByCarrier(em: EntityManager, shipmentId: string): Promise<boolean> {
  return (
    (await firstRow(
      em,
      sql`select 1 from carrier_line_outcome e where e.shipment_id = ${shipmentId} and ${IS_LATEST} limit 1`,
    )) !== undefined
  );
}

/** The columns of a {@link CarrierLineView}, of a line `l`. */
const LINE_VIEW = sql`select l.id, coalesce(e.revision, -1) + 2 as version, l.invoice_id as "invoiceId", i.carrier, i.number as "invoiceNumber",
    to_char(i.invoiced_on, 'YYYY-MM-DD') as "invoicedOn", l.line, l.tracking_number as "trackingNumber", l.kind, i.currency,
    l.amount_minor::float8 as "amountMinor", l.description as text, coalesce(nullif(e.outcome, 'reopened'), 'waiting') as state,
    ${SHIPMENT_OF_LINE} as shipment,
    coalesce(e.by_hand, false) as "byHand", e.reason, l.imported_at as "importedAt",
    (select count(*)::int from shipment c where c.tracking_number is not null and orders.tracking_key(c.tracking_number) = l.tracking_key) as candidates
  from carrier_line l join carrier_invoice i on i.id = l.invoice_id
  left join lateral (select * from carrier_line_outcome h where h.line_id = l.id order by h.revision desc limit 1) e on true
  left join shipment s on s.id = e.shipment_id left join "order" o on o.id = s.order_id`;

const viewOf = (row: CarrierLineView): CarrierLineView => ({
  ...row,
  importedAt: new Date(row.importedAt).toISOString(),
});

export async function findCarrierLine(em: EntityManager, id: string): Promise<CarrierLineView | undefined> {
  const row = await firstRow<CarrierLineView>(em, sql<CarrierLineView>`${LINE_VIEW} where l.id = ${id}`);
  return row && viewOf(row);
}

export interface LineFilter {
  limit: number;
  /** Instant and id of the last line of the page before. */
  before: string[] | undefined;
  state?: CarrierLineView['state'] | undefined;
  invoiceId?: string | undefined;
  trackingNumber?: string | undefined;
}

/** One more than asked tells that there is a next page. */
export async function carrierLines(em: EntityManager, filter: LineFilter): Promise<CarrierLineView[]> {
  const { limit, before, state, invoiceId, trackingNumber } = filter;
  const conditions = [
    sql`true`,
    ...(state === 'waiting'
      ? [sql`coalesce(e.outcome, 'reopened') = 'reopened'`]
      : state
        ? [sql`e.outcome = ${state}`]
        : []),
    ...(invoiceId ? [sql`l.invoice_id = ${invoiceId}`] : []),
    ...(trackingNumber ? [sql`l.tracking_key = orders.tracking_key(${trackingNumber})`] : []),
    ...(before ? [sql`(l.imported_at, l.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`] : []),
  ];
  const found = await rows<CarrierLineView>(
    em,
    sql<CarrierLineView>`${LINE_VIEW} where ${sql.join(conditions, sql` and `)} order by l.imported_at desc, l.id desc limit ${limit + 1}`,
  );
  return found.map(viewOf);
}
