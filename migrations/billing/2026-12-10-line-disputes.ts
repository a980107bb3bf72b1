import { Migration } from '@mikro-orm/migrations';
import { appendOnly, tenantTable } from '../tenant-table.ts';

/** Merchants dispute lines of their invoices; finance answers and settles, and the invoice says whether it is disputed. */
export class LineDisputes extends Migration {
  override up(): void {
    for (const statement of [...disputes, ...messages, ...axis]) this.addSql(statement);
  }
}

const disputes = [
  `create table billing.line_dispute (
     id uuid primary key,
     merchant_id uuid not null,
     invoice_id uuid not null,
     line_id uuid not null,
     reason text not null check (reason in ('wrongQuantity', 'wrongPrice', 'notOrdered', 'quality', 'other')),
     -- what the merchant does not want to pay; without it the whole line
     disputed_net_minor bigint check (disputed_net_minor > 0),
     state text not null default 'open' check (state in ('open', 'credited', 'rejected', 'withdrawn', 'invoiceCancelled')),
     opened_by text not null,
     opened_at timestamptz not null,
     settled_by text,
     settled_at timestamptz,
     -- what finance answers at last: the reason on the credit note, or why nothing is credited
     answer text check (length(answer) between 1 and 500),
     credited_net_minor bigint check (credited_net_minor > 0),
     credit_note_id uuid unique,
     unique (merchant_id, id),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id),
     foreign key (merchant_id, line_id) references billing.invoice_line (merchant_id, id),
     foreign key (merchant_id, credit_note_id) references billing.invoice (merchant_id, id),
     constraint line_dispute_settled check ((state = 'open') = (settled_at is null) and (settled_at is null) = (settled_by is null)
       and (state in ('credited', 'rejected')) = (answer is not null)
       and (state = 'credited') = (credit_note_id is not null) and (state = 'credited') = (credited_net_minor is not null)))`,
  `create unique index line_dispute_one_open on billing.line_dispute (line_id) where state = 'open'`,
  'create index line_dispute_invoice on billing.line_dispute (invoice_id)',
  'create index line_dispute_merchant on billing.line_dispute (merchant_id, opened_at, id)',
  `create index line_dispute_open on billing.line_dispute (opened_at, id) where state = 'open'`,
  'create index line_dispute_all on billing.line_dispute (opened_at, id)',
  `create function billing.guard_line_dispute() returns trigger language plpgsql as $$
   begin
     if tg_op = 'INSERT' then
       if not exists (select 1 from billing.invoice i join billing.invoice_line l on l.invoice_id = i.id
                      where i.id = new.invoice_id and l.id = new.line_id and i.kind = 'invoice' and i.state = 'finalized')
         then raise exception 'only a line of an invoice that stands is disputed' using errcode = 'check_violation', constraint = 'line_dispute_of_invoice'; end if;
       return new;
     end if;
     if tg_op = 'DELETE' or old.state <> 'open' or new.state = 'open'
       or (new.id, new.merchant_id, new.invoice_id, new.line_id, new.reason, new.opened_by, new.opened_at)
          <> (old.id, old.merchant_id, old.invoice_id, old.line_id, old.reason, old.opened_by, old.opened_at)
       or new.disputed_net_minor is distinct from old.disputed_net_minor
       then raise exception 'a dispute is settled once and never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  'create trigger line_dispute_guard before insert or update or delete on billing.line_dispute for each row execute function billing.guard_line_dispute()',
  ...tenantTable('billing.line_dispute', { kontor_billing: 'select, insert' }),
  'grant update (state, settled_by, settled_at, answer, credited_net_minor, credit_note_id) on billing.line_dispute to kontor_billing',
];

const messages = [
  `create table billing.line_dispute_message (
     id uuid primary key,
     merchant_id uuid not null,
     dispute_id uuid not null,
     -- in the order they were written; the first one opened the dispute
     position integer not null check (position between 1 and 200),
     side text not null check (side in ('merchant', 'house')),
     author_id text not null,
     text text not null check (length(text) between 1 and 2000),
     at timestamptz not null,
     unique (dispute_id, position),
     foreign key (merchant_id, dispute_id) references billing.line_dispute (merchant_id, id))`,
  ...tenantTable('billing.line_dispute_message', { kontor_billing: 'select, insert' }),
  // locks the dispute, so that nothing is written into one that is being settled
  `create function billing.guard_line_dispute_message() returns trigger language plpgsql as $$
   declare disputed text;
   begin
     select state into disputed from billing.line_dispute where id = new.dispute_id for no key update;
     if disputed is distinct from 'open'
       then raise exception 'the dispute is settled' using errcode = 'check_violation', constraint = 'line_dispute_message_open'; end if;
     return new;
   end $$`,
  'create trigger line_dispute_message_guard before insert on billing.line_dispute_message for each row execute function billing.guard_line_dispute_message()',
  ...appendOnly('billing.line_dispute_message'),
];

/** What the status of an invoice says follows from its disputes, in their transaction; dunning pauses by it. */
const axis = [
  `create function billing.note_line_dispute() returns trigger language plpgsql as $$
   begin
     -- of several at once each sees what the one before it wrote
     perform 1 from billing.invoice_status where invoice_id = new.invoice_id for update;
     update billing.invoice_status s
     set dispute = case when exists (select 1 from billing.line_dispute d where d.invoice_id = s.invoice_id and d.state = 'open') then 'open' else 'settled' end
     where s.invoice_id = new.invoice_id;
     return null;
   end $$`,
  'create trigger line_dispute_noted after insert or update on billing.line_dispute for each row execute function billing.note_line_dispute()',
];
