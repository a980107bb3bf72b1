import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/** Which bundles an article is part of, so that scanning a part finds what was sent as a whole. */
export class Bundles extends Migration {
  override up(): void {
    for (const statement of bundles) this.addSql(statement);
  }
}

const bundles = [
  `create table returns.bundle_component (
     bundle_id uuid not null references returns.article_ref (article_id),
     merchant_id uuid not null,
     sku text not null,
     primary key (bundle_id, sku))`,
  'create index bundle_component_sku on returns.bundle_component (merchant_id, sku)',
  ...tenantTable('returns.bundle_component', { kontor_returns: 'select, insert, delete' }),
  `insert into returns.bundle_component (bundle_id, merchant_id, sku)
   select article_id, merchant_id, part->>'sku' from returns.article_ref, jsonb_array_elements(components) part`,
];
