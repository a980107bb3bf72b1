import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, tenantTable } from '../tenant-table.ts';

/**
 * What mail servers report after they took a mail, mails of cancellations and credit notes, and links to the documents
 * of an invoice that ask for no log-in.
 */
export class Bounces extends Migration {
  override up(): void {
    for (const [table, check] of Object.entries(KIND_CHECKS)) {
      this.addSql(`alter table notifications.${table} drop constraint ${table}_kind_check`);
      this.addSql(`alter table notifications.${table} add constraint ${table}_kind_check check (${check})`);
    }
    for (const statement of [...settings, ...merchants, ...messages, ...reports, ...mailbox, ...links])
      this.addSql(statement);
  }
}

const INVOICES = `('invoiceReady', 'cancellationReady', 'creditNoteReady')`;
const KINDS = `('orderShipped', 'returnReceived', 'returnInspected', 'decisionRequested', 'decisionReminder', 'batchDispatched', 'jobApprovalAsked', 'invoiceReady', 'cancellationReady', 'creditNoteReady', 'digest', 'individual')`;

const KIND_CHECKS = {
  message: `kind in ${KINDS}`,
  template_text: `kind in ${KINDS} and kind <> 'individual'`,
  message_setting: `kind in ${KINDS} and kind not in ('digest', 'individual')`,
};

const settings = [
  `alter table notifications.message_setting add constraint message_setting_invoice_check check (kind not in ${INVOICES} or mode = 'each')`,
];

const merchants = [
  `alter table notifications.merchant_ref
     add column invoice_xml boolean not null default false,
     add column invoice_link boolean not null default false`,
];

const messages = [
  `alter table notifications.message
     -- who said that it came back; older rows were all refused at once
     add column bounced_by text check (bounced_by in ('report')),
     add column bounce_status text check (bounce_status ~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$'),
     add column delay_note text,
     add constraint message_bounced_by check (bounced_by is null or state = 'bounced'),
     add constraint message_bounce_status check (bounce_status is null or bounced_by is not null)`,
  // a report names the sending, which may be an earlier one
  'create index attempt_header on notifications.attempt (message_id_header)',
];

const reports = [
  `create table notifications.delivery_report (
     id uuid primary key,
     merchant_id uuid not null,
     message_id uuid not null,
     message_id_header text not null,
     -- Message-ID of the report, or the hash of its content
     report_id text not null check (length(report_id) between 1 and 260),
     action text not null check (action in ('failed', 'delayed', 'delivered', 'relayed', 'expanded')),
     status text check (status ~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$'),
     address text not null check (length(address) <= 254),
     diagnostic text not null check (length(diagnostic) <= 1000),
     at timestamptz not null,
     recorded_at timestamptz not null default clock_timestamp(),
     foreign key (merchant_id, message_id) references notifications.message (merchant_id, id))`,
  // a message has one recipient, so this is once per report and recipient, however often the mailbox is read
  'create unique index delivery_report_once on notifications.delivery_report (message_id, report_id, action)',
  'create index delivery_report_message on notifications.delivery_report (merchant_id, message_id, recorded_at)',
  ...tenantTable('notifications.delivery_report', { kontor_notifications: 'select, insert' }),
  ...appendOnly('notifications.delivery_report'),
];

const mailbox = [
  // whether the mailbox could be read, for the self-check; one row
  `create table notifications.bounce_mailbox (
     only_row boolean primary key default true check (only_row),
     tried_at timestamptz not null,
     failing_since timestamptz,
     error text,
     check ((failing_since is null) = (error is null)))`,
  ...grantsOn('notifications.bounce_mailbox', { kontor_notifications: 'select, insert, update' }),
];

const links = [
  `create table notifications.invoice_link (
     document_id uuid primary key,
     merchant_id uuid not null,
     -- of the merchant, when the link was made: switching links off in a later version ends it for good
     merchant_version integer not null check (merchant_version > 0),
     -- what the page shows, as the invoice was announced
     facts jsonb not null check (jsonb_typeof(facts) = 'object'),
     expires_at timestamptz not null,
     ended_at timestamptz,
     created_at timestamptz not null)`,
  'create index invoice_link_merchant on notifications.invoice_link (merchant_id) where ended_at is null',
  ...tenantTable('notifications.invoice_link', { kontor_notifications: 'select, insert' }),
  'grant update (ended_at) on notifications.invoice_link to kontor_notifications',
];
