import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, tenantTable } from '../tenant-table.ts';

/** SEPA direct debits: mandates with their history, what is announced on invoices, and the files that collect it. */
export class DirectDebits extends Migration {
  override up(): void {
    for (const statement of [...mandates, ...collections, ...frozen, ...access()]) this.addSql(statement);
  }
}

/** Letters, digits and signs that every bank of the SEPA takes; no slash at an end and no two in a row (EPC217-08). */
const REFERENCE = `'^[A-Za-z0-9+?/:().,''-]{1,35}$'`;

const mandates = [
  // days between the invoice that announces a collection and its day, unless a mandate agrees to fewer
  `alter table billing.issuer add column pre_notification_days integer not null default 14 check (pre_notification_days between 1 and 60)`,
  `create table billing.mandate (
     id uuid primary key,
     merchant_id uuid not null references billing.merchant_ref,
     -- whose mandate it is: the reference is unique per creditor
     creditor_id text not null,
     reference text not null check (reference ~ ${REFERENCE} and reference !~ '(^/|//|/$)'),
     scheme text not null check (scheme in ('CORE', 'B2B')),
     kind text not null check (kind in ('recurrent', 'oneOff')),
     signed_on date not null,
     iban text not null check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
     bic text check (bic ~ '^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
     debtor_name text not null check (length(debtor_name) between 1 and 70),
     pre_notification_days integer check (pre_notification_days between 1 and 60),
     state text not null check (state in ('active', 'blocked', 'revoked', 'lapsed')),
     -- the next collection is the last one
     final boolean not null default false,
     -- day of the latest collection that was handed to the bank
     last_used_on date,
     created_at timestamptz not null,
     version integer not null default 1,
     unique (merchant_id, id),
     unique (creditor_id, reference))`,
  // a merchant is collected from by one mandate at a time
  `create unique index mandate_one_live on billing.mandate (merchant_id) where state in ('active', 'blocked')`,
  `create index mandate_list on billing.mandate (created_at desc, id desc)`,
  `create index mandate_unused on billing.mandate (coalesce(last_used_on, signed_on)) where state in ('active', 'blocked')`,
  `create table billing.mandate_event (
     id uuid primary key,
     mandate_id uuid not null,
     merchant_id uuid not null,
     action text not null check (action in ('agreed', 'revoked', 'lapsed', 'blocked', 'unblocked', 'madeFinal', 'used')),
     reason text check (length(reason) between 1 and 500),
     by_whom text not null,
     at timestamptz not null,
     foreign key (merchant_id, mandate_id) references billing.mandate (merchant_id, id))`,
  'create index mandate_event_mandate on billing.mandate_event (mandate_id, at)',
  // what an invoice says it will be collected by; written with the invoice
  `create table billing.direct_debit (
     invoice_id uuid primary key,
     merchant_id uuid not null,
     mandate_id uuid not null,
     collect_on date not null,
     -- not collected until a person decides: it came back, or somebody stopped it
     held_at timestamptz,
     held_by text,
     held_reason text,
     -- its latest collection came back
     returned_on date,
     unique (merchant_id, invoice_id),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id),
     foreign key (merchant_id, mandate_id) references billing.mandate (merchant_id, id),
     check ((held_at is null) = (held_by is null) and (held_at is null) = (held_reason is null)))`,
  'create index direct_debit_mandate on billing.direct_debit (mandate_id)',
  'create index direct_debit_merchant on billing.direct_debit (merchant_id)',
];

