import type { MikroORM } from '@mikro-orm/postgresql';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import { askInScope } from '../../../shared/persistence/transaction.ts';
import type { Scope } from '../../../shared/protocol/actor.ts';
import type { Photo, ReturnState } from '../domain/model.ts';
import { GONE } from '../domain/return-states.ts';
import { photoOf, photoRow, type JsonRow } from './rows.ts';

/** What a new photo meets: at its return, or where its item went when that was split off. */
export interface PhotoPlace {
  state: ReturnState;
  /** Of the item; of the parcel as a whole for a photo of it. */
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

/** Photos of goods that belong to somebody else are not the merchant's of the return to see. */
const seen = sql`(current_setting('kontor.scope', true) = 'staff' or not exists (
  select 1 from returns.return_item i where i.id = p.item_id and i.origin = 'foreign'))`;

/** Photo `p` shows item `i`, as domain/photos-shown.ts has it. */
export const showsItem = sql`(p.item_id = i.id or p.item_id = i.split_from and p.uploaded_at < i.split_at)`;

export async function findPhoto(em: EntityManager, id: string): Promise<Photo | undefined> {
  const found = await firstRow<{ photo: JsonRow }>(
    em,
    sql`select to_jsonb(p) as photo from returns.photo p where id = ${id} and ${seen}`,
  );
  return found && photoOf(found.photo);
}

/** Which of the photos are in scope. */
export async function visiblePhotos(em: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    em,
    sql`select id from returns.photo p where id = any(${ids}::uuid[]) and ${seen}`,
  );
  return new Set(found.map(({ id }) => id));
}

/**
 * Adds a photo to the return that has its item now, and counts it there, in one statement. The return is locked before
 * its photos are counted, and of two twins the index lets one in (migrations, photos follow items).
 * @param most  how many an item may have, and the parcel as a whole
 * @returns where it was added; nothing when it was not, and then {@link askPhotoPlace} tells why
 */
export async function insertPhoto(
  em: EntityManager,
  photo: Photo,
  { uploadedBy, most }: { uploadedBy: string; most: number },
): Promise<{ id: string; merchantId: string | null } | undefined> {
  const given = JSON.stringify({ ...photoRow(photo), uploaded_by: uploadedBy });
  const kept = await firstRow(
    em,
    sql<{ home: { id: string; merchantId: string | null } | null }>`
      select returns.keep_photo(${given}::jsonb, ${GONE}::text[], ${most}::int) as home`,
  );
  return kept?.home ?? undefined;
}
