import { Migration } from '@mikro-orm/migrations';

/** What of a return was charged with its inspection, so that a further parcel is charged where earlier charges stay. */
export class ChargedInspections extends Migration {
  override up(): void {
    // checks that wait for the commit keep tables from being altered
    this.addSql('set constraints all immediate');
    this.addSql(
      'alter table returns.return add column charged_parcels integer not null default 0 check (charged_parcels >= 0)',
    );
    this.addSql('alter table returns.return_item add column inspection_charged boolean not null default false');
    this.addSql(`update returns.return r set charged_parcels = greatest(1, (
        select count(*) from returns.return_parcel p where p.return_id = r.id))
      where r.inspected_at is not null or r.revision > 0`);
    this.addSql(`update returns.return_item i set inspection_charged = true from returns.return r
      where r.id = i.return_id and (r.inspected_at is not null or r.revision > 0)
        and i.state not in ('expected', 'missing', 'received')`);
  }
}
