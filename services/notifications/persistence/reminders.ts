import { uuidOf } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../shared/persistence/sql.ts';

export interface DueReminder {
  id: string;
  merchantId: string;
  returnId: string;
  revision: number;
  payload: unknown;
}

export interface PlannedReminder extends Omit<DueReminder, 'id'> {
  remindAt: Date;
}

/** Remembers to remind; once per return and revision. */
export async function planReminders(em: EntityManager, planned: readonly PlannedReminder[], now: Date): Promise<void> {
  const given = planned.map(({ merchantId, returnId, revision, payload, remindAt }) => ({
    id: uuidOf('decision-reminder', returnId, revision),
    merchant_id: merchantId,
    return_id: returnId,
    revision,
    payload,
    remind_at: remindAt.toISOString(),
  }));
  await rows(
    em,
    sql`insert into decision_reminder (id, merchant_id, return_id, revision, remind_at, payload, created_at)
        select id, merchant_id, return_id, revision, remind_at, payload, ${now.toISOString()}
        from jsonb_populate_recordset(null::decision_reminder, ${JSON.stringify(given)}::jsonb) on conflict do nothing`,
  );
}

export async function dueReminders(em: EntityManager, now: Date, limit: number): Promise<DueReminder[]> {
  return rows<DueReminder>(
    em,
    sql<DueReminder>`select id, merchant_id as "merchantId", return_id as "returnId", revision, payload from decision_reminder
        where done_at is null and remind_at <= ${now.toISOString()} order by remind_at, id limit ${limit}`,
  );
}

/** @returns false when another worker was faster */
export async function endReminder(
  em: EntityManager,
  id: string,
  outcome: 'reminded' | 'decided' | 'off',
  now: Date,
): Promise<boolean> {
  const ended = await affected(
    em,
    sql`update decision_reminder set done_at = ${now.toISOString()}, outcome = ${outcome} where id = ${id} and done_at is null`,
  );
  return ended === 1;
}
