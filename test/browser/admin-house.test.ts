import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { photoWithEverything } from '../support/photos.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, type Page } from './support/app.ts';
import { setUpWarehouse } from './support/warehouse.ts';

jest.setTimeout(120_000);

interface Article {
  id: string;
  name: string;
  eans: string[];
  group: string | null;
  weightGrams: number | null;
  dimensions: object | null;
  serialTracked: boolean;
  components: object[];
  variantOf: string | null;
  condition: string;
  picture: { width: number } | null;
}
interface User {
  id: string;
  email: string;
  roles: string[];
  merchantIds: string[];
  active: boolean;
}

describeInBrowser('The desk of the administration: the house', (app) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-admin-'));
  let admin: Person;
  let merchantId: string;

  beforeAll(async () => {
    merchantId = await setUpWarehouse(app.product);
    admin = await app.person(['admin']);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const idIn = (page: Page) => new URL(page.url()).pathname.split('/').at(-1)!;
  const save = async (page: Page) => {
    await button(page, 'Speichern').click();
    await page.getByText('Gespeichert', { exact: true }).waitFor();
  };

  test('J30 an article is entered with its codes, picture, sizes, components and B-grade variant', async () => {
    const page = await app.open({ as: admin, path: `/admin/articles?merchantId=${merchantId}` });
    await app.check(page);
    await app.shot(page, 'admin-articles-empty');
    await admin.api.post('/articles', { merchantId, sku: 'BULB-1', name: 'Leuchtmittel' });
    await button(page, 'Artikel anlegen').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Artikelnummer' }).fill('LAMP-1');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Stehlampe Nord');
    await dialog.getByRole('button', { name: 'Anlegen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Stehlampe Nord' }).waitFor();
    const id = idIn(page);

    const file = path.join(folder, 'lamp.jpg');
    fs.writeFileSync(file, await photoWithEverything(6, 600, 400));
    await page.locator('input[type=file]').first().setInputFiles(file);
    await button(page, 'Foto 1 von 1 öffnen').waitFor();

    const codes = page.getByRole('combobox', { name: 'EANs und Codes' });
    await codes.fill('4006381333931');
    await codes.press('Enter');
    await page.getByRole('textbox', { name: 'Warengruppe' }).fill('Leuchten');
    await page.getByRole('textbox', { name: 'Länge' }).fill('1500');
    await page.getByText('Alle drei Seiten angeben').first().waitFor();
    await page.getByRole('textbox', { name: 'Breite' }).fill('300');
    await page.getByRole('textbox', { name: 'Höhe' }).fill('250');
    await page.getByRole('textbox', { name: 'Gewicht' }).fill('4200');
    await page.getByRole('switch', { name: 'Seriennummern erfassen' }).check();
    await button(page, 'Bestandteil hinzufügen').click();
    await page.getByRole('textbox', { name: 'Artikelnummer des Teils' }).fill('BULB-1');
    await page.getByRole('textbox', { name: 'Stück je Bündel' }).fill('3');
    await app.check(page);
    await app.shot(page, 'admin-article');
    await save(page);
    expect(await admin.api.get<Article>(`/articles/${id}`)).toMatchObject({
      eans: ['4006381333931'],
      group: 'Leuchten',
      weightGrams: 4200,
      dimensions: { lengthMm: 1500, widthMm: 300, heightMm: 250 },
      serialTracked: true,
      components: [{ sku: 'BULB-1', quantity: 3 }],
      picture: { width: expect.any(Number) },
    });

    await button(page, 'Nummer für B-Ware anlegen').click();
    await dialog.getByRole('button', { name: 'Anlegen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Stehlampe Nord (B-Ware)' }).waitFor();
    expect(await admin.api.get<Article>(`/articles/${idIn(page)}`)).toMatchObject({ variantOf: id, condition: 'b' });
    await page.goto('/admin/articles?group=Leuchten');
    await page.getByRole('link', { name: 'LAMP-1', exact: true }).waitFor();
    await app.check(page);
    await app.shot(page, 'admin-articles');
  });

  test('an article that is refused says why at its field', async () => {
    app.allowErrors(/422/);
    const { id } = await admin.api.post('/articles', { merchantId, sku: 'CUP-1', name: 'Tasse' });
    const page = await app.open({ as: admin, path: `/admin/articles/${id}`, size: 'phone' });
    const codes = page.getByRole('combobox', { name: 'EANs und Codes' });
    await codes.fill('4006381333930');
    await codes.press('Enter');
    await button(page, 'Speichern').click();
    await page.getByText('Etwas stimmt noch nicht.').waitFor();
    await page.getByText('Ein Code stimmt nicht.').waitFor();
    await app.check(page);
    await app.shot(page, 'admin-article-refused');
  });

  test('a user is made, gets other rights and is blocked, each at once', async () => {
    const page = await app.open({ as: admin, path: '/admin/users' });
    await button(page, 'Benutzer anlegen').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Nele Nolte');
    await dialog.getByRole('textbox', { name: 'E-Mail-Adresse' }).fill('nele@example.com');
    await dialog.getByRole('checkbox', { name: 'Händler (entscheidet)' }).check();
    await dialog.getByRole('combobox', { name: 'Händler', exact: true }).click();
    await page.getByRole('option', { name: 'Alpha Wohnen GmbH' }).click();
    await dialog.getByRole('textbox', { name: 'Erstes Passwort' }).fill('correct horse battery');
    await app.check(page);
    await app.shot(page, 'admin-new-user');
    await dialog.getByRole('button', { name: 'Anlegen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nele Nolte' }).waitFor();
    const stored = () => admin.api.get<User>(`/users/${idIn(page)}`);
    expect(await stored()).toMatchObject({ roles: ['merchantDecider'], merchantIds: [merchantId], active: true });

    await page.getByRole('checkbox', { name: 'Händler (nur lesen)' }).check();
    await save(page);
    expect((await stored()).roles.toSorted()).toEqual(['merchantDecider', 'merchantViewer']);
    await app.check(page);
    await app.shot(page, 'admin-user');
    await button(page, 'Zugang sperren').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Zugang sperren' }).click();
    await button(page, 'Zugang freigeben').waitFor();
    expect((await stored()).active).toBe(false);
  });

  test('K11 the trail of everything is read and narrowed down', async () => {
    const page = await app.open({ as: admin, path: '/admin/audit' });
    await page.getByText('Artikel angelegt').first().waitFor();
    await app.check(page);
    await app.shot(page, 'admin-audit');
    // the fields are told in words, and no id at its full length
    expect(await page.getByText(/displayName|matchState|merchantIds|[0-9a-f]{8}-[0-9a-f]{4}-/).count()).toBe(0);
    await page.getByRole('combobox', { name: 'Art' }).click();
    await page.getByRole('option', { name: 'Benutzer' }).click();
    await page.getByText('Artikel angelegt').first().waitFor({ state: 'detached' });
    await page.getByText('Benutzer gesperrt').or(page.getByText('Benutzer angelegt')).first().waitFor();
  });

  test('K7 a file is tried first, then taken in, and stands in the logbook', async () => {
    const page = await app.open({ as: admin, path: '/admin/imports' });
    await app.shot(page, 'admin-imports-empty');
    await page.getByRole('combobox', { name: 'Profil' }).click();
    await page.getByRole('option').first().click();
    const file = path.join(folder, 'orders.csv');
    fs.writeFileSync(
      file,
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n' +
        '536365,85123A,TEELICHTHALTER,1,2026-10-02 10:00:00,2.55,17850,United Kingdom\n',
    );
    await page.locator('input[type=file]').setInputFiles(file);
    await button(page, 'Probe starten').click();
    await page.getByText('Der Import läuft im Hintergrund').waitFor();
    const { items } = await admin.api.get<{ items: { filename: string; dryRun: boolean }[] }>('/imports');
    expect(items).toMatchObject([{ filename: 'orders.csv', dryRun: true }]);
    await page.getByText('orders.csv (Probe)').first().waitFor();
    await app.check(page);
    await app.shot(page, 'admin-imports');
  });

  test('what nothing could handle is listed, and there is nothing at first', async () => {
    const page = await app.open({ as: admin, path: '/admin/dead-events' });
    await page.getByText('Keine fehlgeschlagenen Ereignisse').waitFor();
    await app.check(page);
    await app.shot(page, 'admin-dead-events');
  });
});
