import { until } from '../parallel.ts';
import { idOf, MERCHANT_WITH_LOG_IN } from '../world.ts';
import { FOUND } from './findings.ts';
import { goodsOf } from './goods.ts';
import { find, inspectParcel, nextTracking, photograph, takeParcel, type Return, type Table } from './table.ts';

/** A week ago: the first box of broken goods, and goods that wait for a manufacturer. */
export async function weekAgo(table: Table): Promise<void> {
  await inspectParcel(table, 'HZ-20481', { 'HZ-1002': FOUND.brokenBowl }, 'complaint');
  await inspectParcel(table, 'HZ-20502', { 'HZ-1003': FOUND.bentWreath }, 'complaint');
  await inspectParcel(table, 'JB-3390', { 'JB-325': FOUND.wornSatchel }, 'complaint');
  await inspectParcel(table, 'BL-5512', { 'BL-77': FOUND.suspectCutters }, 'complaint');
  await inspectParcel(table, 'BS-9034', { 'BS-640': FOUND.likeNew });
}

/** Some days ago: questions to the merchant, and a parcel that stays lying. @returns the return that is talked about */
export async function daysAgo(table: Table): Promise<Return> {
  const asked = await inspectParcel(table, 'HZ-20490', {
    'HZ-1004': FOUND.crackedFrame,
    'HZ-1003': FOUND.likeNew,
  });
  await inspectParcel(table, 'HZ-20493', {
    'HZ-1001': [
      { ...FOUND.usedLight, pieces: 2 },
      { ...FOUND.goodLight, pieces: 1 },
      { ...FOUND.brokenLight, pieces: 1 },
    ],
  });
  await takeParcel(table, 'HZ-20497');
  await inspectParcel(table, 'WF-7714', { 'WF-220': FOUND.dirtyBunting });
  return asked;
}

/** Yesterday: a box with goods of two merchants, one more question. */
export async function yesterday(table: Table): Promise<void> {
  await inspectParcel(table, 'HZ-20505', { 'HZ-1002': FOUND.chippedBowl, 'HZ-1001': FOUND.goodLight });
  await inspectParcel(table, 'WF-7718', { 'WF-231': { ...FOUND.incompleteBox, pieces: 3 } }, 'complaint');
  await inspectParcel(table, 'JB-3394', {
    'JB-310': [
      { ...FOUND.wornBag, pieces: 1 },
      { ...FOUND.likeNew, pieces: 3 },
    ],
  });
  await splitBox(table);
}

/** Today: what lies on the table, from the unknown parcel to the one in two boxes. */
export async function today(table: Table, announced: ReadonlyMap<string, string>): Promise<void> {
  await inspectParcel(table, 'HZ-20516', { 'HZ-1002': FOUND.brokenBowl }, 'complaint');
  await twoBoxes(table, announced.get('HZ-R-1004')!);
  await unknownParcel(table);
  await unmatchedParcel(table);
  await takeParcel(table, 'HZ-20484');
  await takeParcel(table, 'JB-3401', 'complaint');
  const begun = await takeParcel(table, 'WF-7725');
  await find(table, begun, 'WF-231', FOUND.likeNew);
  await table.as.worker.post(`/returns/${announced.get('HZ-R-1002')}/in-transit`, {
    ...{ carrier: 'DHL', trackingNumber: nextTracking() },
  });
}

/** In the box of one merchant's consumer lay goods of another one. */
async function splitBox(table: Table): Promise<void> {
  const { worker } = table.as;
  const box = await takeParcel(table, 'HZ-20511');
  await photograph(table, box.id, 'parcel', 'none', { kind: 'parcel' }, box.id);
  const { name } = goodsOf('WF-220');
  const mixed = await worker.post<Return>(`/returns/${box.id}/items`, {
    ...{ origin: 'foreign', sku: 'WF-220', name, quantity: 1 },
  });
  await find(table, mixed, 'HZ-1003', { ...FOUND.likeNew, photos: 1 });
  const foreign = mixed.items.find(({ sku }) => sku === 'WF-220')!;
  const child = await worker.post<Return>(`/returns/${box.id}/split`, {
    items: [{ itemId: foreign.id, quantity: 1 }],
    orderId: table.orders.get('WF-7721'),
    reason: 'Lag im selben Karton, gehört zum Auftrag WF-7721',
  });
  await worker.post(`/returns/${box.id}/complete`);
  await find(table, child, 'WF-220', { ...FOUND.likeNew, photos: 1 });
  await worker.post(`/returns/${child.id}/complete`);
}

