import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/** What is known of articles, and the serial and batch numbers that were shipped. */
export class Articles extends Migration {
  override up(): void {
    for (const statement of [...articles, ...codes, ...shippedNumbers]) this.addSql(statement);
  }
}

const articles = [
  `create table returns.article_ref (
     article_id uuid primary key,
     merchant_id uuid not null,
     version integer not null,
     sku text not null,
     name text not null,
     eans text[] not null,
     article_group text,
     weight_grams integer check (weight_grams > 0),
     length_mm integer check (length_mm > 0),
     width_mm integer check (width_mm > 0),
     height_mm integer check (height_mm > 0),
     volume_mm3 bigint generated always as (length_mm::bigint * width_mm * height_mm) stored,
     picture jsonb,
     serial_tracked boolean not null,
     batch_tracked boolean not null,
     best_before_tracked boolean not null,
     hygiene boolean not null,
     components jsonb not null,
     variant_of uuid,
     condition text not null check (condition in ('a', 'b')),
     active boolean not null,
     constraint article_ref_sku unique (merchant_id, sku))`,
  'create index article_ref_any_merchant on returns.article_ref (sku)',
  ...tenantTable('returns.article_ref', { kontor_returns: 'select, insert, update' }),
];

const codes = [
  // a table, because row security keeps array operators away from an index, and a scan must not read all articles
  `create table returns.article_code (
     article_id uuid not null references returns.article_ref (article_id),
     code text not null,
     merchant_id uuid not null,
     primary key (article_id, code))`,
  'create index article_code_scanned on returns.article_code (code)',
  ...tenantTable('returns.article_code', { kontor_returns: 'select, insert, delete' }),
];

const shippedNumbers = [
  'alter table returns.order_line_ref add column batch_number text',
  `create table returns.shipped_serial (
     shipment_id uuid not null,
     order_line_id uuid not null,
     serial text not null,
     order_id uuid not null,
     merchant_id uuid not null,
     sku text not null,
     primary key (shipment_id, order_line_id, serial))`,
  'create index shipped_serial_of_order on returns.shipped_serial (order_id, sku)',
  ...tenantTable('returns.shipped_serial', { kontor_returns: 'select, insert' }),
];
