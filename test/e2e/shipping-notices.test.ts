import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Api } from '../support/api.ts';
import { setUpIssuer, setUpMerchant, shipOrder } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

let product: WholeProduct;
let merchantId: string;
let decider: Api;

beforeAll(async () => {
  product = await startWholeProduct();
  await setUpIssuer(product.admin);
  merchantId = await setUpMerchant(product.admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
  decider = (await product.person(['merchantDecider'], [merchantId])).api;
});
afterAll(() => product?.close());

const choose = (mode: string) => decider.put('/message-settings/orderShipped', { mode });
const listed = async () =>
  (
    await decider.get<{ items: { subject: string; documentType: string; documentId: string }[] }>(
      '/messages?kind=orderShipped',
    )
  ).items;
/** Ships an order and waits until the notifications have read of it. */
async function ship(number: string): Promise<string> {
  const id = await shipOrder(product.admin, merchantId, number, { pieces: 2 });
  await until('the shipment to be read', async () => {
    const deliveries = await product.query<{ open: boolean }>(
      `select d.done_at is null as open from messaging.delivery d join messaging.event e on e.id = d.event_id
       where d.consumer = 'notifications.tell-order-shipped' and e.payload->>'orderId' = $1`,
      [id],
    );
    return deliveries.length === 1 && !deliveries[0]!.open;
  });
  return id;
}

test('J12 a shipment is told on request only: at once, in the digest of the day, or not at all', async () => {
  const { items } = await decider.get<{ items: object[] }>('/message-settings');
  expect(items).toContainEqual(
    expect.objectContaining({ kind: 'orderShipped', mode: 'off', source: 'standard', modes: ['each', 'daily', 'off'] }),
  );
  await ship('S-1');
  expect(await listed()).toEqual([]);

  await choose('each');
  const orderId = await ship('S-2');
  const mail = await until('the mail', () =>
    product.mails.find(({ subject }) => subject === 'Versandt: Bestellung S-2'),
  );
  expect([mail.to].flat().map((to) => to?.text)).toEqual(['retouren-a-1@example.com']);
  const [shipment] = await product.query<{ id: string }>('select id from orders.shipment where order_id = $1', [
    orderId,
  ]);
  expect(await listed()).toMatchObject([{ documentType: 'shipment', documentId: shipment!.id }]);

  await choose('daily');
  await ship('S-3');
  expect(await listed()).toHaveLength(1);
  const entries = await product.query(`select payload->>'orderNumber' as number from notifications.digest_entry
    where kind = 'orderShipped' and digest_id is null`);
  expect(entries).toEqual([{ number: 'S-3' }]);
});

test('J12 the digest of the day lists what was shipped', async () => {
  // the day is over: its digest is due
  await product.query(`alter table notifications.digest_entry disable trigger digest_entry_once;
    update notifications.digest_entry set day = day - 1;
    alter table notifications.digest_entry enable trigger digest_entry_once`);
  const mail = await until(
    'the digest',
    () => product.mails.find(({ subject }) => subject?.startsWith('Ihre Tagesübersicht vom ')),
    60_000,
  );
  expect(mail.text).toContain('Versandte Bestellungen');
  expect(mail.text).toContain('S-3');
  expect(mail.text).not.toContain('S-2');
});

test('J12 the texts of the shipping notice are previewed, replaced and checked like those of every mail', async () => {
  const path = '/message-templates/orderShipped/en';
  const texts = { subject: 'On its way: {{order.number}} ({{shipment.trackingNumber}})' };
  const preview = await product.admin.post<{ subject: string }>(`${path}/preview`, { texts });
  expect(preview.subject).toBe('On its way: 536365 (00340434161094000077)');
  expect(await product.admin.put<object>(path, { texts })).toMatchObject({ kind: 'orderShipped', version: 1 });
  await expect(product.admin.put(path, { texts: { subject: '{{return.number}}' } })).rejects.toMatchObject({
    status: 422,
  });
});
