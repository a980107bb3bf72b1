import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, schemaGrants, tenantTable } from '../tenant-table.ts';

/** Imports with their profiles, webhooks with what they have to send, and the logbook. */
export class Sync extends Migration {
  override up(): void {
    for (const statement of [...schemaGrants('sync'), ...merchants, ...imports, ...connections, ...logbook])
      this.addSql(statement);
  }
}

const merchants = [
  `create table sync.merchant_ref (
     merchant_id uuid primary key,
     version integer not null,
     number text not null)`,
  'create index merchant_ref_number on sync.merchant_ref (number)',
  ...tenantTable('sync.merchant_ref', { kontor_sync: 'select, insert, update' }),
];

const imports = [
  `create table sync.mapping_profile (
     name text primary key,
     version integer not null default 1,
     profile jsonb not null,
     created_at timestamptz not null,
     updated_at timestamptz not null)`,
  ...grantsOn('sync.mapping_profile', { kontor_sync: 'select, insert, update' }),
  `create table sync.import (
     id uuid primary key,
     profile_name text not null references sync.mapping_profile (name),
     -- as it was when the file came, so that a change cannot split an import in two
     profile jsonb not null,
     filename text,
     sha256 text not null check (length(sha256) = 64),
     bytes bigint not null check (bytes > 0),
     dry_run boolean not null,
     state text not null check (state in ('queued', 'running', 'done', 'failed')),
     source_key text not null,
     report_key text,
     counts jsonb not null,
     bytes_read bigint not null default 0,
     rows_read integer not null default 0,
     rows_total integer,
     finding jsonb,
     attempts integer not null default 0,
     next_at timestamptz not null default clock_timestamp(),
     lease uuid,
     started_by text not null,
     created_at timestamptz not null,
     started_at timestamptz,
     finished_at timestamptz,
     check ((state in ('done', 'failed')) = (finished_at is not null)),
     check ((state = 'failed') = (finding is not null)),
     check (state <> 'done' or report_key is not null))`,
  'create index import_by_time on sync.import (created_at, id)',
  `create index import_due on sync.import (next_at) where state in ('queued', 'running')`,
  ...grantsOn('sync.import', { kontor_sync: 'select, insert, update' }),
];

const EVENTS = [
  'orders.order-shipped.v1',
  'returns.return-inspected.v1',
  'returns.batch-dispatched.v1',
  'billing.invoice-finalized.v1',
];
const eventList = EVENTS.map((type) => `'${type}'`).join(', ');

const connections = [
  `create table sync.connection (
     id uuid primary key,
     merchant_id uuid,
     kind text not null check (kind = 'webhook'),
     name text not null check (length(name) between 1 and 80),
     url text not null check (length(url) <= 2000),
     events text[] not null check (cardinality(events) > 0 and events <@ array[${eventList}]),
     sealed_secret text not null,
     active boolean not null,
     deleted_at timestamptz,
     failing_since timestamptz,
     last_success_at timestamptz,
     last_error text,
     content_hash text not null,
     version integer not null default 1,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     check (deleted_at is null or not active))`,
  'create index connection_by_time on sync.connection (created_at, id)',
  'create index connection_by_merchant on sync.connection (merchant_id) where active',
  ...tenantTable('sync.connection', { kontor_sync: 'select, insert, update' }),
  `create table sync.outgoing (
     id uuid primary key,
     merchant_id uuid,
     connection_id uuid not null references sync.connection (id),
     event_id uuid not null,
     event_type text not null check (event_type in (${eventList})),
     occurred_at timestamptz not null,
     state text not null check (state in ('pending', 'sent', 'failed')),
     attempts integer not null default 0,
     next_at timestamptz not null default clock_timestamp(),
     last_status integer,
     last_error text,
     created_at timestamptz not null default clock_timestamp(),
     sent_at timestamptz,
     check ((state = 'sent') = (sent_at is not null)),
     constraint outgoing_once unique (connection_id, event_id))`,
  `create index outgoing_due on sync.outgoing (connection_id, next_at, id) where state = 'pending'`,
  `create index outgoing_failed on sync.outgoing (connection_id) where state = 'failed'`,
  'create index outgoing_by_time on sync.outgoing (connection_id, occurred_at)',
  ...tenantTable('sync.outgoing', { kontor_sync: 'select, insert, update' }),
];

const logbook = [
  `create table sync.log_entry (
     id uuid primary key,
     merchant_id uuid,
     at timestamptz not null,
     kind text not null check (kind in ('import', 'webhook')),
     direction text not null check (direction in ('in', 'out')),
     connection_id uuid references sync.connection (id),
     reference uuid not null,
     subject text not null,
     outcome text not null check (outcome in ('started', 'done', 'failed', 'sent', 'retrying')),
     detail text)`,
  'create index log_entry_by_time on sync.log_entry (at, id)',
  'create index log_entry_by_connection on sync.log_entry (connection_id, at, id)',
  'create index log_entry_by_reference on sync.log_entry (reference, at, id)',
  ...tenantTable('sync.log_entry', { kontor_sync: 'select, insert' }),
  ...appendOnly('sync.log_entry'),
];
