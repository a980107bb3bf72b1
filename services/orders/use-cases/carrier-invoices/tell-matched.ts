import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { Announce } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { carrierLineMatchedV1 } from '../../../../shared/protocol/orders/carrier-invoices.ts';
import { lockCarrierLines, matchByNumber, matchedFacts } from '../../persistence/carrier-lines.ts';

/** Announces lines that have their shipment, each once per revision. */
export async function tellMatched(em: EntityManager, announce: Announce, lineIds: readonly string[]): Promise<void> {
  if (!lineIds.length) return;
  for (const fact of await matchedFacts(em, lineIds))
    announce(carrierLineMatchedV1, fact, {
      eventId: fact.revision
        ? uuidOf('carrier-line-matched', fact.lineId, fact.revision)
        : uuidOf('carrier-line-matched', fact.lineId),
    });
}

/** Gives lines that have been waiting for a number their shipment, after one with it came or went. */
export async function matchWaitingLines(
  em: EntityManager,
  announce: Announce,
  trackingNumber: string | null,
  settling: { by: string; at: Date },
): Promise<void> {
  if (trackingNumber === null) return;
  await lockCarrierLines(em, 'shared');
  await tellMatched(em, announce, await matchByNumber(em, { trackingNumber }, settling));
}
