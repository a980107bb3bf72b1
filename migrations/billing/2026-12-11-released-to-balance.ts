import { Migration } from '@mikro-orm/migrations';

/**
 * What was paid of a document that is cancelled or credited goes into the merchant's balance at once, as the cancellation
 * and the credit note say: the next invoice uses it. The grant names the payment, so that it can be taken back or paid out.
 */
export class ReleasedToBalance extends Migration {
  override up(): void {
    this.addSql(releaseSettlement);
  }
}

const releaseSettlement = `
  create or replace function billing.release_settlement(invoice uuid, why text, on_day date, by_whom text, at_time timestamptz)
  returns bigint language plpgsql as $$
  declare s record; paid record; over bigint; direction integer; share bigint; freed bigint;
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
        insert into billing.credit_entry (id, merchant_id, kind, amount_minor, reason, payment_id, booked_on, booked_by, booked_at)
        values (gen_random_uuid(), s.merchant_id, 'grant', freed, s.number, paid.id, on_day, by_whom, at_time);
      end if;
      share := share + freed;
    end loop;
    if over > share then
      insert into billing.credit_entry (id, merchant_id, kind, amount_minor, reason, invoice_id, booked_on, booked_by, booked_at)
      values (gen_random_uuid(), s.merchant_id, 'returned', direction * (over - share), why, invoice, on_day, by_whom, at_time);
    end if;
    return over;
  end $$`;
