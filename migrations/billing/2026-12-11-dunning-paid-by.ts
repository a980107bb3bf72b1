import { Migration } from '@mikro-orm/migrations';

/** Money that pays what is claimed beside the invoices: it is used up by that, and free again when that is taken back. */
export class DunningPaidBy extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table billing.dunning_claim add column payment_id uuid,
     add constraint dunning_claim_payment_id_fkey foreign key (merchant_id, payment_id) references billing.payment (merchant_id, id),
     add constraint dunning_claim_payment_is_paid check (payment_id is null or state = 'paid')`,
  'create index dunning_claim_payment on billing.dunning_claim (payment_id) where payment_id is not null',
  // what was paid may turn out not to be; what was waived stays waived
  `create or replace function billing.freeze_dunning_claim() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'settled_by', 'settled_at', 'settled_reason', 'corrected_by', 'payment_id'];
   begin
     if tg_op = 'DELETE' or not (old.state = 'open' or (old.state = 'paid' and new.state = 'open')) or to_jsonb(new) - free <> to_jsonb(old) - free
       then raise exception 'a settled claim never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  // as before, but for the claims
  `create or replace function billing.use_payment(payment uuid) returns void language plpgsql as $$
   begin
     update billing.payment p set unallocated_minor = p.amount_minor
       - (select coalesce(sum(a.amount_minor), 0) from billing.payment_allocation a where a.payment_id = p.id)
       - (select coalesce(sum(e.amount_minor), 0) from billing.credit_entry e where e.payment_id = p.id)
       - (select coalesce(sum(c.amount_minor), 0) from billing.dunning_claim c where c.payment_id = p.id)
     where p.id = payment;
     if exists (select 1 from billing.payment_allocation a join billing.payment p on p.id = a.payment_id
                where a.payment_id = payment group by a.invoice_id, p.amount_minor having sum(a.amount_minor) * sign(p.amount_minor) < 0)
       then raise exception 'more is taken back than was allocated' using errcode = 'check_violation', constraint = 'payment_allocation_undone_once'; end if;
   end $$`,
  `create function billing.pay_dunning_claim() returns trigger language plpgsql as $$
   begin
     perform billing.lock_settlement(new.merchant_id);
     if old.payment_id is not null then perform billing.use_payment(old.payment_id); end if;
     if new.payment_id is not null then perform billing.use_payment(new.payment_id); end if;
     return null;
   end $$`,
  `create trigger dunning_claim_paid after update of payment_id on billing.dunning_claim
     for each row when (old.payment_id is distinct from new.payment_id) execute function billing.pay_dunning_claim()`,
];
