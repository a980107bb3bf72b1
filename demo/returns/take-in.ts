import { randomUUID } from 'node:crypto';
import type { Api } from '../api.ts';
import type { MovableClock } from '../calendar.ts';
import { isShown } from '../facts.ts';
import { inParallel } from '../parallel.ts';
import type { PhotoStudio } from '../photos/studio.ts';
import { productOf, type Finding } from './findings.ts';
import { idOf } from '../world.ts';
import type { PlannedItem, PlannedReturn } from './plan.ts';

/** The packing table: a scanner, a camera and somebody who is logged in. */
export interface PackingTable {
  worker: Api;
  studio: PhotoStudio;
  clock: MovableClock;
  /** Ids of the merchants by number. */
  merchantIds: ReadonlyMap<string, string>;
}

interface Return {
  id: string;
  items: { id: string; sku: string | null; name: string; quantity: number }[];
}
interface Hits {
  returns: { id: string; merchantId: string | null }[];
  orders: { orderId: string; merchantId: string }[];
}

const AT_ONCE = 4;

/** Takes the parcels in, day by day. @param done  is told after each parcel */
export async function takeIn(table: PackingTable, parcels: readonly PlannedReturn[], done: () => void): Promise<void> {
  const days = [...new Set(parcels.flatMap(({ day, inspectedOn }) => [day, inspectedOn]))].toSorted();
  const waiting = new Map<PlannedReturn, Return>();
  for (const day of days) {
    table.clock.moveTo(day, '08:00');
    await inParallel(
      parcels.filter((parcel) => parcel.day === day),
      AT_ONCE,
      async (parcel) => {
        const received = await receive(table, parcel);
        await inspect(table, parcel, received);
        if (parcel.recognised === 'unknown') waiting.set(parcel, received);
        else await table.worker.post(`/returns/${received.id}/complete`);
        done();
      },
    );
    // by now somebody found out whose it is
    const found = [...waiting].filter(([{ inspectedOn }]) => inspectedOn === day);
    for (const [parcel, { id }] of found) {
      waiting.delete(parcel);
      const reason = 'Absender hat sich beim Händler gemeldet';
      await table.worker.post(`/returns/${id}/match`, { merchantId: idOf(table, parcel.merchant), reason });
      await table.worker.post(`/returns/${id}/complete`);
    }
  }
}

async function receive(table: PackingTable, parcel: PlannedReturn): Promise<Return> {
  const { worker } = table;
  const { trackingNumber, recognised } = parcel;
  const carrier = 'DHL';
  const scanned = parcel.code === null ? undefined : await lookUp(table, parcel, parcel.code);
  if (recognised === 'announced')
    return worker.post<Return>(`/returns/${scanned!.returnId!}/receive`, { carrier, trackingNumber });
  const { id } = await worker.post('/returns', {
    kind: kindOf(parcel),
    carrier,
    trackingNumber,
    ...(recognised === 'unknown' ? { note: 'Kein Lieferschein, Absender unleserlich' } : {}),
    ...(recognised === 'unknown' ? {} : { merchantId: idOf(table, parcel.merchant) }),
    ...(scanned ? { orderId: scanned.orderId } : {}),
    ...(recognised === 'undeliverable' ? {} : { items: parcel.items.map(named(recognised)) }),
  });
  return worker.post<Return>(`/returns/${id}/receive`);
}

/** Nobody knows the article codes of a stranger's goods. */
const named =
  (recognised: PlannedReturn['recognised']) =>
  ({ sku, name, pieces }: PlannedItem) => ({ ...(recognised === 'unknown' ? {} : { sku }), name, quantity: pieces });

/** A document of the sample can hold goods of several merchants; each of them has a return or order of its own. */
async function lookUp(
  table: PackingTable,
  parcel: PlannedReturn,
  code: string,
): Promise<{ returnId: string | undefined; orderId: string | undefined }> {
  const hits = await table.worker.get<Hits>(`/returns/lookup?code=${encodeURIComponent(code)}`);
  const own = (hit: { merchantId: string | null }) => hit.merchantId === idOf(table, parcel.merchant);
  const found = { returnId: hits.returns.find(own)?.id, orderId: hits.orders.find(own)?.orderId };
  if ((parcel.recognised === 'announced' ? found.returnId : found.orderId) === undefined)
    throw new Error(`The code ${code} of a parcel for merchant ${parcel.merchant} is not known`);
  return found;
}

function kindOf({ recognised, items }: PlannedReturn): string {
  if (recognised === 'undeliverable') return 'undeliverable';
  const isFaulty = items.some(({ parts }) => parts.some(({ finding }) => finding.reason === 'Mangelhaft'));
  return isFaulty ? 'complaint' : 'withdrawal';
}

async function inspect(table: PackingTable, parcel: PlannedReturn, received: Return): Promise<void> {
  const open = [...received.items];
  const sound: Pick<Finding, 'damage'> = parcel.items[0]?.parts[0]?.finding ?? { damage: 'none' };
  // the label alone says whose the parcel is, so it is photographed before the parcel is opened
  const labels = parcel.recognised === 'unknown' ? 1 : 0;
  if (labels) await photograph(table, parcel, received.id, sound, 'label');
  let photos = labels;
  for (const item of parcel.items) {
    const at = open.findIndex(({ name, quantity }) => name.trim() === item.name && quantity === item.pieces);
    if (at < 0) throw new Error(`The return ${received.id} does not have ${item.pieces} × ${item.name}`);
    const [known] = open.splice(at, 1);
    let rest = item.pieces;
    for (const { pieces, finding } of item.parts) {
      const itemId = await record(table.worker, `/returns/${received.id}/items/${known!.id}`, rest, pieces, finding);
      rest -= pieces;
      if (!isShown(finding.grade)) continue;
      photos += 1;
      await photograph(table, parcel, received.id, finding, { id: itemId ?? known!.id, name: item.name });
    }
  }
  if (parcel.recognised === 'undeliverable') return;
  for (let count = labels; count < parcel.parcelPhotos || photos === 0; count += 1, photos += 1)
    await photograph(table, parcel, received.id, sound, 'parcel');
}

/** @returns the id of the part that was split off, if it was not all that is left */
async function record(
  worker: Api,
  itemPath: string,
  rest: number,
  pieces: number,
  { grade, reason, note }: Finding,
): Promise<string | undefined> {
  const partId = pieces < rest ? randomUUID() : undefined;
  await worker.post(`${itemPath}/inspection`, { quantity: pieces, grade, reason, note, ...(partId ? { partId } : {}) });
  return partId;
}

/** The item, the parcel it came in, or its label. */
async function photograph(
  { worker, studio, clock }: PackingTable,
  { trackingNumber }: PlannedReturn,
  returnId: string,
  { damage }: Pick<Finding, 'damage'>,
  shown: { id: string; name: string } | 'parcel' | 'label',
): Promise<void> {
  const clientPhotoId = randomUUID();
  const item = typeof shown === 'string' ? undefined : shown;
  const motif = item ? productOf(item.name) : 'parcel';
  const bytes = await studio.take({ motif, damage, variant: `${trackingNumber} ${item?.name}` });
  const of = item ? { itemId: item.id } : { kind: String(shown) };
  const fields = { clientPhotoId, takenAt: clock.now().toISOString(), ...of };
  await worker.upload(`/returns/${returnId}/photos`, fields, { bytes, name: 'IMG.jpg', type: 'image/jpeg' });
}
