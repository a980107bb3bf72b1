import { Migration } from '@mikro-orm/migrations';
import { grantsOn } from '../tenant-table.ts';

/** When the data was last checked against the invariants, and what was found. */
export class SelfCheck extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  // one row: whoever runs the check holds its lease, so that of any number of processes one does
  `create table sync.self_check (
     only_one boolean primary key default true check (only_one),
     next_at timestamptz not null default clock_timestamp(),
     wanted_at timestamptz,
     lease uuid,
     lease_until timestamptz,
     started_at timestamptz,
     finished_at timestamptz,
     check ((lease is null) = (lease_until is null)))`,
  'insert into sync.self_check default values',
  ...grantsOn('sync.self_check', { kontor_sync: 'select, update' }),
  `create table sync.self_check_result (
     invariant text primary key,
     checked_at timestamptz not null,
     took_ms integer not null check (took_ms >= 0),
     -- null: it could not be looked for, error says why
     count integer check (count >= 0),
     examples jsonb not null check (jsonb_typeof(examples) = 'array'),
     error text,
     -- since when rows are found, whatever rows
     violated_since timestamptz,
     check ((count is null) = (error is not null)))`,
  ...grantsOn('sync.self_check_result', { kontor_sync: 'select, insert, update, delete' }),
];
