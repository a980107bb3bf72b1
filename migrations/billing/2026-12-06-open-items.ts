import { Migration } from '@mikro-orm/migrations';

/**
 * What is open, and that nothing is paid twice. All that settles documents of a merchant happens one after the other
 * (`lock_settlement`), so that the sums below are of what is committed.
 */
export class OpenItems extends Migration {
  override up(): void {
    for (const statement of [...openItems, ...checks, ...derived, ...moves, ...triggers]) this.addSql(statement);
  }
}

/** The sum of what belongs to the invoice `i`; joined, so that it is made once however often it is used. */
const sumFor = (table: string) =>
  `cross join lateral (select coalesce(sum(t.amount_minor), 0)::bigint as minor from billing.${table} t
     where t.invoice_id = i.id and t.merchant_id = i.merchant_id) ${table}`;

const openItems = [
  // of each document what it claims and what settles it; the claim of a credit note without original is negative
  `create function billing.settlement() returns table (
     invoice_id uuid, merchant_id uuid, kind text, state text, number text, issue_date date, due_date date, gross_minor bigint, credited_minor bigint,
     claim_minor bigint, allocated_minor bigint, credit_used_minor bigint, written_off_minor bigint, settled_minor bigint)
   language sql stable as $$
   select i.id as invoice_id, i.merchant_id, i.kind, i.state, i.number, i.issue_date, i.due_date, i.gross_minor, credit_note.minor as credited_minor,
     case when i.state = 'cancelled' or i.corrects_id is not null then 0 else i.gross_minor + credit_note.minor end as claim_minor,
     payment_allocation.minor as allocated_minor, -credit_entry.minor as credit_used_minor, write_off.minor as written_off_minor,
     payment_allocation.minor - credit_entry.minor + write_off.minor as settled_minor
   from billing.invoice i
   cross join lateral (
     select coalesce(sum(n.gross_minor), 0)::bigint as minor from billing.invoice n
     where n.corrects_id = i.id and n.merchant_id = i.merchant_id and n.kind = 'creditNote' and n.state = 'finalized') credit_note
   ${['payment_allocation', 'credit_entry', 'write_off'].map(sumFor).join('\n   ')}
   $$`,
  // the one place that says what is open: a row per issued document
  `create function billing.open_item(as_of date) returns table (
     invoice_id uuid, merchant_id uuid, kind text, number text, issue_date date, due_date date, gross_minor bigint, credited_minor bigint,
     cancelled boolean, allocated_minor bigint, credit_used_minor bigint, written_off_minor bigint, open_minor bigint, days_overdue integer, payment text)
   language sql stable as $$
     select s.invoice_id, s.merchant_id, s.kind, s.number, s.issue_date, s.due_date, s.gross_minor, s.credited_minor,
       s.state = 'cancelled', s.allocated_minor, s.credit_used_minor, s.written_off_minor, s.claim_minor - s.settled_minor,
       case when s.claim_minor > s.settled_minor then greatest(0, as_of - s.due_date) else 0 end,
       case when s.claim_minor = s.settled_minor then case when s.written_off_minor <> 0 then 'written_off' else 'paid' end
            when s.claim_minor > s.settled_minor and s.due_date < as_of then 'overdue'
            when s.settled_minor <> 0 then 'partially_paid' else 'open' end
     from billing.settlement() s where s.state <> 'draft'
   $$`,
];

const checks = [
  `create function billing.lock_settlement(merchant uuid) returns void language sql volatile as $$
     select pg_advisory_xact_lock(hashtextextended('billing.settlement ' || merchant, 0))
   $$`,
  // a row that takes back what is too much is not yet wrong where more of them follow; by the commit nothing is too much
  `create function billing.check_settled(invoice uuid, moved bigint) returns void language plpgsql as $$
   declare s record; claims integer;
   begin
     select * into strict s from billing.settlement() where invoice_id = invoice;
     claims := sign(s.claim_minor);
     if s.kind = 'invoice' and s.gross_minor > 0 and claims < 0
       then raise exception 'credit notes exceed %', s.number using errcode = 'check_violation', constraint = 'invoice_not_overcredited'; end if;
     if s.allocated_minor * claims < 0 or s.credit_used_minor * claims < 0 or s.written_off_minor * claims < 0
       or (abs(s.settled_minor) > abs(s.claim_minor) and sign(moved) <> -sign(s.settled_minor))
       then raise exception '% of % are settled: %', s.settled_minor, s.claim_minor, invoice
         using errcode = 'check_violation', constraint = 'invoice_not_oversettled'; end if;
   end $$`,
  // the payment itself refuses to be overdrawn
  `create function billing.use_payment(payment uuid) returns void language plpgsql as $$
   begin
     update billing.payment p set unallocated_minor = p.amount_minor
       - (select coalesce(sum(a.amount_minor), 0) from billing.payment_allocation a where a.payment_id = p.id)
       - (select coalesce(sum(e.amount_minor), 0) from billing.credit_entry e where e.payment_id = p.id)
     where p.id = payment;
     if exists (select 1 from billing.payment_allocation a join billing.payment p on p.id = a.payment_id
                where a.payment_id = payment group by a.invoice_id, p.amount_minor having sum(a.amount_minor) * sign(p.amount_minor) < 0)
       then raise exception 'more is taken back than was allocated' using errcode = 'check_violation', constraint = 'payment_allocation_undone_once'; end if;
   end $$`,
  `create function billing.check_balance(merchant uuid) returns void language plpgsql as $$
   begin
     if (select sum(amount_minor) from billing.credit_entry where merchant_id = merchant) < 0
       then raise exception 'a credit balance is never negative' using errcode = 'check_violation', constraint = 'credit_balance_not_negative'; end if;
   end $$`,
];

