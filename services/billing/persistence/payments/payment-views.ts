import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { PaymentView } from '../../../../shared/protocol/billing/payments-views.ts';
import { instantOf } from './settling.ts';

const PART = (table: 'o' | 'r') => {
  const of = sql.ref(table);
  return sql`jsonb_build_object('id', ${of}.id, 'valueDate', ${of}.value_date, 'amountMinor', ${of}.amount_minor)`;
};

const VIEW = sql`p.id, p.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName",
  p.amount_minor::float8 as "amountMinor", p.unallocated_minor::float8 as "unallocatedMinor", p.currency, p.value_date as "valueDate",
  p.payer_name as "payerName", p.payer_iban as "payerIban", p.remittance, p.end_to_end_id as "endToEndId", p.source,
  case when p.voided_at is not null then 'void' when p.unallocated_minor = 0 then 'allocated'
       when p.unallocated_minor = p.amount_minor then 'unallocated' else 'partly' end as state,
  p.bank_entry_id as "bankEntryId", p.note, p.recorded_by as "recordedBy", ${instantOf('p.recorded_at')} as "recordedAt", p.void_reason as "voidReason",
  (select ${PART('o')} from payment o where o.id = p.returns_id) as "takesBack",
  (select coalesce(jsonb_agg(${PART('r')} order by r.value_date, r.id), '[]') from payment r where r.returns_id = p.id and r.voided_at is null) as returns,
  pays.allocations, (select coalesce(sum(e.amount_minor), 0) from credit_entry e where e.payment_id = p.id)::float8 as "creditMinor",
  (select coalesce(sum(c.amount_minor), 0) from dunning_claim c where c.payment_id = p.id)::float8 as "claimsMinor"`;

const SOURCE = sql`payment p left join merchant_ref m on m.merchant_id = p.merchant_id
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('invoiceId', a.invoice_id, 'number', a.number, 'amountMinor', a.minor) order by a.number), '[]') as allocations
    from (select a.invoice_id, i.number, sum(a.amount_minor) as minor from payment_allocation a join invoice i on i.id = a.invoice_id
          where a.payment_id = any(array(select p.id union all select r.id from payment r where r.returns_id = p.id and r.voided_at is null)) group by a.invoice_id, i.number having sum(a.amount_minor) <> 0) a) pays`;

/** @throws NotFound */
export async function paymentView(em: EntityManager, id: string): Promise<PaymentView> {
  const found = await firstRow<PaymentView>(em, sql`select ${VIEW} from ${SOURCE} where p.id = ${id}`);
  if (!found) throw new NotFound('payment');
  return found;
}

export interface PaymentFilter {
  limit: number;
  cursor?: string | undefined;
  merchantId?: string | undefined;
  state?: PaymentView['state'] | undefined;
  source?: PaymentView['source'] | undefined;
  from?: string | undefined;
  to?: string | undefined;
  q?: string | undefined;
}

const STATES = {
  void: sql`p.voided_at is not null`,
  allocated: sql`p.unallocated_minor = 0 and p.voided_at is null`,
  unallocated: sql`p.unallocated_minor <> 0 and p.unallocated_minor = p.amount_minor`,
  partly: sql`p.unallocated_minor <> 0 and p.unallocated_minor <> p.amount_minor`,
};

export async function listPayments(em: EntityManager, filter: PaymentFilter): Promise<Page<PaymentView>> {
  const after = readCursor(filter.cursor, ['day', 'id']);
  const when = (value: unknown, condition: ReturnType<typeof sql>) => (value === undefined ? sql`true` : condition);
  const found = await rows<PaymentView>(
    em,
    sql`select ${VIEW} from ${SOURCE}
        where ${when(filter.merchantId, sql`p.merchant_id = ${filter.merchantId}`)} and ${filter.state ? STATES[filter.state] : sql`true`}
          and ${when(filter.source, sql`p.source = ${filter.source}`)} and ${when(filter.from, sql`p.value_date >= ${filter.from}`)}
          and ${when(filter.to, sql`p.value_date <= ${filter.to}`)}
          and ${when(filter.q, sql`strpos(lower(concat_ws(' ', p.payer_name, p.payer_iban, p.remittance, p.note, m.name)), lower(${filter.q}::text)) > 0`)}
          and ${after ? sql`(p.value_date, p.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql`true`}
        order by p.value_date desc, p.id desc limit ${filter.limit + 1}`,
  );
  return toPage(
    found,
    filter.limit,
    ({ valueDate, id }) => [valueDate, id],
    (row) => row,
  );
}
