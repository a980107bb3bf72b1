import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import type { ReturnFacts } from '../domain/model.ts';
import { headOf, type JsonRow } from './rows.ts';

const AT_A_TIME = 200;
const DAYS_AS_SHIPPED = returnPolicy.parse({}).announcedExpiryDays;

/** Marks what has waited too long for its parcel, the oldest first. @returns the returns as they are now */
export async function expireAnnouncedBefore(em: EntityManager, at: Date): Promise<ReturnFacts[]> {
  const now = at.toISOString();
  const expired = await rows<{ head: JsonRow }>(
    em,
    sql`with due as (
          select r.id from returns.return r left join returns.merchant_ref m on m.merchant_id = r.merchant_id
          where r.state = 'announced' and r.created_at < ${now}::timestamptz
            - coalesce((m.return_policy->>'announcedExpiryDays')::int, ${DAYS_AS_SHIPPED}::int) * interval '1 day'
          order by r.created_at, r.id limit ${AT_A_TIME} for update of r skip locked)
        update returns.return r set state = 'expired', version = r.version + 1, updated_at = ${now}::timestamptz
        from due where due.id = r.id returning to_jsonb(r) as head`,
  );
  return expired.map(({ head }) => headOf(head));
}
