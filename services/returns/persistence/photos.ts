import type { MikroORM } from '@mikro-orm/postgresql';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import { askInScope } from '../../../shared/persistence/transaction.ts';
import type { Scope } from '../../../shared/protocol/actor.ts';
import type { Photo, ReturnState } from '../domain/model.ts';
import type { LoadedReturn } from './returns.ts';
import { photoOf, type JsonRow } from './rows.ts';

/** What a new photo meets at its return. */
export interface PhotoPlace {
  state: ReturnState;
  photos: number;
  /** Also true for a photo of the parcel as a whole. */
  itemKnown: boolean;
  /** The photo that the device sent under the same id. */
  earlier: Photo | undefined;
}

interface PhotoOf {
  id: string;
  itemId?: string | undefined;
  clientPhotoId: string;
}

/** Asked before a photo is decoded, in one statement and without a lock. @returns undefined when there is no return */
export async function askPhotoPlace(
  orm: MikroORM,
  scope: Scope,
  { id, itemId, clientPhotoId }: PhotoOf,
): Promise<PhotoPlace | undefined> {
  const found = await askInScope(
    orm,
    scope,
    (text) => sql<{ place: (Omit<PhotoPlace, 'earlier'> & { earlier: JsonRow | null }) | null }>`
      select returns.photo_place(${text}, ${id}::uuid, ${itemId ?? null}::uuid, ${clientPhotoId}) as place`,
  );
  const place = found?.place;
  return place ? { ...place, earlier: place.earlier ? photoOf(place.earlier) : undefined } : undefined;
}

/** The same, of a return that is locked. */
export const photoPlaceIn = ({ parcel, photos }: LoadedReturn, { itemId, clientPhotoId }: PhotoOf): PhotoPlace => ({
  state: parcel.state,
  photos: photos.length,
  itemKnown: itemId === undefined || parcel.items.some(({ id }) => id === itemId),
  earlier: photos.find((photo) => photo.clientPhotoId === clientPhotoId),
});

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
