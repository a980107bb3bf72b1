import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';

/** A special job as of one of its versions. */
export interface JobVersion {
  merchantId: string;
  specialJobId: string;
  version: number;
}

/** Remembers the latest version of each job; news of one that come in another order change nothing. */
export async function noteJobs(em: EntityManager, jobs: readonly JobVersion[]): Promise<void> {
  const given = jobs.map(({ merchantId, specialJobId, version }) => ({
    ...{ merchant_id: merchantId, special_job_id: specialJobId, version },
  }));
  await rows(
    em,
    sql`insert into special_job_ref (special_job_id, merchant_id, version)
        select special_job_id, (array_agg(merchant_id))[1], max(version)
        from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as j (special_job_id uuid, merchant_id uuid, version integer)
        group by special_job_id order by special_job_id
        on conflict (special_job_id) do update set version = excluded.version where special_job_ref.version < excluded.version`,
  );
}

/** Which versions are still the latest, as `id version`. */
export async function latestJobs(em: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ key: string }>(
    em,
    sql<{ key: string }>`select special_job_id || ' ' || version as key from special_job_ref
        where special_job_id = any(${[...ids]}::uuid[])`,
  );
  return new Set(found.map(({ key }) => key));
}
