import sharp from 'sharp';
import type { Api } from '../../support/api.ts';
import { setUpIssuer, setUpMerchant } from '../../support/fixtures.ts';
import type { Person } from '../../support/whole-product.ts';
import type { App } from './app.ts';

export interface MerchantDesk {
  merchantId: string;
  otherId: string;
  /** Works in the house, by the API. */
  lead: Person;
  decider: Person;
  viewer: Person;
}

export interface Goods {
  sku: string;
  name: string;
  grade: 'A' | 'B' | 'C' | 'D';
  note: string;
  quantity?: number;
  colour?: string;
  photos?: number;
}

export interface InspectedReturn {
  id: string;
  number: string;
  state: string;
  items: { id: string; name: string; state: string; disposition: string | null; rtvBatchId: string | null }[];
}

/** Grade C is asked about, D goes back to the merchant; a second merchant has the same. */
export async function setUpMerchantDesk(app: App, billingStartsOn = '2026-11-01'): Promise<MerchantDesk> {
  const { admin } = app.product;
  await setUpIssuer(admin, billingStartsOn);
  const merchant = {
    returnRules: [
      { grades: ['C'], disposition: 'ask' },
      { grades: ['D'], disposition: 'rtv' },
    ],
    returnPolicy: { decision: { damagedHours: 30 * 24, damagedDefault: 'rtv' } },
    rtvAddress: {
      name: 'Alpha Wohnen GmbH',
      street: 'Marktplatz 1',
      postalCode: '04109',
      city: 'Leipzig',
      country: 'DE',
    },
  };
  const merchantId = await setUpMerchant(admin, { number: 'A-1', name: 'Alpha Wohnen GmbH', merchant });
  const otherId = await setUpMerchant(admin, { number: 'B-2', name: 'Beta Deko GmbH', merchant });
  return {
    merchantId,
    otherId,
    lead: await app.person(['lead']),
    decider: await app.person(['merchantDecider'], [merchantId]),
    viewer: await app.person(['merchantViewer'], [merchantId]),
  };
}

let pictures = 0;
let parcels = 0;

/** A return that was announced, came, was photographed, inspected and completed. */
export async function inspectedReturn(
  api: Api,
  merchantId: string,
  goods: readonly Goods[],
  announced: object = {},
): Promise<InspectedReturn> {
  parcels += 1;
  const items = goods.map(({ sku, name, quantity = 1 }) => ({ sku, name, quantity, reason: 'not_liked' }));
  const rma = { merchantId, externalNumber: `RMA-${1000 + parcels}`, items, ...announced };
  const parcel = await api.post<InspectedReturn>('/returns', rma);
  const path = `/returns/${parcel.id}`;
  await api.post(`${path}/receive`, { carrier: 'DHL', trackingNumber: `0034043416109404${2000 + parcels}` });
  for (const [index, one] of goods.entries()) {
    const itemId = parcel.items[index]!.id;
    for (let place = 0; place < (one.photos ?? 1); place += 1)
      await api.upload(`${path}/photos`, { clientPhotoId: `photo-${index}-${place}`, itemId }, await pictureOf(one));
    const { quantity = 1, grade, note } = one;
    await api.post(`${path}/items/${itemId}/inspection`, { quantity, grade, note, reason: 'used' });
  }
  return api.post<InspectedReturn>(`${path}/complete`);
}

/** A picture of goods that people can tell apart on a screen. */
async function pictureOf({ colour = '#b9793f', grade }: Goods) {
  pictures += 1;
  const crack = `<path d="M560 ${300 + (pictures % 5) * 30} l90 60 l-40 70 l80 90" stroke="#2b1d12" stroke-width="9" fill="none"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900">
    <defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="#e9e4da"/><stop offset="1" stop-color="#bdb3a2"/></linearGradient></defs>
    <rect width="1200" height="900" fill="url(#g)"/><ellipse cx="600" cy="760" rx="330" ry="46" fill="#8d8475"/>
    <path d="M430 250 q170 -70 340 0 l-46 480 q-124 40 -248 0 z" fill="${colour}"/>
    <ellipse cx="600" cy="250" rx="170" ry="42" fill="${colour}" stroke="#00000033" stroke-width="8"/>
    ${grade === 'A' ? '' : crack}</svg>`;
  return { bytes: await sharp(Buffer.from(svg)).jpeg().toBuffer(), name: 'goods.jpg', type: 'image/jpeg' };
}
