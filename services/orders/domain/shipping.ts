import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import type { OrderState } from '../../../shared/protocol/orders/views.ts';

/** A line of an order as far as shipping goes; pieces. */
export interface ShippableLine {
  id: string;
  quantity: number;
  shippedQuantity: number;
}

export interface ShippedPieces {
  orderLineId: string;
  quantity: number;
  /** As far as they were noted: at most one per piece. */
  serialNumbers?: string[] | undefined;
  batchNumber?: string | undefined;
}

export interface ShippingPlan {
  lines: ShippedPieces[];
  state: OrderState;
}

/**
 * What a shipment takes from an order and the state this leads to.
 * @param requested  pieces per line; everything that is still open without it
 * @throws RuleViolation `ORDER_CANCELLED`, `ORDER_ALREADY_SHIPPED` when nothing is open
 * @throws InvalidInput  a foreign line, a line named twice, more pieces than are open, serial numbers that cannot be
 */
export function planShipment(
  state: OrderState,
  lines: readonly ShippableLine[],
  requested?: readonly ShippedPieces[],
): ShippingPlan {
  if (state === 'cancelled')
    throw new RuleViolation('ORDER_CANCELLED', 'The order is cancelled; nothing can be shipped');
  const open = new Map(lines.map((line) => [line.id, line.quantity - line.shippedQuantity]));
  const everything = [...open].flatMap(([orderLineId, quantity]) => (quantity > 0 ? [{ orderLineId, quantity }] : []));
  if (!everything.length) throw new RuleViolation('ORDER_ALREADY_SHIPPED', 'Everything of this order was shipped');
  const shipped = requested ? checked(requested, open) : everything;
  const left = everything.reduce((sum, { quantity }) => sum + quantity, 0) - pieces(shipped);
  return { lines: [...shipped], state: left === 0 ? 'shipped' : 'partially_shipped' };
}

/** Pieces of all lines together. */
export const pieces = (lines: readonly { quantity: number }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

function checked(requested: readonly ShippedPieces[], open: ReadonlyMap<string, number>): readonly ShippedPieces[] {
  const named = new Set<string>();
  requested.forEach(({ orderLineId, quantity, serialNumbers = [] }, index) => {
    const left = open.get(orderLineId);
    if (left === undefined)
      throw invalidField(`lines.${index}.orderLineId`, 'UNKNOWN_LINE', 'The order has no such line');
    if (named.has(orderLineId))
      throw invalidField(`lines.${index}.orderLineId`, 'LINE_NAMED_TWICE', 'This line is named twice');
    if (quantity > left)
      throw invalidField(`lines.${index}.quantity`, 'TOO_MANY', `Of this line ${left} pieces are still to be shipped`);
    named.add(orderLineId);
    assertSerials(serialNumbers, quantity, `lines.${index}.serialNumbers`);
  });
  return requested;
}

function assertSerials(serials: readonly string[], quantity: number, path: string): void {
  if (serials.length > quantity)
    throw invalidField(path, 'TOO_MANY', `There are more serial numbers than the ${quantity} pieces`);
  const seen = new Set<string>();
  serials.forEach((serial, index) => {
    if (seen.has(serial)) throw invalidField(`${path}.${index}`, 'DUPLICATE', 'This serial number stands there twice');
    seen.add(serial);
  });
}

/** The state an order has once some of its shipped pieces are back. */
export const stateWithout = (lines: readonly ShippableLine[], back: readonly { quantity: number }[]): OrderState =>
  lines.reduce((sum, { shippedQuantity }) => sum + shippedQuantity, 0) > pieces(back) ? 'partially_shipped' : 'open';

/** @throws RuleViolation unless nothing of the order has left the house */
export function assertCancellable(state: OrderState): void {
  if (state !== 'open')
    throw new RuleViolation('ORDER_TRANSITION_NOT_ALLOWED', `An order cannot go from ${state} to cancelled`, {
      from: state,
      to: 'cancelled',
    });
}
