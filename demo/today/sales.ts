import { inParallel, until } from '../parallel.ts';
import type { PhotoStudio } from '../photos/studio.ts';
import { idOf, type World } from '../world.ts';
import { GOODS, goodsOf, SALES } from './goods.ts';

/** Enters the autumn range with pictures. @returns how many articles */
export async function enterRange({ as, merchantIds }: World, studio: PhotoStudio): Promise<number> {
  await inParallel(GOODS, 3, async ({ merchant, sku, name, group, motif, ean, weightGrams, size }) => {
    const [lengthMm, widthMm, heightMm] = size;
    const { id } = await as.admin.post('/articles', {
      merchantId: idOf({ merchantIds }, merchant),
      ...{ sku, name, group, eans: [ean], weightGrams },
      dimensions: { lengthMm, widthMm, heightMm },
    });
    const bytes = await studio.take({ motif, damage: 'none', variant: `range ${sku}` });
    await as.worker.replace(`/articles/${id}/picture`, { bytes, name: 'IMG.jpg', type: 'image/jpeg' });
  });
  return GOODS.length;
}

/** Sells and ships what comes back later. @returns ids of the orders by number, once the packing table knows them */
export async function sell({ as, merchantIds }: World): Promise<Map<string, string>> {
  const orders = new Map<string, string>();
  await inParallel(SALES, 3, async ({ merchant, number, consumer, lines }) => {
    const { name, email, street, postalCode, city } = consumer;
    const { id } = await as.admin.post('/orders', {
      merchantId: idOf({ merchantIds }, merchant),
      channel: 'shop',
      externalNumber: number,
      country: 'DE',
      consumer: { name, email, address: { name, street, postalCode, city, country: 'DE' } },
      lines: lines.map(([sku, quantity]) => ({ sku, name: goodsOf(sku).name, quantity })),
    });
    await as.admin.post(`/orders/${id}/shipments`, {
      weightGrams: 200 + lines.reduce((sum, [sku, pieces]) => sum + pieces * goodsOf(sku).weightGrams, 0),
      carrier: 'DHL',
    });
    orders.set(number, id);
  });
  for (const number of orders.keys())
    await until(`the order ${number} at the packing table`, async () => {
      const { orders: hits } = await as.worker.get<{ orders: unknown[] }>(`/returns/lookup?code=${number}`);
      return hits.length ? true : undefined;
    });
  return orders;
}
