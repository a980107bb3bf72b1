import { askTogether } from '../../../../shared/persistence/ask.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { NamedLetter } from '../../domain/payments/by-number.ts';
import type { EarlierPayment, Known, OpenDocument } from '../../domain/payments/suggest.ts';

interface Asked {
  counterpartyIban: string | null;
  endToEndId: string | null;
  valueDate: string;
}

/** All that entries of the bank are compared with, in one statement. */
export async function knownTo(em: EntityManager, entries: readonly Asked[], today: string): Promise<Known> {
  const told = (of: (entry: Asked) => string | null) => [...new Set(entries.map(of).filter((one) => one !== null))];
  const days = entries.map(({ valueDate }) => valueDate).toSorted();
  const { documents, merchants, payers, payments, letters } = await askTogether(em, {
    documents: sql<OpenDocument>`
      select o.invoice_id as "invoiceId", o.merchant_id as "merchantId", o.number, o.open_minor as "openMinor"
      from invoice_status s cross join lateral billing.open_item(${today}) o
      where s.payment in ('open', 'partially_paid', 'overdue') and o.invoice_id = s.invoice_id and o.merchant_id = s.merchant_id and o.open_minor <> 0
      order by o.due_date, o.number`,
    merchants: sql<{
      id: string;
      number: string;
      name: string;
    }>`select merchant_id as id, number, name from merchant_ref`,
    payers: sql<{ iban: string; merchantId: string }>`
      select distinct payer_iban as iban, merchant_id as "merchantId" from payment
      where payer_iban = any(${told((entry) => entry.counterpartyIban)}) and merchant_id is not null and voided_at is null`,
    // a letter demands its invoices, and all that was claimed beside invoices up to its day
    letters: sql<NamedLetter>`
      select l.number, l.merchant_id as "merchantId", o.invoice_ids as "invoiceIds",
        coalesce((select sum(c.amount_minor) from dunning_claim c
          where c.merchant_id = l.merchant_id and c.state = 'open' and c.claimed_on <= l.issue_date), 0) as "claimsMinor"
      from (select t.letter_id, jsonb_agg(t.invoice_id) as invoice_ids from invoice_status s join dunning_step t on t.invoice_id = s.invoice_id
            where s.payment in ('open', 'partially_paid', 'overdue') group by 1) o
        join dunning_letter l on l.id = o.letter_id`,
    // by hand, of about these days; or with one of these references, which a return in no statement yet has as well
    payments: sql<EarlierPayment>`
      select p.id, p.merchant_id as "merchantId", p.amount_minor as "amountMinor", p.value_date as "valueDate", p.end_to_end_id as "endToEndId",
        p.bank_entry_id is null and p.source <> 'bank' as "byHand",
        exists (select 1 from payment r where r.returns_id = p.id and r.voided_at is null) as returned,
        coalesce((select jsonb_agg(jsonb_build_object('invoiceId', a.invoice_id, 'number', a.number, 'amountMinor', a.minor))
          from (select a.invoice_id, i.number, sum(a.amount_minor) as minor from payment_allocation a join invoice i on i.id = a.invoice_id
                where a.payment_id = p.id group by 1, 2 having sum(a.amount_minor) > 0) a), '[]') as allocations
      from payment p
      where p.voided_at is null and p.merchant_id is not null and (
        (p.bank_entry_id is null and p.source <> 'bank' and p.value_date between ${days[0] ?? today}::date - 10 and ${days.at(-1) ?? today}::date + 10)
        or p.end_to_end_id = any(${told((entry) => entry.endToEndId)}))
      order by p.value_date, p.id`,
  });
  const payersOf = Map.groupBy(payers, ({ iban }) => iban);
  return {
    ...{ documents, payments, letters },
    merchants: new Map(merchants.map(({ id, ...merchant }) => [id, merchant])),
    payersOf: new Map([...payersOf].map(([iban, of]) => [iban, of.map(({ merchantId }) => merchantId)])),
  };
}
