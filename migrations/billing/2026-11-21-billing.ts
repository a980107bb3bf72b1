import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, schemaGrants, tenantTable } from '../tenant-table.ts';

/** Rate cards, charges, storage snapshots, runs and invoices, with the constraints that billing.md demands. */
export class Billing extends Migration {
  override up(): void {
    for (const statement of [
      ...schemaGrants('billing'),
      ...references,
      ...rates,
      ...charges,
      ...storage,
      ...runs,
      ...invoices,
      ...frozen,
      ...access(),
    ])
      this.addSql(statement);
  }
}

const references = [
  `create table billing.issuer (
     id uuid primary key,
     profile jsonb not null,
     number_pattern text not null,
     billing_starts_on date not null,
     wait_days integer not null default 0 check (wait_days between 0 and 14),
     version integer not null default 1,
     updated_at timestamptz not null default now())`,
  `create table billing.merchant_ref (
     merchant_id uuid primary key,
     version integer not null,
     number text not null,
     name text not null,
     snapshot jsonb not null)`,
  `create table billing.contract_ref (
     id uuid primary key,
     merchant_id uuid not null references billing.merchant_ref,
     starts_on date not null,
     ends_on date check (ends_on >= starts_on),
     fulfilment_cadence text not null check (fulfilment_cadence in ('semiMonthly', 'monthly')),
     month_end_documents text not null check (month_end_documents in ('one', 'two')),
     storage_method text check (storage_method in ('binDay', 'palletDay', 'cubicMetreDay', 'pieceDay')),
     software_fee boolean not null,
     rate_card_code text)`,
  'create index contract_ref_merchant on billing.contract_ref (merchant_id, starts_on)',
  `create table billing.return_ref (
     id uuid primary key,
     merchant_id uuid not null,
     version integer not null,
     number text not null,
     state text not null,
     received_on date,
     inspected_on date)`,
  // the run's check for what arrived and is not inspected
  'create index return_ref_open on billing.return_ref (merchant_id, received_on) where inspected_on is null',
];

const rates = [
  `create table billing.rate_card (
     id uuid primary key,
     merchant_id uuid,
     code text not null unique,
     name text not null,
     currency text not null check (currency = 'EUR'),
     is_base boolean not null default false,
     created_at timestamptz not null default now(),
     check (merchant_id is null or not is_base))`,
  'create unique index rate_card_one_base on billing.rate_card (currency) where is_base',
  `create table billing.rate_version (
     id uuid primary key,
     card_id uuid not null references billing.rate_card,
     merchant_id uuid,
     version integer not null check (version > 0),
     valid_from date not null,
     created_by text not null,
     created_at timestamptz not null default now(),
     unique (card_id, version))`,
  'create index rate_version_valid on billing.rate_version (card_id, valid_from desc, version desc)',
  `create table billing.rate_rule (
     id uuid primary key,
     version_id uuid not null references billing.rate_version,
     merchant_id uuid,
     key text not null,
     charge_type text not null,
     priority integer not null,
     conditions jsonb not null,
     model jsonb not null check (model ->> 'type' in ('perUnit', 'flat', 'graduated')),
     unit text not null,
     label jsonb not null,
     unique (version_id, key))`,
  'create index rate_rule_type on billing.rate_rule (version_id, charge_type, priority desc)',
];

