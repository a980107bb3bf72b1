import { Migration } from '@mikro-orm/migrations';

/**
 * A merchant's row waits until the row of an earlier cut-off is done. The end of the earlier one takes it up, so that
 * rows that wait for a person, for days if need be, do not have to look again every few seconds.
 */
export class WaitingRows extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const OPEN = `('scheduled', 'draft', 'approved')`;

const STATEMENTS = [
  `create function billing.take_up_waiting_rows() returns trigger language plpgsql as $$
   begin
     update billing.run_merchant set next_at = clock_timestamp()
     where merchant_id = new.merchant_id and cutoff > new.cutoff and state = 'scheduled' and wanted = 'draft';
     return null;
   end $$`,
  'revoke all on function billing.take_up_waiting_rows from public',
  'grant execute on function billing.take_up_waiting_rows to kontor_billing',
  `create trigger run_merchant_done after update of state on billing.run_merchant for each row
     when (old.state in ${OPEN} and new.state not in ${OPEN}) execute function billing.take_up_waiting_rows()`,
];
