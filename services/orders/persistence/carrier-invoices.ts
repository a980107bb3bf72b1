import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { CarrierInvoiceView, SurchargeKind } from '../../../shared/protocol/orders/carrier-invoices.ts';
import { IS_LATEST } from './carrier-lines.ts';

/** An invoice as it is inserted. */
export interface NewCarrierInvoice {
  id: string;
  carrier: string;
  number: string;
  invoicedOn: string;
  currency: string;
  contentHash: string;
  lines: {
    id: string;
    line: number;
    trackingNumber: string;
    kind: SurchargeKind;
    amountMinor: number;
    text: string;
  }[];
}

interface Origin {
  origin: 'api' | 'csv';
  by: string;
  at: Date;
}

/** Stores an invoice with its lines; the caller has looked whether it is there, and holds the lock of the lines. */
export async function insertCarrierInvoice(
  em: EntityManager,
  { lines, ...invoice }: NewCarrierInvoice,
  { origin, by, at }: Origin,
): Promise<void> {
  const amount = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  await rows(
    em,
    sql`insert into carrier_invoice (id, carrier, number, invoiced_on, currency, line_count, amount_minor, content_hash, origin,
          imported_by, imported_at)
        values (${invoice.id}, ${invoice.carrier}, ${invoice.number}, ${invoice.invoicedOn}, ${invoice.currency}, ${lines.length},
          ${amount}, ${invoice.contentHash}, ${origin}, ${by}, ${at.toISOString()})`,
  );
  await rows(
    em,
    sql`insert into carrier_line (id, invoice_id, line, tracking_number, kind, amount_minor, description, imported_at)
        select id, ${invoice.id}, line, "trackingNumber", kind, "amountMinor", text, ${at.toISOString()}
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (id uuid, line int, "trackingNumber" text, kind text,
          "amountMinor" bigint, text text)`,
  );
}

/**
 * An invoice by what makes it one: its carrier and its number, however they are written (`orders.invoice_key`). Of what
 * was taken twice in earlier days the one with the same lines, or the first.
 */
export async function carrierInvoiceByNumber(
  em: EntityManager,
  { carrier, number, contentHash }: Pick<NewCarrierInvoice, 'carrier' | 'number' | 'contentHash'>,
): Promise<{ id: string; contentHash: string } | undefined> {
  return firstRow(
    em,
    sql`select id, content_hash as "contentHash" from carrier_invoice
        where orders.invoice_key(carrier) = orders.invoice_key(${carrier}) and orders.invoice_key(number) = orders.invoice_key(${number})
        order by content_hash = ${contentHash} desc, repeats limit 1`,
  );
}

const INVOICE_VIEW = sql`select i.id, i.carrier, i.number, to_char(i.invoiced_on, 'YYYY-MM-DD') as "invoicedOn", i.currency,
    i.amount_minor::float8 as "amountMinor", i.line_count as lines, i.origin, i.imported_at as "importedAt", n.matched, n.dismissed,
    i.line_count - n.matched - n.dismissed as waiting
  from carrier_invoice i cross join lateral (
    select count(*) filter (where e.outcome = 'matched')::int as matched, count(*) filter (where e.outcome = 'dismissed')::int as dismissed
    from carrier_line l join carrier_line_outcome e on e.line_id = l.id and ${IS_LATEST} where l.invoice_id = i.id) n`;

const viewOf = (row: CarrierInvoiceView): CarrierInvoiceView => ({
  ...row,
  importedAt: new Date(row.importedAt).toISOString(),
});

export async function findCarrierInvoice(em: EntityManager, id: string): Promise<CarrierInvoiceView | undefined> {
  const row = await firstRow<CarrierInvoiceView>(em, sql<CarrierInvoiceView>`${INVOICE_VIEW} where i.id = ${id}`);
  return row && viewOf(row);
}

/** @param before  instant and id of the last invoice of the page before */
export async function carrierInvoices(
  em: EntityManager,
  limit: number,
  before: string[] | undefined,
): Promise<CarrierInvoiceView[]> {
  const older = before ? sql`(i.imported_at, i.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : sql`true`;
  const found = await rows<CarrierInvoiceView>(
    em,
    sql<CarrierInvoiceView>`${INVOICE_VIEW} where ${older} order by i.imported_at desc, i.id desc limit ${limit + 1}`,
  );
  return found.map(viewOf);
}

/** How many of some numbers exactly one live shipment has. */
export async function matchable(em: EntityManager, trackingNumbers: readonly string[]): Promise<number> {
  const found = await firstRow<{ count: number }>(
    em,
    sql`select count(*)::int as count from (
          select given.position from unnest(${[...trackingNumbers]}::text[]) with ordinality as given (number, position)
          join shipment s on orders.tracking_key(s.tracking_number) = orders.tracking_key(given.number) and s.tracking_number is not null
            and s.cancelled_at is null
          group by given.position having count(*) = 1) matched`,
  );
  return found!.count;
}