const charges = [
  `create table billing.charge (
     id uuid primary key,
     merchant_id uuid not null,
     source text not null,
     source_event uuid not null,
     charge_type text not null,
     revision integer not null default 0 check (revision >= 0),
     stream text not null check (stream in ('fulfilment', 'monthly')),
     section text not null,
     service_date date not null,
     service_month text generated always as (extract(year from service_date)::int::text || '-' || lpad(extract(month from service_date)::int::text, 2, '0')) stored,
     currency text not null check (currency = 'EUR'),
     quantity numeric(18, 6) not null,
     unit text not null,
     state text not null check (state in ('accrued', 'unrated', 'held', 'waived')),
     state_reason text,
     rule_id uuid references billing.rate_rule,
     rule_key text,
     version_id uuid references billing.rate_version,
     attributes jsonb not null,
     reference jsonb not null,
     trace jsonb not null,
     late_exempt boolean not null default false,
     line_id uuid,
     created_at timestamptz not null default now(),
     unique (source, source_event, charge_type, revision),
     unique (merchant_id, id),
     check ((rule_id is null) = (version_id is null) and (rule_id is null) = (rule_key is null)),
     check (state <> 'unrated' or rule_id is null),
     check (state <> 'accrued' or rule_id is not null),
     check (state in ('accrued', 'unrated') or state_reason is not null),
     check (line_id is null or state = 'accrued'))`,
  `create index charge_unbilled on billing.charge (merchant_id, stream, service_date) where line_id is null and state = 'accrued'`,
  `create index charge_worklist on billing.charge (merchant_id, service_date) where state in ('unrated', 'held')`,
  'create index charge_line on billing.charge (line_id) where line_id is not null',
  'create index charge_counter on billing.charge (merchant_id, rule_key, service_date)',
  'create index charge_version on billing.charge (version_id) where line_id is null',
  // whose fee of which month is there already
  `create index charge_software_fee on billing.charge (merchant_id, service_date) where charge_type = 'software_fee'`,
  // what waits for its price after a card, contract or merchant changed
  `create index charge_rerating on billing.charge (merchant_id, id) where state = 'unrated' and trace ->> 'reason' = 'RERATING'`,
  // facts that can be corrected: the highest revision known, and the row that orders two corrections at once
  `create table billing.charge_source (
     source text not null,
     source_event uuid not null,
     merchant_id uuid not null,
     revision integer not null,
     primary key (source, source_event))`,
];

const storage = [
  `create table billing.storage_header (
     id uuid primary key,
     merchant_id uuid not null,
     warehouse text not null,
     day date not null,
     source text not null,
     content_hash text not null,
     recorded_by text not null,
     recorded_at timestamptz not null default now(),
     unique (merchant_id, warehouse, day),
     unique (merchant_id, id))`,
  `create table billing.storage_line (
     header_id uuid not null,
     merchant_id uuid not null,
     ordinal integer not null,
     bin text not null,
     sku text,
     storage_type text not null check (storage_type in ('bin', 'pallet', 'floor')),
     quantity numeric(18, 6) not null check (quantity >= 0),
     volume_m3 numeric(18, 6) check (volume_m3 >= 0),
     primary key (header_id, ordinal),
     foreign key (merchant_id, header_id) references billing.storage_header (merchant_id, id))`,
];

const runs = [
  `create table billing.run (
     id uuid primary key,
     issuer_id uuid not null references billing.issuer,
     cutoff date not null,
     started_by text not null,
     started_kind text not null check (started_kind in ('user', 'clock')),
     -- when the clock came to this cut-off and let every merchant join
     clock_joined_at timestamptz,
     created_at timestamptz not null,
     unique (issuer_id, cutoff))`,
  `create table billing.run_merchant (
     id uuid primary key,
     run_id uuid not null references billing.run,
     merchant_id uuid not null references billing.merchant_ref,
     cutoff date not null,
     -- which streams were asked for; null is all that are due
     streams text[] check (streams <@ array['fulfilment', 'monthly'] and cardinality(streams) > 0),
     state text not null check (state in ('scheduled', 'draft', 'approved', 'finalized', 'delivered', 'parked', 'skipped', 'cancelled')),
     wanted text check (wanted in ('draft', 'approve', 'finalize')),
     wanted_by text,
     next_at timestamptz not null default now(),
     attempts integer not null default 0,
     findings jsonb not null default '[]',
     -- findings that finance looked at and let pass
     accepted text[] not null default '{}',
     accepted_gross_minor bigint,
     -- streams that were finalized; a run that was limited can be widened afterwards
     done_streams text[] not null default '{}',
     charge_count integer,
     net_minor bigint,
     gross_minor bigint,
     waiting_since timestamptz,
     merchant_frozen jsonb,
     approved_by text,
     approved_at timestamptz,
     finalized_at timestamptz,
     version integer not null default 1,
     updated_at timestamptz not null default now(),
     unique (run_id, merchant_id),
     unique (merchant_id, id),
     check (state not in ('approved', 'finalized', 'delivered') or (approved_by is not null and merchant_frozen is not null)))`,
  'create index run_merchant_wanted on billing.run_merchant (next_at) where wanted is not null',
  `create index run_merchant_open on billing.run_merchant (merchant_id, cutoff) where state in ('scheduled', 'draft', 'approved', 'parked')`,
];

