import { read } from '../../../shared/messaging/transact.ts';
import { readTimeCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { soleMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { JOB_COLUMNS, jobView, type JobRow } from '../persistence/special-jobs.ts';

/** Special jobs, newest first. */
export async function listSpecialJobs(
  deps: OrdersDeps,
  { limit, cursor, state, ...input }: InputOf<typeof ordersActions.listSpecialJobs>,
  actor: Actor,
): Promise<OutputOf<typeof ordersActions.listSpecialJobs>> {
  const before = readTimeCursor(cursor);
  const merchantId = input.merchantId ?? soleMerchant(actor);
  const conditions = [
    sql`true`,
    ...(merchantId ? [sql`j.merchant_id = ${merchantId}`] : []),
    ...(state ? [sql`j.state = ${state}`] : []),
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
