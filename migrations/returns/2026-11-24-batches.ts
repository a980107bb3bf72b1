import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, tenantTable } from '../tenant-table.ts';

/** Labels of items and boxes, how batches close, are checked and disputed, and the days of quarantine. */
export class Batches extends Migration {
  override up(): void {
    // checks that wait for the commit keep tables from being altered
    this.addSql('set constraints all immediate');
    for (const statement of [...labels, ...batches, ...checks, ...disputes, ...quarantine]) this.addSql(statement);
  }
}

// counted and not derived from the ids, because a code must be short enough to be typed
const labels = [
  'create sequence returns.label_number',
  ...grantsOn('sequence returns.label_number', { kontor_returns: 'usage' }),
  // what is announced is changed until it arrives
  'grant delete on returns.return_item to kontor_returns',
  `alter table returns.return_item
     add column label_number bigint not null default nextval('returns.label_number') constraint return_item_label unique`,
  `alter table returns.rtv_batch
     add column label_number bigint not null default nextval('returns.label_number') constraint rtv_batch_label unique`,
];

const batches = [
  `alter table returns.rtv_batch
     add column closed_by text check (closed_by in ('schedule', 'pieces', 'weight', 'volume', 'hand')),
     -- a day of the schedule on which the batch was empty does not count
     add column schedule_from timestamptz,
     -- the day of what came in last, in the warehouse's zone
     add column joined_on date,
     add column packed_at timestamptz,
     add column disputed_at timestamptz,
     add column resolved_at timestamptz,
     add column cancelled_at timestamptz,
     add column cancel_reason text,
     add column carrier_label_key text`,
  `update returns.rtv_batch set schedule_from = created_at, joined_on = created_at::date, closed_by = case when closed_at is not null then 'hand' end,
     packed_at = dispatched_at, cancelled_at = case when state = 'cancelled' then updated_at end`,
  `alter table returns.rtv_batch
     alter column schedule_from set not null,
     alter column joined_on set not null,
     add constraint rtv_batch_closed_by check ((closed_by is null) = (closed_at is null)),
     add constraint rtv_batch_packed check ((packed_at is null) = (state in ('open', 'closing', 'cancelled'))),
     add constraint rtv_batch_disputed check (state not in ('disputed', 'resolved') or disputed_at is not null),
     add constraint rtv_batch_resolved check ((resolved_at is null) = (state <> 'resolved')),
     add constraint rtv_batch_cancelled check ((cancelled_at is null) = (state <> 'cancelled'))`,
  'create index rtv_batch_tracking on returns.rtv_batch (tracking_number) where tracking_number is not null',
  `create index rtv_batch_due on returns.rtv_batch (schedule_from) where state = 'open'`,
];

const checks = [
  `create table returns.rtv_check (
     item_id uuid primary key references returns.return_item (id),
     batch_id uuid not null,
     merchant_id uuid not null,
     checked_at timestamptz not null,
     checked_by text not null,
     constraint rtv_check_batch foreign key (merchant_id, batch_id) references returns.rtv_batch (merchant_id, id))`,
  'create index rtv_check_batch on returns.rtv_check (merchant_id, batch_id)',
  ...tenantTable('returns.rtv_check', { kontor_returns: 'select, insert, delete' }),
];

const disputes = [
  `create table returns.rtv_dispute (
     id uuid primary key,
     batch_id uuid not null,
     merchant_id uuid not null,
     item_id uuid not null references returns.return_item (id),
     quantity integer not null check (quantity > 0),
     reason text not null check (reason in ('missing', 'damaged', 'wrong')),
     note text not null,
     opened_at timestamptz not null,
     opened_by text not null,
     outcome text check (outcome in ('found', 'credited', 'rejected')),
     resolution_note text,
     resolved_at timestamptz,
     resolved_by text,
     constraint rtv_dispute_once unique (item_id, reason),
     constraint rtv_dispute_batch foreign key (merchant_id, batch_id) references returns.rtv_batch (merchant_id, id),
     constraint rtv_dispute_resolved check ((outcome is null) = (resolved_at is null) and (outcome is null) = (resolved_by is null)
       and (outcome is null) = (resolution_note is null)))`,
  'create index rtv_dispute_batch on returns.rtv_dispute (merchant_id, batch_id)',
  ...tenantTable('returns.rtv_dispute', { kontor_returns: 'select, insert, update' }),
];

const quarantine = [
  // the evidence behind each charge, and what makes it one per piece and day
  `create table returns.quarantine_day (
     item_id uuid not null references returns.return_item (id),
     day date not null,
     merchant_id uuid not null,
     quantity integer not null check (quantity > 0),
     primary key (item_id, day))`,
  'create index quarantine_day_merchant on returns.quarantine_day (merchant_id, day)',
  ...tenantTable('returns.quarantine_day', { kontor_returns: 'select, insert' }),
  ...appendOnly('returns.quarantine_day'),
  // what has left quarantine, because the clock may come to its days only later
  `create table returns.quarantine_stay (
     item_id uuid not null references returns.return_item (id),
     from_at timestamptz not null,
     until_at timestamptz not null,
     merchant_id uuid not null,
     quantity integer not null check (quantity > 0),
     primary key (item_id, from_at))`,
  'create index quarantine_stay_merchant on returns.quarantine_stay (merchant_id, until_at)',
  ...tenantTable('returns.quarantine_stay', { kontor_returns: 'select, insert' }),
  ...appendOnly('returns.quarantine_stay'),
  // up to which day the clock has looked at a merchant's quarantine, whatever the policy said on those days
  `create table returns.quarantine_watch (
     merchant_id uuid primary key references returns.merchant_ref (merchant_id),
     through date not null)`,
  ...tenantTable('returns.quarantine_watch', { kontor_returns: 'select, insert, update' }),
  // nothing that lay here before this could be charged is charged afterwards
  `insert into returns.quarantine_watch (merchant_id, through)
     select distinct merchant_id, current_date from returns.return_item where quarantined_at is not null and merchant_id is not null`,
];
