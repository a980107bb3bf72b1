import { RuleViolation } from '../../../shared/kernel/errors.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import { batchDispatchedV1 } from '../../../shared/protocol/returns/events.ts';
import type { BatchView } from '../../../shared/protocol/returns/batch-views.ts';
import { advanceBatch } from '../domain/batch-states.ts';
import type { ReturnFacts } from '../domain/model.ts';
import { announceProgress } from '../facts.ts';
import { returnToMerchant } from '../persistence/dispatched-returns.ts';
import { packedForMerchant } from '../batch-views.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeBatch, type BatchChange } from './batch-steps.ts';

type Actions = typeof returnsActions;

/** Freezes the contents. @throws RuleViolation `RTV_BATCH_TRANSITION_NOT_ALLOWED`, `RTV_BATCH_EMPTY` */
export const closeBatch = (
  deps: ReturnsDeps,
  { id }: InputOf<Actions['closeBatch']>,
  actor: Actor,
): Promise<BatchView> =>
  changeBatch(deps, actor, id, 'rtv-batch.closed', ({ batch, items, moment }) => {
    const state = advanceBatch(batch.state, 'closing');
    if (!items.length) throw new RuleViolation('RTV_BATCH_EMPTY', 'An empty batch never ships');
    Object.assign(batch, { state, closedAt: moment.at, closedOn: moment.on, closedBy: 'hand' });
  });

/**
 * The parcels were handed over: the goods have left, which ends the way of their items and of every return that
 * waited for nothing else. Whoever hands over a closed batch has packed it.
 * @throws RuleViolation `RTV_BATCH_TRANSITION_NOT_ALLOWED`
 */
export const dispatchBatch = (
  deps: ReturnsDeps,
  { id, ...shipment }: InputOf<Actions['dispatchBatch']>,
  actor: Actor,
): Promise<BatchView> =>
  changeBatch(deps, actor, id, 'rtv-batch.dispatched', async (change) => {
    const { batch, em, moment } = change;
    const state = advanceBatch(batch.state, ...(batch.state === 'packed' ? [] : ['packed' as const]), 'dispatched');
    Object.assign(batch, {
      ...{ state, packedAt: batch.packedAt ?? moment.at, dispatchedAt: moment.at, dispatchedOn: moment.on },
      ...shipment,
    });
    announceDispatch(change, shipment);
    for (const completed of await returnToMerchant(em, id, moment.at)) tellCompleted(change, completed);
  });

/** @throws RuleViolation `RTV_BATCH_TRANSITION_NOT_ALLOWED` */
export const deliverBatch = (
  deps: ReturnsDeps,
  { id }: InputOf<Actions['deliverBatch']>,
  actor: Actor,
): Promise<BatchView> =>
  changeBatch(deps, actor, id, 'rtv-batch.delivered', ({ batch, moment }) => {
    Object.assign(batch, { state: advanceBatch(batch.state, 'delivered'), deliveredAt: moment.at });
  });

/**
 * The merchant has the goods. Confirming what is still on its way says that it was delivered.
 * @throws RuleViolation `RTV_BATCH_TRANSITION_NOT_ALLOWED`
 */
export const confirmBatch = (
  deps: ReturnsDeps,
  { id }: InputOf<Actions['confirmBatch']>,
  actor: Actor,
): Promise<BatchView> =>
  changeBatch(deps, actor, id, 'rtv-batch.confirmed', ({ batch, moment }) => {
    const onItsWay = batch.state === 'dispatched';
    Object.assign(batch, {
      state: advanceBatch(batch.state, ...(onItsWay ? ['delivered' as const] : []), 'confirmed'),
      deliveredAt: batch.deliveredAt ?? moment.at,
      confirmedAt: moment.at,
    });
  });

function announceDispatch(
  { announce, batch, items, moment }: BatchChange,
  shipment: { carrier: string; trackingNumber: string; parcels: number; weightGrams: number },
): void {
  announce(batchDispatchedV1, {
    batchId: batch.id,
    merchantId: batch.merchantId,
    number: batch.number,
    dispatchedAt: moment.at.toISOString(),
    dispatchedOn: moment.on,
    ...shipment,
    pieces: items.reduce((sum, { quantity }) => sum + quantity, 0),
    items: items
      .map(packedForMerchant)
      .map(({ itemId, returnNumber, sku, name, foreign, quantity, grade, reason }) => ({
        itemId,
        returnNumber,
        sku,
        name,
        foreign,
        quantity,
        grade,
        reason,
      })),
  });
}

function tellCompleted({ announce, audit, batch }: BatchChange, head: ReturnFacts): void {
  announceProgress(announce, undefined, head);
  audit({
    action: 'return.completed',
    entity: 'return',
    entityId: head.id,
    merchantId: head.merchantId,
    before: { state: 'processing' },
    after: { state: head.state },
    reason: `Batch ${batch.number} was dispatched`,
  });
}