const derived = [
  // the axis of the invoice follows what is open; as_of is the business day of what happened
  `create function billing.derive_payment(invoice uuid, as_of date) returns void language sql volatile as $$
     update billing.invoice_status s set payment = o.payment from billing.open_item(as_of) o
     where s.invoice_id = invoice and o.invoice_id = invoice and s.payment <> o.payment
   $$`,
];

/** Arguments of who did it and when, the same for both. */
const BY = 'on_day date, by_whom text, at_time timestamptz';

const moves = [
  // uses the credit balance up to what an invoice asks for, and tells how much that was
  `create function billing.use_credit(merchant uuid, invoice uuid, most bigint, ${BY}) returns bigint language plpgsql as $$
   declare used bigint;
   begin
     perform billing.lock_settlement(merchant);
     select least(coalesce(sum(amount_minor), 0), most) into used from billing.credit_entry where merchant_id = merchant;
     if used <= 0 then return 0; end if;
     insert into billing.credit_entry (id, merchant_id, kind, amount_minor, invoice_id, booked_on, booked_by, booked_at)
     values (gen_random_uuid(), merchant, 'use', -used, invoice, on_day, by_whom, at_time);
     return used;
   end $$`,
  // takes off a document what settles more than it claims: money is the merchant's again, used credit is back in the balance
  `create function billing.release_settlement(invoice uuid, why text, ${BY}) returns bigint language plpgsql as $$
   declare s record; paid record; over bigint; direction integer; share bigint;
   begin
     perform billing.lock_settlement(i.merchant_id) from billing.invoice i where i.id = invoice;
     select * into strict s from billing.settlement() where invoice_id = invoice;
     over := abs(s.settled_minor) - abs(s.claim_minor);
     if over <= 0 then return 0; end if;
     direction := sign(s.settled_minor);
     share := least(over, abs(s.written_off_minor));
     if share > 0 then
       insert into billing.write_off (id, merchant_id, invoice_id, amount_minor, reason, booked_on, booked_by, booked_at)
       values (gen_random_uuid(), s.merchant_id, invoice, -direction * share, why, on_day, by_whom, at_time);
     end if;
     -- what the bank took back counts with the payment it was
     for paid in
       select coalesce(p.returns_id, p.id) as id, abs(sum(a.amount_minor)) as net from billing.payment_allocation a join billing.payment p on p.id = a.payment_id
       where a.invoice_id = invoice group by 1 having sum(a.amount_minor) * direction > 0 order by max(a.booked_at) desc, 1 desc
     loop
       exit when over - share <= 0;
       insert into billing.payment_allocation (id, merchant_id, payment_id, invoice_id, amount_minor, kind, reason, booked_on, booked_by, booked_at)
       values (gen_random_uuid(), s.merchant_id, paid.id, invoice, -direction * least(paid.net, over - share), 'release', why, on_day, by_whom, at_time);
       share := share + least(paid.net, over - share);
     end loop;
     if over > share then
       insert into billing.credit_entry (id, merchant_id, kind, amount_minor, reason, invoice_id, booked_on, booked_by, booked_at)
       values (gen_random_uuid(), s.merchant_id, 'returned', direction * (over - share), why, invoice, on_day, by_whom, at_time);
     end if;
     return over;
   end $$`,
];

