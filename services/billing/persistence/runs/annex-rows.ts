import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { AnnexCharge } from '../../domain/invoices/annex.ts';

/** How many charges stand behind the lines of a document. */
export async function countCharges(em: EntityManager, invoiceId: string): Promise<number> {
  const found = await firstRow<{ count: number }>(
    em,
    sql`select count(*)::integer as count from invoice_line l join invoice_line_charge lc on lc.line_id = l.id
        where l.invoice_id = ${invoiceId}`,
  );
  return found?.count ?? 0;
}

/** The charges behind the lines of a document, day by day, what belongs to an order or return together. */
export const annexCharges = (em: EntityManager, invoiceId: string): Promise<AnnexCharge[]> =>
  rows<AnnexCharge>(
    em,
    sql`select l.section, c.service_date as date, coalesce(c.reference ->> 'number', '') as reference, l.label as description,
          trim_scale(lc.quantity)::text as quantity, l.unit
        from invoice_line l join invoice_line_charge lc on lc.line_id = l.id join charge c on c.id = lc.charge_id
        where l.invoice_id = ${invoiceId}
        order by c.service_date, coalesce(c.reference ->> 'number', ''), l.position, c.id`,
  );
