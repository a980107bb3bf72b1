import { RuleViolation } from '../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { OrderState, OrderView } from '../../../shared/protocol/orders/views.ts';

/** An order as it is inserted; times as ISO text. */
export interface NewOrder {
  id: string;
  merchantId: string;
  channel: string;
  externalNumber: string;
  state: OrderState;
  origin: 'api' | 'import';
  consumer: OrderView['consumer'];
  country: string;
  currency: string;
  orderedAt: string;
  contentHash: string;
  lines: NewLine[];
}

export interface NewLine {
  id: string;
  ordinal: number;
  sku: string;
  name: string;
  quantity: number;
  unitPrice: string | null;
  shippedQuantity: number;
}

export interface OrderRow {
  id: string;
  merchantId: string;
  version: number;
  channel: string;
  externalNumber: string;
  state: OrderState;
  origin: 'api' | 'import';
  consumer: OrderView['consumer'];
  country: string;
  currency: string;
  orderedAt: string;
  createdAt: string;
  contentHash: string;
}

export interface LineRow {
  id: string;
  ordinal: number;
  sku: string;
  name: string;
  quantity: number;
  shippedQuantity: number;
  unitPrice: string | null;
}

/** The columns of an {@link OrderRow}. */
export const ORDER_COLUMNS = sql`o.id, o.merchant_id as "merchantId", o.version, o.channel, o.external_number as "externalNumber",
  o.state, o.origin, o.consumer, o.country, o.currency, o.ordered_at as "orderedAt", o.created_at as "createdAt",
  o.content_hash as "contentHash"`;

/**
 * Inserts orders with their lines, all in two statements. What exists already, by id or by merchant, channel and
 * external number, is left alone.
 * @returns ids of the orders that were new
 */
export async function insertOrders(em: EntityManager, orders: readonly NewOrder[], now: Date): Promise<Set<string>> {
  const heads = orders.map(({ lines: _, ...head }, index) => ({ ...head, index }));
  const created = await rows<{ id: string }>(
    em,
    sql`insert into "order" (id, merchant_id, channel, external_number, state, origin, consumer, country, currency,
          ordered_at, content_hash, created_at, updated_at)
        select id, "merchantId", channel, "externalNumber", state, origin, consumer, country, currency,
          "orderedAt", "contentHash", ${now.toISOString()}, ${now.toISOString()}
        from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as given (index int, id uuid, "merchantId" uuid, channel text,
          "externalNumber" text, state text, origin text, consumer jsonb, country text, currency text,
          "orderedAt" timestamptz, "contentHash" text)
        -- writers that meet take their rows in the same order, so they wait for each other instead of deadlocking
        order by "merchantId", channel, "externalNumber", index
        on conflict do nothing returning id`,
  );
  const ids = new Set(created.map(({ id }) => id));
  const lines = orders
    .filter(({ id }) => ids.has(id))
    .flatMap((order) => order.lines.map((line) => ({ ...line, orderId: order.id, merchantId: order.merchantId })));
  if (lines.length) await insertLines(em, lines);
  return ids;
}

async function insertLines(em: EntityManager, lines: object[]): Promise<void> {
  await rows(
    em,
    sql`insert into order_line (id, merchant_id, order_id, ordinal, sku, name, quantity, unit_price, shipped_quantity)
        select id, "merchantId", "orderId", ordinal, sku, name, quantity, "unitPrice", "shippedQuantity"
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (id uuid, "merchantId" uuid, "orderId" uuid,
          ordinal int, sku text, name text, quantity int, "unitPrice" numeric, "shippedQuantity" int)`,
  );
}

export async function findOrder(em: EntityManager, id: string): Promise<OrderRow | undefined> {
  return firstRow<OrderRow>(em, sql<OrderRow>`select ${ORDER_COLUMNS} from "order" o where o.id = ${id}`);
}

export async function findOrderForUpdate(em: EntityManager, id: string): Promise<OrderRow | undefined> {
  return firstRow<OrderRow>(em, sql<OrderRow>`select ${ORDER_COLUMNS} from "order" o where o.id = ${id} for update`);
}

export async function findOrderByNumber(
  em: EntityManager,
  key: Pick<NewOrder, 'merchantId' | 'channel' | 'externalNumber'>,
): Promise<OrderRow | undefined> {
  return firstRow<OrderRow>(
    em,
    sql<OrderRow>`select ${ORDER_COLUMNS} from "order" o where o.merchant_id = ${key.merchantId} and o.channel = ${key.channel}
        and o.external_number = ${key.externalNumber}`,
  );
}

/** Which content each order is stored with; `null` when there is none of that number. In the order given. */
export async function storedHashes(
  em: EntityManager,
  orders: readonly Pick<NewOrder, 'merchantId' | 'channel' | 'externalNumber'>[],
): Promise<(string | null)[]> {
  const found = await rows<{ hash: string | null }>(
    em,
    sql`select o.content_hash as hash
        from unnest(${orders.map(({ merchantId }) => merchantId)}::uuid[], ${orders.map(({ channel }) => channel)}::text[],
          ${orders.map(({ externalNumber }) => externalNumber)}::text[]) with ordinality as given (merchant_id, channel, external_number, position)
        left join "order" o on o.merchant_id = given.merchant_id and o.channel = given.channel and o.external_number = given.external_number
        order by given.position`,
  );
  return found.map(({ hash }) => hash);
}

export async function linesOf(em: EntityManager, orderId: string): Promise<LineRow[]> {
  return rows<LineRow>(
    em,
    sql`select id, ordinal, sku, name, quantity, shipped_quantity as "shippedQuantity", trim_scale(unit_price) as "unitPrice"
        from order_line where order_id = ${orderId} order by ordinal`,
  );
}

/** Moves a locked order on. */
export async function changeState(em: EntityManager, order: OrderRow, state: OrderState, now: Date): Promise<void> {
  const changed = await affected(
    em,
    sql`update "order" set state = ${state}, version = version + 1, updated_at = ${now.toISOString()}
        where id = ${order.id} and version = ${order.version}`,
  );
  if (changed !== 1) throw new RuleViolation('ORDER_CHANGED', 'The order changed in the meantime; try again');
}
