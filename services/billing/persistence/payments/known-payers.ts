import { askTogether } from '../../../../shared/persistence/ask.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { NamedLetter } from '../../domain/payments/by-number.ts';
import type { EarlierPayment, Known, OpenDocument, ToldEntry } from '../../domain/payments/suggest.ts';

type Asked = Pick<
  ToldEntry,
  'amountMinor' | 'counterpartyIban' | 'endToEndId' | 'mandateId' | 'returnReason' | 'reversal' | 'valueDate'
>;

/** Days within which a direct debit comes back for no reason, eight weeks, and what banks take to tell. */
const DAYS_TO_RETURN = 70;

/** All that entries of the bank are compared with, in one statement. */
export async function knownTo(em: EntityManager, entries: readonly Asked[], today: string): Promise<Known> {
  const told = (of: (entry: Asked) => string | null) => [...new Set(entries.map(of).filter((one) => one !== null))];
  const days = entries.map(({ valueDate }) => valueDate).toSorted();
  const references = told((entry) => entry.endToEndId);
  const ofReturn = (of: (entry: Asked) => string | null) =>
    told((one) =>
      one.amountMinor < 0 && one.endToEndId === null && (one.returnReason !== null || one.reversal) ? of(one) : null,
    );
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
    // by hand, of about these days, also where nobody said yet whose it is; or with one of these references, which a return in no statement yet has as well; or what
    // came by such a collection, or lately from an account that took something back without a reference
    payments: sql<EarlierPayment>`
      select p.id, p.merchant_id as "merchantId", p.amount_minor as "amountMinor", p.value_date as "valueDate", p.end_to_end_id as "endToEndId",
        p.bank_entry_id is null and p.source <> 'bank' as "byHand",
        p.payer_iban as "payerIban",
        p.amount_minor + (select coalesce(sum(r.amount_minor), 0) from payment r where r.returns_id = p.id and r.voided_at is null) as "leftMinor",
        coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'invoiceId', c.invoice_id, 'amountMinor', c.amount_minor, 'endToEndId', c.end_to_end_id,
            'mandateReference', m.reference) order by c.id)
          from collection_item c join mandate m on m.id = c.mandate_id where c.payment_id = p.id and c.state = 'collected'), '[]') as collected,
        coalesce((select jsonb_agg(jsonb_build_object('invoiceId', a.invoice_id, 'number', a.number, 'amountMinor', a.minor))
          from (select a.invoice_id, i.number, sum(a.amount_minor) as minor from payment x join payment_allocation a on a.payment_id = x.id
                join invoice i on i.id = a.invoice_id where x.id = p.id or x.returns_id = p.id
                group by 1, 2, i.due_date having sum(a.amount_minor) > 0 order by i.due_date, i.number) a), '[]') as allocations
      from payment p
      where p.voided_at is null and (
        (p.bank_entry_id is null and p.source <> 'bank' and p.value_date between ${days[0] ?? today}::date - 10 and ${days.at(-1) ?? today}::date + 10)
        or p.end_to_end_id = any(${references})
        or p.id = any(array(
          select c.payment_id from collection_item c where c.state = 'collected' and c.end_to_end_id = any(${references})
          union select c.payment_id from mandate m join collection_item c on c.mandate_id = m.id
          where c.state = 'collected' and m.reference = any(${ofReturn((entry) => entry.mandateId)})))
        or (p.payer_iban = any(${ofReturn((entry) => entry.counterpartyIban)}) and p.amount_minor > 0
          and p.value_date >= ${days[0] ?? today}::date - ${DAYS_TO_RETURN}::int))
      order by p.value_date, p.id`,
  });
  const payersOf = Map.groupBy(payers, ({ iban }) => iban);
  return {
    ...{ documents, payments, letters },
    merchants: new Map(merchants.map(({ id, ...merchant }) => [id, merchant])),
    payersOf: new Map([...payersOf].map(([iban, of]) => [iban, of.map(({ merchantId }) => merchantId)])),
  };
}