const collections = [
  `create table billing.collection_run (
     id uuid primary key,
     -- MsgId of the file
     number text not null unique check (length(number) <= 35),
     state text not null check (state in ('proposed', 'approved', 'submitted', 'discarded')),
     collect_until date not null,
     -- the creditor as the file names it, taken over when the run is approved
     creditor jsonb,
     created_by text not null,
     created_at timestamptz not null,
     approved_by text,
     approved_at timestamptz,
     submitted_by text,
     submitted_at timestamptz,
     object_key text,
     sha256 text check (length(sha256) = 64),
     bytes bigint,
     version integer not null default 1,
     check (state not in ('approved', 'submitted') or (creditor is not null and approved_by is not null and approved_at is not null)),
     -- what goes to the bank is archived
     check (state <> 'submitted' or (sha256 is not null and submitted_by is not null and submitted_at is not null)),
     check ((object_key is null) = (sha256 is null) and (object_key is null) = (bytes is null)))`,
  'create index collection_run_list on billing.collection_run (created_at desc, id desc)',
  // collecting is proposed and checked by one person at a time
  `create unique index collection_run_one_proposed on billing.collection_run ((true)) where state = 'proposed'`,
  `create table billing.collection_item (
     id uuid primary key,
     run_id uuid not null references billing.collection_run,
     merchant_id uuid not null,
     invoice_id uuid not null,
     mandate_id uuid not null,
     amount_minor bigint not null check (amount_minor > 0),
     sequence text not null check (sequence in ('FRST', 'RCUR', 'OOFF', 'FNAL')),
     collect_on date not null,
     -- the number of the invoice: the merchant and the bank statement find it again by this
     end_to_end_id text not null check (length(end_to_end_id) between 1 and 35),
     state text not null check (state in ('open', 'collected', 'returned', 'removed')),
     -- the money, once it is booked
     payment_id uuid,
     collected_at timestamptz,
     returned_on date,
     return_reason text check (return_reason ~ '^[A-Z0-9]{4}$'),
     return_charge_minor bigint check (return_charge_minor > 0),
     foreign key (merchant_id, invoice_id) references billing.direct_debit (merchant_id, invoice_id),
     foreign key (merchant_id, mandate_id) references billing.mandate (merchant_id, id),
     foreign key (merchant_id, payment_id) references billing.payment (merchant_id, id),
     unique (merchant_id, id),
     unique (run_id, invoice_id),
     check ((state = 'returned') = (returned_on is not null and return_reason is not null)),
     check (state <> 'collected' or payment_id is not null))`,
  // an invoice is in one collection at a time
  `create unique index collection_item_one_live on billing.collection_item (invoice_id) where state in ('open', 'collected')`,
  `create index collection_item_payment on billing.collection_item (payment_id) where payment_id is not null`,
  `create index collection_item_mandate on billing.collection_item (mandate_id)`,
];

/** What was signed and what went to the bank never changes. */
const frozen = [
  ...appendOnly('billing.mandate_event'),
  `create function billing.freeze_mandate() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'final', 'last_used_on', 'version'];
   begin
     if tg_op = 'DELETE' or to_jsonb(new) - free <> to_jsonb(old) - free or (old.state in ('revoked', 'lapsed') and new.state <> old.state)
       then raise exception 'a mandate never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  'create trigger mandate_frozen before update or delete on billing.mandate for each row execute function billing.freeze_mandate()',
  `create function billing.freeze_collection_run() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' or old.state in ('submitted', 'discarded') or (old.sha256 is not null and new.sha256 is distinct from old.sha256)
       or (old.state = 'approved' and new.creditor is distinct from old.creditor)
       then raise exception 'a collection run never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  'create trigger collection_run_frozen before update or delete on billing.collection_run for each row execute function billing.freeze_collection_run()',
  // amounts of a file stand from its approval on; what becomes of an item does not
  `create function billing.freeze_collection_item() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'payment_id', 'collected_at', 'returned_on', 'return_reason', 'return_charge_minor'];
     run_state text := (select state from billing.collection_run where id = old.run_id);
   begin
     if tg_op = 'DELETE' or (run_state <> 'proposed' and to_jsonb(new) - free <> to_jsonb(old) - free)
       then raise exception 'a collection never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  'create trigger collection_item_frozen before update or delete on billing.collection_item for each row execute function billing.freeze_collection_item()',
];

function access(): string[] {
  const billing = (privileges: string) => ({ kontor_billing: privileges });
  return [
    // a run holds no merchant's data, its items do
    ...grantsOn('billing.collection_run', billing('select, insert, update')),
    ...['mandate', 'direct_debit', 'collection_item'].flatMap((name) =>
      tenantTable(`billing.${name}`, billing('select, insert, update')),
    ),
    ...tenantTable('billing.mandate_event', billing('select, insert')),
  ];
}
