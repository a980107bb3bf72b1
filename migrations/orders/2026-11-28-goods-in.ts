import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/** Goods-in: announced, counted with differences, put away, closed once per revision. */
export class GoodsIn extends Migration {
  override up(): void {
    for (const statement of [...receipts, ...lines, ...ledger]) this.addSql(statement);
  }
}

const receipts = [
  'create sequence orders.goods_in_number start 1001',
  'grant usage on sequence orders.goods_in_number to kontor_orders',
  `create table orders.goods_in (
     id uuid primary key,
     merchant_id uuid not null,
     number text not null unique,
     reference text not null check (length(reference) between 1 and 80),
     announced boolean not null,
     expected_on date not null,
     expected_pallets integer check (expected_pallets >= 0),
     expected_cartons integer check (expected_cartons >= 0),
     note text not null check (length(note) <= 1000),
     state text not null check (state in ('announced', 'received', 'closed', 'cancelled')),
     received_at timestamptz,
     closed_at timestamptz,
     -- the day it was closed first, which later revisions keep
     service_date date,
     pallets integer check (pallets >= 0),
     cartons integer check (cartons >= 0),
     minutes integer check (minutes >= 0),
     -- 0 until a closed receipt was opened again
     revision integer not null default 0 check (revision >= 0),
     content_hash text not null,
     version integer not null default 1,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     unique (merchant_id, id),
     check ((state in ('received', 'closed')) = (received_at is not null)),
     check (state <> 'closed' or num_nulls(closed_at, service_date, pallets, cartons, minutes) = 0))`,
  'create index goods_in_by_day on orders.goods_in (expected_on, id)',
  'create index goods_in_by_merchant on orders.goods_in (merchant_id, expected_on, id)',
  'create index goods_in_by_state on orders.goods_in (state, expected_on, id)',
  ...tenantTable('orders.goods_in', { kontor_orders: 'select, insert, update' }),
  // what was closed may have been billed: it is opened again as a whole, with a revision of its own
  `create trigger goods_in_closed before update on orders.goods_in for each row
     when (old.state = 'cancelled' or (old.state = 'closed' and (new.state <> 'received' or new.revision <> old.revision + 1)))
     execute function kontor.refuse_change()`,
];

const lines = [
  `create table orders.goods_in_line (
     id uuid primary key,
     merchant_id uuid not null,
     goods_in_id uuid not null,
     position integer not null check (position > 0),
     sku text not null check (length(sku) between 1 and 80),
     name text not null check (length(name) <= 300),
     expected_quantity integer not null check (expected_quantity >= 0),
     received_quantity integer check (received_quantity >= 0),
     damaged_quantity integer not null default 0 check (damaged_quantity >= 0),
     put_away jsonb not null default '[]',
     foreign key (merchant_id, goods_in_id) references orders.goods_in (merchant_id, id),
     unique (goods_in_id, sku),
     check (damaged_quantity <= coalesce(received_quantity, 0)))`,
  ...tenantTable('orders.goods_in_line', { kontor_orders: 'select, insert, update, delete' }),
  `create function orders.refuse_closed_goods_in() returns trigger language plpgsql as $$
   begin
     if exists (select from orders.goods_in g where g.id = coalesce(new.goods_in_id, old.goods_in_id) and g.state in ('closed', 'cancelled')) then
       raise exception 'the lines of a closed receipt are never changed' using errcode = 'restrict_violation';
     end if;
     return coalesce(new, old);
   end $$`,
  `create trigger goods_in_line_closed before insert or update or delete on orders.goods_in_line for each row
     execute function orders.refuse_closed_goods_in()`,
];

/** The ledger knows where goods-in comes from, and articles that they came with a delivery. */
const ledger = [
  `alter table orders.stock_movement
     drop constraint stock_movement_source_check,
     add constraint stock_movement_source_check check (source in ('return', 'booking', 'goods_in')),
     add constraint stock_movement_goods_in check (source <> 'goods_in' or kind in ('goods_in', 'correction'))`,
  `alter table orders.article
     drop constraint article_origin_check,
     add constraint article_origin_check check (origin in ('entered', 'order', 'restock', 'goods_in'))`,
];
