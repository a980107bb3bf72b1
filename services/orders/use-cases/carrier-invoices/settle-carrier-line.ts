import { invalidField, NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { carrierActions } from '../../../../shared/protocol/orders/carrier-actions.ts';
import type { CarrierLineView } from '../../../../shared/protocol/orders/carrier-invoices.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { findCarrierLine, lockCarrierLines, settleByHand } from '../../persistence/carrier-lines.ts';
import { tellMatched } from './tell-matched.ts';

type Actions = typeof carrierActions;
interface Wanted {
  id: string;
  shipmentId: string | null;
  reason: string | null;
}

/**
 * Says whose shipment a line belongs to, also one with another number or one that was called back.
 * @throws InvalidInput `UNKNOWN_SHIPMENT`; RuleViolation `CARRIER_LINE_SETTLED`; NotFound; AppError 403
 */
export const matchCarrierLine = (
  deps: OrdersDeps,
  { id, shipmentId }: InputOf<Actions['matchCarrierLine']>,
  actor: Actor,
) => settle(deps, { id, shipmentId, reason: null }, actor);

/** Takes a line off the worklist that no merchant pays for. @throws as {@link matchCarrierLine} */
export const dismissCarrierLine = (
  deps: OrdersDeps,
  { id, reason }: InputOf<Actions['dismissCarrierLine']>,
  actor: Actor,
) => settle(deps, { id, shipmentId: null, reason }, actor);

async function settle(deps: OrdersDeps, { id, shipmentId, reason }: Wanted, actor: Actor): Promise<CarrierLineView> {
  assertHouse(actor);
  return transact(deps, actor, async (em, announce, audit) => {
    await lockCarrierLines(em, 'alone');
    const line = await findCarrierLine(em, id);
    if (!line) throw new NotFound('carrier line');
    if (shipmentId !== null && !(await firstRow(em, sql`select 1 from shipment where id = ${shipmentId}`)))
      throw invalidField('shipmentId', 'UNKNOWN_SHIPMENT', 'There is no such shipment');
    if (!(await settleByHand(em, { lineId: id, shipmentId, reason, by: actor.id, at: deps.now() }))) {
      if ((line.shipment?.id ?? null) === shipmentId && line.reason === reason) return asRepeated(line);
      throw new RuleViolation('CARRIER_LINE_SETTLED', 'This line is settled already');
    }
    if (shipmentId !== null) await tellMatched(em, announce, [id]);
    const settled = (await findCarrierLine(em, id))!;
    audit({
      action: shipmentId === null ? 'carrier-line.dismissed' : 'carrier-line.matched',
      ...{ entity: 'carrier-line', entityId: id, merchantId: settled.shipment?.merchantId ?? null },
      after: { shipmentId },
      ...(reason === null ? {} : { reason }),
    });
    return settled;
  });
}
