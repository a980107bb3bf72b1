import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { SpecialJobView } from '../../../shared/protocol/orders/views.ts';

export type JobRow = SpecialJobView & { contentHash: string };

/** The columns of a {@link JobRow}. */
export const JOB_COLUMNS = sql`j.id, j.version, j.merchant_id as "merchantId", j.number, j.code, j.description, j.unit,
  trim_scale(j.quantity)::text as quantity, j.state, j.service_date as "serviceDate", j.signed_off_at as "signedOffAt",
  j.revision, j.created_at as "createdAt", j.content_hash as "contentHash"`;

export interface NewJob {
  id: string;
  merchantId: string;
  code: string;
  description: string;
  unit: string;
  quantity: string;
  contentHash: string;
}

/** @returns `undefined` when the id is taken */
export async function insertJob(em: EntityManager, job: NewJob, now: Date): Promise<JobRow | undefined> {
  const at = now.toISOString();
  return firstRow<JobRow>(
    em,
    sql<JobRow>`insert into special_job as j (id, merchant_id, number, code, description, unit, quantity, state, content_hash, created_at, updated_at)
        values (${job.id}, ${job.merchantId}, 'SJ-' || nextval('special_job_number'), ${job.code}, ${job.description}, ${job.unit},
          ${job.quantity}, 'open', ${job.contentHash}, ${at}, ${at})
        on conflict (id) do nothing returning ${JOB_COLUMNS}`,
  );
}

export async function findJob(em: EntityManager, id: string): Promise<JobRow | undefined> {
  return firstRow<JobRow>(em, sql<JobRow>`select ${JOB_COLUMNS} from special_job j where j.id = ${id}`);
}

export async function findJobForUpdate(em: EntityManager, id: string): Promise<JobRow | undefined> {
  return firstRow<JobRow>(em, sql<JobRow>`select ${JOB_COLUMNS} from special_job j where j.id = ${id} for update`);
}

/** Signs a locked job off. */
export async function saveSignOff(
  em: EntityManager,
  id: string,
  done: { quantity: string; serviceDate: string; revision: number },
  now: Date,
): Promise<JobRow> {
  const at = now.toISOString();
  const [job] = await rows<JobRow>(
    em,
    sql<JobRow>`update special_job j set state = 'signed_off', quantity = ${done.quantity}, service_date = ${done.serviceDate},
          revision = ${done.revision}, signed_off_at = ${at}, updated_at = ${at}, version = j.version + 1
        where j.id = ${id} returning ${JOB_COLUMNS}`,
  );
  return job!;
}

export const jobView = ({ contentHash: _, ...job }: JobRow): SpecialJobView => ({
  ...job,
  signedOffAt: job.signedOffAt && new Date(job.signedOffAt).toISOString(),
  createdAt: new Date(job.createdAt).toISOString(),
});
