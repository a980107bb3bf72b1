import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import { allocation, type Collection } from './allocations.ts';
import { rowUpdate, type RowChange, type RunRow } from './run-rows.ts';

/** Whether an allocated charge `a` stands on a line `l` of a draft, which has the `split` of its invoice. */
export const STANDS_ON_LINE = sql`l.split in ('all', a.stream) and l.section = a.section and l.charge_type = a.charge_type
            and l.version_id = a.version_id and l.rule_key = a.rule_key and l.tier_from is not distinct from a.tier_from
            and l.unit_price = a.unit_price and l.base_quantity = a.base_quantity and l.service_month = a.service_month
            and l.own_charge_id is not distinct from a.own_charge`;

/** How linking went: approval holds only when every charge on the lines was linked and no line differs. */
export interface Linked {
  linked: number;
  /** Charges that stand on lines. */
  charges: number;
  /** Lines whose quantity is not the sum of their charges. */
  wrongLines: number;
}

/**
 * Writes which charge stands on which line, with its quantity there, and links each charge to its (first) line: from
 * now on it is billed. The link is the uniqueness: a charge that someone else linked, held or waived since changes
 * fewer rows than expected. The row changes along with them, in one statement.
 */
export async function linkCharges(
  em: EntityManager,
  collection: Collection,
  row: Pick<RunRow, 'id'>,
  change: RowChange,
): Promise<Linked> {
  const found = await firstRow<Record<keyof Linked, string>>(
    em,
    sql`with ${allocation(collection)},
        -- few lines, looked up once
        line as materialized (
          select l.*, i.split from invoice i join invoice_line l on l.invoice_id = i.id
          where i.run_merchant_id = ${row.id} and i.state = 'draft' and l.kind = 'charges'),
        placed as materialized (
          select l.id as line_id, l.position, a.id as charge_id, a.quantity, a.late
          from allocated a
          join line l on ${STANDS_ON_LINE}
          where a.kind = 'charges'),
        history as (
          insert into invoice_line_charge (line_id, charge_id, merchant_id, quantity, late)
          select line_id, charge_id, ${collection.merchantId}, quantity, late from placed),
        linked as (
          update charge c set line_id = first.line_id
          from (select distinct on (charge_id) charge_id, line_id from placed order by charge_id, position) first
          -- num_nulls instead of IS NULL keeps the planner on the primary key: the index of unbilled charges would be
          -- walked once per charge while the table's statistics are still those of an empty one
          where c.id = first.charge_id and num_nulls(c.line_id) = 1 and c.state = 'accrued'
          returning c.id),
        changed as (${rowUpdate(row, change)})
        select (select count(*) from linked) as linked, (select count(distinct charge_id) from placed) as charges,
               (select count(*) from line left join (select line_id, sum(quantity) as quantity from placed group by line_id) p on p.line_id = line.id
                where line.quantity <> coalesce(p.quantity, 0)) as "wrongLines"`,
  );
  return {
    linked: Number(found!.linked),
    charges: Number(found!.charges),
    wrongLines: Number(found!.wrongLines),
  };
}
