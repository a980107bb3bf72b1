import { Migration } from '@mikro-orm/migrations';

/**
 * Two rows of a merchant are never drafted or approved at once: a minimum without charges would be on both. The lock is
 * only ever tried and never waited for, because its holder may come to need the row that a waiting worker holds: rows of
 * a merchant that somebody is at are passed over. What is passed over is not locked, for the same reason.
 */
export class OneStepPerMerchant extends Migration {
  override up(): void {
    this.addSql(`create or replace function billing.claim_run_row(scope text, book text)
      returns setof billing.run_merchant language plpgsql as $$
      declare
        claimed billing.run_merchant;
        candidate record;
        passed uuid[] := '{}';
        seen integer;
      begin
        perform set_config('kontor.scope', scope, true);
        loop
          seen := cardinality(passed);
          for candidate in
            select id, merchant_id, wanted from billing.run_merchant
            where wanted is not null and next_at <= clock_timestamp() and id <> all(passed)
            order by next_at, cutoff, id limit 32
          loop
            passed := passed || candidate.id;
            continue when candidate.wanted <> 'finalize'
              and not pg_try_advisory_xact_lock(hashtextextended('billing.run-row ' || candidate.merchant_id, 0));
            select * into claimed from billing.run_merchant
            where id = candidate.id and wanted = candidate.wanted and next_at <= clock_timestamp() for update skip locked;
            continue when not found;
            if claimed.wanted <> 'finalize' then perform pg_advisory_xact_lock_shared(hashtextextended(book, 0)); end if;
            return next claimed;
            return;
          end loop;
          exit when cardinality(passed) = seen;
        end loop;
      end $$`);
  }
}
