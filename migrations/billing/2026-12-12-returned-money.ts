import { Migration } from '@mikro-orm/migrations';

/**
 * Money that the bank took back is spent by nobody: what is free of a payment and of its returns is one sum. A payment may
 * come back in several parts, and credit that was made of it may be taken back in part, because some of it was paid out.
 */
export class ReturnedMoney extends Migration {
  override up(): void {
    for (const statement of [...free, ...checks, ...triggers, ...corrections, ...recounted]) this.addSql(statement);
  }
}

const free = [
  // a payment comes back in several parts, which together are at most the payment
  'drop index billing.payment_returned_once',
  'create index payment_returns on billing.payment (returns_id) where returns_id is not null',
  // what is left of a payment by itself
  `create function billing.rest_of(payment uuid) returns bigint language sql stable as $$
     select p.amount_minor
       - (select coalesce(sum(a.amount_minor), 0) from billing.payment_allocation a where a.payment_id = p.id)
       - (select coalesce(sum(e.amount_minor), 0) from billing.credit_entry e where e.payment_id = p.id)
       - (select coalesce(sum(c.amount_minor), 0) from billing.dunning_claim c where c.payment_id = p.id)
     from billing.payment p where p.id = payment
   $$`,
  // a payment with its returns: what they have left together stands with the payment, what they lack with the latest returns;
  // a rest that no payment can have is told as it is, which payment_not_overdrawn refuses
  `create function billing.free_money(root uuid) returns table (payment_id uuid, minor bigint) language sql stable as $$
     select t.id, (case
         when t.rest not between least(0, t.amount_minor) and greatest(0, t.amount_minor) or (t.returns_id is null and t.amount_minor < 0) then t.rest
         when t.returns_id is null then greatest(0, t.net)
         else least(0, t.upto) - least(0, t.upto - t.rest) end)::bigint
     from (
       select r.*, sum(r.rest) over () as net, sum(r.rest) over (order by r.returns_id nulls first, r.recorded_at, r.id) as upto
       from (
         select p.id, p.returns_id, p.amount_minor, p.recorded_at, billing.rest_of(p.id) as rest
         from billing.payment p where (p.id = root or p.returns_id = root) and p.voided_at is null) r) t
   $$`,
];

const checks = [
  `create or replace function billing.use_payment(payment uuid) returns void language plpgsql as $$
   begin
     update billing.payment p set unallocated_minor = f.minor
     from billing.payment of_it cross join lateral billing.free_money(coalesce(of_it.returns_id, of_it.id)) f
     where of_it.id = payment and p.id = f.payment_id and p.unallocated_minor <> f.minor;
     if exists (select 1 from billing.payment_allocation a join billing.payment p on p.id = a.payment_id
                where a.payment_id = payment group by a.invoice_id, p.amount_minor having sum(a.amount_minor) * sign(p.amount_minor) < 0)
       then raise exception 'more is taken back than was allocated' using errcode = 'check_violation', constraint = 'payment_allocation_undone_once'; end if;
   end $$`,
  // nobody spends of a payment what the bank took back
  `create function billing.check_spent(payment uuid) returns void language plpgsql as $$
   begin
     if (select billing.rest_of(p.id) + (select sum(billing.rest_of(r.id)) from billing.payment r where r.returns_id = p.id and r.voided_at is null)
         from billing.payment p where p.id = payment and p.returns_id is null) < 0
       then raise exception 'the bank took % back', payment using errcode = 'check_violation', constraint = 'payment_not_overdrawn'; end if;
   end $$`,
  // nor does a return take more off a document than its payment paid
  `create function billing.check_returned(payment uuid, invoice uuid) returns void language plpgsql as $$
   declare root uuid := (select coalesce(p.returns_id, p.id) from billing.payment p where p.id = payment);
   begin
     if exists (select 1 from billing.payment r where r.returns_id = root) and (
       select sum(a.amount_minor) from billing.payment_allocation a
       where a.invoice_id = invoice and a.payment_id in (select p.id from billing.payment p where p.id = root or p.returns_id = root)) < 0
       then raise exception 'more is taken back than was allocated' using errcode = 'check_violation', constraint = 'payment_allocation_undone_once'; end if;
   end $$`,
];

