import { keepPicture } from '../../../../shared/images/keep-picture.ts';
import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { JobPhotoLinks } from '../../../../shared/links/job-photos.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { specialJobActions } from '../../../../shared/protocol/orders/special-job-actions.ts';
import { OPEN_JOB_STATES, type JobPhotoView } from '../../../../shared/protocol/orders/special-jobs.ts';
import { takingUpload } from '../../../../shared/storage/taken-upload.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { findPhoto, findPhotoOfDevice, insertPhoto, type JobPhoto } from '../../persistence/special-job-parts.ts';
import { findJob, findJobForUpdate, type JobRow } from '../../persistence/special-jobs.ts';

type Actions = typeof specialJobActions;
type Input = InputOf<Actions['addJobPhoto']>;

const MOST_PHOTOS = 40;

/**
 * Keeps a photo: decoded and re-encoded in a child, stored by hash, then its row, so whatever fails leaves at most a
 * file that nobody refers to (T10). The same photo again answers with the first one.
 * @throws NotFound
 * @throws RuleViolation `PHOTO_EXISTS` for other content under the same client id, `TOO_MANY_PHOTOS`,
 *                       `SPECIAL_JOB_CLOSED` once it is signed off or cancelled
 * @throws AppError what the image processor refuses
 */
export function addJobPhoto(deps: OrdersDeps, input: Input, actor: Actor): Promise<JobPhotoView> {
  return takingUpload(deps, input.file, async () => {
    const known = await read(deps, actor, async (em) => earlierPhoto(em, await findJob(em, input.id), input));
    if (known) return asRepeated(jobPhotoView(known, deps.jobPhotoLinks));
    const picture = await keepPicture(deps, input.file, 'special-jobs');
    return transact(deps, actor, async (em, _announce, _audit, changed) => {
      const job = await findJobForUpdate(em, input.id);
      const twin = await earlierPhoto(em, job, input);
      if (twin) return asRepeated(jobPhotoView(twin, deps.jobPhotoLinks));
      const now = deps.now();
      const { id: jobId, moment, clientPhotoId } = input;
      const photo = {
        ...{ id: uuidv7(now), jobId, moment, clientPhotoId, ...picture },
        uploadedAt: now.toISOString(),
      };
      const { merchantId } = job!;
      await insertPhoto(em, { ...photo, merchantId, uploadedBy: actor.id });
      changed({ topic: 'special-jobs', id: jobId, merchantId });
      return jobPhotoView(photo, deps.jobPhotoLinks);
    });
  });
}

/** A photo as JPEG; merchants see those of their own jobs. @throws NotFound */
export const getJobPhoto = (
  deps: OrdersDeps,
  { id, size }: InputOf<Actions['getJobPhoto']>,
  actor: Actor,
): Promise<OutputOf<Actions['getJobPhoto']>> =>
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

export const jobPhotoView = ({ id, jobId, moment, clientPhotoId, ...photo }: JobPhoto, links: JobPhotoLinks) => ({
  ...{ id, jobId, moment, clientPhotoId, links: links(id) },
  ...{ sha256: photo.sha256, bytes: photo.bytes, width: photo.width, height: photo.height },
  uploadedAt: photo.uploadedAt,
});

/** The photo that the device sent before, if any; else whether there may be one more. */
async function earlierPhoto(
  em: EntityManager,
  job: JobRow | undefined,
  { clientPhotoId, file }: Input,
): Promise<JobPhoto | undefined> {
  if (!job) throw new NotFound('special job');
  const earlier = await findPhotoOfDevice(em, job.id, clientPhotoId);
  if (earlier && earlier.sha256 !== file.sha256)
    throw new RuleViolation('PHOTO_EXISTS', 'There is another photo with this clientPhotoId');
  if (earlier) return earlier;
  if (!OPEN_JOB_STATES.some((state) => state === job.state))
    throw new RuleViolation('SPECIAL_JOB_CLOSED', `A special job that is ${job.state} gets no photos`, {
      state: job.state,
    });
  if (job.photos.before + job.photos.after >= MOST_PHOTOS)
    throw new RuleViolation('TOO_MANY_PHOTOS', `A special job has at most ${MOST_PHOTOS} photos`);
  return undefined;
}
