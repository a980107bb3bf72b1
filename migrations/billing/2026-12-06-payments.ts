import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, tenantTable } from '../tenant-table.ts';

/** Money that came and went, what it pays, the credit balances of merchants, and what of it the bank told. */
export class Payments extends Migration {
  override up(): void {
    for (const statement of [...bank, ...ledger, ...frozen, ...access()]) this.addSql(statement);
  }
}

const bank = [
  `create table billing.bank_account_statement (
     id uuid primary key,
     iban text not null,
     -- as the bank calls it
     statement_id text not null,
     from_date date,
     to_date date,
     opening_minor bigint,
     closing_minor bigint,
     file_sha256 text not null check (length(file_sha256) = 64),
     filename text,
     imported_by text not null,
     imported_at timestamptz not null,
     unique (iban, statement_id))`,
  `create table billing.bank_entry (
     id uuid primary key,
     -- the first statement that told it
     statement_id uuid not null references billing.bank_account_statement,
     iban text not null,
     -- the reference of the bank, or what is told where it gave none; the same in every statement that tells the entry
     entry_key text not null,
     position integer not null,
     amount_minor bigint not null check (amount_minor <> 0),
     currency text not null check (currency = 'EUR'),
     booking_date date not null,
     value_date date not null,
     counterparty_name text,
     counterparty_iban text,
     remittance text not null,
     end_to_end_id text,
     mandate_id text,
     -- code of ISO 20022 why a direct debit came back
     return_reason text,
     reversal boolean not null,
     bank_reference text,
     booking_text text,
     dismissed_at timestamptz,
     dismissed_by text,
     dismiss_reason text,
     unique (iban, entry_key),
     check ((dismissed_at is null) = (dismissed_by is null) and (dismissed_at is null) = (dismiss_reason is null)))`,
  'create index bank_entry_list on billing.bank_entry (booking_date desc, id desc)',
  'create index bank_entry_undecided on billing.bank_entry (booking_date desc, id desc) where dismissed_at is null',
  'create index bank_entry_statement on billing.bank_entry (statement_id)',
];

const ledger = [
  `create table billing.payment (
     id uuid primary key,
     -- unknown until somebody says whose it is
     merchant_id uuid references billing.merchant_ref,
     -- negative for money that went out
     amount_minor bigint not null check (amount_minor <> 0),
     -- what nothing was done with yet; kept by the rows that use it
     unallocated_minor bigint not null,
     currency text not null check (currency = 'EUR'),
     value_date date not null,
     payer_name text,
     payer_iban text,
     remittance text not null,
     end_to_end_id text,
     source text not null check (source in ('manual', 'bank', 'directDebit', 'returnDebit')),
     bank_entry_id uuid references billing.bank_entry,
     -- the payment that the bank took back
     returns_id uuid,
     note text,
     recorded_by text not null,
     recorded_at timestamptz not null,
     voided_at timestamptz,
     voided_by text,
     void_reason text,
     -- the same money once more, for the merchant whose it is
     replaces_id uuid references billing.payment,
     unique (merchant_id, id),
     foreign key (merchant_id, returns_id) references billing.payment (merchant_id, id),
     constraint payment_not_overdrawn check (unallocated_minor between least(0, amount_minor) and greatest(0, amount_minor)),
     check (returns_id is null or (amount_minor < 0 and source = 'returnDebit')),
     check ((voided_at is null) = (voided_by is null) and (voided_at is null) = (void_reason is null)))`,
  // money of one entry of the bank is booked once
  'create unique index payment_one_per_entry on billing.payment (bank_entry_id) where voided_at is null',
  'create unique index payment_returned_once on billing.payment (returns_id) where voided_at is null',
  'create index payment_list on billing.payment (value_date desc, id desc)',
  'create index payment_unallocated on billing.payment (value_date desc, id desc) where unallocated_minor <> 0',
  'create index payment_merchant on billing.payment (merchant_id, value_date desc, id desc)',
  'create index payment_known_iban on billing.payment (payer_iban) where merchant_id is not null and voided_at is null',
  'create index payment_end_to_end on billing.payment (end_to_end_id) where end_to_end_id is not null',
  `create table billing.payment_allocation (
     id uuid primary key,
     merchant_id uuid not null,
     payment_id uuid not null,
     invoice_id uuid not null,
     -- of the sign of the payment; an undoing row has the other one
     amount_minor bigint not null check (amount_minor <> 0),
     kind text not null check (kind in ('allocation', 'unmatch', 'release')),
     reason text,
     booked_on date not null,
     booked_by text not null,
     booked_at timestamptz not null,
     unique (merchant_id, id),
     foreign key (merchant_id, payment_id) references billing.payment (merchant_id, id),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id),
     check (kind = 'allocation' or reason is not null))`,
  'create index payment_allocation_invoice on billing.payment_allocation (invoice_id)',
  'create index payment_allocation_payment on billing.payment_allocation (payment_id)',
  `create table billing.credit_entry (
     id uuid primary key,
     merchant_id uuid not null references billing.merchant_ref,
     kind text not null check (kind in ('grant', 'use', 'payout', 'returned', 'reversal')),
     amount_minor bigint not null check (amount_minor <> 0),
     currency text not null default 'EUR' check (currency = 'EUR'),
     reason text,
     -- what it was used on or came back from; of a grant the credit note that it settles
     invoice_id uuid,
     -- of a grant the money it was made of, of a payout the money that went out
     payment_id uuid,
     reverses_id uuid,
     booked_on date not null,
     booked_by text not null,
     booked_at timestamptz not null,
     unique (merchant_id, id),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id),
     foreign key (merchant_id, payment_id) references billing.payment (merchant_id, id),
     foreign key (merchant_id, reverses_id) references billing.credit_entry (merchant_id, id),
     check (kind in ('returned', 'reversal') or (amount_minor > 0) = (kind = 'grant')),
     check (kind not in ('grant', 'payout', 'reversal') or reason is not null),
     check (kind not in ('use', 'returned') or (invoice_id is not null and payment_id is null)),
     check (kind <> 'payout' or payment_id is not null),
     check ((kind = 'reversal') = (reverses_id is not null)))`,
  'create unique index credit_entry_reversed_once on billing.credit_entry (reverses_id) where reverses_id is not null',
  'create index credit_entry_merchant on billing.credit_entry (merchant_id, booked_at desc, id desc)',
  'create index credit_entry_invoice on billing.credit_entry (invoice_id) where invoice_id is not null',
  'create index credit_entry_payment on billing.credit_entry (payment_id) where payment_id is not null',
  `create table billing.write_off (
     id uuid primary key,
     merchant_id uuid not null,
     invoice_id uuid not null,
     -- what nobody waits for any more; negative when it is expected again
     amount_minor bigint not null check (amount_minor <> 0),
     reason text not null,
     booked_on date not null,
     booked_by text not null,
     booked_at timestamptz not null,
     unique (merchant_id, id),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id))`,
  'create index write_off_invoice on billing.write_off (invoice_id)',
  // what the worker looks for that finds overdue invoices, and lists of open items
  `create index invoice_status_unpaid on billing.invoice_status (merchant_id, invoice_id) where payment in ('open', 'partially_paid', 'overdue')`,
];