const triggers = [
  `create function billing.before_settling() returns trigger language plpgsql as $$
   begin
     perform billing.lock_settlement(new.merchant_id);
     return new;
   end $$`,
  `create function billing.after_settling() returns trigger language plpgsql as $$
   declare row jsonb := to_jsonb(new);
   begin
     if row ->> 'payment_id' is not null then perform billing.use_payment((row ->> 'payment_id')::uuid); end if;
     if tg_table_name = 'credit_entry' then perform billing.check_balance(new.merchant_id); end if;
     if row ->> 'reverses_id' is not null and not exists (
       select 1 from billing.credit_entry e where e.id = (row ->> 'reverses_id')::uuid and e.kind in ('grant', 'payout') and e.amount_minor = -new.amount_minor
         and e.invoice_id is not distinct from (row ->> 'invoice_id')::uuid and e.payment_id is not distinct from (row ->> 'payment_id')::uuid)
       then raise exception 'a reversal mirrors what it reverses' using errcode = 'check_violation', constraint = 'credit_entry_mirrors'; end if;
     if new.invoice_id is not null then
       perform billing.check_settled(new.invoice_id, case when tg_table_name = 'credit_entry' then -new.amount_minor else new.amount_minor end);
       perform billing.derive_payment(new.invoice_id, new.booked_on);
     end if;
     return null;
   end $$`,
  ...['payment_allocation', 'credit_entry', 'write_off'].flatMap((table) => [
    `create trigger ${table}_locks before insert on billing.${table} for each row execute function billing.before_settling()`,
    `create trigger ${table}_settles after insert on billing.${table} for each row execute function billing.after_settling()`,
  ]),
  // a draft may be settled within the transaction that issues it, and by its end it is issued
  `create function billing.check_issued() returns trigger language plpgsql as $$
   begin
     if exists (select 1 from billing.invoice where id = new.invoice_id and state = 'draft')
       then raise exception 'a draft is not paid' using errcode = 'check_violation', constraint = 'settled_is_issued'; end if;
     return null;
   end $$`,
  ...['payment_allocation', 'credit_entry', 'write_off'].map(
    (table) => `create constraint trigger ${table}_issued after insert on billing.${table} deferrable initially deferred
       for each row when (new.invoice_id is not null) execute function billing.check_issued()`,
  ),
  `create function billing.check_entry_booked() returns trigger language plpgsql as $$
   declare entry billing.bank_entry;
   begin
     select * into strict entry from billing.bank_entry where id = new.bank_entry_id for update;
     if entry.dismissed_at is not null
       then raise exception 'the entry was dismissed' using errcode = 'check_violation', constraint = 'bank_entry_not_dismissed'; end if;
     if entry.amount_minor <> new.amount_minor
       then raise exception 'the entry has another amount' using errcode = 'check_violation', constraint = 'payment_amount_of_entry'; end if;
     return null;
   end $$`,
  `create trigger payment_of_entry after insert or update of bank_entry_id on billing.payment
     for each row when (new.bank_entry_id is not null and new.voided_at is null) execute function billing.check_entry_booked()`,
  `create function billing.check_entry_dismissed() returns trigger language plpgsql as $$
   begin
     if exists (select 1 from billing.payment where bank_entry_id = new.id and voided_at is null)
       then raise exception 'the entry is booked' using errcode = 'check_violation', constraint = 'bank_entry_not_booked'; end if;
     return null;
   end $$`,
  `create trigger bank_entry_dismissed after update of dismissed_at on billing.bank_entry
     for each row when (new.dismissed_at is not null) execute function billing.check_entry_dismissed()`,
  `create function billing.note_issued() returns trigger language plpgsql as $$
   begin
     perform billing.derive_payment(i.id, i.issue_date) from billing.invoice i where i.id = new.invoice_id;
     return null;
   end $$`,
  'create trigger invoice_status_derived after insert on billing.invoice_status for each row execute function billing.note_issued()',
  // a correction changes what its original claims
  `create function billing.note_correction() returns trigger language plpgsql as $$
   begin
     perform billing.derive_payment(new.id, new.due_date);
     if new.corrects_id is not null then perform billing.derive_payment(new.corrects_id, new.issue_date); end if;
     return null;
   end $$`,
  `create trigger invoice_correction_derived after insert or update of state on billing.invoice
     for each row when (new.state = 'cancelled' or (new.state = 'finalized' and new.corrects_id is not null)) execute function billing.note_correction()`,
  `create function billing.check_correction() returns trigger language plpgsql as $$
   begin
     perform billing.check_settled(new.id, 0);
     if new.corrects_id is not null then perform billing.check_settled(new.corrects_id, 0); end if;
     return null;
   end $$`,
  // by the end of the transaction nothing pays what was cancelled or credited: releaseAllocations sees to that
  `create constraint trigger invoice_correction_settled after insert or update of state on billing.invoice deferrable initially deferred
     for each row when (new.state = 'cancelled' or (new.state = 'finalized' and new.corrects_id is not null)) execute function billing.check_correction()`,
];
