import { Migration } from '@mikro-orm/migrations';
import { appendOnly, tenantTable } from '../tenant-table.ts';

const SERVICES = ['identity', 'merchants', 'orders', 'returns', 'billing', 'notifications', 'sync'];
const ROLES = SERVICES.map((service) => `kontor_${service}`);

/** Events with their deliveries, answers of repeatable requests, and the audit trail. */
export class Events extends Migration {
  override up(): void {
    for (const statement of [...helpers, ...events, ...idempotency, ...audit, ...access()]) this.addSql(statement);
  }
}

const helpers = [
  'create schema if not exists kontor',
  `create function kontor.scope_merchants() returns text[] language sql stable parallel safe as
   $$ select string_to_array(nullif(nullif(current_setting('kontor.scope', true), 'staff'), ''), ',') $$`,
  `create function kontor.refuse_change() returns trigger language plpgsql as
   $$ begin raise exception '% rows are never changed or deleted', tg_table_name using errcode = 'restrict_violation'; end $$`,
];

const events = [
  `create table messaging.event (
     id uuid primary key,
     type text not null,
     merchant_id uuid,
     occurred_at timestamptz not null,
     recorded_at timestamptz not null default clock_timestamp(),
     payload jsonb not null,
     request_id text not null)`,
  'create index event_type on messaging.event (type, id)',
  `create table messaging.delivery (
     consumer text not null,
     event_id uuid not null references messaging.event (id),
     occurred_at timestamptz not null,
     attempts integer not null default 0,
     excused integer not null default 0,
     next_at timestamptz not null default clock_timestamp(),
     done_at timestamptz,
     parked_at timestamptz,
     error text,
     primary key (consumer, event_id),
     check (excused between 0 and attempts),
     check (done_at is null or parked_at is null))`,
  `create index delivery_fresh on messaging.delivery (consumer, next_at)
     where done_at is null and parked_at is null and attempts = 0`,
  `create index delivery_again on messaging.delivery (consumer, next_at)
     where done_at is null and parked_at is null and attempts > 0`,
  'create index delivery_parked on messaging.delivery (parked_at) where parked_at is not null',
  // billing asks before a draft whether anything that happened before the cut-off is still on its way
  'create index delivery_pending_since on messaging.delivery (consumer, occurred_at) where done_at is null',
];

const idempotency = [
  `create table messaging.idempotency (
     principal text not null,
     action text not null,
     key text not null check (length(key) <= 255),
     request_hash text not null,
     response jsonb not null,
     service text not null default current_user,
     created_at timestamptz not null default now(),
     primary key (principal, action, key))`,
  'create index idempotency_age on messaging.idempotency (created_at)',
];

const audit = [
  `create table messaging.audit_entry (
     id uuid primary key,
     at timestamptz not null,
     service text not null,
     actor_kind text not null,
     actor_id text not null,
     request_id text not null,
     action text not null,
     entity text not null,
     entity_id text not null,
     merchant_id uuid,
     before jsonb,
     after jsonb,
     reason text)`,
  'create index audit_entry_entity on messaging.audit_entry (entity, entity_id, id)',
  ...appendOnly('messaging.audit_entry'),
];

function access(): string[] {
  const all = ROLES.join(', ');
  const toAll = (privileges: string) => Object.fromEntries(ROLES.map((role) => [role, privileges]));
  return [
    `grant usage on schema kontor, messaging to ${all}`,
    ...tenantTable('messaging.event', toAll('select, insert')),
    ...tenantTable('messaging.audit_entry', toAll('select, insert')),
    `grant select, insert, update on messaging.delivery to ${all}`,
    'alter table messaging.delivery enable row level security',
    'alter table messaging.delivery force row level security',
    'create policy announced on messaging.delivery for insert with check (true)',
    // a service sees the deliveries to its own consumers; sync keeps the administrators' list of parked ones
    `create policy own on messaging.delivery for select using (${ownConsumer})`,
    `create policy own_progress on messaging.delivery for update using (${ownConsumer})`,
    `grant select, insert, delete on messaging.idempotency to ${all}`,
    'alter table messaging.idempotency enable row level security',
    'alter table messaging.idempotency force row level security',
    'create policy own on messaging.idempotency using (service = current_user) with check (service = current_user)',
  ];
}

const ownConsumer = `(select current_user) = 'kontor_sync' or (select current_user) = 'kontor_' || split_part(consumer, '.', 1)`;
