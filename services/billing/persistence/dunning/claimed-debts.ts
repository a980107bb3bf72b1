import type { LetterFee } from '../../domain/dunning/claims.ts';
import type { DunnedDebt, LetterClaim } from '../../domain/dunning/recount.ts';
import { LUMP_SUM_MINOR } from '../../domain/dunning/interest.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { FIRST_RETURNED_ON } from '../direct-debits/collected.ts';
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

/** Merchants with open interest that may have been counted with the rate of a half-year, in the order of their ids. */
export const bearingMerchants = async (
  em: EntityManager,
  { from, to }: { from: string; to: string },
): Promise<string[]> => {
  const found = await rows<{ merchantId: string }>(
    em,
    sql`select distinct c.merchant_id as "merchantId" from dunning_claim c join dunning_letter l on l.id = c.letter_id join invoice i on i.id = c.invoice_id
        where c.kind = 'interest' and c.state = 'open' and l.as_of >= ${from} and i.due_date < ${to} order by c.merchant_id`,
  );
  return found.map(({ merchantId }) => merchantId);
};

export type UncountedFee = LetterFee & { id: string; state: 'open' | 'paid' };

/**
 * Fees of letters about any of these invoices that are owed or paid, and that no lump sum was claimed less for: where one of
 * an invoice on the letter is less than the whole, they were counted.
 */
export const uncountedFees = (em: EntityManager, invoiceIds: readonly string[]): Promise<UncountedFee[]> =>
  rows<UncountedFee>(
    em,
    sql`select c.id, c.state, c.amount_minor::float8 as "amountMinor", jsonb_agg(t.invoice_id) as "invoiceIds"
        from dunning_claim c join dunning_step t on t.letter_id = c.letter_id
        where c.kind = 'fee' and c.state <> 'waived' and c.corrected_by is null
          and c.letter_id in (select letter_id from dunning_step where invoice_id = any(${[...invoiceIds]}::uuid[]))
          and not exists (
          select 1 from dunning_step s join dunning_claim p on p.invoice_id = s.invoice_id
          where s.letter_id = c.letter_id and p.kind = 'lumpSum' and p.amount_minor < ${LUMP_SUM_MINOR} and not p.recounted and p.corrected_by is null)
        group by c.id order by c.id`,
  );

/** Invoices that were dunned, by what is booked now, whether they are open or not. */
export const dunnedDebts = (em: EntityManager, invoiceIds: readonly string[], zone: string): Promise<DunnedDebt[]> =>
  rows<DunnedDebt>(
    em,
    sql`select o.invoice_id as "invoiceId", o.claim_minor::float8 as "claimMinor", o.due_date as "dueDate", ${FIRST_RETURNED_ON} as "returnedOn",
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
