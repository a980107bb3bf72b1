import { Migration } from '@mikro-orm/migrations';

/**
 * What was claimed beside an invoice ends with the correction that takes the invoice back; a run tells what is to be set off
 * and what the house itself does not collect.
 */
export class DunningCorrections extends Migration {
  override up(): void {
    for (const statement of [...claims, ...runs]) this.addSql(statement);
  }
}

const claims = [
  // the correction that the claim fell with; what is left of the invoice may be claimed for anew
  `alter table billing.dunning_claim add column corrected_by uuid,
     add constraint dunning_claim_corrected_by_fkey foreign key (merchant_id, corrected_by) references billing.invoice (merchant_id, id),
     add constraint dunning_claim_corrected_is_waived check (corrected_by is null or state = 'waived')`,
  `create or replace function billing.freeze_dunning_claim() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'settled_by', 'settled_at', 'settled_reason', 'corrected_by'];
   begin
     if tg_op = 'DELETE' or old.state <> 'open' or to_jsonb(new) - free <> to_jsonb(old) - free
       then raise exception 'a settled claim never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  `update billing.dunning_claim c set state = 'waived', settled_by = 'product', settled_at = now(), settled_reason = left(coalesce(n.reason, 'Storno'), 500), corrected_by = n.id
   from billing.invoice i join billing.invoice n on n.corrects_id = i.id and n.kind = 'cancellation' and n.state = 'finalized'
   where i.id = c.invoice_id and i.state = 'cancelled' and c.state = 'open'`,
];

const runs = [
  'alter table billing.dunning_row drop constraint dunning_row_hindrance_check',
  `alter table billing.dunning_row add constraint dunning_row_hindrance_check
     check (hindrance in ('stopped', 'disputed', 'small', 'directDebit', 'collectionHeld', 'waiting', 'exhausted')),
     -- money, balance and credit notes of the merchant that nothing was done with yet, when the run was proposed
     add column free_minor bigint not null default 0 check (free_minor >= 0)`,
];
