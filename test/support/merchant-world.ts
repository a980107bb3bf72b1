import type { Api } from './api.ts';
import { setUpMerchant, shipOrder } from './fixtures.ts';
import { photoWithEverything } from './photos.ts';
import { until } from './product.ts';

/** One of everything that a merchant can have; ids of resources as the API gives them. */
export interface MerchantWorld {
  merchantId: string;
  contractId: string;
  orderId: string;
  /** The order's only shipment. */
  shipmentId: string;
  /** Of `SKU-1`, with a picture. */
  articleId: string;
  /** Open, with a photo. */
  jobId: string;
  jobPhotoId: string;
  /** Completed, its goods in `batchId`. */
  returnId: string;
  itemId: string;
  photoId: string;
  /** Dispatched. */
  batchId: string;
  /** Announced only. */
  announcedId: string;
  announcedItemId: string;
  connectionId: string;
  /** Announced only. */
  deliveryId: string;
  cardId: string;
  chargeId: string;
  /** A code that a scanner would read. */
  trackingNumber: string;
}

/**
 * A path of the API with the ids of what a merchant has.
 * @param others  ids by the first segment of the path
 */
export function pathIn(world: MerchantWorld, path: string, others: Record<string, string> = {}): string {
  const ids: Record<string, string> = {
    merchants: world.merchantId,
    contracts: world.contractId,
    orders: world.orderId,
    articles: world.articleId,
    returns: world.announcedId,
    'goods-in': world.deliveryId,
    'special-jobs': world.jobId,
    'special-job-photos': world.jobPhotoId,
    'rate-cards': world.cardId,
    charges: world.chargeId,
    photos: world.photoId,
    'rtv-batches': world.batchId,
    sync: world.connectionId,
    ...others,
  };
  const id = ids[path.split('/')[1]!] ?? '01890000-0000-7000-8000-000000000000';
  return path
    .replace('{id}', id)
    .replace('{itemId}', world.announcedItemId)
    .replace('{shipmentId}', world.shipmentId)
    .replace('{merchantId}', world.merchantId)
    .replace('{lineId}', others['lineId'] ?? id)
    .replace('{size}', 'thumb')
    .replace('{language}', 'de')
    .replace('{index}', '0')
    .replace('{name}', 'online-retail');
}

interface ReturnAnswer {
  id: string;
  items: { id: string; rtvBatchId: string | null }[];
}

/** Builds all of it over HTTP, as staff. Invoices and mails follow from `billThem`. */
export async function openMerchantWorld(api: Api, number: string, name: string): Promise<MerchantWorld> {
  const merchantId = await setUpMerchant(api, { number, name, contract: { storageMethod: 'binDay' } });
  const { items: contracts } = await api.get<{ items: { id: string }[] }>(`/contracts?merchantId=${merchantId}`);
  const orderId = await shipOrder(api, merchantId, `${number}-1001`, { pieces: 3 });
  const { shipments } = await api.get<{ shipments: { id: string }[] }>(`/orders/${orderId}`);
  await api.post('/storage-snapshots', {
    snapshots: Array.from({ length: 31 }, (_, index) => ({
      merchantId,
      day: `2026-10-${String(index + 1).padStart(2, '0')}`,
      lines: [{ bin: 'A-1', quantity: '4' }],
    })),
  });
  const { id: connectionId } = await api.post('/sync/connections', {
    merchantId,
    name: 'Shop',
    url: 'http://127.0.0.1:9/hooks',
    events: ['orders.order-shipped.v1'],
  });
  const { id: cardId } = await api.post('/rate-cards', ownCard(merchantId, number));
  const announced = await announce(api, merchantId, `${number}-RMA-2`);
  return {
    merchantId,
    contractId: contracts[0]!.id,
    orderId,
    shipmentId: shipments[0]!.id,
    articleId: await picturedArticle(api, merchantId),
    deliveryId: await delivery(api, merchantId, number),
    ...(await specialJobs(api, merchantId)),
    ...(await sentBack(api, merchantId, number)),
    announcedId: announced.id,
    announcedItemId: announced.items[0]!.id,
    connectionId,
    cardId,
    chargeId: await until('a charge', async () => (await chargesOf(api, merchantId))[0]?.id),
    trackingNumber: `T-${number}-1001`,
  };
}

async function delivery(api: Api, merchantId: string, number: string): Promise<string> {
  const lines = [{ sku: 'TASSE', name: 'Tasse', quantity: 20 }];
  const announced = { merchantId, reference: `${number}-LS-1`, expectedOn: '2026-11-20', lines };
  return (await api.post<{ id: string }>('/goods-in', announced)).id;
}

