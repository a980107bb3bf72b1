import type { KeptPicture } from '../../../shared/images/keep-picture.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { JobPhotoView, JobWorkView, SpecialJobDetail } from '../../../shared/protocol/orders/special-jobs.ts';

/** The rows that belong to a job: what was worked, its revisions, its photos. All are only ever added. */

interface OfJob {
  id: string;
  merchantId: string;
}

export interface NewWork {
  id: string;
  kind: JobWorkView['kind'];
  worker: string;
  minutes: number | null;
  pieces: number | null;
  note: string;
  enteredBy: string;
}

/** Adds an entry to a locked job. */
export async function insertWork(em: EntityManager, job: OfJob, work: NewWork, now: Date): Promise<void> {
  await rows(
    em,
    sql`insert into special_job_work (id, merchant_id, job_id, position, kind, worker, minutes, pieces, note, entered_by, at)
        select ${work.id}, ${job.merchantId}, ${job.id}, coalesce(max(position), 0) + 1, ${work.kind}, ${work.worker}, ${work.minutes}::int,
          ${work.pieces}::int, ${work.note}, ${work.enteredBy}, ${now.toISOString()}
        from special_job_work where job_id = ${job.id}`,
  );
}

export async function workOf(em: EntityManager, jobId: string): Promise<JobWorkView[]> {
  const found = await rows<JobWorkView>(
    em,
    sql<JobWorkView>`select position, kind, worker, minutes, pieces, note, at from special_job_work where job_id = ${jobId} order by position`,
  );
  return found.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
}

/** A clock that was started and not stopped. */
export interface RunningTimer {
  jobId: string;
  number: string;
  worker: string;
  startedAt: Date;
}

/** Clocks that run for a job, or for a worker on any job. */
export async function runningTimers(
  em: EntityManager,
  { jobId, worker }: { jobId?: string; worker?: string },
): Promise<RunningTimer[]> {
  const found = await rows<RunningTimer>(
    em,
    sql<RunningTimer>`select last."jobId", j.number, last.worker, last.at as "startedAt"
        from (select distinct on (job_id, worker) job_id as "jobId", worker, kind, at from special_job_work
              where kind <> 'entered' and (${jobId ?? null}::uuid is null or job_id = ${jobId ?? null}) and (${worker ?? null}::text is null or worker = ${worker ?? null})
              order by job_id, worker, position desc) last
        join special_job j on j.id = last."jobId" where last.kind = 'started' order by last.at`,
  );
  return found.map((timer) => ({ ...timer, startedAt: new Date(timer.startedAt) }));
}

/** Until the transaction ends nobody else starts a clock of the same worker. */
export async function lockWorker(em: EntityManager, worker: string): Promise<void> {
  await rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${`special-job-worker ${worker}`}, 0))`);
}

export async function insertRevision(
  em: EntityManager,
  job: OfJob,
  done: { revision: number; quantity: string; description: string; serviceDate: string },
  { reason, by, now }: { reason: string | null; by: string; now: Date },
): Promise<void> {
  await rows(
    em,
    sql`insert into special_job_revision (job_id, revision, merchant_id, quantity, description, service_date, reason, made_by, at)
        values (${job.id}, ${done.revision}, ${job.merchantId}, ${done.quantity}, ${done.description}, ${done.serviceDate}, ${reason}, ${by}, ${now.toISOString()})`,
  );
}

export async function revisionsOf(em: EntityManager, jobId: string): Promise<SpecialJobDetail['revisions']> {
  const found = await rows<SpecialJobDetail['revisions'][number]>(
    em,
    sql<SpecialJobDetail['revisions'][number]>`select revision, trim_scale(quantity)::text as quantity, description,
          to_char(service_date, 'YYYY-MM-DD') as "serviceDate", reason, at
        from special_job_revision where job_id = ${jobId} order by revision`,
  );
  return found.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
}

export type JobPhoto = Omit<JobPhotoView, 'links'> & Pick<KeptPicture, 'fullKey' | 'webKey' | 'thumbKey'>;

const PHOTO_COLUMNS = sql`p.id, p.job_id as "jobId", p.moment, p.client_photo_id as "clientPhotoId", p.sha256, p.bytes, p.width, p.height,
  p.full_key as "fullKey", p.web_key as "webKey", p.thumb_key as "thumbKey", p.uploaded_at as "uploadedAt"`;

/** @returns whether it is new: the device may have sent it before */
export async function insertPhoto(
  em: EntityManager,
  photo: JobPhoto & { merchantId: string; uploadedBy: string },
): Promise<boolean> {
  const inserted = await affected(
    em,
    sql`insert into special_job_photo (id, merchant_id, job_id, moment, client_photo_id, sha256, bytes, width, height, full_key, web_key,
          thumb_key, uploaded_by, uploaded_at)
        values (${photo.id}, ${photo.merchantId}, ${photo.jobId}, ${photo.moment}, ${photo.clientPhotoId}, ${photo.sha256}, ${photo.bytes},
          ${photo.width}, ${photo.height}, ${photo.fullKey}, ${photo.webKey}, ${photo.thumbKey}, ${photo.uploadedBy}, ${photo.uploadedAt})
        on conflict (job_id, client_photo_id) do nothing`,
  );
  return inserted === 1;
}

export async function findPhoto(em: EntityManager, id: string): Promise<JobPhoto | undefined> {
  return shown(await firstRow(em, sql<JobPhoto>`select ${PHOTO_COLUMNS} from special_job_photo p where p.id = ${id}`));
}

export async function findPhotoOfDevice(
  em: EntityManager,
  jobId: string,
  clientPhotoId: string,
): Promise<JobPhoto | undefined> {
  return shown(
    await firstRow(
      em,
      sql<JobPhoto>`select ${PHOTO_COLUMNS} from special_job_photo p where p.job_id = ${jobId} and p.client_photo_id = ${clientPhotoId}`,
    ),
  );
}

export async function photosOf(em: EntityManager, jobId: string): Promise<JobPhoto[]> {
  const found = await rows<JobPhoto>(
    em,
    sql<JobPhoto>`select ${PHOTO_COLUMNS} from special_job_photo p where p.job_id = ${jobId} order by p.uploaded_at, p.id`,
  );
  return found.map((photo) => shown(photo)!);
}

/** Of some photos those that the transaction may see. */
export async function visiblePhotos(em: EntityManager, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    em,
    sql<{ id: string }>`select id from special_job_photo where id = any(${[...ids]}::uuid[])`,
  );
  return new Set(found.map(({ id }) => id));
}

const shown = (photo: JobPhoto | undefined): JobPhoto | undefined =>
  photo && { ...photo, uploadedAt: new Date(photo.uploadedAt).toISOString() };
