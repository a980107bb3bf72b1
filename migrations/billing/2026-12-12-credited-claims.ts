import { Migration } from '@mikro-orm/migrations';

/**
 * Interest and fees that were paid of an invoice that claims nothing any more were never owed: they are credit of the
 * merchant, once, and the claim is not opened again.
 */
export class CreditedClaims extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table billing.dunning_claim drop constraint dunning_claim_corrected_is_waived,
     -- the correction that the claim fell with: it was waived by it, or was paid and is credit since
     add constraint dunning_claim_corrected_is_settled check (corrected_by is null or state in ('waived', 'paid'))`,
  // what was paid may turn out not to be, or not to have been owed; what was waived or credited stays so
  `create or replace function billing.freeze_dunning_claim() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'settled_by', 'settled_at', 'settled_reason', 'corrected_by', 'payment_id', 'recounted'];
   begin
     if tg_op = 'DELETE' or to_jsonb(new) - free <> to_jsonb(old) - free or not (
       old.state = 'open'
       or (old.state = 'paid' and old.corrected_by is null and new.state = 'open')
       -- the payment is free of it, and the credit is made of the payment
       or (old.state = 'paid' and old.corrected_by is null and new.corrected_by is not null and new.payment_id is null
         and to_jsonb(new) - array['corrected_by', 'payment_id'] = to_jsonb(old) - array['corrected_by', 'payment_id']))
       then raise exception 'a settled claim never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  // of a grant the claim that it gives back
  `alter table billing.credit_entry add column dunning_claim_id uuid,
     add constraint credit_entry_dunning_claim_id_fkey foreign key (merchant_id, dunning_claim_id) references billing.dunning_claim (merchant_id, id),
     add constraint credit_entry_of_claim_is_grant check (dunning_claim_id is null or kind = 'grant')`,
  `create unique index credit_entry_claim_once on billing.credit_entry (dunning_claim_id) where dunning_claim_id is not null`,
];
