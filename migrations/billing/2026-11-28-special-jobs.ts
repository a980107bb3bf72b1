import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/** Special jobs as far as a run is checked for those that are still open (G9). */
export class SpecialJobs extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table billing.special_job_ref (
     id uuid primary key,
     merchant_id uuid not null,
     version integer not null,
     number text not null,
     state text not null,
     opened_on date not null)`,
  `create index special_job_ref_open on billing.special_job_ref (merchant_id, opened_on)
     where state in ('open', 'awaiting_approval', 'declined')`,
  ...tenantTable('billing.special_job_ref', { kontor_billing: 'select, insert, update' }),
];
