import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import type { Stream } from '../../../../shared/protocol/billing/runs-actions.ts';
import { billedPeriods, collectsUpTo } from '../../domain/runs/periods.ts';
import { allocation, type Collection } from './allocations.ts';
import { findBillingMerchant } from './billing-merchant.ts';
import { STANDS_ON_LINE } from './link-charges.ts';

/**
 * What the row of a draft line collects, as its approval will; nothing for any other line: those of approved drafts and
 * of invoices have their charges linked.
 */
export async function draftLineCollection(em: EntityManager, lineId: string): Promise<Collection | undefined> {
  const row = await firstRow<{ merchantId: string; cutoff: string; final: boolean; streams: Stream[] | null }>(
    em,
    sql`select m.merchant_id as "merchantId", m.cutoff, m.final, m.streams
        from invoice_line l join invoice i on i.id = l.invoice_id join run_merchant m on m.id = i.run_merchant_id
        where l.id = ${lineId} and i.state = 'draft' and m.state <> 'approved'
          and not exists (select 1 from invoice_line_charge lc where lc.line_id = l.id)`,
  );
  if (!row) return undefined;
  const { contract } = await findBillingMerchant(em, row.merchantId, row.cutoff);
  return { merchantId: row.merchantId, cutoff: collectsUpTo(row), due: billedPeriods(row, contract) };
}

/** The ids of the charges that stand on a line of a draft, by the same rule as its approval links them. */
export const chargesOfDraftLine = (collection: Collection, lineId: string) => sql`
  with ${allocation(collection)}
  select a.id from allocated a
  join (select l.*, i.split from invoice_line l join invoice i on i.id = l.invoice_id where l.id = ${lineId} and l.kind = 'charges') l
    on ${STANDS_ON_LINE}
  where a.kind = 'charges'`;
