import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Place } from './storage-days.ts';

/**
 * The merchant's other warehouses in which goods may have moved since a day: those that told of a day from it on, and
 * those that held goods when they told of one last.
 */
export async function otherWarehouses(em: EntityManager, { merchantId, warehouse }: Place, since: LocalDate) {
  const found = await rows<{ warehouse: string }>(
    em,
    sql`select w.warehouse from (select distinct warehouse from storage_header where merchant_id = ${merchantId} and warehouse <> ${warehouse}) w
        where exists (select 1 from storage_header h where h.merchant_id = ${merchantId} and h.warehouse = w.warehouse and h.day >= ${since})
          or exists (select 1 from storage_line l where l.header_id =
            (select h.id from storage_header h where h.merchant_id = ${merchantId} and h.warehouse = w.warehouse and h.day < ${since} order by h.day desc limit 1))
        order by w.warehouse`,
  );
  return found.map(({ warehouse: other }) => other);
}
