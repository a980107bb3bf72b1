import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, tenantTable } from '../tenant-table.ts';

/** Special jobs with a catalogue, the merchant's approval, what was worked, photos, and every revision on its own. */
export class SpecialJobs extends Migration {
  override up(): void {
    for (const statement of [...catalogue, ...job, ...work, ...revisions, ...photos, ...toldOpenJobs])
      this.addSql(statement);
  }
}

const catalogue = [
  `create table orders.special_job_catalogue (
     id uuid primary key,
     version integer not null default 1,
     code text collate "C" not null check (length(code) between 1 and 60),
     name_de text not null check (length(name_de) between 1 and 120),
     name_en text not null check (length(name_en) between 1 and 120),
     unit text not null check (unit in ('piece', 'minute')),
     needs_approval boolean not null,
     words text not null check (length(words) <= 200),
     active boolean not null,
     content_hash text not null,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     constraint special_job_catalogue_code unique (code))`,
  ...grantsOn('orders.special_job_catalogue', { kontor_orders: 'select, insert, update' }),
];

const job = [
  `alter table orders.special_job
     drop constraint special_job_state_check,
     drop constraint special_job_quantity_check,
     add column catalogue_id uuid references orders.special_job_catalogue (id),
     add column estimated_quantity numeric(18,6) check (estimated_quantity > 0),
     add column needs_approval boolean not null default false,
     add column asked_at timestamptz,
     add column answered_at timestamptz,
     add column answered_by text,
     add column decline_reason text check (length(decline_reason) between 1 and 200),
     add column reference_kind text check (reference_kind in ('order', 'return', 'goodsIn', 'other')),
     add column reference_number text check (length(reference_number) between 1 and 80),
     add column opened_on date,
     add column cancelled_at timestamptz,
     add column cancel_reason text check (length(cancel_reason) between 1 and 200),
     add constraint special_job_tenant unique (merchant_id, id)`,
  `update orders.special_job
     set estimated_quantity = quantity, opened_on = (created_at at time zone 'Europe/Berlin')::date`,
  `alter table orders.special_job
     alter column estimated_quantity set not null,
     alter column opened_on set not null,
     add constraint special_job_state_check
       check (state in ('open', 'awaiting_approval', 'declined', 'signed_off', 'cancelled')),
     -- a correction may find that nothing was to be billed
     add constraint special_job_quantity_check check (quantity > 0 or (quantity = 0 and state = 'signed_off' and revision > 0)),
     add constraint special_job_reference check ((reference_kind is null) = (reference_number is null)),
     add constraint special_job_cancelled check ((state = 'cancelled') = (cancelled_at is not null)),
     add constraint special_job_declined check ((state = 'declined') <= (decline_reason is not null)),
     -- what needs the merchant's word is neither worked on nor billed without it
     add constraint special_job_approved check (not needs_approval or state not in ('open', 'signed_off') or (answered_at is not null and decline_reason is null))`,
  "create index special_job_unfinished on orders.special_job (created_at, id) where state in ('open', 'awaiting_approval', 'declined')",
];

const work = [
  `create table orders.special_job_work (
     id uuid primary key,
     merchant_id uuid not null,
     job_id uuid not null,
     position integer not null check (position > 0),
     kind text not null check (kind in ('started', 'stopped', 'entered')),
     worker text not null,
     minutes integer check (minutes between -10000 and 10000),
     pieces integer check (pieces between -10000 and 10000),
     note text not null check (length(note) <= 200),
     entered_by text not null,
     at timestamptz not null,
     foreign key (merchant_id, job_id) references orders.special_job (merchant_id, id),
     constraint special_job_work_once unique (job_id, position),
     check ((kind = 'started') = (minutes is null and pieces is null)),
     check (kind <> 'stopped' or (minutes >= 0 and pieces is null)))`,
  "create index special_job_work_timer on orders.special_job_work (worker, job_id, position) where kind <> 'entered'",
  ...tenantTable('orders.special_job_work', { kontor_orders: 'select, insert' }),
  ...appendOnly('orders.special_job_work'),
];

const revisions = [
  `create table orders.special_job_revision (
     job_id uuid not null,
     revision integer not null check (revision >= 0),
     merchant_id uuid not null,
     quantity numeric(18,6) not null check (quantity >= 0),
     description text not null,
     service_date date not null,
     reason text check (length(reason) between 1 and 200),
     made_by text,
     at timestamptz not null,
     primary key (job_id, revision),
     foreign key (merchant_id, job_id) references orders.special_job (merchant_id, id))`,
  `insert into orders.special_job_revision (job_id, revision, merchant_id, quantity, description, service_date, at)
     select id, revision, merchant_id, quantity, description, service_date, signed_off_at from orders.special_job where state = 'signed_off'`,
  ...tenantTable('orders.special_job_revision', { kontor_orders: 'select, insert' }),
  ...appendOnly('orders.special_job_revision'),
];

const photos = [
  `create table orders.special_job_photo (
     id uuid primary key,
     merchant_id uuid not null,
     job_id uuid not null,
     moment text not null check (moment in ('before', 'after')),
     client_photo_id text not null check (length(client_photo_id) between 1 and 80),
     sha256 text not null,
     bytes integer not null check (bytes > 0),
     width integer not null check (width > 0),
     height integer not null check (height > 0),
     full_key text not null,
     web_key text not null,
     thumb_key text not null,
     uploaded_by text not null,
     uploaded_at timestamptz not null,
     foreign key (merchant_id, job_id) references orders.special_job (merchant_id, id),
     constraint special_job_photo_once unique (job_id, client_photo_id))`,
  ...tenantTable('orders.special_job_photo', { kontor_orders: 'select, insert' }),
  ...appendOnly('orders.special_job_photo'),
];

/** Billing learns of the jobs that are open, like of any other. */
const toldOpenJobs = [
  `with told as (
     insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id)
     select gen_random_uuid(), 'orders.special-job-changed.v1', merchant_id, created_at, jsonb_build_object(
       'merchantId', merchant_id, 'specialJobId', id, 'version', version, 'number', number, 'code', code,
       'description', description, 'unit', unit, 'estimatedQuantity', trim_scale(estimated_quantity)::text,
       'state', state, 'openedOn', to_char(opened_on, 'YYYY-MM-DD')), 'migration'
     from orders.special_job where state = 'open' returning id, occurred_at)
   insert into messaging.delivery (consumer, event_id, occurred_at) select 'billing.know-special-jobs', id, occurred_at from told`,
];
