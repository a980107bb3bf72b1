import { Migration } from '@mikro-orm/migrations';

/** Mails about shipments. They are off until somebody asks for them, so nothing is told of what was shipped before. */
export class ShippingNotices extends Migration {
  override up(): void {
    for (const [table, check] of Object.entries(KIND_CHECKS)) {
      this.addSql(`alter table notifications.${table} drop constraint ${table}_kind_check`);
      this.addSql(`alter table notifications.${table} add constraint ${table}_kind_check check (${check})`);
    }
    // the second of the table's checks of two columns: what can wait for a digest
    this.addSql('alter table notifications.message_setting drop constraint message_setting_check1');
    this.addSql(
      `alter table notifications.message_setting add constraint message_setting_daily_check check (mode <> 'daily' or kind in ${DIGESTED})`,
    );
  }
}

const KINDS = `('orderShipped', 'returnReceived', 'returnInspected', 'decisionRequested', 'decisionReminder', 'batchDispatched', 'invoiceReady', 'digest', 'individual')`;
const DIGESTED = `('orderShipped', 'returnReceived', 'returnInspected', 'batchDispatched')`;

const KIND_CHECKS = {
  message: `kind in ${KINDS}`,
  template_text: `kind in ${KINDS} and kind <> 'individual'`,
  message_setting: `kind in ${KINDS} and kind not in ('digest', 'individual')`,
  digest_entry: `kind in ${DIGESTED}`,
};
