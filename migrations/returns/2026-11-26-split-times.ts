import { Migration } from '@mikro-orm/migrations';

/**
 * When a part was split off: what was photographed of the whole line before that shows the part too, and nothing that
 * came later. Of parts that are there already it is the time in their id, else of their inspection; without either
 * they have their own photos only.
 */
export class SplitTimes extends Migration {
  override up(): void {
    // checks that wait for the commit keep tables from being altered
    this.addSql('set constraints all immediate');
    this.addSql('alter table returns.return_item add column split_at timestamptz');
    this.addSql(`update returns.return_item set split_at = least(inspected_at, case when substr(id::text, 15, 1) = '7'
        then to_timestamp(('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0) end)
      where split_from is not null`);
  }
}
