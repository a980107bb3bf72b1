import { keepPicture } from '../../../shared/images/keep-picture.ts';
import { AppError, NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { PhotoView } from '../../../shared/protocol/returns/views.ts';
import { takingUpload } from '../../../shared/storage/taken-upload.ts';
import type { Photo } from '../domain/model.ts';
import { GONE } from '../domain/return-states.ts';
import { askPhotoPlace, findPhoto, insertPhoto, type PhotoPlace } from '../persistence/photos.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { photoView } from '../views.ts';

type Input = InputOf<typeof returnsActions.addPhoto>;

/** Of an item, and of the parcel as a whole: more than any rule asks for, however many items there are. */
const MOST_PHOTOS = 40;

/**
 * Keeps a photo: decoded and re-encoded in a child, stored by hash, then its row; so whatever fails leaves at most a
 * file that nobody refers to (T10). The same photo again answers with the first one (B4). It goes
 * to the return that has its item now, should that have been split off since it was taken.
 * @throws NotFound for the return or the item
 * @throws RuleViolation `PHOTO_EXISTS` for other content under the same client id, `TOO_MANY_PHOTOS`,
 *                       `RETURN_STATE_NOT_ALLOWED`
 * @throws AppError what the image processor refuses
 */
export function addPhoto(deps: ReturnsDeps, input: Input, actor: Actor): Promise<PhotoView> {
  return takingUpload(deps, input.file, async () => {
    const known = earlierPhoto(await askPhotoPlace(deps.orm, actor.scope, input), input);
    return known
      ? asRepeated(photoView(known, deps.photoLinks))
      : await keepPhoto(deps, input, actor, await develop(deps, input));
  });
}

/** A photo as JPEG; merchants see the own ones only. @throws NotFound */
export const getPhoto = (
  deps: ReturnsDeps,
  { id, size }: InputOf<typeof returnsActions.getPhoto>,
  actor: Actor,
): Promise<OutputOf<typeof returnsActions.getPhoto>> =>
  read(deps, actor, async (em) => {
    const photo = await findPhoto(em, id);
    if (!photo) throw new NotFound('photo');
    return {
      objectKey: { thumb: photo.thumbKey, web: photo.webKey, full: photo.fullKey }[size],
      contentType: 'image/jpeg',
      filename: `${id}-${size}.jpg`,
      disposition: 'inline' as const,
    };
  });

/** The photo that the device sent before, if any; else whether there may be one more. */
function earlierPhoto(place: PhotoPlace | undefined, { file }: Input): Photo | undefined {
  if (!place) throw new NotFound('return');
  const { earlier, itemKnown, state, photos } = place;
  if (earlier && earlier.sha256 !== file.sha256)
    throw new RuleViolation('PHOTO_EXISTS', 'There is another photo with this clientPhotoId');
  if (earlier) return earlier;
  if (!itemKnown) throw new NotFound('item');
  if ((GONE as readonly string[]).includes(state))
    throw new RuleViolation('RETURN_STATE_NOT_ALLOWED', `A return that is ${state} gets no photos`, { state });
  if (photos >= MOST_PHOTOS)
    throw new RuleViolation('TOO_MANY_PHOTOS', `An item, or the parcel, has at most ${MOST_PHOTOS} photos`);
  return undefined;
}

async function develop(deps: ReturnsDeps, { id, itemId, kind, clientPhotoId, takenAt, file }: Input): Promise<Photo> {
  const picture = await keepPicture(deps, file, 'photos');
  const at = deps.now();
  return {
    id: uuidv7(at),
    returnId: id,
    itemId: itemId ?? null,
    kind: kind ?? (itemId === undefined ? 'parcel' : 'item'),
    clientPhotoId,
    ...picture,
    takenAt: takenAt === undefined ? null : new Date(takenAt),
    uploadedAt: at,
  };
}

/** When nothing was added, the return changed since it was asked about, or a twin of this request was faster. */
async function keepPhoto(deps: ReturnsDeps, input: Input, actor: Actor, photo: Photo): Promise<PhotoView> {
  const added = await transact(deps, actor, async (em, _announce, _audit, changed) => {
    const home = await insertPhoto(em, photo, { uploadedBy: actor.id, most: MOST_PHOTOS });
    if (!home) return null;
    changed({ topic: 'returns', id: home.id, merchantId: home.merchantId });
    return photoView({ ...photo, returnId: home.id }, deps.photoLinks);
  });
  if (added) return added;
  const twin = earlierPhoto(await askPhotoPlace(deps.orm, actor.scope, input), input);
  if (twin) return asRepeated(photoView(twin, deps.photoLinks));
  throw new AppError(503, 'BUSY', 'The return changed at this moment; send it again', { retryAfterSeconds: 1 });
}
