import { Migration } from '@mikro-orm/migrations';

/** Direct debits that are collected on another day than their invoice says, and returns that cost a charge of the bank. */
export class CollectedMoney extends Migration {
  override up(): void {
    // the day that the merchant was told of after the one on the invoice had passed or its collection came back
    this.addSql('alter table billing.direct_debit add column announced_anew_on date');
    // the day the bank got the file, which somebody may note later
    this.addSql('alter table billing.collection_run add column handed_in_on date');
    // what of the amount is the bank's own charge for a return
    this.addSql('alter table billing.bank_entry add column charge_minor bigint check (charge_minor > 0)');
    this.addSql(CHECK_ENTRY_BOOKED);
  }
}

/** As before, but for a return, whose entry may hold a charge of the bank of up to EUR 100 as well. */
const CHECK_ENTRY_BOOKED = `create or replace function billing.check_entry_booked() returns trigger language plpgsql as $$
   declare entry billing.bank_entry;
   begin
     select * into strict entry from billing.bank_entry where id = new.bank_entry_id for update;
     if entry.dismissed_at is not null
       then raise exception 'the entry was dismissed' using errcode = 'check_violation', constraint = 'bank_entry_not_dismissed'; end if;
     if entry.amount_minor <> new.amount_minor
       and not (new.source = 'returnDebit' and entry.amount_minor between new.amount_minor - 10000 and new.amount_minor)
       then raise exception 'the entry has another amount' using errcode = 'check_violation', constraint = 'payment_amount_of_entry'; end if;
     return null;
   end $$`;
