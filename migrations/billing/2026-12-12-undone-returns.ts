import { Migration } from '@mikro-orm/migrations';

/** By which return a collection came back, and which one its charge is claimed for, so that a return can be undone. */
export class UndoneReturns extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  // none where the bank took a collection back whose money was never booked
  `alter table billing.collection_item add column return_payment_id uuid,
     add constraint collection_item_return_payment_id_fkey foreign key (merchant_id, return_payment_id) references billing.payment (merchant_id, id),
     add constraint collection_item_return_is_returned check (return_payment_id is null or state = 'returned')`,
  'create index collection_item_return_payment on billing.collection_item (return_payment_id) where return_payment_id is not null',
  `create or replace function billing.freeze_collection_item() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'payment_id', 'collected_at', 'returned_on', 'return_reason', 'return_charge_minor', 'return_payment_id'];
     run_state text := (select state from billing.collection_run where id = old.run_id);
   begin
     if tg_op = 'DELETE' or (run_state <> 'proposed' and to_jsonb(new) - free <> to_jsonb(old) - free)
       then raise exception 'a collection never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  `update billing.collection_item c set return_payment_id = r.id from billing.payment r
   where c.state = 'returned' and r.returns_id = c.payment_id and r.voided_at is null`,
  // entries of the bank name what we sent along
  'create index collection_item_end_to_end on billing.collection_item (end_to_end_id)',
  // the charge of a return is claimed once
  `alter table billing.dunning_claim add column return_payment_id uuid,
     add constraint dunning_claim_return_payment_id_fkey foreign key (merchant_id, return_payment_id) references billing.payment (merchant_id, id),
     add constraint dunning_claim_of_return check (return_payment_id is null or kind = 'bankCharge')`,
  'create unique index dunning_claim_return on billing.dunning_claim (return_payment_id)',
];
