import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn } from '../tenant-table.ts';

/**
 * Who may log in for which merchants, for the software fee per user (D12). A user may have several merchants, so the
 * rows are nobody's and belong to the house. Who was there before is taken as of the day it was entered.
 */
export class SoftwareUsers extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table billing.merchant_access (
     user_id uuid not null,
     version integer not null check (version > 0),
     changed_on date not null,
     merchant_ids uuid[] not null,
     primary key (user_id, version))`,
  'create index merchant_access_merchants on billing.merchant_access using gin (merchant_ids)',
  ...grantsOn('billing.merchant_access', { kontor_billing: 'select, insert' }),
  `insert into billing.merchant_access (user_id, version, changed_on, merchant_ids)
     select id, version, (created_at at time zone 'Europe/Berlin')::date, merchant_ids
     from identity.user_account where active and cardinality(merchant_ids) > 0`,
  ...appendOnly('billing.merchant_access'),
];
