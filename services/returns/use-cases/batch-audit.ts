import type { Audit } from '../../../shared/messaging/transact.ts';
import type { AuditAction } from '../../../shared/protocol/audit-actions.ts';

/** How the audit trail tells a step of a batch, beyond the states before and after it. */
export interface BatchTrace {
  reason?: string;
  detail?: Record<string, unknown>;
}

export function auditBatch(
  audit: Audit,
  batch: { id: string; merchantId: string; state: string },
  action: AuditAction,
  before: { state: string },
  { reason, detail }: BatchTrace = {},
): void {
  audit({
    action,
    entity: 'rtv_batch',
    entityId: batch.id,
    merchantId: batch.merchantId,
    before,
    after: { state: batch.state, ...detail },
    ...(reason ? { reason } : {}),
  });
}
