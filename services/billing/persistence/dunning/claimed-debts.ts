import type { DunnedDebt, LetterClaim } from '../../domain/dunning/recount.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { NOT_COLLECTED, SETTLED } from './overdue.ts';
import { timeGivenByArrived } from './time-given.ts';

/** What letters claimed of a merchant beside its invoices, and is open. */
export const openLetterClaims = (em: EntityManager, merchantId: string): Promise<LetterClaim[]> =>
  rows<LetterClaim>(
    em,
    sql`select c.id, c.kind, c.amount_minor::float8 as "amountMinor", l.as_of as "asOf",
          case when c.invoice_id is not null then jsonb_build_array(c.invoice_id)
               else (select jsonb_agg(t.invoice_id) from dunning_step t where t.letter_id = c.letter_id) end as "invoiceIds"
        from dunning_claim c join dunning_letter l on l.id = c.letter_id
        where c.merchant_id = ${merchantId} and c.state = 'open' and c.kind in ('interest', 'lumpSum', 'fee') order by c.id`,
  );

/** Invoices that were dunned, by what is booked now, whether they are open or not. */
export const dunnedDebts = (em: EntityManager, invoiceIds: readonly string[], zone: string): Promise<DunnedDebt[]> =>
  rows<DunnedDebt>(
    em,
    sql`select o.invoice_id as "invoiceId", o.claim_minor::float8 as "claimMinor", o.due_date as "dueDate", d.returned_on as "returnedOn",
          coalesce(m.state in ('revoked', 'lapsed') and d.returned_on is null and ${NOT_COLLECTED}, false) as uncollected,
          (select min(${timeGivenByArrived(zone)}) from dunning_step t join dunning_letter l on l.id = t.letter_id where t.invoice_id = o.invoice_id) as "firstPayBy",
          coalesce(money.settled, '[]') as settled, coalesce(claimed.interest, 0)::float8 as "interestClaimedMinor", claimed.up_to as "claimedUpTo",
          false as "lumpSumClaimed"
        from unnest(${[...invoiceIds]}::uuid[]) as dunned (id) join billing.settlement() o on o.invoice_id = dunned.id
        left join direct_debit d on d.invoice_id = o.invoice_id left join mandate m on m.id = d.mandate_id
        left join lateral (
          select sum(c.amount_minor) as interest, max(l.as_of) as up_to from dunning_claim c join dunning_letter l on l.id = c.letter_id
          where c.invoice_id = o.invoice_id and c.kind = 'interest' and c.corrected_by is null and not c.recounted) claimed on true
        left join lateral (${SETTLED}) money on true`,
  );
