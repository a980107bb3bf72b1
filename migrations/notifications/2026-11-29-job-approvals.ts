import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/** Mails that ask a merchant to approve a special job. What was asked before stands on the merchant's first page. */
export class JobApprovals extends Migration {
  override up(): void {
    for (const [table, check] of Object.entries(KIND_CHECKS)) {
      this.addSql(`alter table notifications.${table} drop constraint ${table}_kind_check`);
      this.addSql(`alter table notifications.${table} add constraint ${table}_kind_check check (${check})`);
    }
    for (const statement of jobs) this.addSql(statement);
  }
}

const KINDS = `('orderShipped', 'returnReceived', 'returnInspected', 'decisionRequested', 'decisionReminder', 'batchDispatched', 'jobApprovalAsked', 'invoiceReady', 'digest', 'individual')`;

const KIND_CHECKS = {
  message: `kind in ${KINDS}`,
  template_text: `kind in ${KINDS} and kind <> 'individual'`,
  message_setting: `kind in ${KINDS} and kind not in ('digest', 'individual')`,
};

/** The latest version of each job, so that what was answered meanwhile is not asked. */
const jobs = [
  `create table notifications.special_job_ref (
     special_job_id uuid primary key,
     merchant_id uuid not null,
     version integer not null check (version > 0))`,
  ...tenantTable('notifications.special_job_ref', { kontor_notifications: 'select, insert, update' }),
];
