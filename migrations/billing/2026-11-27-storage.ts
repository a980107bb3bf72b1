import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn } from '../tenant-table.ts';

/** Storage by the month and by the age of goods, how bins are counted, and days that were rebuilt. */
export class Storage extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table billing.contract_ref
     drop constraint contract_ref_storage_method_check,
     add constraint contract_ref_storage_method_check check (storage_method in ('binDay', 'palletDay', 'cubicMetreDay', 'pieceDay',
       'monthEnd', 'monthAverage', 'monthPeak', 'halfMonth', 'anniversary')),
     add column storage_measure text check (storage_measure in ('bin', 'pallet', 'cubicMetre', 'piece')),
     add column storage_age_bands jsonb not null default '[]' check (jsonb_typeof(storage_age_bands) = 'array'),
     add column storage_source text not null default 'external' check (storage_source in ('external', 'ledger'))`,
  // what a rebuilt day was made of: the day it started from and how many pieces moved since
  `alter table billing.storage_header add column rebuilt_from jsonb,
     add constraint storage_header_rebuilt check ((source = 'reconstructed') = (rebuilt_from is not null))`,
  // whose goods lie in the same bins
  'create index storage_header_place on billing.storage_header (warehouse, day)',
  `create table billing.storage_policy (
     valid_from date primary key,
     shared_bins text not null check (shared_bins in ('whole', 'byVolume', 'firstOwner')),
     emptied_bins text not null check (emptied_bins in ('counts', 'free')),
     created_by text not null,
     created_at timestamptz not null)`,
  ...appendOnly('billing.storage_policy'),
  ...grantsOn('billing.storage_policy', { kontor_billing: 'select, insert' }),
];
