import { NotFound } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { readTimeCursor, toPage } from '../../../../shared/persistence/page.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { isStaff, soleMerchant, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { specialJobActions } from '../../../../shared/protocol/orders/special-job-actions.ts';
import { OPEN_JOB_STATES } from '../../../../shared/protocol/orders/special-jobs.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { photosOf, revisionsOf, workOf } from '../../persistence/special-job-parts.ts';
import { findJob, JOB_COLUMNS, jobView, type JobRow } from '../../persistence/special-jobs.ts';
import { jobPhotoView } from './photos.ts';

type Actions = typeof specialJobActions;

/** Special jobs, newest first. */
export async function listSpecialJobs(
  deps: OrdersDeps,
  { limit, cursor, state, ...input }: InputOf<Actions['listSpecialJobs']>,
  actor: Actor,
): Promise<OutputOf<Actions['listSpecialJobs']>> {
  const before = readTimeCursor(cursor);
  const merchantId = input.merchantId ?? soleMerchant(actor);
  const conditions = [
    sql`true`,
    ...(merchantId ? [sql`j.merchant_id = ${merchantId}`] : []),
    // as literals, so that the index of what is unfinished serves
    ...(state === 'unfinished' ? [sql`j.state in (${sql.join(OPEN_JOB_STATES.map((name) => sql.lit(name)))})`] : []),
    ...(state && state !== 'unfinished' ? [sql`j.state = ${state}`] : []),
    ...(before ? [sql`(j.created_at, j.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`] : []),
  ];
  const found = await read(deps, actor, (em) =>
    rows<JobRow>(
      em,
      sql<JobRow>`select ${JOB_COLUMNS} from special_job j where ${sql.join(conditions, sql` and `)}
          order by j.created_at desc, j.id desc limit ${limit + 1}`,
    ),
  );
  return toPage(found, limit, ({ createdAt, id }) => [createdAt, id], jobView);
}

/** A job with everything that belongs to it; merchants are not told who worked. @throws NotFound */
export async function getSpecialJob(
  deps: OrdersDeps,
  { id }: InputOf<Actions['getSpecialJob']>,
  actor: Actor,
): Promise<OutputOf<Actions['getSpecialJob']>> {
  return read(deps, actor, async (em) => {
    const job = await findJob(em, id);
    if (!job) throw new NotFound('special job');
    const work = await workOf(em, id);
    return {
      ...jobView(job),
      work: isStaff(actor) ? work : work.map((entry) => ({ ...entry, worker: null })),
      revisions: await revisionsOf(em, id),
      pictures: (await photosOf(em, id)).map((photo) => jobPhotoView(photo, deps.jobPhotoLinks)),
    };
  });
}
