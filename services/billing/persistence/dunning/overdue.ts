import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { BaseRate } from '../../domain/dunning/interest.ts';
import type { OverdueInvoice } from '../../domain/dunning/levels.ts';
import { IS_COLLECTABLE } from '../direct-debits/due-debits.ts';

/** An overdue invoice with all that decides about its letter. */
export interface Overdue extends OverdueInvoice {
  invoiceId: string;
  merchantId: string;
  number: string;
  issueDate: LocalDate;
  dueDate: LocalDate;
  grossMinor: number;
  /** The day a direct debit of it came back: before that it was the house that had to fetch the money. */
  returnedOn: LocalDate | null;
  /** What settled it, by the day the money was there; what was taken back is negative. */
  settled: { day: LocalDate; minor: number }[];
  /** Interest that letters claimed so far, whatever became of it. */
  interestClaimedMinor: number;
  lumpSumClaimed: boolean;
}

/**
 * Invoices that are overdue as of a day, with what is open now. Corrections, and what is paid, cancelled or written
 * off, are not among them.
 */
export const overdueInvoices = (em: EntityManager, asOf: LocalDate, merchantId?: string): Promise<Overdue[]> =>
  rows<Overdue>(
    em,
    sql`select o.invoice_id as "invoiceId", o.merchant_id as "merchantId", o.number, o.issue_date as "issueDate", o.due_date as "dueDate",
          o.gross_minor::float8 as "grossMinor", o.open_minor::float8 as "openMinor", o.days_overdue as "daysOverdue", last.level as "lastLevel",
          last.pay_by as "lastPayBy", s.dispute = 'open' as disputed, stop.id is not null as stopped, d.returned_on as "returnedOn",
          coalesce(${IS_COLLECTABLE}, false) or live.id is not null as "awaitsCollection",
          coalesce(money.settled, '[]') as settled, coalesce(claimed.interest, 0)::float8 as "interestClaimedMinor", coalesce(claimed.lump, false) as "lumpSumClaimed"
        from billing.open_item(${asOf}) o join invoice_status s on s.invoice_id = o.invoice_id
        left join dunning_stop stop on stop.merchant_id = o.merchant_id and stop.lifted_at is null and (stop.until is null or stop.until >= ${asOf})
        left join direct_debit d on d.invoice_id = o.invoice_id left join mandate m on m.id = d.mandate_id
        left join collection_item live on live.invoice_id = o.invoice_id and live.state = 'open'
        left join lateral (select t.level, t.pay_by from dunning_step t where t.invoice_id = o.invoice_id order by t.level desc limit 1) last on true
        left join lateral (
          select sum(amount_minor) filter (where kind = 'interest') as interest, bool_or(kind = 'lumpSum') as lump
          from dunning_claim c where c.invoice_id = o.invoice_id) claimed on true
        left join lateral (${SETTLED}) money on true
        where o.kind = 'invoice' and o.open_minor > 0 and o.due_date < ${asOf}
          and ${merchantId === undefined ? sql`true` : sql`o.merchant_id = ${merchantId}`}
        order by o.merchant_id, o.due_date, o.number`,
  );

/** What settled the invoice `o`, by the day it counts from. */
const SETTLED = sql`
  select jsonb_agg(jsonb_build_object('day', day, 'minor', minor) order by day) as settled from (
    select day, sum(minor)::float8 as minor from (
      select p.value_date as day, a.amount_minor as minor from payment_allocation a join payment p on p.id = a.payment_id where a.invoice_id = o.invoice_id
      union all select e.booked_on, -e.amount_minor from credit_entry e where e.invoice_id = o.invoice_id
      union all select w.booked_on, w.amount_minor from write_off w where w.invoice_id = o.invoice_id
      union all select n.issue_date, -n.gross_minor from invoice n where n.corrects_id = o.invoice_id and n.kind = 'creditNote' and n.state = 'finalized') moves
    group by day having sum(minor) <> 0) days`;

export const baseRates = (em: EntityManager): Promise<BaseRate[]> =>
  rows<BaseRate>(
    em,
    sql`select valid_from as "validFrom", rate_bp as "rateBasisPoints" from base_rate order by valid_from`,
  );