const invoices = [
  `create table billing.invoice (
     id uuid primary key,
     run_id uuid not null references billing.run,
     run_merchant_id uuid not null,
     merchant_id uuid not null,
     kind text not null check (kind in ('invoice')),
     split text not null check (split in ('all', 'fulfilment', 'monthly')),
     state text not null check (state in ('draft', 'finalized', 'cancelled')),
     currency text not null check (currency = 'EUR'),
     language text not null check (language in ('de', 'en')),
     issuer_id uuid not null references billing.issuer,
     number text,
     series_year integer,
     series_number integer,
     issue_date date,
     due_date date check (due_date >= issue_date),
     period_from date not null,
     period_to date not null,
     net_minor bigint not null,
     vat_minor bigint not null,
     gross_minor bigint not null,
     finalized_at timestamptz,
     created_at timestamptz not null,
     foreign key (merchant_id, run_merchant_id) references billing.run_merchant (merchant_id, id),
     unique (merchant_id, id),
     unique (issuer_id, kind, series_year, series_number),
     unique (issuer_id, number),
     check (period_from <= period_to),
     check (gross_minor = net_minor + vat_minor),
     check (state = 'draft' or (number is not null and series_year is not null and series_number is not null
            and issue_date is not null and due_date is not null and finalized_at is not null)),
     check (state <> 'draft' or number is null))`,
  `create unique index invoice_one_live on billing.invoice (run_id, merchant_id, currency, split) where state <> 'cancelled'`,
  'create index invoice_list on billing.invoice (merchant_id, issue_date desc, id)',
  `create table billing.invoice_line (
     id uuid primary key,
     invoice_id uuid not null,
     merchant_id uuid not null,
     position integer not null check (position > 0),
     section text not null,
     charge_type text not null,
     version_id uuid references billing.rate_version,
     rule_key text not null,
     tier_from numeric(18, 6),
     tier_to numeric(18, 6),
     service_month text not null,
     label text not null,
     unit text not null,
     quantity numeric(18, 6) not null,
     unit_price numeric(18, 6) not null,
     base_quantity numeric(18, 6) not null check (base_quantity > 0),
     net_minor bigint not null,
     vat_category text not null check (vat_category in ('S', 'AE', 'O', 'E')),
     vat_rate_bp integer not null check (vat_rate_bp between 0 and 10000),
     late_quantity numeric(18, 6) not null default 0,
     late_from date,
     late_to date,
     charge_count integer not null,
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id) on delete cascade,
     unique (invoice_id, position),
     unique (merchant_id, id),
     check (net_minor = round(quantity * unit_price * 100 / base_quantity)))`,
  `alter table billing.charge add foreign key (merchant_id, line_id) references billing.invoice_line (merchant_id, id)`,
  'create index invoice_line_counter on billing.invoice_line (merchant_id, rule_key, service_month)',
  `create table billing.invoice_vat (
     invoice_id uuid not null,
     merchant_id uuid not null,
     category text not null,
     rate_bp integer not null,
     basis_minor bigint not null,
     vat_minor bigint not null,
     primary key (invoice_id, category, rate_bp),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id) on delete cascade,
     check (vat_minor = round(basis_minor * rate_bp / 10000.0)))`,
  `create table billing.invoice_line_charge (
     line_id uuid not null,
     charge_id uuid not null,
     merchant_id uuid not null,
     quantity numeric(18, 6) not null,
     late boolean not null,
     primary key (line_id, charge_id),
     foreign key (merchant_id, line_id) references billing.invoice_line (merchant_id, id),
     foreign key (merchant_id, charge_id) references billing.charge (merchant_id, id))`,
  'create index invoice_line_charge_charge on billing.invoice_line_charge (charge_id)',
  `create table billing.invoice_status (
     invoice_id uuid primary key,
     merchant_id uuid not null,
     payment text not null check (payment in ('open', 'partially_paid', 'paid', 'overdue', 'written_off')),
     delivery text not null check (delivery in ('queued', 'sent', 'bounced')),
     dispute text not null check (dispute in ('none', 'open', 'settled')),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id))`,
  `create table billing.invoice_document (
     invoice_id uuid not null,
     kind text not null check (kind in ('pdf')),
     merchant_id uuid not null,
     state text not null check (state in ('pending', 'ready', 'parked')),
     attempts integer not null default 0,
     next_at timestamptz not null default now(),
     error text,
     model jsonb not null,
     object_key text,
     sha256 text check (length(sha256) = 64),
     bytes bigint,
     ready_at timestamptz,
     primary key (invoice_id, kind),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id),
     check ((state = 'ready') = (object_key is not null and sha256 is not null and bytes is not null and ready_at is not null)))`,
  `create index invoice_document_pending on billing.invoice_document (next_at) where state = 'pending'`,
  `create table billing.number_series (
     issuer_id uuid not null references billing.issuer,
     kind text not null,
     year integer not null,
     last_number integer not null check (last_number >= 0),
     primary key (issuer_id, kind, year))`,
];

