import { Migration } from '@mikro-orm/migrations';

/**
 * What is asked before a photo is decoded, as one statement outside of a transaction: each photo costs this question.
 * The scope stands first in the body and ends with the statement, so row security holds as in a transaction.
 */
export class PhotoPlaces extends Migration {
  override up(): void {
    this.addSql(`create function returns.photo_place(scope text, wanted_return uuid, wanted_item uuid, client_id text)
      returns jsonb language plpgsql as $$
      begin
        perform set_config('kontor.scope', scope, true);
        return (
          select jsonb_build_object('state', r.state, 'photos', r.photo_count,
            'itemKnown', wanted_item is null or exists (
              select 1 from returns.return_item i where i.return_id = r.id and i.id = wanted_item),
            'earlier', (select to_jsonb(p) from returns.photo p
              where p.return_id = r.id and p.client_photo_id = client_id))
          from returns.return r where r.id = wanted_return);
      end $$`);
    this.addSql('revoke all on function returns.photo_place from public');
    this.addSql('grant execute on function returns.photo_place to kontor_returns');
  }
}