const chargesOf = async (api: Api, merchantId: string) =>
  (await api.get<{ items: { id: string }[] }>(`/charges?merchantId=${merchantId}`)).items;

/** One that is billed, and one that is open. */
async function specialJobs(api: Api, merchantId: string) {
  const job = { merchantId, code: 'relabel', description: 'Etiketten erneuern', unit: 'minute', quantity: '30' };
  const { id: done } = await api.post('/special-jobs', job);
  await api.post(`/special-jobs/${done}/sign-off`);
  const { id: jobId } = await api.post('/special-jobs', job);
  const { id: jobPhotoId } = await api.upload(
    `/special-jobs/${jobId}/photos`,
    { moment: 'before', clientPhotoId: 'one' },
    { bytes: await photoWithEverything(6), name: 'a.jpg', type: 'image/jpeg' },
  );
  return { jobId, jobPhotoId };
}

const announce = (api: Api, merchantId: string, externalNumber: string) =>
  api.post<ReturnAnswer>('/returns', {
    merchantId,
    externalNumber,
    items: [{ sku: 'SKU-1', name: 'Teelichthalter', quantity: 2 }],
  });

async function picturedArticle(api: Api, merchantId: string): Promise<string> {
  const { items } = await api.get<{ items: { id: string }[] }>(`/articles?merchantId=${merchantId}&sku=SKU-1`);
  const { id } = items[0]!;
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(await photoWithEverything(6))], { type: 'image/jpeg' }), 'a.jpg');
  const { status } = await api.raw('PUT', `/articles/${id}/picture`, { body: form });
  if (status !== 200) throw new Error(`the picture of an article was answered with ${status}`);
  return id;
}

/** A return on its whole way, until its goods have left again. */
async function sentBack(api: Api, merchantId: string, number: string) {
  const parcel = await announce(api, merchantId, `${number}-RMA-1`);
  const path = `/returns/${parcel.id}`;
  await api.post(`${path}/receive`);
  const photo = await api.upload(
    `${path}/photos`,
    { clientPhotoId: 'one' },
    { bytes: await photoWithEverything(6), name: 'a.jpg', type: 'image/jpeg' },
  );
  const itemId = parcel.items[0]!.id;
  await api.post(`${path}/items/${itemId}/inspection`, { quantity: 2, grade: 'C', note: 'Zerkratzt' });
  const batchId = (await api.post<ReturnAnswer>(`${path}/complete`)).items[0]!.rtvBatchId!;
  await api.post(`/rtv-batches/${batchId}/close`);
  await api.upload(
    `/rtv-batches/${batchId}/carrier-label`,
    {},
    { bytes: await photoWithEverything(6), name: 'label.jpg', type: 'image/jpeg' },
  );
  await api.post(`/rtv-batches/${batchId}/dispatch`, {
    carrier: 'DHL',
    trackingNumber: `RTV-${number}`,
    parcels: 1,
    weightGrams: 2_000,
  });
  return { returnId: parcel.id, itemId, photoId: photo.id, batchId };
}

const ownCard = (merchantId: string, number: string) => ({
  code: `own-${number.toLowerCase()}`,
  name: 'Sonderkonditionen',
  currency: 'EUR',
  merchantId,
  versions: [
    {
      version: 1,
      validFrom: '2026-01-01',
      rules: [
        {
          key: 'pack',
          chargeType: 'pack',
          priority: 200,
          model: { type: 'perUnit', unitPrice: '0.80' },
          label: { de: 'Verpacken', en: 'Packing' },
          unit: 'parcel',
        },
      ],
    },
  ],
});

export interface Billed {
  runId: string;
  /** By merchant. */
  invoices: Map<string, string>;
}

/** Runs October to its end: finalized invoices with documents, and mails for them. */
export async function billThem(api: Api, merchantIds: readonly string[]): Promise<Billed> {
  const run = await api.post('/billing-runs', { cutoff: '2026-10-31' });
  const state = (wanted: string) =>
    until(
      `the run to be ${wanted}`,
      async () => (await api.get<{ state: string }>(`/billing-runs/${run.id}`)).state === wanted,
    );
  await state('draft');
  await api.post(`/billing-runs/${run.id}/approve`);
  await state('approved');
  await api.post(`/billing-runs/${run.id}/finalize`);
  await state('finalized');
  const invoices = await until('the documents', async () => {
    const { items } = await api.get<{ items: { id: string; merchantId: string; document: string }[] }>('/invoices');
    return items.every(({ document }) => document === 'ready') && items.length >= merchantIds.length && items;
  });
  return { runId: run.id, invoices: new Map(invoices.map(({ merchantId, id }) => [merchantId, id])) };
}
