import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type {
  AGES,
  OpenAccount,
  OpenItemView,
  SettlementView,
} from '../../../../shared/protocol/billing/payments-views.ts';
import { TOLD_OPEN, toldPayment } from './told-settlement.ts';

export type Age = (typeof AGES)[number];

const ITEM = sql`o.invoice_id as "invoiceId", o.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName", o.kind, o.number,
  o.issue_date as "issueDate", o.due_date as "dueDate", 'EUR' as currency, o.gross_minor::float8 as "grossMinor", o.credited_minor::float8 as "creditedMinor",
  o.allocated_minor::float8 as "allocatedMinor", o.credit_used_minor::float8 as "creditUsedMinor", o.written_off_minor::float8 as "writtenOffMinor",
  o.open_minor::float8 as "openMinor", o.days_overdue as "daysOverdue"`;

/** What is unpaid by its axis, which follows what is open: so paid invoices of all years are not looked at. */
const openAt = (today: string) => sql`invoice_status s cross join lateral billing.open_item(${today}) o
  join merchant_ref m on m.merchant_id = o.merchant_id`;
const IS_OPEN = sql`s.payment in ('open', 'partially_paid', 'overdue') and o.invoice_id = s.invoice_id and o.merchant_id = s.merchant_id and o.open_minor <> 0`;

/** The age of an open item, as {@link AGES} name it. */
const AGE = sql`case when o.days_overdue = 0 then 'notDue' when o.days_overdue <= 30 then 'upTo30' when o.days_overdue <= 60 then 'upTo60'
  when o.days_overdue <= 90 then 'upTo90' else 'over90' end`;

export interface OpenFilter {
  today: string;
  merchantId?: string | undefined;
  age?: Age | undefined;
}

const matching = ({ merchantId, age }: OpenFilter) =>
  sql`${IS_OPEN} and ${merchantId === undefined ? sql`true` : sql`s.merchant_id = ${merchantId}`} and ${age ? sql`${AGE} = ${age}` : sql`true`}`;

export async function listOpenItems(
  em: EntityManager,
  filter: OpenFilter & { limit: number; cursor?: string | undefined },
): Promise<Page<OpenItemView>> {
  const after = readCursor(filter.cursor, ['day', 'id']);
  const found = await rows<OpenItemView>(
    em,
    sql`select ${ITEM} from ${openAt(filter.today)} where ${matching(filter)}
          and ${after ? sql`(o.due_date, o.invoice_id) > (${after[0]}::date, ${after[1]}::uuid)` : sql`true`}
        order by o.due_date, o.invoice_id limit ${filter.limit + 1}`,
  );
  return toPage(
    found,
    filter.limit,
    ({ dueDate, invoiceId }) => [dueDate, invoiceId],
    (row) => row,
  );
}

export const allOpenItems = (em: EntityManager, filter: OpenFilter): Promise<OpenItemView[]> =>
  rows(
    em,
    sql`select ${ITEM} from ${openAt(filter.today)} where ${matching(filter)} order by m.number, o.due_date, o.invoice_id`,
  );

