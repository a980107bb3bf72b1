import { createHash } from 'node:crypto';
import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact, type Announce, type Audit } from '../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { announceChargesMoved } from '../charge-facts.ts';
import { toldOfItems } from '../domain/another-merchant.ts';
import { isPhotographed } from '../domain/charged.ts';
import { assertNotLocked, renew } from '../domain/lock.ts';
import type { Moment } from '../domain/model.ts';
import { UNDER_INSPECTION } from '../domain/return-states.ts';
import { split, type NewReturn, type Split } from '../domain/splitting.ts';
import { announceProgress, announceReceipt } from '../facts.ts';
import { findShippedOrders, type ShippedOrder } from '../persistence/orders.ts';
import { moveItems } from '../persistence/moved-items.ts';
import { findReturn, insertReturn, lockReturn, type LoadedReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { returnView } from '../views.ts';
import { countedAgainstOrder } from './count-against-order.ts';
import { asRules, keep, momentOf } from './steps.ts';
import { withMerchants } from './with-merchants.ts';

type Input = InputOf<typeof returnsActions.splitReturn>;

/**
 * Goods of another order or merchant get a return of their own (A5). Errors: domain/splitting.ts, `RETURN_LOCKED`.
 * @throws RuleViolation `RETURN_EXISTS`, `ITEM_ID_TAKEN`
 * @throws InvalidInput `ORDER_NOT_FOUND`; `MORE_THAN_SHIPPED` at `reason`, when what was inspected is more than its
 *         order has left @throws NotFound for an unknown return, item or merchant
 */
export function splitReturn(deps: ReturnsDeps, input: Input, actor: Actor): Promise<ReturnView> {
  const named = input.merchantId ? [input.merchantId] : [];
  const work = () =>
    transact(deps, actor, async (em, announce, audit) => {
      const loaded = await lockReturn(em, input.id);
      const moment = momentOf(deps, actor);
      const target = await targetOf(em, loaded, input, moment);
      const known = await repetition(em, target, input.id);
      if (known) return asRepeated(viewOf(deps, known, actor));
      assertVersion(actor, loaded.parcel.version);
      assertNotLocked(loaded.parcel, actor.id, moment.at);
      const done = split(loaded.parcel, input.items, target, { at: moment.at, newId: () => uuidv7(moment.at) });
      const sibling = { before: loaded.parcel, after: done.parent };
      const child = await countedAgainstOrder(em, done.child, input.reason, sibling);
      await store(em, { announce, audit }, loaded, { ...done, child }, { actor, moment, reason: input.reason });
      return viewOf(deps, await findReturn(em, target.id), actor);
    });
  return asRules(withMerchants(deps, actor, () => named, work));
}

async function targetOf(
  em: EntityManager,
  { parcel, policy }: LoadedReturn,
  { id: _, returnId, ...input }: Input,
  { at }: Moment,
): Promise<NewReturn> {
  const order = input.orderId === undefined ? undefined : await orderOf(em, input.orderId, input.merchantId);
  const { merchantId = order?.merchantId ?? parcel.merchantId } = input;
  const open = (UNDER_INSPECTION as readonly string[]).includes(parcel.state);
  return {
    id: returnId ?? uuidv7(at),
    merchantId,
    order,
    contentHash: createHash('sha256')
      .update(JSON.stringify(['split', parcel.id, input]))
      .digest('hex'),
    inspectionDueAt:
      (open ? parcel.inspectionDueAt : null) ?? new Date(at.getTime() + policy.inspectionHours * 3_600_000),
  };
}

async function orderOf(em: EntityManager, orderId: string, merchantId: Input['merchantId']): Promise<ShippedOrder> {
  const [order] = await findShippedOrders(em, { orderId });
  if (!order || (merchantId !== undefined && merchantId !== order.merchantId))
    throw invalidField('orderId', 'ORDER_NOT_FOUND', 'This order was not shipped for the merchant');
  return order;
}

/** The return that an earlier, equal request made. */
async function repetition(em: EntityManager, { id, contentHash }: NewReturn, parentId: string) {
  const found = await findReturn(em, id).catch((error: { code?: unknown }) => {
    if (error.code === 404) return undefined;
    throw error;
  });
  if (found && (found.parcel.contentHash !== contentHash || found.parcel.parentId !== parentId))
    throw new RuleViolation('RETURN_EXISTS', 'Another return has this id', { id });
  return found;
}

async function store(
  em: EntityManager,
  { announce, audit }: { announce: Announce; audit: Audit },
  { parcel: before, photos, groups }: LoadedReturn,
  { parent, child, moved, correction }: Split,
  { actor, moment, reason }: { actor: Actor; moment: Moment; reason: string | undefined },
): Promise<void> {
  const parts = child.items.filter(({ id }) => !moved.includes(id));
  const created = await insertReturn(em, { ...child, items: parts }, moment.on.slice(0, 4));
  if (!created) throw new RuleViolation('RETURN_EXISTS', 'Another return has this id', { id: child.id });
  await moveItems(em, before.id, child, moved);
  announceProgress(announce, undefined, created);
  announceReceipt(announce, { ...created, receivedAt: null }, created);
  const items = child.items.map(({ id, splitFrom, sku, name, quantity }) => ({ id, splitFrom, sku, name, quantity }));
  const { id, state, matchState, merchantId, orderId } = child;
  audit({
    action: 'return.split-off',
    entity: 'return',
    entityId: id,
    merchantId,
    after: { state, matchState, orderId, parentId: before.id, items },
    ...(reason ? { reason } : {}),
  });
  const toldBefore =
    merchantId === before.merchantId ? [] : toldOfItems(before.items.filter((item) => moved.includes(item.id)));
  const detail = { returnId: id, items, ...(toldBefore.length ? { toldBefore: { items: toldBefore } } : {}) };
  const chargedPhotos = parent.chargedPhotos && isPhotographed(parent, photos);
  const left = correction ? { ...parent, chargedPhotos } : parent;
  if (correction) announceChargesMoved(announce, left, correction, groups);
  const kept = renew(left, actor.id, moment.at);
  await keep(em, announce, audit, before, { parcel: kept, action: 'return.split', reason, detail }, moment.at);
}

const viewOf = (deps: ReturnsDeps, { parcel, photos }: LoadedReturn, actor: Actor): ReturnView =>
  returnView(parcel, photos, deps.photoLinks, actor);