const MOVES = ['payment_allocation', 'credit_entry', 'write_off'];

/** Who paid what is evidence: rows are added, and what is wrong is undone by another row. */
const frozen = [
  ...MOVES.flatMap((table) => appendOnly(`billing.${table}`)),
  ...appendOnly('billing.bank_account_statement'),
  `create function billing.freeze_payment() returns trigger language plpgsql as $$
   declare free text[] := array['merchant_id', 'bank_entry_id', 'unallocated_minor', 'voided_at', 'voided_by', 'void_reason'];
   begin
     if tg_op = 'DELETE' or old.voided_at is not null or to_jsonb(new) - free <> to_jsonb(old) - free
       or (old.merchant_id is not null and new.merchant_id is distinct from old.merchant_id)
       or (old.bank_entry_id is not null and new.bank_entry_id is distinct from old.bank_entry_id)
       then raise exception 'a payment never changes' using errcode = 'restrict_violation'; end if;
     if new.voided_at is not null then
       if old.unallocated_minor <> old.amount_minor
         then raise exception 'what is void pays nothing' using errcode = 'check_violation', constraint = 'payment_void_unused'; end if;
       new.unallocated_minor := 0;
     end if;
     return new;
   end $$`,
  'create trigger payment_frozen before update or delete on billing.payment for each row execute function billing.freeze_payment()',
  `create function billing.freeze_bank_entry() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' or to_jsonb(new) - array['dismissed_at', 'dismissed_by', 'dismiss_reason']
         <> to_jsonb(old) - array['dismissed_at', 'dismissed_by', 'dismiss_reason']
       then raise exception 'what the bank told never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  'create trigger bank_entry_frozen before update or delete on billing.bank_entry for each row execute function billing.freeze_bank_entry()',
];

function access(): string[] {
  const billing = (privileges: string) => ({ kontor_billing: privileges });
  return [
    ...grantsOn('billing.bank_account_statement', billing('select, insert')),
    ...grantsOn('billing.bank_entry', billing('select, insert, update')),
    ...tenantTable('billing.payment', billing('select, insert, update')),
    ...MOVES.flatMap((table) => tenantTable(`billing.${table}`, billing('select, insert'))),
  ];
}
