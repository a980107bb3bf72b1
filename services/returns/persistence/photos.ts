import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Photo } from '../domain/model.ts';
import { photoOf, type JsonRow } from './rows.ts';

export async function findPhoto(em: EntityManager, id: string): Promise<Photo | undefined> {
  const found = await firstRow<{ photo: JsonRow }>(
    em,
    sql`select to_jsonb(p) as photo from returns.photo p where id = ${id}`,
  );
  return found && photoOf(found.photo);
}

/** Adds a photo to a locked return and counts it there, so that whoever waits for the lock notices. */
export async function insertPhoto(
  em: EntityManager,
  photo: Photo,
  { merchantId, uploadedBy }: { merchantId: string | null; uploadedBy: string },
): Promise<void> {
  await rows(
    em,
    sql`with counted as (update returns.return set photo_count = photo_count + 1 where id = ${photo.returnId})
        insert into returns.photo (id, return_id, item_id, kind, merchant_id, client_photo_id, sha256, full_key, web_key, thumb_key,
          bytes, width, height, taken_at, uploaded_at, uploaded_by)
        values (${photo.id}, ${photo.returnId}, ${photo.itemId}, ${photo.kind}, ${merchantId}, ${photo.clientPhotoId}, ${photo.sha256},
          ${photo.fullKey}, ${photo.webKey}, ${photo.thumbKey}, ${photo.bytes}, ${photo.width}, ${photo.height},
          ${photo.takenAt?.toISOString() ?? null}::timestamptz, ${photo.uploadedAt.toISOString()}::timestamptz, ${uploadedBy})`,
  );
}

/** The first photo of each item of a batch, by item; parts show what was photographed before they were split off. */
export async function firstThumbs(em: EntityManager, batchId: string): Promise<Map<string, string>> {
  const found = await rows<{ itemId: string; thumbKey: string }>(
    em,
    sql`select distinct on (i.id) i.id as "itemId", p.thumb_key as "thumbKey"
        from returns.return_item i join returns.photo p on p.return_id = i.return_id and p.item_id in (i.id, i.split_from)
        where i.rtv_batch_id = ${batchId} order by i.id, p.item_id = i.id desc, p.uploaded_at, p.id`,
  );
  return new Map(found.map(({ itemId, thumbKey }) => [itemId, thumbKey]));
}
