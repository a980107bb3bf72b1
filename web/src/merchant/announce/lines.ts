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
}

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
