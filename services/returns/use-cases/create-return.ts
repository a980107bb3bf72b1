import { createHash } from 'node:crypto';
import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../shared/persistence/sql.ts';
import { assertSeesMerchant, isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import type { Item, Moment, Return } from '../domain/model.ts';
import { withOutcome } from '../domain/outcome.ts';
import { assertReasonsKnown, ownReason } from '../domain/reason-mapping.ts';
import { newReturn } from '../domain/new-return.ts';
import { newItem } from '../domain/receipt.ts';
import { announceProgress } from '../facts.ts';
import { findPolicy } from '../persistence/merchants.ts';
import { findShippedOrders, type ShippedOrder } from '../persistence/orders.ts';
import { findReturn, insertReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { returnView } from '../views.ts';
import { reporterOf } from './report-outcome.ts';
import { asRules, externalNumberTaken, momentOf } from './steps.ts';
import { withMerchants } from './with-merchants.ts';

type Input = InputOf<typeof returnsActions.createReturn>;

/**
 * Records a return: announced by a merchant or shop, or blind at the packing table (A2). The same request again
 * gives the same return (A8).
 * @throws RuleViolation `RETURN_EXISTS`, `EXTERNAL_NUMBER_TAKEN`, `ITEM_ID_TAKEN`
 * @throws InvalidInput `MERCHANT_REQUIRED`, `ORDER_NOT_FOUND`, `REASON_UNKNOWN`, `AMOUNT_NOT_ALLOWED`
 */
export async function createReturn(deps: ReturnsDeps, input: Input, actor: Actor): Promise<ReturnView> {
  let merchantId = merchantFor(input, actor);
  const contentHash = hashOf({ ...input, id: undefined, merchantId });
  const create = () =>
    transact(deps, actor, async (em, announce, audit) => {
      const moment = momentOf(deps, actor);
      const order = await findOrder(em, input, merchantId);
      merchantId ??= order?.merchantId ?? null;
      const reasons = await reasonsFor(em, input, merchantId, isStaff(actor));
      const planned = reported(plan(input, { merchantId, order, moment, contentHash, reasons }), input, actor);
      const created = await insertReturn(em, planned, moment.on.slice(0, 4));
      if (!created) return existing(deps, em, planned, actor);
      announceProgress(announce, undefined, created);
      const { id, state, matchState, kind } = created;
      audit({
        action: 'return.announced',
        entity: 'return',
        entityId: id,
        merchantId,
        after: { state, matchState, kind },
      });
      return returnView(created, [], deps.photoLinks, actor);
    });
  return asRules(withMerchants(deps, actor, () => (merchantId ? [merchantId] : []), create));
}

/** Staff may leave the merchant out while nobody knows it; a merchant announces for itself. */
function merchantFor({ merchantId }: Input, { scope }: Actor): string | null {
  if (merchantId !== undefined) {
    assertSeesMerchant({ scope } as Actor, merchantId);
    return merchantId;
  }
  if (scope === 'staff') return null;
  if (scope.length === 1) return scope[0]!;
  throw invalidField('merchantId', 'MERCHANT_REQUIRED', 'Say for which merchant');
}

/** An order by id must exist; a number may also be one we never shipped, then the return stays unmatched. */
async function findOrder(
  em: EntityManager,
  { orderId, orderNumber, channel }: Input,
  merchantId: string | null,
): Promise<ShippedOrder | undefined> {
  if (orderId !== undefined) {
    const [order] = await findShippedOrders(em, { orderId });
    if (!order || (merchantId !== null && order.merchantId !== merchantId))
      throw invalidField('orderId', 'ORDER_NOT_FOUND', 'This order was not shipped for the merchant');
    return order;
  }
  if (orderNumber === undefined || merchantId === null) return undefined;
  const orders = await findShippedOrders(em, { merchantId, orderNumber });
  const inChannel = orders.filter((order) => order.channel === channel);
  return inChannel.length === 1 ? inChannel[0] : orders.length === 1 ? orders[0] : undefined;
}

type Reason = Pick<Item, 'reason' | 'externalReason'>;

/** The reasons of the items, those of another system in the merchant's own words (C15). */
async function reasonsFor(
  em: EntityManager,
  { items, channel, kind }: Input,
  merchantId: string | null,
  byStaff: boolean,
): Promise<Reason[]> {
  const asked = items.some(({ reason, externalReason }) => externalReason !== undefined || (reason && !byStaff));
  const policy = asked && merchantId !== null ? await findPolicy(em, merchantId) : undefined;
  if (policy && !byStaff)
    assertReasonsKnown(
      policy,
      kind,
      items.map(({ reason = null }) => reason),
    );
  return items.map(({ reason, externalReason: external = null }) => ({
    reason: reason ?? (policy && external !== null ? ownReason(policy, channel, external) : null),
    externalReason: external,
  }));
}

const reported = (parcel: Return, { outcome }: Input, actor: Actor): Return =>
  outcome ? withOutcome(parcel, outcome, reporterOf(actor), parcel.createdAt, 'outcome.') : parcel;

interface Known {
  reasons: readonly Reason[];
  merchantId: string | null;
  order: ShippedOrder | undefined;
  moment: Moment;
  contentHash: string;
}

function plan(input: Input, { merchantId, order, moment: { at }, contentHash, reasons }: Known): Return {
  return newReturn(
    {
      ...{ id: input.id ?? uuidv7(at), merchantId, contentHash },
      kind: input.kind,
      channel: input.channel,
      externalNumber: input.externalNumber ?? null,
      orderId: order?.orderId ?? null,
      orderNumber: order?.orderNumber ?? input.orderNumber ?? null,
      carrier: input.carrier ?? null,
      trackingNumber: input.trackingNumber ?? null,
      note: input.note,
      items: expectedItems(input, order, at).map((item, index) => ({ ...item, ...reasons[index] })),
    },
    at,
  );
}

/** An undeliverable parcel brings back the whole order, so nobody has to list it (A10). */
function expectedItems({ items, kind }: Input, order: ShippedOrder | undefined, at: Date): Item[] {
  const given = items.length || kind !== 'undeliverable' ? items : (order?.lines ?? []);
  return given.map((item: Partial<Input['items'][number]> & { name: string; quantity: number }, index) => {
    const { id, sku = null, name, quantity } = item;
    if (sku === null && name.trim() === '')
      throw invalidField(`items.${index}.name`, 'ITEM_UNNAMED', 'Give the article code, or say what it is');
    return { ...newItem(id ?? uuidv7(at), index + 1), sku, name, quantity };
  });
}

/** Something with this id or number is there: the same request again, or another one. */
async function existing(deps: ReturnsDeps, em: EntityManager, planned: Return, actor: Actor): Promise<ReturnView> {
  const same = await firstRow<{ contentHash: string }>(
    em,
    sql`select content_hash as "contentHash" from returns.return where id = ${planned.id}`,
  );
  if (!same && planned.externalNumber !== null) throw externalNumberTaken();
  if (same?.contentHash !== planned.contentHash)
    throw new RuleViolation('RETURN_EXISTS', 'Another return has this id', { id: planned.id });
  const { parcel, photos } = await findReturn(em, planned.id);
  return asRepeated(returnView(parcel, photos, deps.photoLinks, actor));
}

const hashOf = (content: object): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');
