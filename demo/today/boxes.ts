import bwipjs from 'bwip-js/node';
import sharp from 'sharp';
import { idOf, MERCHANT_WITH_LOG_IN } from '../world.ts';
import type { Table } from './table.ts';

interface Batch {
  id: string;
  number: string;
  state: string;
  pieces: number;
  weightKnownGrams: number;
  items: { itemId: string; quantity: number; name: string }[];
  disputes: { id: string; outcome: string | null }[];
}

/** Closes the open batch of the merchant, checks it by scanning, packs it and hands it over with the carrier's label. */
export async function sendBox(table: Table, trackingNumber: string): Promise<string> {
  const { worker } = table.as;
  const merchantId = idOf(table, MERCHANT_WITH_LOG_IN);
  const [open] = await worker.list<Batch>(`/rtv-batches?merchantId=${merchantId}&state=open`);
  const { id, items, pieces, weightKnownGrams } = await worker.post<Batch>(`/rtv-batches/${open!.id}/close`);
  for (const { itemId } of items) await worker.post(`/rtv-batches/${id}/check`, { itemId });
  await worker.post(`/rtv-batches/${id}/pack`);
  const bytes = await carrierLabel(trackingNumber);
  await worker.upload(`/rtv-batches/${id}/carrier-label`, {}, { bytes, name: 'label.png', type: 'image/png' });
  await worker.post(`/rtv-batches/${id}/dispatch`, {
    ...{ carrier: 'DHL', trackingNumber, parcels: 1 },
    weightGrams: weightKnownGrams + pieces * 60 + 450,
  });
  return id;
}

/** The box came; the merchant misses something in it or got it broken. */
export async function dispute({ as }: Table, id: string, reason: string, note: string): Promise<Batch> {
  const { items } = await as.worker.get<Batch>(`/rtv-batches/${id}`);
  return as.merchant.post<Batch>(`/rtv-batches/${id}/dispute`, {
    items: [{ itemId: items[0]!.itemId, quantity: 1, reason, note }],
  });
}

/** What the carrier's portal gives: an A6 page with its code. */
async function carrierLabel(trackingNumber: string): Promise<Buffer> {
  const code = await bwipjs.toBuffer({
    bcid: 'code128',
    text: trackingNumber,
    scale: 3,
    height: 22,
    includetext: true,
  });
  const square = await bwipjs.toBuffer({ bcid: 'datamatrix', text: trackingNumber, scale: 9 });
  const page = { width: 826, height: 1_164, channels: 3, background: '#fff' } as const;
  return sharp({ create: page })
    .composite([
      { input: square, left: 60, top: 90 },
      { input: await sharp(code).resize({ width: 700 }).toBuffer(), left: 63, top: 700 },
    ])
    .png()
    .toBuffer();
}
