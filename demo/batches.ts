import { piecesForBatch } from './facts.ts';
import { idOf, MERCHANT_WITH_LOG_IN, type World } from './world.ts';

interface Batch {
  id: string;
  merchantId: string;
  number: string;
  pieces: number;
}

const PIECES_PER_PARCEL = 40;
const GRAMS_PER_PIECE = 250;

/** Closes the open batch of every merchant that has one and hands it to the carrier, with its packing list. */
export async function sendBatches(world: World, day: string, done: (count: number, of: number) => void): Promise<void> {
  const { worker } = world.as;
  const open = await worker.list<Batch>('/rtv-batches?state=open');
  for (const { id, merchantId, number, pieces } of open) {
    const merchant = world.merchants.find((one) => idOf(world, one.number) === merchantId)!.number;
    if (pieces !== piecesForBatch(world.planned, merchant))
      throw new Error(`${number} holds ${pieces} pieces instead of ${piecesForBatch(world.planned, merchant)}`);
    await worker.post(`/rtv-batches/${id}/close`);
    await worker.download(`/rtv-batches/${id}/packing-list.pdf`);
    const parcels = Math.ceil(pieces / PIECES_PER_PARCEL);
    await worker.post(`/rtv-batches/${id}/dispatch`, {
      carrier: 'DHL',
      trackingNumber: `JJD0003${number.replaceAll(/\D/g, '')}${merchant}`,
      parcels,
      weightGrams: pieces * GRAMS_PER_PIECE + parcels * 500,
    });
    world.batches.push({ merchant, number, dispatchedOn: day, parcels });
    done(world.batches.length, open.length);
  }
}

/** The carrier reports them as delivered. The merchant with a log-in misses a piece, which turns up; all others are content. */
export async function deliverBatches({ as, merchantIds }: World): Promise<void> {
  for (const { id, merchantId } of await as.worker.list<Batch>('/rtv-batches?state=dispatched')) {
    await as.worker.post(`/rtv-batches/${id}/deliver`);
    if (merchantId !== merchantIds.get(MERCHANT_WITH_LOG_IN)) await as.worker.post(`/rtv-batches/${id}/confirm`);
    else await settleDispute(as, id);
  }
}

async function settleDispute({ merchant, finance }: World['as'], id: string): Promise<void> {
  const { items } = await merchant.get<{ items: { itemId: string }[] }>(`/rtv-batches/${id}`);
  const note = 'Laut Packliste ein Stück mehr als im Karton.';
  const { disputes } = await merchant.post<{ disputes: { id: string }[] }>(`/rtv-batches/${id}/dispute`, {
    items: [{ itemId: items[0]!.itemId, quantity: 1, reason: 'missing', note }],
  });
  const found = 'Lag noch auf dem Packtisch und kommt mit der nächsten Sammelrücksendung.';
  const resolutions = disputes.map((dispute) => ({ disputeId: dispute.id, outcome: 'found', note: found }));
  await finance.post(`/rtv-batches/${id}/resolve`, { resolutions });
}
