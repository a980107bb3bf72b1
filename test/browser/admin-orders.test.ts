import { beforeAll, expect, jest, test } from '@jest/globals';
import { setUpIssuer, setUpMerchant } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, pressWhileSearching, settled, type Page } from './support/app.ts';

jest.setTimeout(120_000);

interface Order {
  id: string;
  state: string;
  externalNumber: string;
  consumer: object | null;
  lines: { id: string; sku: string; name: string; quantity: number; shippedQuantity: number }[];
  shipments: { trackingNumber: string | null; weightGrams: number; parcels: number }[];
}

describeInBrowser('Orders at the desk of the administration', (app) => {
  let lead: Person;
  let admin: Person;
  let merchantId = '';

  beforeAll(async () => {
    const { admin: root } = app.product;
    await setUpIssuer(root, '2026-11-01');
    merchantId = await setUpMerchant(root, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
    await root.post('/articles', { merchantId, sku: 'LAMP-1', name: 'Stehlampe Nord' });
    await root.post('/articles', { merchantId, sku: 'PILLOW-1', name: 'Kissenbezug Leinen' });
    [lead, admin] = [await app.person(['lead']), await app.person(['admin'])];
  });

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const field = (page: Page, name: string) => page.getByRole('textbox', { name });
  const sku = (page: Page) => page.getByRole('combobox', { name: 'Artikelnummer' });
  const orders = async (filter = '') =>
    (await admin.api.get<{ items: Order[] }>(`/orders?merchantId=${merchantId}&limit=50${filter}`)).items;
  const lookAt = async (page: Page, name: string) => {
    await settled(page);
    await app.check(page);
    await app.shot(page, name);
  };

  test('D10 an article that is pressed while the search goes on is chosen', async () => {
    const page = await app.open({ as: lead, path: '/admin/orders/new' });
    await page.getByRole('combobox', { name: 'Händler' }).click();
    await page.getByRole('option', { name: 'Alpha Wohnen GmbH' }).click();
    await sku(page).click();
    const option = page.getByRole('option', { name: 'PILLOW-1' });
    await option.waitFor();
    await pressWhileSearching(page, option, /\/articles\?.*q=Kissen/, () => sku(page).fill('Kissen'));
    expect(await sku(page).inputValue()).toBe('PILLOW-1');
    expect(await field(page, 'Name').first().inputValue()).toBe('Kissenbezug Leinen');
  });

  test('D10 an order is entered by hand once, however often the button is pressed', async () => {
    app.allowErrors(/422/);
    const page = await app.open({ as: lead, path: '/admin/orders' });
    await lookAt(page, 'admin-orders-empty');
    await page.getByRole('link', { name: 'Auftrag anlegen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Auftrag anlegen' }).waitFor();
    await button(page, 'Auftrag anlegen').click();
    expect(await page.getByText('Hier fehlt eine Angabe.').count()).toBe(3);
    await lookAt(page, 'admin-order-missing');

    await page.getByRole('combobox', { name: 'Händler' }).click();
    await page.getByRole('option', { name: 'Alpha Wohnen GmbH' }).click();
    await field(page, 'Auftragsnummer').fill('TEL-1');
    await sku(page).first().fill('leinen');
    await page.getByText('Neu: wird mit dem Auftrag angelegt').waitFor();
    await sku(page).first().fill('Kissen');
    await page.getByRole('option', { name: 'PILLOW-1' }).click();
    expect(await field(page, 'Name').first().inputValue()).toBe('Kissenbezug Leinen');
    await field(page, 'Stück').first().fill('3');
    await button(page, 'Artikel hinzufügen').click();
    await sku(page).nth(1).fill('LAMP-1');
    await field(page, 'Name des Endkunden').fill('Erika Muster');
    await field(page, 'E-Mail-Adresse').fill('erika@');
    await field(page, 'Straße').fill('Deichstraße 4');
    await field(page, 'PLZ').fill('20459');
    await button(page, 'Auftrag anlegen').click();
    await page.getByText('Hier fehlt eine Angabe.').waitFor();
    await field(page, 'Ort').fill('Hamburg');
    await button(page, 'Auftrag anlegen').click();
    await page.getByText('Das Format stimmt nicht.').waitFor();
    await lookAt(page, 'admin-order-refused');
    expect(await orders()).toEqual([]);

    await field(page, 'E-Mail-Adresse').fill('erika@example.com');
    await button(page, 'Auftrag anlegen').dblclick();
    await page.getByRole('heading', { level: 1, name: 'Auftrag TEL-1' }).waitFor();
    const [order, ...more] = await orders();
    expect(more).toEqual([]);
    expect(await admin.api.get<Order>(`/orders/${order!.id}`)).toMatchObject({
      state: 'open',
      channel: 'manual',
      consumer: {
        ...{ name: 'Erika Muster', email: 'erika@example.com' },
        address: { street: 'Deichstraße 4', postalCode: '20459', city: 'Hamburg', country: 'DE' },
      },
      lines: [
        { sku: 'PILLOW-1', name: 'Kissenbezug Leinen', quantity: 3 },
        { sku: 'LAMP-1', quantity: 1 },
      ],
    });
  });

  test('D10 a number that is taken leads to its order, and what is typed is not lost unasked', async () => {
    app.allowErrors(/409/);
    const page = await app.open({ as: lead, path: `/admin/orders/new?merchantId=${merchantId}`, size: 'phone' });
    await sku(page).fill('LAMP-1');
    await field(page, 'Auftragsnummer').fill('TEL-1');
    await page.getByText('Diesen Auftrag gibt es bei diesem Händler und Kanal schon.').waitFor();
    await button(page, 'Auftrag anlegen').click();
    await page.getByText('Etwas stimmt noch nicht.').waitFor();
    await lookAt(page, 'admin-order-exists');
    expect(await orders()).toHaveLength(1);
    await page.getByRole('link', { name: 'Auftrag ansehen' }).click();
    await button(page, 'Verlassen').click();
    await page.getByRole('heading', { level: 1, name: 'Auftrag TEL-1' }).waitFor();
  });

  test('D10 its page tells what left of it and what came back; the rest is shipped or cancelled there', async () => {
    const [{ id } = { id: '' }] = await orders('&externalNumber=TEL-1');
    const stored = () => admin.api.get<Order>(`/orders/${id}`);
    const page = await app.open({ as: admin, path: `/admin/orders/${id}` });
    await button(page, 'Sendung erfassen').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Kissenbezug Leinen' }).fill('2');
    await dialog.getByRole('textbox', { name: 'Gewicht' }).fill('850');
    await dialog.getByRole('textbox', { name: 'Versanddienst' }).fill('DHL');
    await dialog.getByRole('textbox', { name: 'Sendungsnummer' }).fill('00340434');
    await lookAt(page, 'admin-order-ship');
    await dialog.getByRole('button', { name: 'Sendung erfassen' }).click();
    await page.getByText('Teilweise verschickt').waitFor();
    expect(await stored()).toMatchObject({
      lines: [{ shippedQuantity: 2 }, { shippedQuantity: 1 }],
      shipments: [{ trackingNumber: '00340434', weightGrams: 850, parcels: 1 }],
    });
    expect(await button(page, 'Stornieren').count()).toBe(0);
    await until('the order to be known to the returns', async () => {
      const found = await admin.api.get<{ orders: object[] }>('/returns/lookup?code=TEL-1');
      return found.orders.length > 0;
    });
    const back = await admin.api.post<{ number: string }>('/returns', {
      ...{ merchantId, orderId: id },
      items: [{ sku: 'LAMP-1', quantity: 1 }],
    });
    await page.getByRole('link', { name: back.number }).waitFor();
    await page.getByRole('link', { name: 'DHL 00340434' }).waitFor();
    await lookAt(page, 'admin-order');
    await page.getByRole('link', { name: 'DHL 00340434' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sendungen' }).waitFor();
    await lookAt(page, 'admin-shipments');
    await page.getByRole('link', { name: 'TEL-1' }).click();
    await page.getByRole('heading', { level: 1, name: 'Auftrag TEL-1' }).waitFor();

    await admin.api.post('/orders', {
      ...{ merchantId, channel: 'shop', externalNumber: 'TEL-2', country: 'AT' },
      lines: [{ sku: 'LAMP-1', name: '', quantity: 2 }],
    });
    await page.goto('/admin/orders');
    await page.getByRole('row', { name: /TEL-1 A-1 Alpha Wohnen GmbH manual Teilweise verschickt.* 4$/ }).waitFor();
    await lookAt(page, 'admin-orders');
    await page.getByRole('searchbox', { name: 'Ganze Auftragsnummer' }).fill('TEL-2');
    await page.getByRole('link', { name: 'TEL-1' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'TEL-2' }).click();
    await button(page, 'Stornieren').click();
    await dialog.getByRole('button', { name: 'Stornieren' }).click();
    await page.getByText('Storniert', { exact: true }).waitFor();
    expect((await orders('&externalNumber=TEL-2'))[0]).toMatchObject({ state: 'cancelled' });
  });

  test('D10 an order that is not there says so with a way back', async () => {
    app.allowErrors(/404/);
    const page = await app.open({ as: lead, path: '/admin/orders/00000000-0000-7000-8000-000000000000' });
    await page.getByRole('heading', { level: 1, name: 'Nicht gefunden' }).waitFor();
    await app.check(page);
    await page.getByRole('link', { name: 'Zurück' }).click();
    await page.getByRole('heading', { level: 1, name: 'Aufträge' }).waitFor();
  });
});
