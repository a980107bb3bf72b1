import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { ItemOrigin, Return } from '../domain/model.ts';

/** Keeps from when to when the items lay in quarantine that left it between two states of a return. */
export async function recordStays(em: EntityManager, before: Return, after: Return, at: Date): Promise<void> {
  const now = new Map(after.items.map((item) => [item.id, item]));
  const left = before.items.filter(
    ({ id, quarantinedAt }) =>
      quarantinedAt !== null && now.get(id)?.quarantinedAt?.getTime() !== quarantinedAt.getTime(),
  );
  if (!left.length || before.merchantId === null) return;
  const stays = left.map(({ id, quantity, quarantinedAt }) => ({ itemId: id, quantity, fromAt: quarantinedAt }));
  await rows(
    em,
    sql`insert into returns.quarantine_stay (item_id, merchant_id, quantity, from_at, until_at)
        select s."itemId", ${before.merchantId}, s.quantity, s."fromAt", ${at.toISOString()}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(stays)}::jsonb) as s ("itemId" uuid, quantity int, "fromAt" timestamptz)
        on conflict do nothing`,
  );
}

/** Merchants whose quarantine was not looked at up to a day; those that never were begin with their first item. */
export async function merchantsToWatch(
  em: EntityManager,
  { today, zone, limit }: { today: LocalDate; zone: string; limit: number },
): Promise<string[]> {
  await rows(
    em,
    sql`insert into returns.quarantine_watch (merchant_id, through)
        select merchant_id, min((quarantined_at at time zone ${zone})::date) from returns.return_item i
        where quarantined_at is not null and merchant_id is not null
          and not exists (select 1 from returns.quarantine_watch w where w.merchant_id = i.merchant_id)
        group by merchant_id on conflict do nothing`,
  );
  const found = await rows<{ id: string }>(
    em,
    sql`select merchant_id as id from returns.quarantine_watch where through < ${today}::date
        order by through, merchant_id limit ${limit}`,
  );
  return found.map(({ id }) => id);
}

/** The day up to which a merchant's quarantine was looked at; locked until the transaction ends. */
export async function lockWatch(em: EntityManager, merchantId: string): Promise<LocalDate | undefined> {
  const [found] = await rows<{ through: LocalDate }>(
    em,
    sql`select through from returns.quarantine_watch where merchant_id = ${merchantId} for update`,
  );
  return found?.through;
}

export const moveWatch = (em: EntityManager, merchantId: string, through: LocalDate): Promise<unknown> =>
  rows(em, sql`update returns.quarantine_watch set through = ${through}::date where merchant_id = ${merchantId}`);

/** Goods that are charged for a day. */
export interface QuarantinedGoods {
  itemId: string;
  returnId: string;
  number: string;
  orderNumber: string | null;
  sku: string | null;
  name: string;
  origin: ItemOrigin;
  quantity: number;
  quarantinedOn: LocalDate;
  freeDays: number;
}

/**
 * What of a merchant's goods lay in quarantine as a day began and had used up its free days, the day of its arrival not
 * counted; noted as charged for that day, each item once however often this runs. Nothing without a policy.
 * @param begins  the instant at which the day began in the warehouse
 */
export async function chargeDay(
  em: EntityManager,
  merchantId: string,
  { day, begins, zone }: { day: LocalDate; begins: Date; zone: string },
): Promise<QuarantinedGoods[]> {
  const start = sql`${begins.toISOString()}::timestamptz`;
  return rows(
    em,
    sql<QuarantinedGoods>`
      with lain as (
        select id as item_id, quantity, quarantined_at as from_at from returns.return_item
        where merchant_id = ${merchantId} and quarantined_at < ${start}
        union all select item_id, quantity, from_at from returns.quarantine_stay
        where merchant_id = ${merchantId} and from_at < ${start} and until_at >= ${start}),
      policy as (
        select (return_policy ->> 'quarantineFreeDays')::int as free_days from returns.merchant_ref
        where merchant_id = ${merchantId} and return_policy ->> 'quarantineFreeDays' is not null),
      charged as (
        insert into returns.quarantine_day (item_id, day, merchant_id, quantity)
        select distinct on (item_id) item_id, ${day}::date, ${merchantId}::uuid, quantity from lain, policy
        where ${day}::date - (from_at at time zone ${zone})::date > free_days order by item_id, from_at
        on conflict (item_id, day) do nothing returning item_id, quantity)
      select c.item_id as "itemId", r.id as "returnId", r.number, r.order_number as "orderNumber", i.sku, i.name, i.origin, c.quantity,
        to_char(min(l.from_at at time zone ${zone}), 'YYYY-MM-DD') as "quarantinedOn", p.free_days as "freeDays"
      from charged c join lain l on l.item_id = c.item_id join returns.return_item i on i.id = c.item_id
        join returns.return home on home.id = i.return_id
        -- what was split off since is another merchant's, and so is its return
        join returns.return r on r.id = case when home.owner = ${merchantId}::uuid then home.id else home.parent_id end, policy p
      group by c.item_id, c.quantity, i.id, r.id, p.free_days order by r.number, i.position, c.item_id`,
  );
}