/** What is finalized can change in nothing but its state, and only to cancelled. */
const frozen = [
  `create function billing.freeze_invoice() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' then
       if old.state <> 'draft' then raise exception 'a finalized invoice is never deleted' using errcode = 'restrict_violation'; end if;
       return old;
     end if;
     if old.state <> 'draft' and (to_jsonb(new) - 'state' <> to_jsonb(old) - 'state' or new.state not in (old.state, 'cancelled'))
       then raise exception 'a finalized invoice never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  'create trigger invoice_frozen before update or delete on billing.invoice for each row execute function billing.freeze_invoice()',
  `create function billing.freeze_invoice_part() returns trigger language plpgsql as $$
   declare parent uuid := case when tg_op = 'INSERT' then new.invoice_id else old.invoice_id end;
   begin
     if exists (select 1 from billing.invoice where id = parent and state <> 'draft')
       then raise exception 'the parts of a finalized invoice never change' using errcode = 'restrict_violation'; end if;
     return case when tg_op = 'DELETE' then old else new end;
   end $$`,
  ...['invoice_line', 'invoice_vat'].map(
    (table) =>
      `create trigger ${table}_frozen before insert or update or delete on billing.${table} for each row execute function billing.freeze_invoice_part()`,
  ),
  // the history of what stood on which line outlives cancellation
  ...appendOnly('billing.invoice_line_charge'),
  ...appendOnly('billing.rate_version'),
  ...appendOnly('billing.rate_rule'),
  ...appendOnly('billing.storage_header'),
  ...appendOnly('billing.storage_line'),
  `create function billing.freeze_document() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' or old.state = 'ready' or new.model <> old.model
       then raise exception 'an archived document never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  'create trigger invoice_document_frozen before update or delete on billing.invoice_document for each row execute function billing.freeze_document()',
];

function access(): string[] {
  const billing = (privileges: string) => ({ kontor_billing: privileges });
  const table = (name: string, privileges: string) => tenantTable(`billing.${name}`, billing(privileges));
  return [
    ...['issuer', 'number_series'].flatMap((name) => grantsOn(`billing.${name}`, billing('select, insert, update'))),
    // a run holds no merchant's data, its rows do
    ...grantsOn('billing.run', billing('select, insert, update')),
    ...[
      'merchant_ref',
      'return_ref',
      'charge',
      'charge_source',
      'run_merchant',
      'invoice_status',
      'invoice_document',
    ].flatMap((name) => table(name, 'select, insert, update')),
    ...['contract_ref', 'invoice', 'invoice_line', 'invoice_vat'].flatMap((name) =>
      table(name, 'select, insert, update, delete'),
    ),
    ...['rate_card', 'rate_version', 'rate_rule', 'storage_header', 'storage_line', 'invoice_line_charge'].flatMap(
      (name) => table(name, 'select, insert'),
    ),
  ];
}
