import { Migration } from '@mikro-orm/migrations';

/**
 * What a return was charged with, so exactly that goods which leave it can take their part along: each correction has a
 * number of its own, and what an item's end was charged as is told from what became of it later.
 */
export class ChargesOfSplits extends Migration {
  override up(): void {
    // checks that wait for the commit keep tables from being altered
    this.addSql('set constraints all immediate');
    this.addSql(`alter table returns.return
      add column charge_revision integer not null default 0 check (charge_revision >= 0),
      add column charged_intake integer not null default 0 check (charged_intake >= 0),
      add column charged_on date,
      add column charged_photos boolean not null default false`);
    this.addSql(`update returns.return set charge_revision = revision,
        charged_intake = case when parent_id is null then charged_parcels else least(1, charged_parcels) end,
        charged_on = coalesce(inspected_on, received_on, created_at::date),
        charged_photos = photo_count > 0
      where inspected_at is not null or charged_parcels > 0`);
    this.addSql(`alter table returns.return_item
      add column charged_as text check (charged_as in ('restock', 'dispose'))`);
    this
      .addSql(`update returns.return_item set charged_as = case state when 'disposed' then 'dispose' else 'restock' end
      where charged`);
    this.addSql('alter table returns.return_item drop column charged');
  }
}
