import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, tenantTable } from '../tenant-table.ts';

/** Dunning: levels, base rates, stops, runs with their letters, and what is claimed beside the invoices. */
export class Dunning extends Migration {
  override up(): void {
    for (const statement of [...terms, ...runs, ...claims, ...frozen, ...access()]) this.addSql(statement);
  }
}

const terms = [
  `create table billing.dunning_settings (
     issuer_id uuid primary key references billing.issuer,
     settings jsonb not null,
     version integer not null default 1,
     updated_at timestamptz not null default now())`,
  // § 247 BGB: published for each 1 January and 1 July
  `create table billing.base_rate (
     valid_from date primary key check (to_char(valid_from, 'MM-DD') in ('01-01', '07-01')),
     -- basis points: -0.88 % is -88
     rate_bp integer not null check (rate_bp between -1000 and 5000),
     source text not null,
     entered_by text not null,
     entered_at timestamptz not null default now())`,
  `insert into billing.base_rate (valid_from, rate_bp, source, entered_by) values
     ${[
       ['2020-01-01', -88],
       ['2020-07-01', -88],
       ['2021-01-01', -88],
       ['2021-07-01', -88],
       ['2022-01-01', -88],
       ['2022-07-01', -88],
       ['2023-01-01', 162],
       ['2023-07-01', 312],
       ['2024-01-01', 362],
       ['2024-07-01', 337],
       ['2025-01-01', 227],
       ['2025-07-01', 127],
       ['2026-01-01', 127],
       ['2026-07-01', 152],
     ]
       .map(([day, rate]) => `('${day}', ${rate}, 'Deutsche Bundesbank, § 247 Abs. 2 BGB', 'product')`)
       .join(', ')}`,
  `create table billing.dunning_stop (
     id uuid primary key,
     merchant_id uuid not null references billing.merchant_ref,
     reason text not null check (length(reason) between 1 and 500),
     -- the last day it holds; without one until it is lifted
     until date,
     set_by text not null,
     set_at timestamptz not null,
     lifted_by text,
     lifted_at timestamptz,
     unique (merchant_id, id),
     check ((lifted_by is null) = (lifted_at is null)))`,
  'create unique index dunning_stop_one_live on billing.dunning_stop (merchant_id) where lifted_at is null',
];

const runs = [
  `create table billing.dunning_run (
     id uuid primary key,
     as_of date not null,
     state text not null check (state in ('proposed', 'issued', 'discarded')),
     created_by text not null,
     created_at timestamptz not null,
     issued_by text,
     issued_at timestamptz,
     version integer not null default 1,
     check ((state = 'issued') = (issued_by is not null and issued_at is not null)))`,
  'create index dunning_run_list on billing.dunning_run (created_at desc, id desc)',
  `create table billing.dunning_row (
     run_id uuid not null references billing.dunning_run,
     invoice_id uuid not null,
     merchant_id uuid not null,
     -- null where something stands against it
     level integer check (level between 0 and 3),
     hindrance text check (hindrance in ('stopped', 'disputed', 'small', 'directDebit', 'waiting', 'exhausted')),
     days_overdue integer not null,
     open_minor bigint not null,
     interest_minor bigint not null default 0,
     selected boolean not null,
     -- what became of it when the run was issued
     outcome text check (outcome in ('issued', 'deselected', 'changed')),
     primary key (run_id, invoice_id),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id),
     check ((level is null) <> (hindrance is null)),
     check (not selected or level is not null))`,
  `create table billing.dunning_letter (
     id uuid primary key,
     run_id uuid not null references billing.dunning_run,
     merchant_id uuid not null references billing.merchant_ref,
     number text not null unique,
     level integer not null check (level between 0 and 3),
     as_of date not null,
     issue_date date not null,
     pay_by date not null check (pay_by > issue_date),
     language text not null check (language in ('de', 'en')),
     open_minor bigint not null,
     claims_minor bigint not null,
     total_minor bigint not null check (total_minor = open_minor + claims_minor and open_minor > 0 and claims_minor >= 0),
     model jsonb not null,
     state text not null check (state in ('pending', 'ready', 'parked')),
     attempts integer not null default 0,
     next_at timestamptz not null default now(),
     error text,
     object_key text,
     sha256 text check (length(sha256) = 64),
     bytes bigint,
     ready_at timestamptz,
     unique (merchant_id, id),
     -- one letter per merchant and run
     unique (run_id, merchant_id),
     check ((state = 'ready') = (object_key is not null and sha256 is not null and bytes is not null and ready_at is not null)))`,
  `create index dunning_letter_pending on billing.dunning_letter (next_at) where state = 'pending'`,
  'create index dunning_letter_list on billing.dunning_letter (issue_date desc, id desc)',
  'create index dunning_letter_merchant on billing.dunning_letter (merchant_id, issue_date desc, id desc)',
  // an invoice comes to each level once, and to one level a day
  `create table billing.dunning_step (
     invoice_id uuid not null,
     merchant_id uuid not null,
     level integer not null check (level between 0 and 3),
     letter_id uuid not null,
     on_day date not null,
     pay_by date not null,
     open_minor bigint not null check (open_minor > 0),
     interest_minor bigint not null check (interest_minor >= 0),
     primary key (invoice_id, level),
     constraint dunning_step_one_a_day unique (invoice_id, on_day),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id),
     foreign key (merchant_id, letter_id) references billing.dunning_letter (merchant_id, id))`,
  'create index dunning_step_letter on billing.dunning_step (letter_id)',
];

