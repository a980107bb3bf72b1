import { Migration } from '@mikro-orm/migrations';
import { appendOnly, tenantTable } from '../tenant-table.ts';

/** What the register of VAT ids said of each merchant, why one is exempt, and whether storage is let land. */
export class VatChecks extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table merchants.merchant add column exemption_reason text check (length(exemption_reason) between 1 and 200)`,
  `alter table merchants.contract
     add column storage_is_land_related boolean not null default false,
     add constraint contract_land_related check (not storage_is_land_related or storage_method is not null)`,
  `create table merchants.vat_check (
     id uuid primary key,
     merchant_id uuid not null references merchants.merchant (id),
     -- as asked; the record may have another one since
     vat_id text not null,
     state text not null check (state in ('valid', 'invalid', 'unavailable')),
     register text not null,
     asked_at timestamptz not null,
     asked_by text not null check (asked_by in ('user', 'service')),
     asked_by_id text not null,
     -- the month a worker asked for, so that two of them keep one answer
     for_month text,
     -- the day the register gives its answer, or ours where there is none
     checked_on date not null,
     consultation_number text,
     registered_name text,
     registered_address text,
     name_matches boolean,
     address_matches boolean,
     -- why there is no answer
     error text,
     constraint vat_check_proof check (state = 'valid' or (registered_name is null and registered_address is null)),
     constraint vat_check_error check ((state = 'unavailable') = (error is not null)))`,
  'create index vat_check_newest on merchants.vat_check (merchant_id, asked_at desc, id desc)',
  `create unique index vat_check_once_a_month on merchants.vat_check (merchant_id, vat_id, for_month) where state <> 'unavailable'`,
  ...tenantTable('merchants.vat_check', { kontor_merchants: 'select, insert' }),
  ...appendOnly('merchants.vat_check'),
];
