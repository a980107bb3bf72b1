import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Dispute } from '../domain/batch-disputes.ts';
import type { Batch } from './batches.ts';

export async function insertDisputes(
  em: EntityManager,
  batch: Pick<Batch, 'id' | 'merchantId'>,
  disputes: readonly Dispute[],
  openedBy: string,
): Promise<void> {
  await rows(
    em,
    sql`insert into returns.rtv_dispute (id, batch_id, merchant_id, item_id, quantity, reason, note, opened_at, opened_by)
        select d.id, ${batch.id}, ${batch.merchantId}, d."itemId", d.quantity, d.reason, d.note, d."openedAt", ${openedBy}
        from jsonb_to_recordset(${JSON.stringify(disputes)}::jsonb) as d (id uuid, "itemId" uuid, quantity int, reason text,
          note text, "openedAt" timestamptz)`,
  );
}

export async function saveResolutions(
  em: EntityManager,
  settled: readonly Dispute[],
  resolvedBy: string,
): Promise<void> {
  await rows(
    em,
    sql`update returns.rtv_dispute t set outcome = d.outcome, resolution_note = d."resolutionNote",
          resolved_at = d."resolvedAt", resolved_by = ${resolvedBy}
        from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as d (id uuid, outcome text, "resolutionNote" text,
          "resolvedAt" timestamptz)
        where t.id = d.id and t.outcome is null`,
  );
}
