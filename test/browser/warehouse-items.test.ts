import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Api } from '../support/api.ts';
import { photoWithEverything } from '../support/photos.ts';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, type OpenOptions, type Page } from './support/app.ts';
import { announce, keptOnDevice, look, scan, setUpWarehouse, untilKept, type Parcel } from './support/warehouse.ts';

jest.setTimeout(90_000);

type Item = Parcel['items'][number] & Record<string, unknown>;

/** A camera that shows no code; the same switches everywhere, so that one browser does. */
const FLAGS = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
const CHECKLIST = {
  id: 'cameras',
  articleGroup: 'cameras',
  questions: [
    {
      code: 'lens',
      de: 'Ist die Linse heil?',
      en: 'Is the lens intact?',
      kind: 'yesNo',
      options: [
        { code: 'yes', de: 'Ja', en: 'Yes', grade: 'A' },
        { code: 'no', de: 'Nein', en: 'No', grade: 'C' },
      ],
    },
  ],
};

describeInBrowser('Items at the warehouse desk', (app) => {
  let worker: Person;
  let lead: Person;
  let merchantId: string;
  let api: Api;

  beforeAll(async () => {
    merchantId = await setUpWarehouse(app.product);
    [worker, lead] = [await app.person(['worker']), await app.person(['lead'])];
    api = worker.api;
    const { admin } = app.product;
    await admin.put('/return-checklists', { checklists: [CHECKLIST] });
    await admin.post('/articles/bulk', {
      merchantId,
      articles: [
        { sku: 'CAM', name: 'Kamera Fjord', group: 'cameras', serialTracked: true },
        { sku: 'CUP', name: 'Tasse Kies' },
        { sku: 'POT', name: 'Kanne Kies' },
        {
          sku: 'SET',
          name: 'Teeset Kies',
          components: [
            { sku: 'CUP', quantity: 2 },
            { sku: 'POT', quantity: 1 },
          ],
        },
      ],
    });
    await until('the articles to be known to returns', async () => {
      const { articles } = await api.get<{ articles: object[] }>('/returns/lookup?code=SET');
      return articles.length > 0;
    });
  });

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const open = (options: OpenOptions) => app.open({ as: worker, size: 'phone', flags: FLAGS, ...options });
  const itemsOf = async (id: string) => (await api.get<{ items: Item[] }>(`/returns/${id}`)).items;

  async function shipped(number: string, sku: string, serialNumbers?: string[]): Promise<void> {
    const { admin } = app.product;
    const order = await admin.post<{ id: string; lines: { id: string }[] }>('/orders', {
      merchantId,
      channel: 'shop',
      externalNumber: number,
      orderedAt: '2026-10-05T10:00:00Z',
      country: 'DE',
      lines: [{ sku, name: sku, quantity: 1 }],
    });
    const lines = [{ orderLineId: order.lines[0]!.id, quantity: 1, ...(serialNumbers ? { serialNumbers } : {}) }];
    await admin.post(`/orders/${order.id}/shipments`, {
      lines,
      weightGrams: 800,
      carrier: 'DHL',
      trackingNumber: `T-${number}`,
      shippedAt: '2026-10-06T10:00:00Z',
    });
    await until('the order to be known to returns', async () => {
      const { orders } = await api.get<{ orders: object[] }>(`/returns/lookup?code=${number}`);
      return orders.length > 0;
    });
  }
  const backFrom = (orderNumber: string, sku: string, name: string) =>
    api.post<Parcel>('/returns', { merchantId, orderNumber, items: [{ sku, name, quantity: 1 }] });

  test('A7 the wrong item is recorded in place of the expected one', async () => {
    const { id, items } = await announce(api, merchantId, 'RET-WRONG-1');
    const page = await open({ path: `/warehouse/returns/${id}` });
    await button(page, 'Weitere Ware').click();
    await page.getByRole('textbox', { name: 'Artikel oder Beschreibung' }).fill('Grüner Becher, Steingut');
    await page.getByRole('button', { name: 'Falscher Artikel' }).click();
    await page.getByRole('combobox', { name: 'Kam anstelle von' }).waitFor();
    await look(app, page, 'warehouse-add-item');
    await button(page, 'Hinzufügen').click();
    await page.getByRole('article', { name: 'Grüner Becher, Steingut' }).getByText('Falscher Artikel').waitFor();
    const added = await until('the wrong item on the server', async () =>
      (await itemsOf(id)).find(({ origin }) => origin === 'unexpected'),
    );
    expect(added['insteadOf']).toBe(items[0]!.id);
  });

  test('B7 A11 the checklist suggests the grade, and a serial number that was not shipped is shown', async () => {
    await shipped('B-CAM-1', 'CAM', ['SN-100']);
    const { id } = await backFrom('B-CAM-1', 'CAM', 'Kamera Fjord');
    const page = await open({ path: `/warehouse/returns/${id}` });
    const card = page.getByRole('article', { name: 'Kamera Fjord' });
    await card.getByRole('group', { name: 'Ist die Linse heil?' }).getByRole('button', { name: 'Nein' }).click();
    await card.getByText('Vorschlag nach der Checkliste: Zustand C').waitFor();
    await card.getByLabel('Seriennummer 1').fill('SN-999');
    await card.getByRole('textbox', { name: 'Eigener Befund' }).fill('Linse gesprungen.');
    await look(app, page, 'warehouse-checklist');
    await card.getByRole('button', { name: 'Weiter', exact: true }).click();
    await card.getByText('Seriennummer nicht versandt').waitFor();
    expect((await itemsOf(id))[0]).toMatchObject({
      grade: 'C',
      suggestedGrade: 'C',
      serialNumbers: ['SN-999'],
      serialMismatch: true,
    });
  });

  test('A14 more than was shipped is refused on the desk until it has a reason', async () => {
    app.allowErrors(/422/);
    await shipped('B-CUP-1', 'CUP');
    const first = await backFrom('B-CUP-1', 'CUP', 'Tasse Kies');
    await api.post(`/returns/${first.id}/receive`, {});
    await api.post(`/returns/${first.id}/items/${first.items[0]!.id}/inspection`, {
      quantity: 1,
      grade: 'A',
      note: 'Wie neu.',
    });
    const { id } = await backFrom('B-CUP-1', 'CUP', 'Tasse Kies');
    const page = await open({ path: `/warehouse/returns/${id}` });
    const card = page.getByRole('article', { name: 'Tasse Kies' });
    await card.getByRole('button', { name: /^Zustand A/ }).click();
    await card.getByRole('textbox', { name: 'Eigener Befund' }).fill('Wie neu.');
    await card.getByRole('button', { name: 'Weiter', exact: true }).click();
    const reason = page.getByLabel('Warum kommt mehr zurück, als versandt wurde?');
    await reason.fill('Lag doppelt im Paket');
    await look(app, page, 'warehouse-over-return');
    expect((await itemsOf(id))[0]!.grade).toBeNull();
    await page.getByRole('button', { name: 'Senden', exact: true }).click();
    const item = await until('the finding with its reason', async () =>
      (await itemsOf(id)).find(({ grade }) => grade === 'A'),
    );
    expect(item['overReturnReason']).toBe('Lag doppelt im Paket');
  });

  test('A3 A12 words are linked to an article, a set is taken apart, its label is printed, and the return let go', async () => {
    const { id } = await announce(api, merchantId, 'RET-SET-1', [{ name: 'Teesachen im Karton', quantity: 1 }]);
    await api.post(`/returns/${id}/receive`, {});
    const page = await open({ path: `/warehouse/returns/${id}` });
    await button(page, 'Artikel zuordnen').click();
    await page.getByRole('textbox', { name: 'Artikel' }).fill('Teeset');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Teeset Kies/ })
      .waitFor();
    await look(app, page, 'warehouse-link');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Teeset Kies/ })
      .click();
    await button(page, 'Set zerlegen').click();
    await button(page, 'Tasse Kies: ein Stück weniger').click();
    await look(app, page, 'warehouse-unbundle');
    await button(page, 'Zerlegen').last().click();
    await page.getByRole('article', { name: 'Kanne Kies' }).waitFor();
    const parts = await itemsOf(id);
    expect(parts.map(({ sku, quantity, state }) => [sku, quantity, state]).toSorted()).toEqual([
      ['CUP', 1, 'expected'],
      ['CUP', 1, 'received'],
      ['POT', 1, 'received'],
    ]);
    expect(parts.find(({ state }) => state === 'received')!['recordedAs']).toBe('Teesachen im Karton');

    const answer = page.context().waitForEvent('response', (response) => response.url().includes('/label.pdf'));
    await button(page, 'Etikett drucken').first().click();
    expect((await answer).status()).toBe(200);
    expect((await answer).headers()['content-type']).toBe('application/pdf');

    expect((await api.get<Parcel>(`/returns/${id}`)).lock).toMatchObject({ userId: worker.id });
    await page.getByRole('link', { name: 'Scannen' }).last().click();
    await until('the return to be let go', async () => (await api.get<Parcel>(`/returns/${id}`)).lock === null);
  });

  test('A5 what belongs elsewhere becomes a return of its own; a code is looked for with the camera', async () => {
    const { id } = await announce(api, merchantId, 'RET-SPLIT-1');
    await api.post(`/returns/${id}/receive`, {});
    await api.post(`/returns/${id}/items`, { name: 'Fremder Schal', quantity: 2, origin: 'foreign' });
    const page = await open({ as: lead, path: `/warehouse/returns/${id}/split`, permissions: ['camera'] });
    await page.getByRole('checkbox', { name: /Fremder Schal/ }).check();
    await look(app, page, 'warehouse-split');
    await button(page, 'Aufteilen').click();
    await page.getByRole('article', { name: 'Fremder Schal' }).waitFor();
    expect(page.url()).not.toContain(id);
    expect((await itemsOf(id)).map(({ name }) => name)).not.toContain('Fremder Schal');

    await page.goto('/warehouse');
    await button(page, 'Mit der Kamera scannen').click();
    await page.getByText('Code in den Rahmen halten').waitFor();
    await look(app, page, 'warehouse-camera');
    await button(page, 'Scanner schließen').click();
    await scan(page, 'NOBODY-KNOWS-7');
    await button(page, 'Unbekanntes Paket annehmen').waitFor();
    await look(app, page, 'warehouse-unknown');
  });

  test('K13 the work of another user is not sent in silence, and under the new name only when asked to', async () => {
    app.allowErrors(/ERR_INTERNET_DISCONNECTED/);
    const { id } = await announce(api, merchantId, 'RET-OTHER-1', [{ sku: 'POT', name: 'Kanne Kies', quantity: 1 }]);
    const first = await open({ path: `/warehouse/returns/${id}`, keepsApp: true });
    const context = first.context();
    const card = first.getByRole('article', { name: 'Kanne Kies' });
    await card.getByRole('button', { name: /^Zustand A/ }).waitFor();
    await untilKept(first);
    await context.setOffline(true);
    await card.getByRole('button', { name: /^Zustand A/ }).click();
    await card.getByRole('textbox', { name: 'Eigener Befund' }).fill('Wie neu.');
    await card.getByRole('button', { name: 'Weiter', exact: true }).click();
    await first.getByText('2 Schritte warten auf diesem Gerät.').waitFor();
    await first.close();

    await context.setOffline(false);
    const { email, password } = lead;
    const answer = await context.request.post('/api/v1/auth/login', { data: { email, password } });
    const { user } = (await answer.json()) as { user: object };
    const page = await context.newPage();
    await page.goto('/logo.svg');
    await page.evaluate(`localStorage.setItem('kontor.user', ${JSON.stringify(JSON.stringify(user))})`);
    await page.goto('/warehouse/waiting');
    await page.getByText('wartet auf diesem Gerät').first().waitFor();
    await look(app, page, 'warehouse-others-work');
    expect(await button(page, 'Jetzt senden').count()).toBe(0);
    // another return of the same device goes out meanwhile, so the sender has had its turn
    const own = await announce(api, merchantId, 'RET-OTHER-2', [{ sku: 'CUP', name: 'Tasse Kies', quantity: 1 }]);
    await page.goto(`/warehouse/returns/${own.id}`);
    const mine = page.getByRole('article', { name: 'Tasse Kies' });
    await mine.getByRole('button', { name: /^Zustand A/ }).click();
    await mine.getByRole('textbox', { name: 'Eigener Befund' }).fill('Wie neu.');
    await mine.getByRole('button', { name: 'Weiter', exact: true }).click();
    await until('the own work on the server', async () => (await itemsOf(own.id))[0]!.grade === 'A');
    expect((await itemsOf(id))[0]!.grade).toBeNull();
    expect((await keptOnDevice(page)).commands).toBe(2);

    await page.goto('/warehouse/waiting');
    await button(page, 'Unter meinem Namen senden').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unter meinem Namen senden' }).click();
    await until('the adopted work on the server', async () => (await itemsOf(id))[0]!.grade === 'A');
    const [entry] = await app.product.query(
      `select actor_id from messaging.audit_entry where entity_id = '${id}' and action = 'item.inspected'`,
    );
    expect(Object.values(entry as object)).toEqual([lead.id]);
  });

  test('A6 B9 what was called off is taken in after all, refurbished goods are judged anew, what is held is decided on, and a further parcel opens the inspection again', async () => {
    const items = ['CUP', 'POT', 'SET'].map((sku) => ({ sku, name: `Ware ${sku}`, quantity: 1 }));
    const { id, items: goods } = await announce(api, merchantId, 'RET-AFTER-1', items);
    await api.post(`/returns/${id}/cancel`, { reason: 'Der Kunde behält die Ware' });
    const page = await open({ path: '/warehouse' });
    await scan(page, 'RET-AFTER-1');
    await button(page, 'Unbekanntes Paket annehmen').waitFor();
    await page.getByRole('link', { name: /RET-AFTER-1/ }).click();
    await button(page, 'Doch angekommen: annehmen').waitFor();
    await look(app, page, 'warehouse-given-up');
    await button(page, 'Doch angekommen: annehmen').click();
    await button(page, 'Abschließen').waitFor();
    const stateOf = async () => (await api.get<Parcel>(`/returns/${id}`)).state;
    await until('the parcel on the server', async () => (await stateOf()) === 'received');

    const inspect = (index: number, disposition: string) =>
      api.post(`/returns/${id}/items/${goods[index]!.id}/inspection`, {
        ...{ quantity: 1, grade: 'C', note: 'Flecken.', disposition, overrideReason: 'Nach Absprache' },
      });
    await inspect(0, 'refurbish');
    await inspect(1, 'hold');
    const file = { bytes: await photoWithEverything(6, 600, 400), name: 'a.jpg', type: 'image/jpeg' };
    for (const [n, { id: itemId }] of goods.slice(0, 2).entries())
      await api.upload(`/returns/${id}/photos`, { clientPhotoId: `after-${n}`, itemId }, file);
    await api.post(`/returns/${id}/complete`, {});
    const left = page.getByRole('region', { name: 'Noch offen' });
    const cup = left.getByRole('group', { name: 'Ware CUP', exact: true });
    await cup.getByRole('button', { name: 'Aufbereitet: neu bewerten' }).click();
    await cup.getByRole('button', { name: /^Zustand A/ }).click();
    await cup.getByRole('textbox', { name: 'Eigener Befund' }).fill('Gereinigt, wie neu.');
    await look(app, page, 'warehouse-reassess');
    await cup.getByRole('button', { name: 'Weiter', exact: true }).click();
    await cup.waitFor({ state: 'detached' });
    expect((await itemsOf(id))[0]).toMatchObject({ state: 'restocked', grade: 'A', note: 'Gereinigt, wie neu.' });

    const pot = left.getByRole('group', { name: 'Ware POT', exact: true });
    await pot.getByRole('button', { name: 'Entscheiden' }).click();
    await pot.getByRole('button', { name: 'Entsorgen' }).click();
    await pot.getByRole('textbox', { name: 'Warum?' }).fill('Der Händler will sie nicht mehr.');
    await look(app, page, 'warehouse-decide');
    await pot.getByRole('button', { name: 'So entscheiden' }).click();
    await left.waitFor({ state: 'detached' });
    const reason = 'Der Händler will sie nicht mehr.';
    expect((await itemsOf(id))[1]).toMatchObject({ state: 'disposed', dispositionReason: reason });
    expect(await stateOf()).toBe('completed');

    await button(page, 'Noch ein Paket dazu annehmen').click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Sendungsnummer' }).fill('RET-AFTER-1');
    await form.getByText('Dieses Paket ist schon angenommen.').waitFor();
    await form.getByRole('textbox', { name: 'Sendungsnummer' }).fill('RET-AFTER-2');
    await look(app, page, 'warehouse-further-parcel');
    await button(page, 'Paket annehmen').click();
    await button(page, 'Abschließen').waitFor();
    await until('the further parcel on the server', async () => (await stateOf()) === 'inspecting');
    expect((await itemsOf(id)).map(({ state }) => state)).toEqual(['restocked', 'disposed', 'expected']);
  });

  test('C4 boxes beyond the first page are a tap away, and the address says whose they are', async () => {
    const page = await open({ path: `/warehouse/batches?merchantId=${merchantId}` });
    await page.getByRole('heading', { level: 1 }).waitFor();
    const asked: URL[] = [];
    await page.route('**/api/v1/rtv-batches?*', async (route) => {
      const url = new URL(route.request().url());
      asked.push(url);
      const cursor = url.searchParams.get('cursor');
      await route.fulfill({ json: { items: [], nextCursor: cursor === null ? 'second-page' : null } });
    });
    await button(page, 'Gepackt').click();
    await button(page, 'Mehr laden').click();
    await button(page, 'Mehr laden').waitFor({ state: 'detached' });
    expect(asked.map(({ searchParams }) => searchParams.get('cursor'))).toEqual([null, 'second-page']);
    expect(asked.map(({ searchParams }) => searchParams.get('merchantId'))).toEqual([merchantId, merchantId]);
    await page.getByRole('combobox', { name: 'Händler' }).waitFor();
    await look(app, page, 'warehouse-batches-of-a-merchant');
  });
});
