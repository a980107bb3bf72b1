import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { shipOrder } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import type { Api } from '../support/api.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, type Page } from './support/app.ts';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { fakeCamera } from './support/fake-camera.ts';
import {
  announce,
  countTaps,
  keptOnDevice,
  look,
  scan,
  setUpWarehouse,
  tapsOf,
  typeAsScanner,
  untilKept,
  type Parcel,
} from './support/warehouse.ts';

jest.setTimeout(120_000);

const TRACKING = '00340434161094042557';

describeInBrowser('The warehouse desk', (app) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-camera-'));
  let worker: Person;
  let lead: Person;
  let merchantId: string;
  let api: Api;

  beforeAll(async () => {
    merchantId = await setUpWarehouse(app.product);
    [worker, lead] = [await app.person(['worker']), await app.person(['lead'])];
    api = worker.api;
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const parcelOf = (id: string) => api.get<Parcel>(`/returns/${id}`);

  test('K12 the camera reads the label, and three items with four photos take 14 taps on a phone (15 are allowed)', async () => {
    const announced = await announce(api, merchantId, TRACKING);
    const flags = await fakeCamera(path.join(folder, 'label.y4m'), TRACKING);
    const page = await app.open({ as: worker, size: 'phone', path: '/warehouse', flags, permissions: ['camera'] });
    await look(app, page, 'warehouse-home');
    await countTaps(page);
    await button(page, 'Mit der Kamera scannen').click();
    await page.getByRole('heading', { level: 1, name: announced.number }).waitFor();
    const scan = await tapsOf(page);
    expect(scan).toBe(1);

    await button(page, 'Kamera einschalten').click();
    const findings = [
      ['Stehlampe Nord', 'Zustand A', 'Originalverpackt und ungeöffnet.', 1],
      ['Kissenbezug', 'Zustand C', 'Verschmutzt, nicht mehr als neu verkäuflich.', 2],
      ['Wandbild Küste', 'Zustand A', 'Ausgepackt, ohne Gebrauchsspuren, vollständig.', 1],
    ] as const;
    for (const [index, [name, grade, phrase, photos]] of findings.entries()) {
      const card = page.getByRole('article', { name });
      await button(page, `Foto aufnehmen: ${name}`).waitFor();
      await headInSight(card);
      for (let n = 1; n <= photos; n += 1) {
        await button(page, `Foto aufnehmen: ${name}`).click();
        await card
          .getByRole('button', { name: /^Foto, / })
          .nth(n - 1)
          .waitFor();
      }
      await card.getByRole('button', { name: new RegExp(`^${grade}`) }).click();
      await card.getByRole('button', { name: phrase }).click();
      if (index === 0) {
        await page.getByText('2 Stück noch nicht geprüft.').waitFor();
        expect(await button(page, 'Abschließen').getAttribute('data-variant')).toBe('default');
        await look(app, page, 'warehouse-return');
      }
      if (index < 2) await card.getByRole('button', { name: 'Weiter', exact: true }).click();
    }
    expect(await button(page, 'Abschließen').getAttribute('data-variant')).toBe('filled');
    await button(page, 'Abschließen').click();
    await page.getByRole('heading', { name: 'Prüfung abgeschlossen' }).waitFor();
    expect((await tapsOf(page)) - scan).toBe(14);

    const done = await until('the inspection on the server', async () => {
      const parcel = await parcelOf(announced.id);
      return parcel.photos.length === 4 && ['processing', 'completed'].includes(parcel.state) && parcel;
    });
    expect(done.items.map(({ sku, grade, state }) => [sku, grade, state])).toEqual([
      ['LAMP-1', 'A', 'restocked'],
      ['PILLOW-1', 'C', 'in_rtv_batch'],
      ['PICTURE-1', 'A', 'restocked'],
    ]);
    const box = page.getByRole('region', { name: 'Prüfung abgeschlossen' }).getByRole('link', { name: /^RTV-/ });
    await box.waitFor();
    expect(await box.getAttribute('href')).toMatch(/^\/warehouse\/batches\/.+/);
    await look(app, page, 'warehouse-finished');
  });

  test('A1 a code with several hits leaves one field to scan with, wherever one goes from there', async () => {
    for (const tracking of ['RET-TWICE-1', 'RET-TWICE-2'])
      await api.post('/returns', {
        ...{ merchantId, carrier: 'DHL', trackingNumber: tracking },
        items: [{ sku: 'TWICE-1', name: 'Hocker', quantity: 1 }],
      });
    const page = await app.open({ as: worker, size: 'phone', path: '/warehouse' });
    const fields = page.getByRole('textbox', { name: 'Paket, Retoure, Auftrag oder Artikel' });
    const hits = page.getByRole('link', { name: /RET-TWICE-/ });
    await scan(page, 'TWICE-1');
    await hits.nth(1).waitFor();
    expect(await fields.count()).toBe(1);
    await look(app, page, 'warehouse-several-hits');
    await page.getByRole('navigation').getByRole('link', { name: 'Scannen' }).click();
    await page.getByText('zu prüfen', { exact: true }).waitFor();
    expect([await fields.count(), await hits.count()]).toEqual([1, 0]);
    await page.goBack();
    await hits.nth(1).waitFor();
    expect(await fields.count()).toBe(1);
    await page.goForward();
    await page.getByText('zu prüfen', { exact: true }).waitFor();
    expect(await fields.count()).toBe(1);
  });

  test('B14 on a phone the last step leads to what is lacking, also in the form that is open', async () => {
    const { id } = await announce(api, merchantId, 'RET-LACK-1');
    const page = await app.open({ as: worker, size: 'phone', path: `/warehouse/returns/${id}` });
    const lamp = page.getByRole('article', { name: 'Stehlampe Nord' });
    await headInSight(lamp);
    await lamp.getByRole('button', { name: /^Zustand C/ }).click();
    await lamp.getByText('Nach Regel:').waitFor();
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await button(page, 'Abschließen').click();
    const phrases = lamp.getByRole('group', { name: 'Befund (nötig)' });
    await until('the finding to be in sight', async () => {
      const { y = -1, height = 0 } = (await phrases.boundingBox()) ?? {};
      return y > HEADER && y + height / 2 < 844 - HEADER;
    });
    await look(app, page, 'warehouse-lacks-finding');
    await scan(page, 'PICTURE-1');
    await headInSight(page.getByRole('article', { name: 'Wandbild Küste' }));
  });

  test('A1 a scanner that types is heard wherever the focus is, and a return is done with the keyboard alone', async () => {
    const announced = await announce(api, merchantId, 'RET-SCAN-0001');
    const page = await app.open({ as: worker, path: '/warehouse' });
    await page.getByRole('searchbox').or(page.getByLabel('Paket, Retoure, Auftrag oder Artikel')).first().waitFor();
    await scan(page, announced.number);
    await page.getByRole('heading', { level: 1, name: announced.number }).waitFor();

    const lamp = page.getByRole('article', { name: 'Stehlampe Nord' });
    const note = lamp.getByRole('textbox', { name: 'Eigener Befund' });
    const picture = page.getByRole('article', { name: 'Wandbild Küste' });
    await note.focus();
    await page.keyboard.type('Karton', { delay: 90 });
    await typeAsScanner(page, 'PICTURE-1');
    await picture.getByRole('textbox', { name: 'Eigener Befund' }).waitFor();
    for (const name of ['Stehlampe Nord', 'Kissenbezug', 'Wandbild Küste']) {
      const card = page.getByRole('article', { name });
      const head = card.locator('[aria-expanded]').first();
      if ((await head.getAttribute('aria-expanded')) === 'false') await press(page, head);
      if (name === 'Stehlampe Nord')
        expect(await card.getByRole('textbox', { name: 'Eigener Befund' }).inputValue()).toBe('Karton');
      await press(page, card.getByRole('button', { name: /^Zustand A/ }));
      await press(page, card.getByRole('button', { name: 'Originalverpackt und ungeöffnet.' }));
      if (name === 'Kissenbezug') await card.locator('input[type=file]').setInputFiles(await jpeg());
    }
    await press(page, button(page, 'Abschließen'));
    await page.getByRole('heading', { name: 'Prüfung abgeschlossen' }).waitFor();
    await until('the inspection on the server', async () => (await parcelOf(announced.id)).photos.length === 1);
    const { items } = await until('the end of the return', async () => {
      const parcel = await parcelOf(announced.id);
      return parcel.state === 'completed' && parcel;
    });
    expect(items.map(({ note: text }) => text)).toContain('Karton\nOriginalverpackt und ungeöffnet.');
  });

  test('A2 an unknown parcel is one tap, its label comes first, and the lead says later whose it is', async () => {
    const page = await app.open({ as: worker, size: 'phone', path: '/warehouse' });
    await scan(page, 'NOBODY-KNOWS-42');
    await button(page, 'Unbekanntes Paket annehmen').waitFor();
    await app.check(page);
    await button(page, 'Unbekanntes Paket annehmen').click();
    await page.getByText('Fotografieren Sie zuerst das Etikett.', { exact: false }).waitFor();
    await page
      .getByRole('group', { name: 'Fotos vom Paket' })
      .locator('input[type=file]')
      .setInputFiles(await jpeg());
    await page.getByText('Fotografieren Sie zuerst das Etikett.', { exact: false }).waitFor({ state: 'detached' });
    await button(page, 'Weitere Ware').click();
    await page.getByRole('textbox', { name: 'Artikel oder Beschreibung' }).fill('Blaue Mütze, Wolle');
    // what lies half below the bar at the foot is reached by scrolling
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await app.check(page);
    await button(page, 'Hinzufügen').click();
    const card = page.getByRole('article', { name: 'Blaue Mütze, Wolle' });
    await card.getByRole('button', { name: /^Zustand B/ }).click();
    await card.getByRole('button', { name: 'Leichte Gebrauchsspuren, sonst einwandfrei.' }).click();
    await card.getByRole('button', { name: 'Weiter', exact: true }).click();
    await page.getByText('Zuerst muss der Händler zugeordnet werden.', { exact: false }).waitFor();
    expect(await button(page, 'Abschließen').isEnabled()).toBe(false);
    const [created] = await until('the return on the server', async () => {
      const { returns } = await api.get<{ returns: Parcel[] }>('/returns/lookup?code=NOBODY-KNOWS-42');
      return returns.length > 0 && returns;
    });
    await until('the finding on the server', async () => (await parcelOf(created!.id)).items[0]?.grade === 'B');

    await shipOrder(app.product.admin, merchantId, 'B-2001');
    const leads = await app.open({ as: lead, path: `/warehouse/returns/${created!.id}/match` });
    await leads.getByLabel('Auftrag', { exact: true }).fill('B-2001');
    await button(leads, 'Diesem zuordnen').waitFor();
    await look(app, leads, 'warehouse-match');
    await button(leads, 'Diesem zuordnen').click();
    await leads.getByText('Alpha Wohnen GmbH', { exact: false }).first().waitFor();
    await button(leads, 'Abschließen').click();
    await leads.getByRole('heading', { name: 'Prüfung abgeschlossen' }).waitFor();
    await until('the end of the inspection', async () => (await parcelOf(created!.id)).state === 'processing');
    expect((await parcelOf(created!.id)).photos.map(({ kind }) => kind)).toEqual(['label']);
  });

  test('A9 who holds a return is shown, and work that was refused goes on once it is taken over', async () => {
    app.allowErrors(/409/, /ERR_INTERNET_DISCONNECTED/);
    const announced = await announce(api, merchantId, 'RET-LOCK-0001');
    const page = await app.open({
      as: worker,
      size: 'phone',
      path: `/warehouse/returns/${announced.id}`,
      keepsApp: true,
    });
    const lamp = page.getByRole('article', { name: 'Stehlampe Nord' });
    await lamp.getByRole('button', { name: /^Zustand A/ }).waitFor();
    await untilKept(page);
    await page.context().setOffline(true);
    await lamp.getByRole('button', { name: /^Zustand A/ }).click();
    await lamp.getByRole('button', { name: 'Originalverpackt und ungeöffnet.' }).click();
    await lamp.getByRole('button', { name: 'Weiter', exact: true }).click();
    await page.getByText('2 Schritte warten auf diesem Gerät.').waitFor();

    await api2(lead).post(`/returns/${announced.id}/receive`, {});
    await api2(lead).post(`/returns/${announced.id}/lock`, {});
    await page.context().setOffline(false);
    const conflict = page.getByRole('region', { name: 'Der Server hat einen Schritt abgelehnt' });
    await conflict.getByText(`${nameOf(lead)} arbeitet gerade an dieser Retoure.`).waitFor();
    await look(app, page, 'warehouse-conflict');
    expect((await parcelOf(announced.id)).items.every(({ grade }) => grade === null)).toBe(true);

    await conflict.getByRole('button', { name: 'Alles Wartende verwerfen' }).click();
    await page.getByRole('dialog').getByText('Stehlampe Nord', { exact: false }).waitFor();
    await look(app, page, 'warehouse-discard');
    await page.getByRole('dialog').getByRole('button', { name: 'Abbrechen' }).click();

    await conflict.getByRole('button', { name: 'Übernehmen und senden' }).click();
    await conflict.waitFor({ state: 'detached' });
    await until('the finding on the server', async () =>
      (await parcelOf(announced.id)).items.some(({ sku, grade }) => sku === 'LAMP-1' && grade === 'A'),
    );
    expect((await parcelOf(announced.id)).lock).toMatchObject({ userId: worker.id });
    // the lead received it, and the worker's device did not know
    expect((await parcelOf(announced.id)).parcels).toHaveLength(1);

    const second = await app.open({ as: lead, path: `/warehouse/returns/${announced.id}` });
    await second.getByRole('region', { name: `${nameOf(worker)} arbeitet an dieser Retoure` }).waitFor();
    expect(await second.getByRole('button', { name: 'Abschließen' }).count()).toBe(0);
    await app.check(second);
    await app.shot(second, 'warehouse-locked');
  });

  test('K13 what cannot wait says that it needs the network, and does nothing', async () => {
    app.allowErrors(/ERR_INTERNET_DISCONNECTED/);
    const announced = await announce(api, merchantId, 'RET-OFFLINE-1');
    await api.post(`/returns/${announced.id}/receive`, {});
    const page = await app.open({
      as: lead,
      size: 'phone',
      path: `/warehouse/returns/${announced.id}`,
      keepsApp: true,
    });
    await page.getByRole('article', { name: 'Stehlampe Nord' }).waitFor();
    await untilKept(page);
    await page.context().setOffline(true);
    for (const step of ['Anders zuordnen', 'Retoure aufteilen', 'Etiketten drucken']) {
      await button(page, 'Weitere Schritte').click();
      await page.getByRole('menuitem', { name: step }).click();
      await page.getByText('Das geht nur mit Netz').first().waitFor();
      expect(new URL(page.url()).pathname).toBe(`/warehouse/returns/${announced.id}`);
    }
    await look(app, page, 'warehouse-needs-network');
    const { commands } = await keptOnDevice(page);
    expect(commands).toBe(0);
    await page.context().setOffline(false);
  });

  test('C4 the box of a merchant is closed, checked by scanning its labels, packed and handed over', async () => {
    const page = await app.open({ as: lead, size: 'phone', path: '/warehouse/batches' });
    await page.getByText('Alpha Wohnen GmbH').first().waitFor();
    await look(app, page, 'warehouse-batches');
    const tab = page.getByRole('link', { name: 'Rücksendungen', exact: true }).last().locator('span');
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await tab.evaluate((word) => word.scrollWidth <= word.clientWidth)).toBe(true);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText('Alpha Wohnen GmbH').first().click();
    await button(page, 'Schließen und Inhalt prüfen').waitFor();
    await look(app, page, 'warehouse-batch-open');
    await button(page, 'Schließen und Inhalt prüfen').click();
    await page.getByText(/^0 von \d+ Stück gefunden$/).waitFor();
    const { items: batches } = await api.get<{ items: { id: string }[] }>('/rtv-batches?state=closing');
    const batch = await api.get<{ items: { labelCode: string }[] }>(`/rtv-batches/${batches[0]!.id}`);
    await look(app, page, 'warehouse-batch-check');
    for (const [index, { labelCode }] of batch.items.entries()) {
      await scan(page, labelCode);
      await page.getByRole('checkbox').nth(index).and(page.locator(':checked')).waitFor();
    }
    await scan(page, 'WRONG-LABEL');
    await page.getByText('„WRONG-LABEL“ gehört nicht in diese Sammelrücksendung.').waitFor();
    await button(page, 'Gepackt').click();
    await page.getByLabel('Sendungsnummer').fill('00340434161094099999');
    await page.getByLabel('Gewicht in kg').fill('2,5');
    await look(app, page, 'warehouse-batch-dispatch');
    await button(page, 'Übergeben').click();
    await page.getByText('Unterwegs zum Händler.').waitFor();
    const sent = await api.get<Record<string, unknown>>(`/rtv-batches/${batches[0]!.id}`);
    expect(sent).toMatchObject({
      state: 'dispatched',
      carrier: 'DHL',
      trackingNumber: '00340434161094099999',
      weightGrams: 2500,
    });
  });

  test('B14 the lists name what is to be done, what is late first', async () => {
    const page = await app.open({ as: lead, path: '/warehouse/returns?list=toInspect' });
    await page.getByRole('link', { name: /^RT-/ }).first().waitFor();
    await look(app, page, 'warehouse-list');
    await page.setViewportSize({ width: 390, height: 844 });
    // between table and cards no link has a place
    const placeOf = (link: Locator) => until('the list as a phone shows it', () => link.boundingBox());
    await button(page, 'Suchen und filtern').waitFor();
    expect((await placeOf(page.getByRole('link', { name: /^RT-/ }).first())).y).toBeLessThan(320);
    await button(page, 'Suchen und filtern').click();
    await page.getByRole('searchbox', { name: 'Suche' }).waitFor();
    await look(app, page, 'warehouse-list-filters');
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const name of ['Erwartet', 'Überfällig', 'Ohne Händler', 'Ohne Auftrag', 'Alle']) {
      await button(page, name).click();
      await page.getByRole('link', { name: /^RT-/ }).or(page.getByText('Nichts zu tun')).first().waitFor();
    }
    await app.check(page);
  });
});

/** Of the app, which covers what is scrolled below it. */
const HEADER = 60;

/** The name of an item can be read: it is neither behind the header nor further down than a thumb is long. */
const headInSight = (card: Locator): Promise<unknown> =>
  until('the head of the item to be in sight', async () => {
    const { y = -1 } = (await card.boundingBox()) ?? {};
    return y >= HEADER && y < 400;
  });

/** Presses a button as somebody without a mouse does. */
async function press(page: Page, target: Locator): Promise<void> {
  await target.focus();
  await page.keyboard.press('Enter');
}

const nameOf = ({ email }: Person): string => email.replace(/^person-(\d+)@.*$/, 'Person $1');
const api2 = ({ api }: Person): Api => api;

let pictures = 0;
/** A picture that no other one equals. */
async function jpeg(): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  pictures += 1;
  const background = { r: (pictures * 60) % 256, g: 120, b: 90 };
  const picture = sharp({ create: { width: 640 + pictures, height: 480, channels: 3, background } });
  return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await picture.jpeg().toBuffer() };
}
