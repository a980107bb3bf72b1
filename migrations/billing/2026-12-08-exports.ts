import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, tenantTable } from '../tenant-table.ts';

/** What the tax adviser gets: how the issuer's books are kept, debtor numbers, and every export with its documents. */
export class Exports extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const BILLING = (privileges: string) => ({ kontor_billing: privileges });

const STATEMENTS = [
  `create table billing.accounting_settings (
     issuer_id uuid primary key references billing.issuer,
     consultant_number integer not null check (consultant_number between 1001 and 9999999),
     client_number integer not null check (client_number between 1 and 99999),
     fiscal_year_start_month integer not null check (fiscal_year_start_month between 1 and 12),
     account_digits integer not null check (account_digits between 4 and 8),
     chart text not null check (chart in ('SKR03', 'SKR04')),
     accounts jsonb not null check (jsonb_typeof(accounts) = 'array'),
     -- one account for all merchants, or the first number that is given to a merchant without one of its own
     debtor_mode text not null check (debtor_mode in ('collective', 'perMerchant')),
     debtor_account text not null check (debtor_account ~ '^[1-6][0-9]+$'),
     -- postings arrive in the books as final (Festschreibung)
     locked boolean not null,
     initials text check (initials ~ '^[A-Z]{2}$'),
     version integer not null default 1,
     updated_at timestamptz not null default now(),
     -- a personal account has one digit more than those of the general ledger
     check (length(debtor_account) = account_digits + 1))`,
  ...grantsOn('billing.accounting_settings', BILLING('select, insert, update')),
  // a number once given stays: open items of years hang on it
  `create table billing.debtor_account (
     merchant_id uuid not null references billing.merchant_ref,
     account text not null unique check (account ~ '^[1-6][0-9]+$'),
     digits integer not null generated always as (length(account)) stored,
     created_at timestamptz not null,
     primary key (merchant_id, digits))`,
  ...tenantTable('billing.debtor_account', BILLING('select, insert')),
  ...appendOnly('billing.debtor_account'),
  `create table billing.export (
     id uuid primary key,
     issuer_id uuid not null references billing.issuer,
     kind text not null check (kind in ('postings', 'debtors', 'ecSales', 'bundle')),
     period text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2]|Q[1-4])$'),
     only_new boolean not null,
     made_by text not null,
     -- as it was then
     made_by_name text not null,
     made_at timestamptz not null,
     object_key text not null,
     sha256 text not null check (length(sha256) = 64),
     bytes bigint not null check (bytes > 0),
     filename text not null,
     summary jsonb not null,
     findings jsonb not null check (jsonb_typeof(findings) = 'array'),
     unique (id, kind))`,
  'create index export_latest on billing.export (made_at desc, id desc)',
  ...grantsOn('billing.export', BILLING('select, insert')),
  ...appendOnly('billing.export'),
  // which documents are in which export: one row per month of the kind's own counting
  `create table billing.export_document (
     export_id uuid not null,
     kind text not null,
     invoice_id uuid not null,
     merchant_id uuid not null,
     month text not null,
     -- the first export of the same, when this one repeats it
     first_export_id uuid check (first_export_id <> export_id),
     primary key (export_id, invoice_id, month),
     unique (export_id, invoice_id, month, kind),
     foreign key (export_id, kind) references billing.export (id, kind),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id),
     foreign key (first_export_id, invoice_id, month, kind) references billing.export_document (export_id, invoice_id, month, kind))`,
  // of two at once only one is the first
  `create unique index export_document_first on billing.export_document (kind, invoice_id, month) where first_export_id is null`,
  'create index export_document_invoice on billing.export_document (invoice_id)',
  ...tenantTable('billing.export_document', BILLING('select, insert')),
  ...appendOnly('billing.export_document'),
  // the documents of a month, and what was supplied under reverse charge in it
  `create index invoice_issued on billing.invoice (issue_date) where state <> 'draft'`,
  `create index invoice_line_reverse_charge on billing.invoice_line (service_month) where vat_category = 'AE'`,
];
