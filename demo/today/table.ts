import { randomUUID } from 'node:crypto';
import type { Damage, Motif } from '../photos/scenes.ts';
import type { PhotoStudio } from '../photos/studio.ts';
import type { Grade } from '../returns/findings.ts';
import { idOf, type World } from '../world.ts';
import { goodsOf, SALES, type Sale } from './goods.ts';

/** The packing table of the last days: who works at it, what was sold, and what a camera sees. */
export interface Table extends World {
  studio: PhotoStudio;
  /** Ids of orders by number. */
  orders: ReadonlyMap<string, string>;
}

export interface Found {
  grade: Grade;
  reason: string;
  note: string;
  damage: Damage;
  pieces?: number;
  photos?: number;
  checklist?: { question: string; answer: string }[];
  disposition?: string;
  overrideReason?: string;
}

export interface Return {
  id: string;
  number: string;
  version: number;
  items: { id: string; sku: string | null; name: string; quantity: number; state: string }[];
}

export const saleOf = (number: string): Sale => {
  const found = SALES.find((one) => one.number === number);
  if (!found) throw new Error(`Nothing was sold as ${number}`);
  return found;
};

let parcels = 4_100;
export const nextTracking = (): string => `0034043477${(parcels += 37).toString().padStart(10, '0')}`;

/** A blind return of an order is here. @param skus  what lies in the box; all of the order without it */
export async function takeParcel(
  table: Table,
  order: string,
  kind = 'withdrawal',
  skus?: readonly string[],
): Promise<Return> {
  const { merchant, lines } = saleOf(order);
  const items = lines
    .filter(([sku]) => !skus || skus.includes(sku))
    .map(([sku, quantity]) => ({ sku, name: goodsOf(sku).name, quantity }));
  const { id } = await table.as.worker.post('/returns', {
    ...{ kind, carrier: 'DHL', trackingNumber: nextTracking(), items },
    merchantId: idOf(table, merchant),
    orderId: table.orders.get(order),
  });
  return table.as.worker.post<Return>(`/returns/${id}/receive`);
}

/** Writes down what was found of an article in a return, and photographs it. */
export async function find(table: Table, { id, items }: Return, sku: string, found: Found): Promise<void> {
  const item = items.find((one) => one.sku === sku && ['expected', 'received'].includes(one.state))!;
  const { damage, photos = found.grade === 'A' ? 0 : 2, pieces = item.quantity, ...rest } = found;
  const partId = pieces < item.quantity ? randomUUID() : undefined;
  await table.as.worker.post(`/returns/${id}/items/${item.id}/inspection`, {
    ...{ quantity: pieces, ...rest },
    ...(partId ? { partId } : {}),
  });
  for (let shot = 0; shot < photos; shot += 1)
    await photograph(table, id, goodsOf(sku).motif, damage, { itemId: partId ?? item.id }, `${id} ${sku} ${shot}`);
}

/** @param of  the item, or what is shown of the parcel */
export async function photograph(
  { as, studio, clock }: Table,
  returnId: string,
  motif: Motif,
  damage: Damage,
  of: { itemId: string } | { kind: 'parcel' | 'label' },
  variant: string,
): Promise<void> {
  const bytes = await studio.take({ motif, damage, variant });
  const fields = { clientPhotoId: randomUUID(), takenAt: clock.now().toISOString(), ...of };
  await as.worker.upload(`/returns/${returnId}/photos`, fields, { bytes, name: 'IMG.jpg', type: 'image/jpeg' });
}

/** The whole way at the table: parcel, findings, end of the inspection. */
export async function inspectParcel(
  table: Table,
  order: string,
  findings: Readonly<Record<string, Found | readonly Found[]>>,
  kind?: string,
): Promise<Return> {
  const parcel = await takeParcel(table, order, kind, Object.keys(findings));
  await photograph(table, parcel.id, 'parcel', 'none', { kind: 'parcel' }, parcel.id);
  for (const [sku, found] of Object.entries(findings))
    for (const one of [found].flat() as Found[]) {
      const now = await table.as.worker.get<Return>(`/returns/${parcel.id}`);
      await find(table, now, sku, one);
    }
  return table.as.worker.post<Return>(`/returns/${parcel.id}/complete`);
}
