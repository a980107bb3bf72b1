import { Migration } from '@mikro-orm/migrations';
import { schemaGrants, tenantTable } from '../tenant-table.ts';

/** Merchants and what was agreed with them. */
export class Merchants extends Migration {
  override up(): void {
    for (const statement of [...schemaGrants('merchants'), ...merchants, ...contracts]) this.addSql(statement);
  }
}

const merchants = [
  `create table merchants.merchant (
     id uuid primary key,
     merchant_id uuid not null check (merchant_id = id),
     version integer not null default 1,
     -- rises with every change of the merchant or of a contract; the version others compare
     snapshot_version integer not null default 0,
     -- what the create said, so that its repetition is told from another create with the same id
     created_content text not null,
     number text not null constraint merchant_number unique,
     name text not null,
     status text not null check (status in ('active', 'suspended', 'terminated')),
     language text not null check (language in ('de', 'en')),
     address jsonb not null,
     vat_id text,
     tax_treatment text not null check (tax_treatment in ('domestic', 'reverseCharge', 'thirdCountry', 'exempt')),
     payment_terms_days integer not null check (payment_terms_days between 0 and 120),
     invoice_emails text[] not null check (cardinality(invoice_emails) > 0),
     notice_emails text[] not null,
     purchase_order_reference text,
     debtor_number text constraint merchant_debtor_number unique,
     rtv_address jsonb,
     rtv_schedule text not null check (rtv_schedule in ('manual', 'weekly', 'semiMonthly', 'monthly')),
     return_rules jsonb not null check (jsonb_typeof(return_rules) = 'array'),
     roles text[] not null check (roles <@ array['customer', 'supplier'] and cardinality(roles) > 0),
     origin text not null check (origin in ('manual', 'import', 'api')),
     created_at timestamptz not null,
     updated_at timestamptz not null,
     constraint merchant_reverse_charge check (tax_treatment <> 'reverseCharge' or (vat_id is not null and vat_id not like 'DE%')),
     constraint merchant_domestic check (tax_treatment <> 'domestic' or address ->> 'country' = 'DE'))`,
  'create index merchant_name on merchants.merchant (name, id)',
  'create index merchant_created on merchants.merchant (created_at, id)',
  ...tenantTable('merchants.merchant', { kontor_merchants: 'select, insert, update' }),
];

const contracts = [
  // trusted since PostgreSQL 13: the owner of the database may create it; uuid in an exclusion constraint needs it
  'create extension if not exists btree_gist',
  `create table merchants.contract (
     id uuid primary key,
     merchant_id uuid not null references merchants.merchant (id),
     version integer not null default 1,
     created_content text not null,
     starts_on date not null,
     ends_on date check (ends_on >= starts_on),
     fulfilment_cadence text not null check (fulfilment_cadence in ('semiMonthly', 'monthly')),
     month_end_documents text not null check (month_end_documents in ('one', 'two')),
     storage_method text check (storage_method in ('binDay', 'palletDay', 'cubicMetreDay', 'pieceDay')),
     software_fee boolean not null,
     rate_card_code text,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     constraint contract_never_overlaps exclude using gist (merchant_id with =, daterange(starts_on, ends_on, '[]') with &&))`,
  'create index contract_merchant on merchants.contract (merchant_id, starts_on, id)',
  ...tenantTable('merchants.contract', { kontor_merchants: 'select, insert, update' }),
];
