import type { Api } from '../../test/support/api.ts';

interface Answer {
  id: string;
  items: { id: string }[];
}

/**
 * Registers, receives, inspects and completes one return. It is undeliverable, because that is the one kind that
 * needs no photo: what photos cost is measured by bench/photos.
 * @returns its id
 */
export async function oneReturn(worker: Api, merchantId: string): Promise<string> {
  const registered = await worker.post<Answer>('/returns', {
    merchantId,
    kind: 'undeliverable',
    items: [{ sku: 'TELLER-24', name: 'Teller, 24 cm', quantity: 1 }],
  });
  const place = `/returns/${registered.id}`;
  await worker.post(`${place}/receive`, { carrier: 'DHL', trackingNumber: `JJD${registered.id}` });
  await worker.post(`${place}/items/${registered.items[0]!.id}/inspection`, {
    quantity: 1,
    grade: 'A',
    note: 'ungeöffnet',
  });
  await worker.post(`${place}/complete`, {});
  return registered.id;
}
