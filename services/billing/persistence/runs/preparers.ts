import { NOT_IN_CARDS } from '../../../../shared/kernel/charge-reasons.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';

/** Whether somebody started a run or had merchants join it. */
export async function startedRun(em: EntityManager, runId: string, actorId: string): Promise<boolean> {
  const found = await firstRow(
    em,
    sql`select 1 from messaging.audit_entry where entity = 'billing-run' and entity_id = ${runId}::text and actor_id = ${actorId}
          and actor_kind in ('user', 'apiKey') and action in ('billing-run.started', 'billing-run.joined') limit 1`,
  );
  return found !== undefined;
}

/** Up to which service date a row collects; as `collectsUpTo` says. */
const COLLECTED_UP_TO = sql`case when m.final then (date_trunc('month', m.cutoff) + interval '1 month - 1 day')::date else m.cutoff end`;

/**
 * Drafts of a run that somebody had a hand in since the run was there: by having them made anew, by holding, releasing
 * or waiving charges that they would bill or now lack, or by writing prices that they bill or that dropped such charges.
 */
export async function preparedRows(em: EntityManager, runId: string, actorId: string): Promise<string[]> {
  const found = await rows<{ merchantId: string }>(
    em,
    sql`select m.merchant_id as "merchantId" from run_merchant m join run r on r.id = m.run_id where m.run_id = ${runId} and m.state = 'draft' and (
          exists (select 1 from messaging.audit_entry a where a.entity = 'billing-run' and a.entity_id = ${runId}::text
            and a.merchant_id = m.merchant_id and a.actor_id = ${actorId} and a.action = 'billing-run.draft-requested')
          or exists (select 1 from charge c
            join messaging.audit_entry a on a.entity = 'charge' and a.entity_id = c.id::text and a.actor_id = ${actorId}
              and a.action in ('charge.held', 'charge.released', 'charge.waived')
              -- what a version dropped is waived in its author's name: like all prices it counts after the run only
              and (a.at > r.created_at or (a.at = r.created_at and a.reason is distinct from ${NOT_IN_CARDS}))
            where c.merchant_id = m.merchant_id and c.line_id is null and c.service_date <= ${COLLECTED_UP_TO}
              and (c.late_exempt or c.state in ('held', 'waived')))
          or exists (select 1 from invoice i join invoice_line l on l.invoice_id = i.id join rate_version v on v.id = l.version_id
            where i.run_merchant_id = m.id and i.state = 'draft' and v.created_by = ${actorId} and v.created_at > r.created_at))
        order by 1`,
  );
  return found.map(({ merchantId }) => merchantId);
}
