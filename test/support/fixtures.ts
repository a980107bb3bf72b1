import { readFile } from 'node:fs/promises';
import type { Api } from './api.ts';

/** Sets up an issuer and the demo's price list, as finance would. */
export async function setUpIssuer(api: Api, billingStartsOn = '2026-10-01'): Promise<void> {
  await api.put('/issuer', {
    profile: {
      name: 'Nordlager Fulfillment GmbH',
      address: { street: 'Speicherweg 4', postalCode: '20457', city: 'Hamburg', country: 'DE' },
      vatId: 'DE136695976',
      taxNumber: '46/712/03456',
      managingDirectors: ['Inga Petersen'],
      bank: { name: 'Hanseatische Bank', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
    },
    numberPattern: 'RE-{year}-{number:5}',
    billingStartsOn,
  });
  const card = JSON.parse(await readFile(new URL('../../demo/data/rate-card.json', import.meta.url), 'utf8')) as object;
  await api.post('/rate-cards', { ...card, isBase: true });
}

export interface MerchantOptions {
  number: string;
  name: string;
  contract?: Record<string, unknown>;
  merchant?: Record<string, unknown>;
}

/** A merchant under contract; mails go to addresses made of its number. */
export async function setUpMerchant(
  api: Api,
  { number, name, contract = {}, merchant = {} }: MerchantOptions,
): Promise<string> {
  const { id } = await api.post('/merchants', {
    number,
    name,
    address: { name, street: 'Marktplatz 1', postalCode: '04109', city: 'Leipzig', country: 'DE' },
    invoiceEmails: [`rechnung-${number.toLowerCase()}@example.com`],
    noticeEmails: [`retouren-${number.toLowerCase()}@example.com`],
    ...merchant,
  });
  await api.post('/contracts', { merchantId: id, startsOn: '2026-10-01', softwareFee: false, ...contract });
  return id;
}

/** An order that is shipped at once in one parcel. */
export async function shipOrder(
  api: Api,
  merchantId: string,
  number: string,
  { pieces = 1, shippedAt = '2026-10-05T10:00:00Z', country = 'DE', consumer = undefined as object | undefined } = {},
): Promise<string> {
  const { id } = await api.post('/orders', {
    merchantId,
    channel: 'shop',
    externalNumber: number,
    orderedAt: shippedAt,
    country,
    ...(consumer ? { consumer } : {}),
    lines: [{ sku: 'SKU-1', name: 'Teelichthalter', quantity: pieces }],
  });
  await api.post(`/orders/${id}/shipments`, {
    weightGrams: 800,
    carrier: 'DHL',
    trackingNumber: `T-${number}`,
    shippedAt,
  });
  return id;
}
