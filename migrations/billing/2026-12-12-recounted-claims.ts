import { Migration } from '@mikro-orm/migrations';

/**
 * A claim that money which came in time, and was booked later, shows never to have been owed. Such a one does not count
 * as claimed: what is owed after all may be claimed anew, the lump sum as well.
 */
export class RecountedClaims extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table billing.dunning_claim add column recounted boolean not null default false,
     add constraint dunning_claim_recounted_is_waived check (not recounted or (state = 'waived' and kind <> 'bankCharge'))`,
  'drop index billing.dunning_claim_lump_sum',
  // § 288 Abs. 5 BGB: the lump sum is owed once per claim, also when it was waived
  `create unique index dunning_claim_lump_sum on billing.dunning_claim (invoice_id) where kind = 'lumpSum' and not recounted`,
  `create or replace function billing.freeze_dunning_claim() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'settled_by', 'settled_at', 'settled_reason', 'corrected_by', 'payment_id', 'recounted'];
   begin
     if tg_op = 'DELETE' or not (old.state = 'open' or (old.state = 'paid' and new.state = 'open')) or to_jsonb(new) - free <> to_jsonb(old) - free
       then raise exception 'a settled claim never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
];
