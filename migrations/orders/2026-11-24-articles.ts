import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/** Article records, and serial and batch numbers of what is shipped. */
export class Articles extends Migration {
  override up(): void {
    for (const statement of [...articles, ...eans, ...components, ...shippedNumbers, ...alreadyOrdered])
      this.addSql(statement);
  }
}

const articles = [
  `create table orders.article (
     id uuid primary key,
     merchant_id uuid not null,
     version integer not null default 1,
     sku text not null check (length(sku) between 1 and 80),
     name text not null check (length(name) <= 300),
     -- compared byte by byte, so that an index finds a beginning and row security lets it
     sku_search text collate "C" not null generated always as (lower(sku)) stored,
     name_search text collate "C" not null generated always as (lower(name)) stored,
     article_group text check (length(article_group) between 1 and 80),
     weight_grams integer check (weight_grams > 0),
     length_mm integer check (length_mm > 0),
     width_mm integer check (width_mm > 0),
     height_mm integer check (height_mm > 0),
     serial_tracked boolean not null default false,
     batch_tracked boolean not null default false,
     best_before_tracked boolean not null default false,
     hygiene boolean not null default false,
     variant_of uuid,
     condition text not null default 'a' check (condition in ('a', 'b')),
     picture jsonb,
     active boolean not null default true,
     origin text not null check (origin in ('entered', 'order', 'restock')),
     content_hash text,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     unique (merchant_id, id),
     constraint article_sku unique (merchant_id, sku),
     constraint article_dimensions check (num_nulls(length_mm, width_mm, height_mm) in (0, 3)),
     constraint article_variant_condition check ((variant_of is null) = (condition = 'a')),
     constraint article_variant_of foreign key (merchant_id, variant_of) references orders.article (merchant_id, id),
     constraint article_variant_once unique (merchant_id, variant_of, condition))`,
  'create index article_by_sku on orders.article (sku_search, id)',
  'create index article_of_merchant_by_sku on orders.article (merchant_id, sku_search, id)',
  'create index article_by_name on orders.article (name_search)',
  'create index article_by_group on orders.article (article_group) where article_group is not null',
  ...tenantTable('orders.article', { kontor_orders: 'select, insert, update' }),
];

const eans = [
  `create table orders.article_ean (
     merchant_id uuid not null,
     article_id uuid not null,
     position integer not null check (position > 0),
     code text collate "C" not null check (length(code) between 1 and 48),
     -- as codes are compared: numbers with leading zeros to 14 digits
     comparable text not null,
     primary key (article_id, position),
     foreign key (merchant_id, article_id) references orders.article (merchant_id, id),
     constraint article_ean_once unique (merchant_id, comparable))`,
  'create index article_ean_comparable on orders.article_ean (comparable)',
  'create index article_ean_code on orders.article_ean (code)',
  ...tenantTable('orders.article_ean', { kontor_orders: 'select, insert, delete' }),
];

const components = [
  `create table orders.article_component (
     merchant_id uuid not null,
     bundle_sku text not null,
     position integer not null check (position > 0),
     sku text not null,
     quantity integer not null check (quantity > 0),
     primary key (merchant_id, bundle_sku, sku),
     check (sku <> bundle_sku),
     foreign key (merchant_id, bundle_sku) references orders.article (merchant_id, sku),
     constraint article_component_known foreign key (merchant_id, sku) references orders.article (merchant_id, sku))`,
  'create index article_component_of on orders.article_component (merchant_id, sku)',
  ...tenantTable('orders.article_component', { kontor_orders: 'select, insert, delete' }),
];

const shippedNumbers = [
  `alter table orders.shipment_line
     add column serial_numbers text[] not null default '{}',
     add column batch_number text check (length(batch_number) between 1 and 80),
     add constraint shipment_line_serials check (cardinality(serial_numbers) <= quantity)`,
];

/** Articles of what was ordered before there were article records, told like any other. */
const alreadyOrdered = [
  `insert into orders.article (id, merchant_id, sku, name, origin, created_at, updated_at)
   select gen_random_uuid(), merchant_id, sku, coalesce(left(max(name) filter (where name <> ''), 300), sku), 'order', now(), now()
   from orders.order_line group by merchant_id, sku`,
  `with told as (
     insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id)
     select gen_random_uuid(), 'orders.article-changed.v1', merchant_id, created_at, jsonb_build_object(
       'articleId', id, 'merchantId', merchant_id, 'version', version, 'sku', sku, 'name', name, 'eans', '[]'::jsonb,
       'group', null, 'weightGrams', null, 'dimensions', null, 'serialTracked', false, 'batchTracked', false,
       'bestBeforeTracked', false, 'hygiene', false, 'components', '[]'::jsonb, 'variantOf', null, 'condition', condition,
       'active', active, 'picture', null), 'migration'
     from orders.article returning id, occurred_at)
   insert into messaging.delivery (consumer, event_id, occurred_at) select 'returns.know-articles', id, occurred_at from told`,
];
