import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { JobStateName, SpecialJobView } from '../../../shared/protocol/orders/special-jobs.ts';

/** Instants as the driver gives them. */
export type JobRow = SpecialJobView & { contentHash: string };

/** The columns of a {@link JobRow}. */
export const JOB_COLUMNS = sql`j.id, j.version, j.merchant_id as "merchantId", j.number, j.catalogue_id as "catalogueId", j.code,
  j.description, j.unit, trim_scale(j.quantity)::text as quantity, trim_scale(j.estimated_quantity)::text as "estimatedQuantity",
  j.state, j.needs_approval as "needsApproval", j.asked_at as "askedAt", j.answered_at as "answeredAt",
  j.decline_reason as "declineReason",
  case when j.reference_kind is not null then jsonb_build_object('kind', j.reference_kind, 'number', j.reference_number) end as reference,
  to_char(j.opened_on, 'YYYY-MM-DD') as "openedOn", j.service_date as "serviceDate", j.signed_off_at as "signedOffAt",
  j.cancelled_at as "cancelledAt", j.cancel_reason as "cancelReason", j.revision, j.created_at as "createdAt", j.content_hash as "contentHash",
  (select sum(w.minutes)::int from special_job_work w where w.job_id = j.id) as "workedMinutes",
  (select sum(w.pieces)::int from special_job_work w where w.job_id = j.id) as "workedPieces",
  (select jsonb_build_object('before', count(*) filter (where p.moment = 'before'), 'after', count(*) filter (where p.moment = 'after'))
     from special_job_photo p where p.job_id = j.id) as photos`;

export interface NewJob {
  id: string;
  merchantId: string;
  catalogueId: string | null;
  code: string;
  description: string;
  unit: string;
  quantity: string;
  needsApproval: boolean;
  referenceKind: string | null;
  referenceNumber: string | null;
  openedOn: string;
  contentHash: string;
}

/** Opens a job; where the merchant has to agree, as one that waits for that. @returns `undefined` when the id is taken */
export async function insertJob(em: EntityManager, job: NewJob, now: Date): Promise<JobRow | undefined> {
  const at = now.toISOString();
  return firstRow<JobRow>(
    em,
    sql<JobRow>`insert into special_job as j (id, merchant_id, number, catalogue_id, code, description, unit, quantity, estimated_quantity,
          state, needs_approval, asked_at, reference_kind, reference_number, opened_on, content_hash, created_at, updated_at)
        values (${job.id}, ${job.merchantId}, 'SJ-' || nextval('special_job_number'), ${job.catalogueId}, ${job.code}, ${job.description},
          ${job.unit}, ${job.quantity}, ${job.quantity}, ${job.needsApproval ? 'awaiting_approval' : 'open'}, ${job.needsApproval},
          ${job.needsApproval ? at : null}, ${job.referenceKind}, ${job.referenceNumber}, ${job.openedOn}, ${job.contentHash}, ${at}, ${at})
        on conflict (id) do nothing returning ${JOB_COLUMNS}`,
  );
}

export async function findJob(em: EntityManager, id: string): Promise<JobRow | undefined> {
  return firstRow<JobRow>(em, sql<JobRow>`select ${JOB_COLUMNS} from special_job j where j.id = ${id}`);
}

/** Locks first and reads then: what is summed must be of after the lock. */
export async function findJobForUpdate(em: EntityManager, id: string): Promise<JobRow | undefined> {
  const locked = await firstRow(em, sql`select 1 from special_job where id = ${id} for update`);
  return locked ? findJob(em, id) : undefined;
}

/** What a step changes of a job; what is left out stays. */
export interface JobChange {
  state?: JobStateName;
  quantity?: string;
  estimatedQuantity?: string;
  description?: string;
  serviceDate?: string;
  revision?: number;
  signedOffAt?: string;
  needsApproval?: boolean;
  askedAt?: string;
  answeredAt?: string | null;
  answeredBy?: string | null;
  declineReason?: string | null;
  cancelledAt?: string;
  cancelReason?: string;
}

const COLUMN: Record<keyof JobChange, string> = {
  state: 'state',
  quantity: 'quantity',
  estimatedQuantity: 'estimated_quantity',
  description: 'description',
  serviceDate: 'service_date',
  revision: 'revision',
  signedOffAt: 'signed_off_at',
  needsApproval: 'needs_approval',
  askedAt: 'asked_at',
  answeredAt: 'answered_at',
  answeredBy: 'answered_by',
  declineReason: 'decline_reason',
  cancelledAt: 'cancelled_at',
  cancelReason: 'cancel_reason',
};

/** Changes a locked job; every change is a new version. */
export async function saveJob(em: EntityManager, id: string, change: JobChange, now: Date): Promise<JobRow> {
  const set = (Object.keys(change) as (keyof JobChange)[]).map(
    (key) => sql`${sql.ref(COLUMN[key])} = ${change[key] ?? null}`,
  );
  const [job] = await rows<JobRow>(
    em,
    sql<JobRow>`update special_job j set ${sql.join([...set, sql`updated_at = ${now.toISOString()}`, sql`version = j.version + 1`])}
        where j.id = ${id} returning ${JOB_COLUMNS}`,
  );
  return job!;
}

export const jobView = ({ contentHash: _, ...job }: JobRow): SpecialJobView => ({
  ...job,
  askedAt: isoOf(job.askedAt),
  answeredAt: isoOf(job.answeredAt),
  signedOffAt: isoOf(job.signedOffAt),
  cancelledAt: isoOf(job.cancelledAt),
  createdAt: new Date(job.createdAt).toISOString(),
});

const isoOf = (at: string | null): string | null => at && new Date(at).toISOString();
