import { localDateOf } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { z } from 'zod';
import type { merchantAccessChangedV1 } from '../../../shared/protocol/identity/events.ts';

type Access = z.output<typeof merchantAccessChangedV1.payload>;

/** Keeps who may log in for which merchants from which day on; each change once. */
export async function saveAccess(em: EntityManager, told: readonly Access[], zone: string): Promise<void> {
  const given = told.map(({ userId, version, merchantIds, changedAt }) => ({
    ...{ user_id: userId, version, merchant_ids: merchantIds },
    changed_on: localDateOf(new Date(changedAt), zone),
  }));
  await rows(
    em,
    sql`insert into merchant_access (user_id, version, changed_on, merchant_ids)
        select user_id, version, changed_on, array(select jsonb_array_elements_text(merchant_ids)::uuid)
        from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as a (user_id uuid, version integer, changed_on date, merchant_ids jsonb)
        on conflict do nothing`,
  );
}