/** One return, two boxes: the second one brings what was missing. */
async function twoBoxes(table: Table, id: string): Promise<void> {
  const { worker } = table.as;
  const first = await worker.post<Return>(`/returns/${id}/receive`, { carrier: 'DHL', trackingNumber: nextTracking() });
  await photograph(table, id, 'parcel', 'none', { kind: 'parcel' }, `${id} 1`);
  await find(table, first, 'HZ-1004', FOUND.scratchedFrame);
  const second = await worker.post<Return>(`/returns/${id}/receive`, {
    ...{ carrier: 'Hermes', trackingNumber: nextTracking() },
  });
  await photograph(table, id, 'parcel', 'none', { kind: 'parcel' }, `${id} 2`);
  await find(table, second, 'HZ-1001', { ...FOUND.usedLight, pieces: 1 });
  await find(table, await worker.get<Return>(`/returns/${id}`), 'HZ-1001', FOUND.goodLight);
  await worker.post(`/returns/${id}/complete`);
}

/** Nobody knows whose it is; the photo of its label is all there is. */
async function unknownParcel(table: Table): Promise<void> {
  const { id } = await table.as.worker.post('/returns', {
    ...{ carrier: 'GLS', trackingNumber: nextTracking(), note: 'Absender durchnässt, kein Lieferschein im Karton' },
    items: [{ name: 'Kissenbezug, grau, 50 × 50 cm', quantity: 2 }],
  });
  await table.as.worker.post(`/returns/${id}/receive`);
  await photograph(table, id, 'parcel', 'stain', { kind: 'label' }, id);
}

/** The merchant is known by the packaging, the order is not. */
async function unmatchedParcel(table: Table): Promise<void> {
  const { name } = goodsOf('JB-310');
  const { id } = await table.as.worker.post('/returns', {
    ...{ carrier: 'DHL', trackingNumber: nextTracking(), note: 'Nur Tasche mit Händleretikett, kein Lieferschein' },
    merchantId: idOf(table, '850'),
    items: [{ sku: 'JB-310', name, quantity: 1 }],
  });
  await table.as.worker.post(`/returns/${id}/receive`);
}

const ANNOUNCED = [
  'RMA-Nummer;Auftrag;Art;Artikelnummer;Bezeichnung;Menge;Grund;Bemerkung',
  'HZ-R-1001;HZ-20523;Widerruf;HZ-1003;Herzkranz aus Rattan, 30 cm;1;Gefällt nicht;',
  'HZ-R-1002;HZ-20527;Reklamation;HZ-1002;Schale „Fjell“, Steingut, 24 cm;1;Transportschaden;Foto der Kundin liegt vor',
  'HZ-R-1002;HZ-20527;Reklamation;HZ-1004;Bilderrahmen „Ask“, Eiche, 20 × 30 cm;1;Defekt;',
  'HZ-R-1003;HZ-20530;Umtausch;HZ-1001;Windlicht „Nordlys“, Glas, 18 cm;1;Andere Variante gewünscht;',
  'HZ-R-1004;HZ-20519;Widerruf;HZ-1001;Windlicht „Nordlys“, Glas, 18 cm;2;Gefällt nicht;kommt in zwei Paketen',
  'HZ-R-1004;HZ-20519;Widerruf;HZ-1004;Bilderrahmen „Ask“, Eiche, 20 × 30 cm;1;Gefällt nicht;kommt in zwei Paketen',
];

/** The merchant announces what consumers told, as a file. @returns ids of the returns by RMA number */
export async function announceByFile({ as, merchantIds }: Table): Promise<Map<string, string>> {
  const bytes = Buffer.from(`\ufeff${ANNOUNCED.join('\r\n')}\r\n`);
  const file = { bytes, name: 'retouren.csv', type: 'text/csv' };
  const { created } = await as.merchant.upload<{ created: number }>('/returns/announcements', {}, file);
  return until('the announced returns', async () => {
    const merchantId = idOf({ merchantIds }, MERCHANT_WITH_LOG_IN);
    const all = await as.worker.list<{ id: string; externalNumber: string | null }>(
      `/returns?merchantId=${merchantId}&q=HZ-R-`,
    );
    return all.length >= created ? new Map(all.map(({ id, externalNumber }) => [externalNumber!, id])) : undefined;
  });
}
