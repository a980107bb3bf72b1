import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/** The parcels of a return, who works on it, what a shop calls a reason, and how lists find returns. */
export class Intake extends Migration {
  override up(): void {
    // checks that wait for the commit keep tables from being altered
    this.addSql('set constraints all immediate');
    for (const statement of [...parcels, ...locks, ...reasons, ...lists]) this.addSql(statement);
  }
}

const parcels = [
  `create table returns.return_parcel (
     id uuid not null,
     return_id uuid not null,
     merchant_id uuid,
     owner uuid generated always as (coalesce(merchant_id, '00000000-0000-0000-0000-000000000000')) stored,
     carrier text,
     tracking_number text,
     received_at timestamptz not null,
     received_on date not null,
     primary key (return_id, id),
     constraint return_parcel_once unique (return_id, tracking_number),
     constraint return_parcel_owner foreign key (owner, return_id) references returns.return (owner, id)
       deferrable initially deferred)`,
  'create index return_parcel_scanned on returns.return_parcel (tracking_number) where tracking_number is not null',
  ...tenantTable('returns.return_parcel', { kontor_returns: 'select, insert, update' }),
  // what was received before parcels were kept came in one
  `insert into returns.return_parcel (id, return_id, merchant_id, carrier, tracking_number, received_at, received_on)
     select gen_random_uuid(), id, merchant_id, carrier, tracking_number, received_at, received_on
     from returns.return where received_at is not null`,
];

const locks = [
  // columns and no table: the lock is read and renewed by the statements that read and write the return
  `alter table returns.return
     add column locked_by text,
     add column lock_name text,
     add column locked_until timestamptz,
     add constraint return_lock check ((locked_by is null) = (lock_name is null)
       and (locked_by is null) = (locked_until is null))`,
];

const reasons = ['alter table returns.return_item add column external_reason text'];

const lists = [
  `update returns.return r set inspection_due_at = r.received_at + interval '1 hour' *
       coalesce((select (m.return_policy->>'inspectionHours')::int from returns.merchant_ref m where m.merchant_id = r.merchant_id), 48)
     where r.state in ('received', 'inspecting') and r.inspection_due_at is null`,
  'create index return_received on returns.return (received_at, id) where received_at is not null',
  'create index return_due on returns.return (inspection_due_at, id) where inspection_due_at is not null',
];
