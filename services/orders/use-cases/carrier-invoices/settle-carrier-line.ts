import { invalidField, NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { transact, type Announce, type Audit } from '../../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import { assertHouse, assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { carrierActions } from '../../../../shared/protocol/orders/carrier-actions.ts';
import { carrierLineReopenedV1, type CarrierLineView } from '../../../../shared/protocol/orders/carrier-invoices.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { carrierLineSteps, insertStep, type CarrierLineStep } from '../../persistence/carrier-line-history.ts';
import { findCarrierLine, lockCarrierLines } from '../../persistence/carrier-lines.ts';
import { tellMatched } from './tell-matched.ts';

type Actions = typeof carrierActions;

/** What a person says of a line: its shipment, or nothing but a reason. */
type Said =
  | { outcome: 'matched'; shipmentId: string; reason: string | null }
  | { outcome: 'dismissed' | 'reopened'; shipmentId: null; reason: string };

/**
 * Says whose shipment a line belongs to, also one with another number or one that was called back. With a reason a line
 * that was settled is taken back first, in the same transaction.
 * @throws InvalidInput   `UNKNOWN_SHIPMENT`
 * @throws RuleViolation  `CARRIER_LINE_SETTLED` otherwise, and no reason was given
 * @throws AppError       403 for an API key of a merchant, 412 for a stale version; NotFound
 */
export const matchCarrierLine = (
  deps: OrdersDeps,
  { id, shipmentId, reason }: InputOf<Actions['matchCarrierLine']>,
  actor: Actor,
) => settle(deps, id, { outcome: 'matched', shipmentId, reason: reason ?? null }, actor);

/** Takes a line off the worklist that no merchant pays for. @throws as {@link matchCarrierLine} */
export const dismissCarrierLine = (
  deps: OrdersDeps,
  { id, reason }: InputOf<Actions['dismissCarrierLine']>,
  actor: Actor,
) => settle(deps, id, { outcome: 'dismissed', shipmentId: null, reason }, actor);

/**
 * Takes back what was said of a line, by whom or what ever: its charge is taken back, billed or not, and it waits for a
 * person, because its number has led to the wrong shipment once.
 * @throws RuleViolation `CARRIER_LINE_OPEN` when nothing was said of it; otherwise as {@link matchCarrierLine}
 */
export const reopenCarrierLine = (
  deps: OrdersDeps,
  { id, reason }: InputOf<Actions['reopenCarrierLine']>,
  actor: Actor,
) => settle(deps, id, { outcome: 'reopened', shipmentId: null, reason }, actor);

async function settle(deps: OrdersDeps, id: string, said: Said, actor: Actor): Promise<CarrierLineView> {
  assertHouse(actor);
  return transact(deps, actor, async (em, announce, audit) => {
    await lockCarrierLines(em, 'alone');
    const line = await findCarrierLine(em, id);
    if (!line) throw new NotFound('carrier line');
    if (said.shipmentId !== null && !(await firstRow(em, sql`select 1 from shipment where id = ${said.shipmentId}`)))
      throw invalidField('shipmentId', 'UNKNOWN_SHIPMENT', 'There is no such shipment');
    const steps = await carrierLineSteps(em, id);
    if (isSaid(steps, said)) return asRepeated(line);
    assertVersion(actor, line.version);
    const writing = { em, announce, audit, line, by: actor.id, at: deps.now() };
    let revision = steps.length;
    if (line.state !== 'waiting') {
      if (said.outcome === 'dismissed' || said.reason === null)
        throw new RuleViolation('CARRIER_LINE_SETTLED', 'This line is settled already');
      await takeBack(writing, { revision, reason: said.reason });
      revision += 1;
    } else if (said.outcome === 'reopened')
      throw new RuleViolation('CARRIER_LINE_OPEN', 'Nothing was said of this line yet');
    if (said.outcome !== 'reopened') await say(writing, revision, said);
    return (await findCarrierLine(em, id))!;
  });
}

/** Whether the last step says the same; a line that has its shipment has it, for whatever reason. */
function isSaid(steps: readonly CarrierLineStep[], { outcome, shipmentId, reason }: Said): boolean {
  const last = steps.at(-1);
  if (last?.outcome !== outcome || (last.shipment?.id ?? null) !== shipmentId) return false;
  return outcome === 'matched' || reason === last.reason;
}

interface Writing {
  em: EntityManager;
  announce: Announce;
  audit: Audit;
  line: CarrierLineView;
  by: string;
  at: Date;
}

/** Announced only where it had a shipment: what the house kept was charged to nobody. */
async function takeBack(
  { em, announce, audit, line, by, at }: Writing,
  { revision, reason }: { revision: number; reason: string },
): Promise<void> {
  await insertStep(em, { lineId: line.id, revision, outcome: 'reopened', shipmentId: null, reason, by, at });
  if (line.shipment) {
    const { id: shipmentId, merchantId } = line.shipment;
    const eventId = uuidOf('carrier-line-reopened', line.id, revision);
    announce(carrierLineReopenedV1, { merchantId, lineId: line.id, revision, shipmentId, reason }, { eventId });
  }
  audit({
    ...{ action: 'carrier-line.reopened' as const, entity: 'carrier-line', entityId: line.id },
    merchantId: line.shipment?.merchantId ?? null,
    before: { shipmentId: line.shipment?.id ?? null },
    reason,
  });
}

async function say({ em, announce, audit, line, by, at }: Writing, revision: number, said: Said): Promise<void> {
  const { outcome, shipmentId } = said;
  // why it was taken back stands with the step before
  const reason = outcome === 'matched' ? null : said.reason;
  await insertStep(em, { lineId: line.id, revision, outcome, shipmentId, reason, by, at });
  if (outcome === 'matched') await tellMatched(em, announce, [line.id]);
  const settled = (await findCarrierLine(em, line.id))!;
  audit({
    ...{ action: `carrier-line.${outcome}` as const, entity: 'carrier-line', entityId: line.id },
    merchantId: settled.shipment?.merchantId ?? null,
    after: { shipmentId },
    ...(reason === null ? {} : { reason }),
  });
}
