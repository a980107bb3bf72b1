import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { ChargeAttributes } from '../domain/charge-fact.ts';
import type { Stretch } from './storage-days.ts';

/** What lay in one place on one day, and how it is known. An empty warehouse is a row without bin. */
export interface StorageEvidence {
  day: LocalDate;
  warehouse: string;
  bin: string | null;
  sku: string | null;
  storageType: string | null;
  quantity: string;
  volumeM3: string | null;
  source: string;
  rebuiltFromDay: string | null;
  movedPieces: number | null;
  snapshotId: string;
}

const EVIDENCE = sql`to_char(h.day, 'YYYY-MM-DD') as day, h.warehouse, l.bin, l.sku, l.storage_type as "storageType",
  coalesce(trim_scale(l.quantity)::text, '0') as quantity, trim_scale(l.volume_m3)::text as "volumeM3", h.source,
  h.rebuilt_from ->> 'day' as "rebuiltFromDay", (h.rebuilt_from ->> 'movedPieces')::int as "movedPieces", h.id as "snapshotId"`;

/** Everything recorded of a merchant between two days, both included. */
export async function evidenceOfMonth(
  em: EntityManager,
  merchantId: string,
  from: LocalDate,
  to: LocalDate,
): Promise<StorageEvidence[]> {
  return rows(
    em,
    sql`select ${EVIDENCE} from storage_header h left join storage_line l on l.header_id = h.id
        where h.merchant_id = ${merchantId} and h.day between ${from} and ${to} order by h.day, h.warehouse, l.ordinal`,
  );
}

/** A charge on a storage line, with what it was measured by. */
export interface StorageCharge {
  id: string;
  merchantId: string;
  warehouse: string;
  /** The days it stands for: one, or those of a month. */
  from: LocalDate;
  to: LocalDate;
  unit: string;
  /** What was counted; negative where it is taken back. */
  measured: string;
  /** What of it stands on the line, in what the line counts. */
  quantity: string;
  /** The charge that it takes back. */
  reversalOf: string | null;
  attributes: ChargeAttributes;
}

/**
 * The charges that were written with a storage line, by day.
 * @returns nothing for a line that is none of storage, of another invoice, or of a draft without `drafts`
 */
export async function chargesOfLine(
  em: EntityManager,
  invoiceId: string,
  lineId: string,
  drafts: boolean,
): Promise<StorageCharge[] | undefined> {
  const line = await firstRow(
    em,
    sql`select 1 from invoice_line l join invoice i on i.id = l.invoice_id
        where l.id = ${lineId} and i.id = ${invoiceId} and l.charge_type = 'storage' and (${drafts} or i.state <> 'draft')`,
  );
  if (!line) return undefined;
  return rows(
    em,
    sql`select c.id, c.merchant_id as "merchantId", c.reference ->> 'warehouse' as warehouse, c.unit, c.attributes,
               coalesce(c.reference ->> 'from', to_char(c.service_date, 'YYYY-MM-DD')) as from,
               coalesce(c.reference ->> 'to', to_char(c.service_date, 'YYYY-MM-DD')) as to,
               trim_scale(sign(c.quantity) * coalesce((c.trace ->> 'measured')::numeric, abs(c.quantity)))::text as measured,
               trim_scale(lc.quantity)::text as quantity, c.trace ->> 'reversalOf' as "reversalOf"
        from invoice_line_charge lc join charge c on c.id = lc.charge_id where lc.line_id = ${lineId}
        order by "from", warehouse, (c.attributes ->> 'ageDaysOver')::int nulls first, c.revision, c.quantity < 0, c.id`,
  );
}

/** What is recorded of a merchant in one warehouse between two days, both included. */
export async function evidenceOfPlace(
  em: EntityManager,
  { merchantId, warehouse, from, to }: Stretch,
): Promise<StorageEvidence[]> {
  return rows(
    em,
    sql`select ${EVIDENCE} from storage_header h left join storage_line l on l.header_id = h.id
        where h.merchant_id = ${merchantId} and h.warehouse = ${warehouse} and h.day between ${from} and ${to} order by h.day, l.ordinal`,
  );
}
