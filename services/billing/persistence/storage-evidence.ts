import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';

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

/** The days behind the charges of a storage line; a month's charge stands for all of its days. */
export async function evidenceOfLine(
  em: EntityManager,
  invoiceId: string,
  lineId: string,
  drafts: boolean,
): Promise<StorageEvidence[] | undefined> {
  const line = await firstRow(
    em,
    sql`select 1 from invoice_line l join invoice i on i.id = l.invoice_id
        where l.id = ${lineId} and i.id = ${invoiceId} and l.charge_type = 'storage' and (${drafts} or i.state <> 'draft')`,
  );
  if (!line) return undefined;
  return rows(
    em,
    sql`with behind as (
          select distinct c.merchant_id, c.reference ->> 'warehouse' as warehouse,
                 coalesce((c.reference ->> 'from')::date, c.service_date) as first, coalesce((c.reference ->> 'to')::date, c.service_date) as last
          from invoice_line_charge lc join charge c on c.id = lc.charge_id where lc.line_id = ${lineId}),
        day as (
          select distinct h.id from behind b
          join storage_header h on h.merchant_id = b.merchant_id and h.warehouse = b.warehouse and h.day between b.first and b.last)
        select ${EVIDENCE} from day d join storage_header h on h.id = d.id left join storage_line l on l.header_id = h.id
        order by h.day, h.warehouse, l.ordinal`,
  );
}
