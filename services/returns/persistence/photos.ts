import type { MikroORM } from '@mikro-orm/postgresql';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import { askInScope } from '../../../shared/persistence/transaction.ts';
import type { Scope } from '../../../shared/protocol/actor.ts';
import type { Photo, ReturnState } from '../domain/model.ts';
import { GONE } from '../domain/return-states.ts';
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

export async function findPhoto(em: EntityManager, id: string): Promise<Photo | undefined> {
  const found = await firstRow<{ photo: JsonRow }>(
    em,
    sql`select to_jsonb(p) as photo from returns.photo p where id = ${id}`,
  );
  return found && photoOf(found.photo);
}

/** Which of the photos are in scope. */
export async function visiblePhotos(em: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(em, sql`select id from returns.photo where id = any(${ids}::uuid[])`);
  return new Set(found.map(({ id }) => id));
}

/**
 * Adds a photo to its return and counts it there, in one statement. The return is locked before its counter is looked
 * at, and of two twins the index lets one in.
 * @param most  how many a return may have
 * @returns whose return it is; nothing when it was not added, and then {@link askPhotoPlace} tells why
 */
export async function insertPhoto(
  em: EntityManager,
  photo: Photo,
  { uploadedBy, most }: { uploadedBy: string; most: number },
): Promise<{ merchantId: string | null } | undefined> {
  return firstRow(
    em,
    sql<{ merchantId: string | null }>`
        with place as materialized (
          select id, merchant_id from returns.return
          where id = ${photo.returnId} and photo_count < ${most} and state <> all (${GONE}::text[]) for update),
        added as (
          insert into returns.photo (id, return_id, item_id, kind, merchant_id, client_photo_id, sha256, full_key, web_key,
            thumb_key, bytes, width, height, taken_at, uploaded_at, uploaded_by)
          select ${photo.id}::uuid, id, ${photo.itemId}::uuid, ${photo.kind}, merchant_id, ${photo.clientPhotoId}, ${photo.sha256},
            ${photo.fullKey}, ${photo.webKey}, ${photo.thumbKey}, ${photo.bytes}::bigint, ${photo.width}::int, ${photo.height}::int,
            ${photo.takenAt?.toISOString() ?? null}::timestamptz, ${photo.uploadedAt.toISOString()}::timestamptz, ${uploadedBy}
          from place
          on conflict (return_id, client_photo_id) do nothing returning return_id)
        update returns.return r set photo_count = photo_count + 1 from added where r.id = added.return_id
        returning r.merchant_id as "merchantId"`,
  );
}
