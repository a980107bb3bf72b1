import type { Audit } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { Return } from '../domain/model.ts';
import { closeFullBatches, joinedBatches } from '../persistence/batch-closing.ts';
import { recordStays } from '../persistence/quarantine.ts';
import { auditBatch } from './batch-audit.ts';

/**
 * What the new places of goods bring with them, in the transaction that moved them: a batch that is full now closes
 * (C5), and the days of what left quarantine stay known to the clock that charges them (C11).
 * @param limited  whether the policy closes batches by what is in them; else nobody has to look
 */
export async function noteMovedGoods(
  em: EntityManager,
  audit: Audit,
  before: Return,
  after: Return,
  { at, limited }: { at: Date; limited: boolean },
): Promise<void> {
  await recordStays(em, before, after, at);
  const joined = limited ? joinedBatches(before, after) : [];
  for (const { id, merchantId, closedBy } of await closeFullBatches(em, joined, at))
    auditBatch(
      audit,
      { id, merchantId, state: 'closing' },
      'rtv-batch.closed',
      { state: 'open' },
      { detail: { closedBy } },
    );
}
