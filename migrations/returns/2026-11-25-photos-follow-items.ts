import { Migration } from '@mikro-orm/migrations';

/**
 * A photo is of its item wherever the item went: a device that took it knows the return it was taken in, and the item
 * may have been split off since. The functions are volatile, so that whoever waited for a lock sees what came of it.
 */
export class PhotosFollowItems extends Migration {
  override up(): void {
    // the return a photo belongs to: the wanted one, or one that was split off it and has the item now
    this
      .addSql(`create function returns.photo_home(wanted_return uuid, wanted_item uuid) returns uuid language plpgsql as $$
      begin
        if wanted_item is null then return wanted_return; end if;
        return (
          with recursive line as (
            select i.return_id as home, r.id, r.parent_id from returns.return_item i
              join returns.return r on r.id = i.return_id where i.id = wanted_item
            union all
            select line.home, p.id, p.parent_id from line join returns.return p on p.id = line.parent_id
              where line.id <> wanted_return)
          select home from line where id = wanted_return);
      end $$`);
    this
      .addSql(`create or replace function returns.photo_place(scope text, wanted_return uuid, wanted_item uuid, client_id text)
      returns jsonb language plpgsql as $$
      declare home uuid;
      begin
        perform set_config('kontor.scope', scope, true);
        home := returns.photo_home(wanted_return, wanted_item);
        return (
          select jsonb_build_object('state', coalesce(h.state, r.state), 'itemKnown', home is not null,
            'photos', case when wanted_item is null
              then (select count(*) from returns.photo p where p.return_id = r.id and p.item_id is null)
              else (select count(*) from returns.photo p where p.item_id = wanted_item) end,
            'earlier', (select to_jsonb(p) from returns.photo p
              where p.return_id in (r.id, home) and p.client_photo_id = client_id
              order by p.item_id is not distinct from wanted_item desc, p.return_id = r.id desc limit 1))
          from returns.return r left join returns.return h on h.id = home where r.id = wanted_return);
      end $$`);
    // one call for each photo; a statement of its own after the lock counts what came while it was waited for
    this
      .addSql(`create function returns.keep_photo(given jsonb, gone text[], most integer) returns jsonb language plpgsql as $$
      declare home uuid; whose uuid; taken_by uuid := (given ->> 'return_id')::uuid; shown uuid := (given ->> 'item_id')::uuid;
      begin
        -- an item may leave while its return is waited for; whoever splits locks in the same order, parents first
        loop
          home := returns.photo_home(taken_by, shown);
          select r.merchant_id into whose from returns.return r where r.id = home and r.state <> all (gone) for update;
          if not found then return null; end if;
          exit when returns.photo_home(taken_by, shown) = home;
        end loop;
        if (select count(*) from returns.photo p where p.return_id = home and p.item_id is not distinct from shown) >= most
          then return null; end if;
        insert into returns.photo (${PHOTO})
          select ${PHOTO} from jsonb_populate_record(null::returns.photo,
            given || jsonb_build_object('return_id', home, 'merchant_id', whose))
          on conflict (return_id, client_photo_id) do nothing;
        if not found then return null; end if;
        update returns.return set photo_count = photo_count + 1 where id = home;
        return jsonb_build_object('id', home, 'merchantId', whose);
      end $$`);
    for (const name of ['photo_home', 'keep_photo']) {
      this.addSql(`revoke all on function returns.${name} from public`);
      this.addSql(`grant execute on function returns.${name} to kontor_returns`);
    }
  }
}

const PHOTO =
  'id, return_id, item_id, kind, merchant_id, client_photo_id, sha256, full_key, web_key, thumb_key, bytes, width, height, ' +
  'taken_at, uploaded_at, uploaded_by';
