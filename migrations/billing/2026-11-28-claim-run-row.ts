import { Migration } from '@mikro-orm/migrations';

/**
 * Scope, claim and lock of a step of a run in one statement. A step that finalizes needs no prices: it does not wait
 * for a card that is being changed.
 */
export class ClaimRunRow extends Migration {
  override up(): void {
    this.addSql(`create function billing.claim_run_row(scope text, book text)
      returns setof billing.run_merchant language plpgsql as $$
      declare claimed billing.run_merchant;
      begin
        perform set_config('kontor.scope', scope, true);
        select * into claimed from billing.run_merchant
        where wanted is not null and next_at <= clock_timestamp()
        order by next_at, cutoff, id limit 1 for update skip locked;
        if not found then return; end if;
        if claimed.wanted <> 'finalize' then perform pg_advisory_xact_lock_shared(hashtextextended(book, 0)); end if;
        return next claimed;
      end $$`);
    this.addSql('revoke all on function billing.claim_run_row from public');
    this.addSql('grant execute on function billing.claim_run_row to kontor_billing');
  }
}