/** Everybody with something open, unallocated or in the balance. */
export async function listOpenAccounts(
  em: EntityManager,
  { today, limit, cursor }: { today: string; limit: number; cursor?: string | undefined },
): Promise<Page<OpenAccount>> {
  const after = readCursor(cursor, ['text', 'id']);
  const inAge = (age: Age) => sql`coalesce(sum(o.open_minor) filter (where ${AGE} = ${age}), 0)`;
  const found = await rows<OpenAccount>(
    em,
    sql`with items as (
          select o.merchant_id, count(*)::int as items, sum(o.open_minor)::float8 as open, coalesce(sum(o.open_minor) filter (where o.days_overdue > 0), 0)::float8 as overdue,
            jsonb_build_object('notDue', ${inAge('notDue')}, 'upTo30', ${inAge('upTo30')}, 'upTo60', ${inAge('upTo60')}, 'upTo90', ${inAge('upTo90')}, 'over90', ${inAge('over90')}) as ages
          from ${openAt(today)} where ${IS_OPEN} group by o.merchant_id),
        loose as (select merchant_id, sum(unallocated_minor)::float8 as minor from payment where unallocated_minor <> 0 and merchant_id is not null group by merchant_id),
        credit as (select merchant_id, sum(amount_minor)::float8 as minor from credit_entry group by merchant_id having sum(amount_minor) <> 0)
        select m.merchant_id as id, m.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName", coalesce(i.items, 0) as items,
          coalesce(i.open, 0) as "openMinor", coalesce(i.overdue, 0) as "overdueMinor",
          coalesce(i.ages, '{"notDue": 0, "upTo30": 0, "upTo60": 0, "upTo90": 0, "over90": 0}') as ages,
          coalesce(l.minor, 0) as "unallocatedMinor", coalesce(c.minor, 0) as "balanceMinor"
        from merchant_ref m left join items i on i.merchant_id = m.merchant_id left join loose l on l.merchant_id = m.merchant_id
          left join credit c on c.merchant_id = m.merchant_id
        where coalesce(i.merchant_id, l.merchant_id, c.merchant_id) is not null
          and ${after ? sql`(m.number, m.merchant_id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
        order by m.number, m.merchant_id limit ${limit + 1}`,
  );
  return toPage(
    found,
    limit,
    ({ merchantNumber, merchantId }) => [merchantNumber, merchantId],
    (row) => row,
  );
}

/** What moved what is open of a document, in the order it happened. */
const MOVES = sql`
  select jsonb_agg(to_jsonb(v) - 'at' order by v.at, v.kind, v.id) as moves from (
    select a.id, a.kind, a.amount_minor as "amountMinor", a.booked_on as "bookedOn", case when a.kind <> 'allocation' then a.reason end as reason,
      a.payment_id as "paymentId", null as number, a.booked_by as "bookedBy", a.booked_at as at from payment_allocation a where a.invoice_id = o.invoice_id
    union all
    select e.id, e.kind, -e.amount_minor, e.booked_on, e.reason, e.payment_id, null, e.booked_by, e.booked_at from credit_entry e where e.invoice_id = o.invoice_id
    union all
    select w.id, 'writeOff', w.amount_minor, w.booked_on, w.reason, null, null, w.booked_by, w.booked_at from write_off w where w.invoice_id = o.invoice_id
    union all
    select n.id, 'creditNote', -n.gross_minor, n.issue_date, n.reason, null, n.number, null, n.finalized_at
    from invoice n where n.corrects_id = o.invoice_id and n.kind = 'creditNote' and n.state = 'finalized') v`;

/**
 * @param house  false: who booked what, and why, is not told, nor what was written off
 * @throws NotFound also for a draft
 */
export async function settlementView(
  em: EntityManager,
  invoiceId: string,
  today: string,
  house: boolean,
): Promise<SettlementView> {
  const found = await firstRow<
    SettlementView & { told: Pick<SettlementView, 'openMinor' | 'payment' | 'daysOverdue'> }
  >(
    em,
    sql`select ${ITEM}, o.cancelled, o.payment, coalesce(moved.moves, '[]') as moves,
          (select coalesce(sum(e.amount_minor), 0) from credit_entry e where e.merchant_id = o.merchant_id)::float8 as "balanceMinor",
          jsonb_build_object('openMinor', ${TOLD_OPEN}, 'payment', ${toldPayment(today)},
            'daysOverdue', case when ${TOLD_OPEN} > 0 then greatest(0, ${today}::date - x.due_date) else 0 end) as told
        from billing.open_item(${today}) o join billing.settlement() x on x.invoice_id = o.invoice_id
          join merchant_ref m on m.merchant_id = o.merchant_id cross join lateral (${MOVES}) moved
        where o.invoice_id = ${invoiceId}`,
  );
  if (!found) throw new NotFound('invoice');
  const { told, ...view } = found;
  if (house) return view;
  const moves = view.moves.filter(({ kind }) => kind !== 'writeOff');
  return {
    ...{ ...view, ...told, writtenOffMinor: 0 },
    moves: moves.map((move) => ({ ...move, reason: null, bookedBy: null })),
  };
}

export interface Overdue {
  invoiceId: string;
  merchantId: string;
  openMinor: number;
}

/** Marks what is past its due date and still open. @param most  at once */
export const markOverdue = (em: EntityManager, today: string, most: number): Promise<Overdue[]> =>
  rows(
    em,
    sql`update invoice_status s set payment = 'overdue' from (
          select o.invoice_id, o.open_minor from ${openAt(today)} where ${IS_OPEN} and s.payment <> 'overdue' and o.days_overdue > 0
          order by o.invoice_id limit ${most}) due
        where s.invoice_id = due.invoice_id and s.payment in ('open', 'partially_paid')
        returning s.invoice_id as "invoiceId", s.merchant_id as "merchantId", due.open_minor::float8 as "openMinor"`,
  );
