import { sql } from '../../../../shared/persistence/sql.ts';
import { CARRIED_FORWARD } from '../../domain/runs/findings.ts';

/** What a draft bills of the charges that earlier runs carried over. */
export interface CarriedOver {
  invoiceId: string;
  /** Of the latest of these runs. */
  cutoff: string;
  /** Each line's part by its quantity, rounded like a line. */
  netMinor: number;
}

/**
 * What the drafts of an approved row bill of what earlier rows of the merchant carried over with a total below zero: the
 * charges that such a row could have billed by its cut-off, streams and time. What was billed, held or without a price then
 * was none of it. Where no row carried anything over, no
 * charge is looked at.
 */
export const carriedInto = (runMerchantId: string) => sql<CarriedOver>`
  with finalized as (select merchant_id, cutoff from run_merchant where id = ${runMerchantId}),
  carried as (
    select m.cutoff, m.streams, m.updated_at, m.final or extract(day from m.cutoff + 1) = 1 as of_all_streams
    from run_merchant m join finalized f on f.merchant_id = m.merchant_id and m.cutoff < f.cutoff
    where exists (
      select 1 from jsonb_array_elements(m.findings) found
      where found ->> 'code' = ${CARRIED_FORWARD} and (found -> 'data' ->> 'grossMinor')::numeric < 0))
  select l.invoice_id as "invoiceId", max(k.cutoff) as cutoff,
    sum(round(k.quantity * l.unit_price * 100 / l.base_quantity))::float8 as "netMinor"
  from invoice_line l cross join lateral (
    select sum(h.quantity) as quantity, max(waited.cutoff) as cutoff
    from invoice_line_charge h join charge c on c.id = h.charge_id cross join lateral (
      select max(r.cutoff) as cutoff from carried r
      where c.service_date <= r.cutoff and c.created_at <= r.updated_at
        and (c.released_at is null or c.released_at <= r.updated_at)
        and (r.of_all_streams or c.stream = 'fulfilment') and (r.streams is null or c.stream = any(r.streams))) waited
    where h.line_id = l.id and waited.cutoff is not null) k
  where l.invoice_id in (select id from invoice where run_merchant_id = ${runMerchantId} and state = 'draft')
    and exists (select 1 from carried) and k.quantity is not null
  group by l.invoice_id`;