const claims = [
  `create table billing.dunning_claim (
     id uuid primary key,
     merchant_id uuid not null references billing.merchant_ref,
     -- what it was caused by; the fee is of the letter as a whole
     invoice_id uuid,
     letter_id uuid,
     kind text not null check (kind in ('interest', 'lumpSum', 'fee', 'bankCharge')),
     amount_minor bigint not null check (amount_minor > 0),
     claimed_on date not null,
     state text not null check (state in ('open', 'paid', 'waived')),
     settled_by text,
     settled_at timestamptz,
     settled_reason text check (length(settled_reason) between 1 and 500),
     unique (merchant_id, id),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id),
     foreign key (merchant_id, letter_id) references billing.dunning_letter (merchant_id, id),
     check ((kind = 'fee') = (invoice_id is null)),
     check (kind = 'bankCharge' or letter_id is not null),
     check ((state = 'open') = (settled_by is null and settled_at is null)),
     check (state <> 'waived' or settled_reason is not null))`,
  // § 288 Abs. 5 BGB: the lump sum is owed once per claim, also when it was waived
  `create unique index dunning_claim_lump_sum on billing.dunning_claim (invoice_id) where kind = 'lumpSum'`,
  `create unique index dunning_claim_interest on billing.dunning_claim (letter_id, invoice_id) where kind = 'interest'`,
  `create unique index dunning_claim_fee on billing.dunning_claim (letter_id) where kind = 'fee'`,
  'create index dunning_claim_invoice on billing.dunning_claim (invoice_id)',
  'create index dunning_claim_list on billing.dunning_claim (merchant_id, claimed_on desc, id desc)',
];

const frozen = [
  ...appendOnly('billing.dunning_step'),
  `create function billing.freeze_dunning_letter() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'attempts', 'next_at', 'error', 'object_key', 'sha256', 'bytes', 'ready_at'];
   begin
     if tg_op = 'DELETE' or old.state = 'ready' or to_jsonb(new) - free <> to_jsonb(old) - free
       then raise exception 'a letter never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  'create trigger dunning_letter_frozen before update or delete on billing.dunning_letter for each row execute function billing.freeze_dunning_letter()',
  `create function billing.freeze_dunning_claim() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'settled_by', 'settled_at', 'settled_reason'];
   begin
     if tg_op = 'DELETE' or old.state <> 'open' or to_jsonb(new) - free <> to_jsonb(old) - free
       then raise exception 'a settled claim never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  'create trigger dunning_claim_frozen before update or delete on billing.dunning_claim for each row execute function billing.freeze_dunning_claim()',
];

function access(): string[] {
  const billing = (privileges: string) => ({ kontor_billing: privileges });
  return [
    ...['dunning_settings', 'base_rate', 'dunning_run'].flatMap((name) =>
      grantsOn(`billing.${name}`, billing('select, insert, update')),
    ),
    ...['dunning_stop', 'dunning_row', 'dunning_letter', 'dunning_claim'].flatMap((name) =>
      tenantTable(`billing.${name}`, billing('select, insert, update')),
    ),
    ...tenantTable('billing.dunning_step', billing('select, insert')),
  ];
}
