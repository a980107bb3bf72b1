import type { Input, Output } from '../../app/api/contract.ts';

/** A line of the form; `quantity` 0: does not come back. */
export interface AnnouncedLine {
  key: string;
  sku: string;
  name: string;
  quantity: number;
  reason: string | null;
  /** Pieces that were shipped; nothing is known of it without an order. */
  most: number | null;
  /** The item as it is announced already. */
  known?: AnnouncedItem;
}

type AnnouncedItem = Pick<
  Output<'GET /returns/{id}'>['items'][number],
  'id' | 'sku' | 'name' | 'quantity' | 'reason' | 'externalReason'
>;

type OrderLine = Output<'GET /orders/{id}'>['lines'][number];

/** The lines of an order, of which nothing is chosen yet; without an order an empty one to write on. */
export function linesOf(lines: readonly OrderLine[] | undefined): AnnouncedLine[] {
  if (!lines) return [emptyLine()];
  return lines.map(({ id, sku, name, quantity, shippedQuantity }) => ({
    key: id,
    sku,
    name,
    quantity: 0,
    reason: null,
    most: shippedQuantity || quantity,
  }));
}

/**
 * What is announced already, to be changed, and what else of the order could come back. A line of the order stands once,
 * whichever of its pieces are announced.
 * @param orderLines  of the order; without one the goods are written down
 */
export function linesAnnounced(
  items: readonly AnnouncedItem[],
  orderLines: readonly OrderLine[] | undefined,
): AnnouncedLine[] {
  const ofOrder = orderLines ? linesOf(orderLines) : [];
  const announced = items.map((known) => ({
    key: known.id,
    sku: known.sku ?? '',
    name: known.name,
    quantity: known.quantity,
    reason: known.reason,
    most: sum(ofOrder.filter(({ sku }) => sku === known.sku)) || null,
    known,
  }));
  const others = ofOrder.filter(({ sku }) => !items.some((known) => known.sku === sku));
  return announced.length || orderLines ? [...announced, ...others] : [emptyLine()];
}

const sum = (lines: readonly AnnouncedLine[]): number => lines.reduce((pieces, { most }) => pieces + (most ?? 0), 0);

export const emptyLine = (): AnnouncedLine => ({
  key: crypto.randomUUID(),
  sku: '',
  name: '',
  quantity: 1,
  reason: null,
  most: null,
});

/** What the API is told: lines with pieces and something that names them. */
export function toItems(lines: readonly AnnouncedLine[]): NonNullable<Input<'POST /returns'>['items']> {
  return lines
    .filter(({ quantity, sku, name }) => quantity > 0 && (sku.trim() || name.trim()))
    .map(({ quantity, sku, name, reason }) => ({
      quantity,
      name: name.trim(),
      ...(sku.trim() ? { sku: sku.trim() } : {}),
      ...(reason ? { reason } : {}),
    }));
}

/** All that is announced from now on: what was known keeps its id, lines without pieces are gone. */
export function toAnnounced(lines: readonly AnnouncedLine[]): Input<'PUT /returns/{id}/items'>['items'] {
  return lines.flatMap((line) => {
    const { known } = line;
    // a reason that was taken away does not come back from what the shop called it
    const fromShop = known?.externalReason && (line.reason || !known.reason) ? known.externalReason : undefined;
    return toItems([line]).map((item) => ({
      ...item,
      ...(known ? { id: known.id } : {}),
      ...(fromShop ? { externalReason: fromShop } : {}),
    }));
  });
}
