import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { Debt } from '../../domain/dunning/claims.ts';
import type { BaseRate } from '../../domain/dunning/interest.ts';
import type { OverdueInvoice } from '../../domain/dunning/levels.ts';
import type { InvoiceFault, LetterFault } from '../../../../shared/protocol/billing/dunning-views.ts';
import { LETTER_FAULT } from './letter-views.ts';
import { timeGiven, timeGivenByArrived, type LetterDays } from './time-given.ts';
import { FIRST_RETURNED_ON } from '../direct-debits/collected.ts';
import { IS_COLLECTABLE } from '../direct-debits/due-debits.ts';

/** An overdue invoice with all that decides about its letter. */
export interface Overdue extends OverdueInvoice, Debt {
  invoiceId: string;
  merchantId: string;
  number: string;
  issueDate: LocalDate;
  dueDate: LocalDate;
  /** The letter before was not made or not sent, or did not arrive: that of this invoice, or the latest to its merchant. */
  lastLetter: LetterFault | null;
  /** Its merchant may not know it: nobody is late with what it never got (§ 286 Abs. 4 BGB). */
  undelivered: InvoiceFault | null;
}

/** What is open of an invoice `o` that was collected is not collected again: the merchant is to transfer it. */
export const NOT_COLLECTED = sql`not exists (select 1 from collection_item x where x.invoice_id = o.invoice_id and x.state = 'collected')`;

/**
 * Invoices that are overdue as of a day, with what is open now. Corrections, and what is paid, cancelled or written
 * off, are not among them.
 */
export const overdueInvoices = (
  em: EntityManager,
  asOf: LocalDate,
  days: LetterDays,
  merchantId?: string,
): Promise<Overdue[]> =>
  rows<Overdue>(
    em,
    sql`select o.invoice_id as "invoiceId", o.merchant_id as "merchantId", o.number, o.issue_date as "issueDate", o.due_date as "dueDate",
          (o.gross_minor + o.credited_minor)::float8 as "claimMinor", o.open_minor::float8 as "openMinor", o.days_overdue as "daysOverdue", last.level as "lastLevel",
          last.pay_by as "lastPayBy", s.dispute = 'open' as disputed, stop.id is not null as stopped, ${FIRST_RETURNED_ON} as "returnedOn",
          last.first_pay_by as "firstPayBy", letter.fault as "lastLetter",
          case s.delivery when 'queued' then 'notSent' when 'bounced' then 'bounced' end as undelivered,
          live.id is not null or coalesce(${IS_COLLECTABLE} and ${NOT_COLLECTED}, false) as "awaitsCollection",
          coalesce(m.state in ('active', 'blocked') and d.returned_on is null and ${NOT_COLLECTED}, false) as "collectionHeld",
          coalesce(m.state in ('revoked', 'lapsed') and d.returned_on is null and ${NOT_COLLECTED}, false) as uncollected,
          coalesce(money.settled, '[]') as settled, coalesce(claimed.interest, 0)::float8 as "interestClaimedMinor", coalesce(claimed.lump, false) as "lumpSumClaimed"
        from billing.open_item(${asOf}) o join invoice_status s on s.invoice_id = o.invoice_id
        left join dunning_stop stop on stop.merchant_id = o.merchant_id and stop.lifted_at is null and (stop.until is null or stop.until >= ${asOf})
        left join direct_debit d on d.invoice_id = o.invoice_id left join mandate m on m.id = d.mandate_id
        left join collection_item live on live.invoice_id = o.invoice_id and live.state = 'open'
        left join lateral (
          select t.level, t.letter_id, ${timeGiven(days)} as pay_by, min(${timeGivenByArrived(days.zone)}) over () as first_pay_by
          from dunning_step t join dunning_letter l on l.id = t.letter_id where t.invoice_id = o.invoice_id order by t.level desc limit 1) last on true
        left join lateral (
          select sum(amount_minor) filter (where kind = 'interest' and corrected_by is null) as interest, bool_or(kind = 'lumpSum') as lump
          from dunning_claim c where c.invoice_id = o.invoice_id and not c.recounted) claimed on true
        left join lateral (
          select ${LETTER_FAULT} as fault from dunning_letter l where l.merchant_id = o.merchant_id and l.id in (last.letter_id,
            (select n.id from dunning_letter n where n.merchant_id = o.merchant_id order by n.issue_date desc, n.id desc limit 1))
          order by array_position(array['notMade', 'bounced', 'notSent'], ${LETTER_FAULT}) limit 1) letter on true
        left join lateral (${SETTLED}) money on true
        where o.kind = 'invoice' and o.open_minor > 0 and o.due_date < ${asOf}
          -- what has no document was never sent
          and not exists (select 1 from invoice_document f where f.invoice_id = o.invoice_id and f.state <> 'ready')
          and ${merchantId === undefined ? sql`true` : sql`o.merchant_id = ${merchantId}`}
        order by o.merchant_id, o.due_date, o.number`,
  );

/** What settled the invoice `o`, by the day the money was there; what was taken back is negative. Corrections lower the claim. */
export const SETTLED = sql`
  select jsonb_agg(jsonb_build_object('day', day, 'minor', minor) order by day) as settled from (
    select day, sum(minor)::float8 as minor from (
      select p.value_date as day, a.amount_minor as minor from payment_allocation a join payment p on p.id = a.payment_id where a.invoice_id = o.invoice_id
      union all select e.booked_on, -e.amount_minor from credit_entry e where e.invoice_id = o.invoice_id
      union all select w.booked_on, w.amount_minor from write_off w where w.invoice_id = o.invoice_id) moves
    group by day having sum(minor) <> 0) days`;

/** @param kept  nobody corrects one of them until the commit */
export const baseRates = (em: EntityManager, { kept } = { kept: false }): Promise<BaseRate[]> =>
  rows<BaseRate>(
    em,
    sql`select valid_from as "validFrom", rate_bp as "rateBasisPoints" from base_rate order by valid_from ${kept ? sql`for share` : sql``}`,
  );

/**
 * What merchants have with the house that nothing was done with: unallocated payments, credit balance and open credit
 * notes. Those without any are not in it.
 */
export async function freeMoney(em: EntityManager, merchantId?: string): Promise<Map<string, number>> {
  const whose = merchantId === undefined ? sql`true` : sql`merchant_id = ${merchantId}`;
  const found = await rows<{ merchantId: string; minor: number }>(
    em,
    sql`select merchant_id as "merchantId", sum(minor)::float8 as minor from (
          select merchant_id, unallocated_minor as minor from payment where unallocated_minor <> 0 and merchant_id is not null and ${whose}
          union all select merchant_id, amount_minor from credit_entry where ${whose}
          union all select s.merchant_id, -o.open_minor from invoice_status s cross join lateral billing.open_item('9999-12-31') o
            where s.payment in ('open', 'partially_paid', 'overdue') and o.invoice_id = s.invoice_id and o.merchant_id = s.merchant_id and o.open_minor < 0) free
        where ${whose}
        group by merchant_id having sum(minor) > 0`,
  );
  return new Map(found.map((row) => [row.merchantId, row.minor]));
}