const triggers = [
  `create or replace function billing.after_settling() returns trigger language plpgsql as $$
   declare row jsonb := to_jsonb(new); paid_with uuid := (to_jsonb(new) ->> 'payment_id')::uuid; reversed billing.credit_entry;
   begin
     if paid_with is not null then
       perform billing.use_payment(paid_with);
       if new.amount_minor > 0 then perform billing.check_spent(paid_with);
       elsif tg_table_name = 'payment_allocation' then perform billing.check_returned(paid_with, new.invoice_id); end if;
     end if;
     if tg_table_name = 'credit_entry' then perform billing.check_balance(new.merchant_id); end if;
     if row ->> 'reverses_id' is not null then
       select * into reversed from billing.credit_entry e where e.id = (row ->> 'reverses_id')::uuid;
       if reversed.kind not in ('grant', 'payout') or sign(reversed.amount_minor) = sign(new.amount_minor)
         or reversed.invoice_id is distinct from (row ->> 'invoice_id')::uuid or reversed.payment_id is distinct from paid_with
         then raise exception 'a reversal mirrors what it reverses' using errcode = 'check_violation', constraint = 'credit_entry_mirrors'; end if;
       if (select abs(sum(e.amount_minor)) from billing.credit_entry e where e.reverses_id = reversed.id) > abs(reversed.amount_minor)
         then raise exception 'more is taken back than was granted' using errcode = 'check_violation', constraint = 'credit_entry_reversed_once'; end if;
     end if;
     if new.invoice_id is not null then
       perform billing.check_settled(new.invoice_id, case when tg_table_name = 'credit_entry' then -new.amount_minor else new.amount_minor end);
       perform billing.derive_payment(new.invoice_id, new.booked_on);
     end if;
     return null;
   end $$`,
  'drop index billing.credit_entry_reversed_once',
  'create index credit_entry_reverses on billing.credit_entry (reverses_id) where reverses_id is not null',
  `create or replace function billing.pay_dunning_claim() returns trigger language plpgsql as $$
   begin
     perform billing.lock_settlement(new.merchant_id);
     if old.payment_id is not null then perform billing.use_payment(old.payment_id); end if;
     if new.payment_id is not null then
       perform billing.use_payment(new.payment_id);
       perform billing.check_spent(new.payment_id);
     end if;
     return null;
   end $$`,
  // as before, but for what stands with a return
  `create or replace function billing.freeze_payment() returns trigger language plpgsql as $$
   declare free text[] := array['merchant_id', 'bank_entry_id', 'unallocated_minor', 'voided_at', 'voided_by', 'void_reason'];
   begin
     if tg_op = 'DELETE' or old.voided_at is not null or to_jsonb(new) - free <> to_jsonb(old) - free
       or (old.merchant_id is not null and new.merchant_id is distinct from old.merchant_id)
       or (old.bank_entry_id is not null and new.bank_entry_id is distinct from old.bank_entry_id)
       then raise exception 'a payment never changes' using errcode = 'restrict_violation'; end if;
     if new.voided_at is not null then
       if exists (select 1 from billing.payment r where r.returns_id = old.id and r.voided_at is null)
         then raise exception 'the bank took it back' using errcode = 'check_violation', constraint = 'payment_void_not_returned'; end if;
       if billing.rest_of(old.id) <> old.amount_minor
         then raise exception 'what is void pays nothing' using errcode = 'check_violation', constraint = 'payment_void_unused'; end if;
       new.unallocated_minor := 0;
     end if;
     return new;
   end $$`,
  // a return takes from what its payment has left, and gives it free when it is voided
  `create function billing.note_return() returns trigger language plpgsql as $$
   begin
     perform billing.lock_settlement(new.merchant_id);
     if new.voided_at is null and (select coalesce(max(p.amount_minor), 0) + (select sum(r.amount_minor) from billing.payment r where r.returns_id = new.returns_id and r.voided_at is null)
                                   from billing.payment p where p.id = new.returns_id and p.voided_at is null) < 0
       then raise exception 'more came back than was paid' using errcode = 'check_violation', constraint = 'payment_not_overreturned'; end if;
     perform billing.use_payment(new.returns_id);
     return null;
   end $$`,
  `create trigger payment_returned after insert on billing.payment
     for each row when (new.returns_id is not null) execute function billing.note_return()`,
  `create trigger payment_return_voided after update of voided_at on billing.payment
     for each row when (new.returns_id is not null and new.voided_at is not null) execute function billing.note_return()`,
];

const corrections = [
  // as before, but that no credit is made of money that the bank took back
  `create or replace function billing.release_settlement(invoice uuid, why text, on_day date, by_whom text, at_time timestamptz)
   returns bigint language plpgsql as $$
   declare s record; paid record; over bigint; direction integer; share bigint; freed bigint; granted bigint;
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
       freed := least(paid.net, over - share);
       insert into billing.payment_allocation (id, merchant_id, payment_id, invoice_id, amount_minor, kind, reason, booked_on, booked_by, booked_at)
       values (gen_random_uuid(), s.merchant_id, paid.id, invoice, -direction * freed, 'release', why, on_day, by_whom, at_time);
       if direction > 0 then
         select least(freed, p.unallocated_minor) into granted from billing.payment p where p.id = paid.id;
         if granted > 0 then
           insert into billing.credit_entry (id, merchant_id, kind, amount_minor, reason, payment_id, booked_on, booked_by, booked_at)
           values (gen_random_uuid(), s.merchant_id, 'grant', granted, s.number, paid.id, on_day, by_whom, at_time);
         end if;
       end if;
       share := share + freed;
     end loop;
     if over > share then
       insert into billing.credit_entry (id, merchant_id, kind, amount_minor, reason, invoice_id, booked_on, booked_by, booked_at)
       values (gen_random_uuid(), s.merchant_id, 'returned', direction * (over - share), why, invoice, on_day, by_whom, at_time);
     end if;
     return over;
   end $$`,
];

/** What stands with payments that came back before this. */
const recounted = [
  `select billing.use_payment(p.id) from billing.payment p
   where p.voided_at is null and exists (select 1 from billing.payment r where r.returns_id = p.id and r.voided_at is null)`,
];
