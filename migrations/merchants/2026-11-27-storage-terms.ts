import { Migration } from '@mikro-orm/migrations';

/** Storage by the month, by the age of goods, and from the own ledger. */
export class StorageTerms extends Migration {
  override up(): void {
    this.addSql(`alter table merchants.contract
      drop constraint contract_storage_method_check,
      add constraint contract_storage_method_check check (storage_method in ('binDay', 'palletDay', 'cubicMetreDay', 'pieceDay',
        'monthEnd', 'monthAverage', 'monthPeak', 'halfMonth', 'anniversary')),
      add column storage_measure text check (storage_measure in ('bin', 'pallet', 'cubicMetre', 'piece')),
      add column storage_age_bands jsonb not null default '[]' check (jsonb_typeof(storage_age_bands) = 'array'),
      add column storage_source text not null default 'external' check (storage_source in ('external', 'ledger')),
      add constraint contract_storage_measure check ((coalesce(storage_method, 'binDay') in ('binDay', 'palletDay', 'cubicMetreDay', 'pieceDay'))
        = (storage_measure is null))`);
  }
}
