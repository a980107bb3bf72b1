import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../../shared/persistence/sql.ts';
import { allocation, type Collection } from './allocations.ts';

/**
 * Writes which charge stands on which line, with its quantity there, and links each charge to its (first) line: from
 * now on it is billed. The link is the uniqueness: a charge that someone else linked, held or waived since changes
 * fewer rows than expected.
 * @returns how many charges were linked
 */
export async function linkCharges(em: EntityManager, collection: Collection, runMerchantId: string): Promise<number> {
  return affected(
    em,
    sql`with ${allocation(collection)},
        placed as (
          select l.id as line_id, l.position, a.id as charge_id, a.quantity, a.late
          from allocated a
          join invoice i on i.run_merchant_id = ${runMerchantId} and i.state = 'draft' and i.split in ('all', a.stream)
          join invoice_line l on l.invoice_id = i.id and l.kind = 'charges' and l.section = a.section and l.charge_type = a.charge_type
            and l.version_id = a.version_id and l.rule_key = a.rule_key and l.tier_from is not distinct from a.tier_from
            and l.unit_price = a.unit_price and l.base_quantity = a.base_quantity and l.service_month = a.service_month
            and l.own_charge_id is not distinct from a.own_charge
          where a.kind = 'charges'),
        history as (
          insert into invoice_line_charge (line_id, charge_id, merchant_id, quantity, late)
          select line_id, charge_id, ${collection.merchantId}, quantity, late from placed),
        -- what was there by then and is unbilled afterwards is looked at by the self-check
        collecting as (update run_merchant set collected_at = now() where id = ${runMerchantId})
        update charge c set line_id = linked.line_id
        from (select distinct on (charge_id) charge_id, line_id from placed order by charge_id, position) linked
        -- num_nulls instead of IS NULL keeps the planner on the primary key: the index of unbilled charges would be
        -- walked once per charge while the table's statistics are still those of an empty one
        where c.id = linked.charge_id and num_nulls(c.line_id) = 1 and c.state = 'accrued'`,
  );
}

/** Lines whose quantity is not the sum of their linked charges, and charges counted: both must agree before approval. */
export async function checkLinks(
  em: EntityManager,
  runMerchantId: string,
): Promise<{ charges: number; wrongLines: number }> {
  const [found] = await rows<{ charges: string; wrongLines: string }>(
    em,
    sql`with linked as (
          select l.id, l.quantity, coalesce(sum(lc.quantity), 0) as charged
          from invoice i join invoice_line l on l.invoice_id = i.id and l.kind = 'charges' left join invoice_line_charge lc on lc.line_id = l.id
          where i.run_merchant_id = ${runMerchantId} and i.state = 'draft' group by l.id, l.quantity)
        select (select count(distinct lc.charge_id) from invoice i join invoice_line l on l.invoice_id = i.id
                join invoice_line_charge lc on lc.line_id = l.id where i.run_merchant_id = ${runMerchantId} and i.state = 'draft') as charges,
               (select count(*) from linked where quantity <> charged) as "wrongLines"`,
  );
  return { charges: Number(found!.charges), wrongLines: Number(found!.wrongLines) };
}
