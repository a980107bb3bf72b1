import type { z } from 'zod';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { OPEN_JOB_STATES, type specialJobChangedV1 } from '../../../shared/protocol/orders/special-jobs.ts';

/** Keeps the highest version of each special job. */
export async function saveSpecialJobs(
  em: EntityManager,
  jobs: readonly z.output<typeof specialJobChangedV1.payload>[],
): Promise<void> {
  await rows(
    em,
    sql`insert into special_job_ref (id, merchant_id, version, number, state, opened_on)
        select distinct on ("specialJobId") "specialJobId", "merchantId", version, number, state, "openedOn"
        from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as n ("specialJobId" uuid, "merchantId" uuid, version integer,
          number text, state text, "openedOn" date)
        order by "specialJobId", version desc
        on conflict (id) do update set version = excluded.version, number = excluded.number, state = excluded.state
        where excluded.version > special_job_ref.version`,
  );
}

/** Numbers of the merchant's jobs that were opened by the cut-off and are neither signed off nor cancelled. */
export const openSpecialJobs = (merchantId: string, cutoff: string) =>
  sql<{ number: string }>`
        select number from special_job_ref where merchant_id = ${merchantId} and opened_on <= ${cutoff}
          and state = any(${[...OPEN_JOB_STATES]}::text[]) order by opened_on, number limit 200`;
