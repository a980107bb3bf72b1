import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Api } from '../support/api.ts';
import { photoWithEverything } from '../support/photos.ts';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, type Page } from './support/app.ts';
import { announce, keptOnDevice, look, setUpWarehouse, type Parcel } from './support/warehouse.ts';

jest.setTimeout(90_000);

const GOODS = [
  { sku: 'LAMP-1', name: 'Stehlampe Nord', quantity: 1 },
  { sku: 'PILLOW-1', name: 'Kissenbezug', quantity: 1 },
];
const TRACKING = '00340434161094099999';

describeInBrowser('What the warehouse desk asks before, and says afterwards', (app) => {
  let worker: Person;
  let lead: Person;
  let merchantId: string;
  let api: Api;

  beforeAll(async () => {
    merchantId = await setUpWarehouse(app.product);
    [worker, lead] = [await app.person(['worker']), await app.person(['lead'])];
    api = worker.api;
  });

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const open = (path: string, as = worker) => app.open({ as, size: 'phone', path });
  const photo = async (place: number) => photoWithEverything(6, 600 + place, 400);
  const problem = (status: number, code: string, rest: object = {}) => ({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ status, code, detail: code, ...rest }),
  });

  /** Grade and finding of a piece. */
  async function judge(page: Page, name: string): Promise<void> {
    const card = page.getByRole('article', { name });
    await card.getByRole('button', { name: /^Zustand A/ }).click();
    await card.getByRole('textbox', { name: 'Eigener Befund' }).fill('Wie neu.');
  }

  test('B2 the end of an inspection says what is missing, and asks before anything is reported as missing', async () => {
    // a product that has just started may not tell of changes yet; pages ask from time to time until it does
    app.allowErrors(/503 .*\/api\/v1\/live/);
    const { id } = await announce(api, merchantId, 'RET-ASK-1', GOODS);
    const page = await open(`/warehouse/returns/${id}`);
    const dialog = page.getByRole('dialog');
    await button(page, 'Abschließen').click();
    await dialog.getByText('War das Paket leer?').waitFor();
    await look(app, page, 'warehouse-ask-empty');
    await dialog.getByRole('button', { name: 'Weiter prüfen' }).click();
    await dialog.waitFor({ state: 'detached' });

    await judge(page, 'Stehlampe Nord');
    await page.getByText('Mindestens ein Foto fehlt. 1 Stück noch nicht geprüft.').waitFor();
    await button(page, 'Abschließen').click();
    // where the photo can be taken opens, not the goods that are not here
    await page.getByRole('group', { name: 'Fotos von Stehlampe Nord' }).waitFor();
    await look(app, page, 'warehouse-lacks-photo');
    expect(await dialog.count()).toBe(0);

    const picture = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await photo(0)) };
    await page.getByRole('group', { name: 'Fotos vom Paket' }).locator('input[type=file]').setInputFiles(picture);
    await page.getByText('Mindestens ein Foto fehlt.', { exact: false }).waitFor({ state: 'detached' });
    await button(page, 'Abschließen').click();
    await dialog.getByText('Fehlt wirklich etwas?').waitFor();
    await dialog.getByText('1 × Kissenbezug').waitFor();
    await look(app, page, 'warehouse-ask-absent');
    await dialog.getByRole('button', { name: 'Weiter prüfen' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await api.get<Parcel>(`/returns/${id}`)).items.map(({ state }) => state)).not.toContain('missing');

    await button(page, 'Abschließen').click();
    await dialog.getByRole('button', { name: 'Ja, fehlt' }).click();
    await page.getByRole('heading', { name: 'Prüfung abgeschlossen' }).waitFor();
    await until('the end on the server', async () => {
      const { items } = await api.get<Parcel>(`/returns/${id}`);
      return items.map(({ state }) => state).join() === 'restocked,missing';
    });
  });

  test('C4 goods are taken out of a box only when somebody says so, and a tracking number is read whole on a phone', async () => {
    app.allowErrors(/503/);
    const { id, items } = await announce(api, merchantId, 'RET-BOX-1', GOODS);
    await api.post(`/returns/${id}/receive`, {});
    for (const [place, { id: itemId }] of items.entries()) {
      const file = { bytes: await photo(place + 1), name: 'a.jpg', type: 'image/jpeg' };
      await api.upload(`/returns/${id}/photos`, { clientPhotoId: `box-${place}`, itemId }, file);
      await api.post(`/returns/${id}/items/${itemId}/inspection`, { quantity: 1, grade: 'C', note: 'Flecken.' });
    }
    await api.post(`/returns/${id}/complete`, {});
    const batch = await until('the box', async () => {
      const found = await api.get<{ items: { id: string; pieces: number }[] }>('/rtv-batches?state=open');
      return found.items.find(({ pieces }) => pieces === 2);
    });
    const page = await open(`/warehouse/batches/${batch.id}`, lead);
    const pillow = page.getByRole('article', { name: 'Kissenbezug' });
    await pillow.getByRole('button', { name: 'Entnehmen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('„Kissenbezug“ entnehmen?').waitFor();
    await dialog.getByLabel('Grund (freiwillig)').fill('Der Händler holt es selbst ab');
    await look(app, page, 'warehouse-take-out');

    const refused = (url: URL) => url.pathname.endsWith('/remove');
    await page.route(refused, (route) => route.fulfill(problem(503, 'UNAVAILABLE')));
    await dialog.getByRole('button', { name: 'Entnehmen' }).click();
    await dialog.getByRole('alert').waitFor();
    await look(app, page, 'warehouse-take-out-failed');
    await page.unroute(refused);
    await dialog.getByRole('button', { name: 'Entnehmen' }).click();
    await pillow.waitFor({ state: 'detached' });
    const states = (await api.get<Parcel>(`/returns/${id}`)).items.map(({ state }) => state);
    expect(states).toEqual(['in_rtv_batch', 'on_hold']);

    await lead.api.post(`/rtv-batches/${batch.id}/close`);
    await lead.api.post(`/rtv-batches/${batch.id}/pack`, { withoutCheck: true });
    const field = page.getByLabel('Sendungsnummer');
    await field.fill(TRACKING);
    await field.blur();
    await look(app, page, 'warehouse-dispatch-phone');
    const [needed, width] = await field.evaluate((input) => {
      const { scrollWidth, clientWidth } = input as unknown as Record<'scrollWidth' | 'clientWidth', number>;
      return [scrollWidth, clientWidth] as const;
    });
    expect(needed).toBeLessThanOrEqual(width);
  });

  test('K13 a step that the server fails on says so with its number, and after several tries it can be given up', async () => {
    app.allowErrors(/500/);
    const { id } = await announce(api, merchantId, 'RET-FAIL-1', GOODS);
    const page = await open(`/warehouse/returns/${id}`);
    const broken = (url: URL) => url.pathname.endsWith('/inspection');
    await page.route(broken, (route) => route.fulfill(problem(500, 'INTERNAL', { requestId: 'req-4711' })));
    await judge(page, 'Stehlampe Nord');
    const lamp = page.getByRole('article', { name: 'Stehlampe Nord' });
    await lamp.getByRole('button', { name: 'Weiter', exact: true }).click();
    await until('the step to be kept', async () => (await keptOnDevice(page)).commands > 0);
    await page.goto('/warehouse/waiting');
    await page.getByText('Fehler auf dem Server (500). Vorgang req-4711', { exact: false }).waitFor();
    expect(await button(page, 'Diesen Schritt verwerfen').count()).toBe(0);
    await look(app, page, 'warehouse-failure');
    await until('the step to be hopeless', async () => {
      await button(page, 'Jetzt senden').click();
      return (await button(page, 'Diesen Schritt verwerfen').count()) > 0;
    });
    await page.getByText('Nennen Sie der Verwaltung diesen Vorgang.', { exact: false }).waitFor();
    await look(app, page, 'warehouse-failure-hopeless');
    expect((await keptOnDevice(page)).commands).toBe(1);
    await page.unroute(broken);
    // the device tries by itself too, and may be the first to
    await until('the step to be sent', async () => {
      if (await page.getByText('Alles gesendet').count()) return true;
      await button(page, 'Jetzt senden')
        .click({ timeout: 1_000 })
        .catch(() => undefined);
      return false;
    });
    expect((await api.get<Parcel>(`/returns/${id}`)).items[0]!.grade).toBe('A');
  });

  test('A9 a way out of a refused step that the device does not keep says so, and is there again', async () => {
    app.allowErrors(/409/);
    const { id } = await announce(api, merchantId, 'RET-REFUSED-1', GOODS.slice(0, 1));
    const page = await open(`/warehouse/returns/${id}`);
    await page.route(
      (url) => url.pathname.endsWith('/complete'),
      (route) => route.fulfill(problem(409, 'STATE_CONFLICT')),
    );
    await judge(page, 'Stehlampe Nord');
    const picture = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await photo(9)) };
    await page.getByRole('article', { name: 'Stehlampe Nord' }).locator('input[type=file]').setInputFiles(picture);
    await button(page, 'Abschließen').click();
    const conflict = page.getByRole('region', { name: 'Der Server hat einen Schritt abgelehnt' });
    await conflict.waitFor();
    await page.evaluate(`{
      globalThis.whole = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = () => { throw new Error('der Speicher antwortet nicht'); };
    }`);
    await conflict.getByRole('button', { name: 'Weiter bearbeiten' }).click();
    await page.getByText('NICHT gespeichert').waitFor();
    await page.getByText('der Speicher antwortet nicht', { exact: false }).waitFor();
    await look(app, page, 'warehouse-way-out-failed');
    await page.evaluate('IDBDatabase.prototype.transaction = globalThis.whole');
    await conflict.getByRole('button', { name: 'Weiter bearbeiten' }).click();
    await conflict.waitFor({ state: 'detached' });
    await button(page, 'Abschließen').waitFor();
  });

  test('K12 the word of a state is read whole, on a phone and in a narrow table', async () => {
    const { id } = await announce(api, merchantId, 'RET-BADGE-WITH-A-LONG-NUMBER', GOODS);
    await api.post(`/returns/${id}/receive`, {});
    const page = await app.open({ as: lead, path: '/warehouse/returns?list=toInspect' });
    for (const width of [1440, 1024, 820, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.getByRole('link', { name: /^RT-/ }).and(page.locator(':visible')).first().waitFor();
      const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('.mantine-Badge-label')]
        .filter(({ offsetParent }) => offsetParent)
        .filter((label) => {
          const { left, right } = label.closest('.mantine-Badge-root').getBoundingClientRect();
          const text = document.createRange();
          text.selectNodeContents(label);
          const words = text.getBoundingClientRect();
          const clips = getComputedStyle(label).overflow !== 'visible' && label.scrollWidth > label.clientWidth;
          return clips || words.left < left || words.right > right;
        })
        .map(({ textContent }) => textContent)`);
      expect([width, cut]).toEqual([width, []]);
    }
    await look(app, page, 'warehouse-badges');
  });
});
