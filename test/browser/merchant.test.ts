import { beforeAll, expect, jest, test } from '@jest/globals';
import { until } from '../support/product.ts';
import { shipOrder } from '../support/fixtures.ts';
import { describeInBrowser, settled, type Page } from './support/app.ts';
import { inspectedReturn, setUpMerchantDesk, type InspectedReturn, type MerchantDesk } from './support/merchant.ts';

jest.setTimeout(120_000);

const VASE = {
  sku: 'TG-1',
  name: 'Vase Terra, 30 cm',
  grade: 'C',
  note: 'Sprung am Rand, sonst sauber.',
  photos: 2,
} as const;
const BOWL = { sku: 'TG-2', name: 'Schale Moos', grade: 'C', note: 'Glasur abgeplatzt.', colour: '#5c7a52' } as const;
const JUG = { sku: 'TG-3', name: 'Krug Ozean', grade: 'D', note: 'Henkel gebrochen.', colour: '#3d6d8c' } as const;
const CUP = { sku: 'TG-4', name: 'Becher Sand', grade: 'A', note: 'Originalverpackt.', colour: '#c9b48a' } as const;

describeInBrowser('The desk of a merchant', (app) => {
  let desk: MerchantDesk;
  beforeAll(async () => void (desk = await setUpMerchantDesk(app)));

  const returnOf = (id: string) => desk.lead.api.get<InspectedReturn>(`/returns/${id}`);
  const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const open = (path: string, size: 'phone' | 'desktop' = 'desktop', as = desk.decider) => app.open({ as, path, size });

  test('C1 the merchant decides on a phone and sees the goods in the batch that goes back', async () => {
    const parcel = await inspectedReturn(desk.lead.api, desk.merchantId, [VASE, JUG, CUP]);
    const batchId = parcel.items[1]!.rtvBatchId!;
    const page = await open('/merchant', 'phone');
    await page.getByRole('heading', { name: '1 Entscheidung wartet auf Sie' }).waitFor();
    await page.getByText(VASE.note).waitFor();
    await page.getByText('Ohne Ihre Antwort: An Sie zurücksenden').waitFor();
    await settled(page);
    await app.check(page);
    await app.shot(page, 'merchant-today');

    await card(page, VASE.name).getByRole('radio', { name: 'An Sie zurücksenden' }).click();
    await card(page, VASE.name).getByText('Kommt in Ihre nächste Sammelrücksendung.').waitFor();
    await card(page, VASE.name).getByRole('button', { name: 'So entscheiden: An Sie zurücksenden' }).click();
    await page.getByText('Nichts zu entscheiden').waitFor();
    expect((await returnOf(parcel.id)).items[0]).toMatchObject({ disposition: 'rtv', rtvBatchId: batchId });

    for (const step of ['close', 'pack'])
      await desk.lead.api.post(`/rtv-batches/${batchId}/${step}`, step === 'pack' ? { withoutCheck: true } : {});
    const sent = { carrier: 'DHL', trackingNumber: '00340434161094049999', parcels: 1, weightGrams: 2_400 };
    await desk.lead.api.post(`/rtv-batches/${batchId}/dispatch`, sent);
    // what happens in the house appears by itself
    await page.getByText('Unterwegs', { exact: true }).waitFor();
    await page.getByRole('link', { name: /DHL 00340434161094049999/ }).waitFor();
    await page.getByRole('link', { name: /^Sammelrücksendung/ }).click();
    await page.getByRole('heading', { level: 1, name: /^Sammelrücksendung/ }).waitFor();
    for (const { name, note } of [VASE, JUG]) {
      await page.getByText(name).first().waitFor();
      await page.getByText(note).waitFor();
    }
    await settled(page);
    await app.check(page);
    await app.shot(page, 'merchant-batch');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Packliste' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  });

  test('C8 the merchant disputes a piece of a batch and sees how it is settled', async () => {
    const { items } = await inspectedReturn(desk.lead.api, desk.merchantId, [
      JUG,
      { ...JUG, sku: 'TG-9', name: 'Krug Sturm' },
    ]);
    const batchId = items[0]!.rtvBatchId!;
    await desk.lead.api.post(`/rtv-batches/${batchId}/close`);
    await desk.lead.api.post(`/rtv-batches/${batchId}/pack`, { withoutCheck: true });
    const sent = { carrier: 'DHL', trackingNumber: '00340434161094040001', parcels: 1, weightGrams: 2_400 };
    await desk.lead.api.post(`/rtv-batches/${batchId}/dispatch`, sent);
    await desk.lead.api.post(`/rtv-batches/${batchId}/deliver`);

    const page = await open(`/merchant/batches/${batchId}`);
    await page.getByRole('button', { name: 'Etwas stimmt nicht' }).click();
    await page.getByRole('checkbox', { name: /^Krug Sturm/ }).click();
    await page.getByLabel('Was haben Sie gesehen?').fill('Lag nicht im Karton.');
    await app.check(page);
    await app.shot(page, 'merchant-dispute');
    await page.getByRole('button', { name: 'Beanstanden', exact: true }).click();
    await page.getByText('Wird geklärt').waitFor();

    const { disputes } = await desk.lead.api.get<{ disputes: { id: string; itemId: string; reason: string }[] }>(
      `/rtv-batches/${batchId}`,
    );
    expect(disputes).toMatchObject([{ itemId: items[1]!.id, reason: 'missing' }]);
    await desk.lead.api.post(`/rtv-batches/${batchId}/resolve`, {
      resolutions: [{ disputeId: disputes[0]!.id, outcome: 'credited', note: 'Wir schreiben den Wert gut.' }],
    });
    await page.getByText('Wird gutgeschrieben').waitFor();
    await page.getByText('Wir schreiben den Wert gut.').waitFor();
    await settled(page);
    await app.check(page);
  });

  test('C8 a team lead settles a dispute at the warehouse, and what is typed outlives a failed refresh', async () => {
    app.allowErrors(/50[03]/);
    const { items } = await inspectedReturn(desk.lead.api, desk.merchantId, [
      JUG,
      { ...JUG, sku: 'TG-10', name: 'Krug Brise' },
    ]);
    const path = `/rtv-batches/${items[0]!.rtvBatchId!}`;
    await desk.lead.api.post(`${path}/close`);
    await desk.lead.api.post(`${path}/pack`, { withoutCheck: true });
    const sent = { carrier: 'DHL', trackingNumber: '00340434161094040002', parcels: 1, weightGrams: 2_400 };
    await desk.lead.api.post(`${path}/dispatch`, sent);
    await desk.decider.api.post(`${path}/dispute`, {
      items: [{ itemId: items[1]!.id, quantity: 1, reason: 'damaged', note: 'Der Henkel ist ab.' }],
    });

    const page = await open(`/warehouse/batches/${items[0]!.rtvBatchId!}`, 'phone', desk.lead);
    const claim = page.getByRole('article', { name: 'Beanstandung: Krug Brise' });
    await claim.getByText('Der Händler schreibt: „Der Henkel ist ab.“').waitFor();
    expect(await claim.getByRole('button', { name: 'Klären' }).isDisabled()).toBe(true);
    await claim.getByRole('radio', { name: 'Wird gutgeschrieben' }).click();
    await claim.getByLabel('Antwort an den Händler').fill('Der Schaden ist beim Transport entstanden.');
    await page.getByLabel('Neue Notiz').fill('DHL ist informiert.');
    await page.getByRole('button', { name: 'Notieren' }).click();
    await page.getByText('DHL ist informiert.').first().waitFor();
    await until('the note', async () => (await page.getByLabel('Neue Notiz').inputValue()) === '');
    await page.getByRole('button', { name: 'Nachricht schreiben' }).waitFor();

    const broken = (url: URL) => url.pathname === `/api/v1${path}`;
    await page.route(broken, (route) => route.fulfill({ status: 503, body: '{}' }));
    await desk.decider.api.post(`${path}/dispute`, {
      items: [{ itemId: items[0]!.id, quantity: 1, reason: 'missing', note: '' }],
    });
    await page.getByRole('status').getByText('kann veraltet sein').waitFor();
    await page.unroute(broken);
    await page.getByRole('button', { name: 'Noch einmal versuchen' }).click();
    await page.getByText('2 Stück sind noch zu klären.').waitFor();
    expect(await claim.getByLabel('Antwort an den Händler').inputValue()).toMatch(/^Der Schaden/);
    await settled(page);
    await app.check(page);
    await app.shot(page, 'warehouse-disputes');

    await claim.getByRole('button', { name: 'Klären' }).click();
    await page.getByRole('dialog').getByText('Das lässt sich nicht zurücknehmen.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Klären' }).click();
    await page.getByText('1 Stück ist noch zu klären.').waitFor();
    expect(await desk.lead.api.get(path)).toMatchObject({
      state: 'disputed',
      disputes: expect.arrayContaining([
        expect.objectContaining({ outcome: 'credited', resolutionNote: 'Der Schaden ist beim Transport entstanden.' }),
      ]),
    });

    await claim.getByRole('link', { name: /mit allen Fotos$/ }).click();
    await page.getByRole('heading', { level: 1, name: /^RT-/ }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'Interne Notizen' }).waitFor();
    await page.getByRole('button', { name: 'Nachricht schreiben' }).waitFor();
    await settled(page);
    await app.check(page);
  });

  test('C1 many questions are decided at once, all or none, and one that was taken is told plainly', async () => {
    app.allowErrors(/409/);
    const parcel = await inspectedReturn(desk.lead.api, desk.merchantId, [
      VASE,
      BOWL,
      { ...VASE, sku: 'TG-8', name: 'Vase Nebel' },
    ]);
    const page = await open('/merchant/decisions');
    await page.getByText('1 von 3').waitFor();
    await app.check(page);
    await app.shot(page, 'merchant-decide-one');
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 von 3').waitFor();

    await page.getByText('Viele auf einmal').click();
    const select = async () => {
      await page.getByRole('checkbox', { name: 'Alle auswählen' }).click();
      await page.getByRole('combobox', { name: 'Was soll damit geschehen?' }).click();
      await page.getByRole('option', { name: 'Entsorgen' }).click();
      await page.getByRole('button', { name: 'Entscheiden', exact: true }).click();
      await page.getByRole('dialog').getByText('Das lässt sich nicht zurücknehmen.').waitFor();
    };
    const confirm = () => page.getByRole('dialog').getByRole('button', { name: 'Entscheiden', exact: true }).click();
    await select();
    await app.check(page);
    await app.shot(page, 'merchant-decide-many');
    // a colleague is faster, at the very moment between the click and the server
    const taken = { returnId: parcel.id, itemId: parcel.items[0]!.id, disposition: 'restock' };
    await page.route(
      (url) => url.pathname === '/api/v1/decisions' && url.search === '',
      async (route) => {
        await desk.decider.api.post('/decisions', { decisions: [taken] });
        await route.continue();
      },
      { times: 1 },
    );
    await confirm();
    await page.getByRole('alert').getByText('Schon entschieden').waitFor();
    expect((await returnOf(parcel.id)).items.map(({ disposition }) => disposition)).toEqual(['restock', null, null]);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await select();
    await confirm();
    await page.getByText('Nichts zu entscheiden').waitFor();
    expect((await returnOf(parcel.id)).items.map(({ disposition }) => disposition)).toEqual([
      'restock',
      'dispose',
      'dispose',
    ]);

    await page.goto(`/merchant/returns/${parcel.id}`);
    await page.getByText('von Ihnen entschieden').first().waitFor();
    await page.getByText('Schale Moos: Entsorgen').waitFor();
    await settled(page);
    await app.check(page);
    await app.shot(page, 'merchant-return');
    await page.getByRole('button', { name: 'Foto 1 von 2 öffnen' }).first().click();
    await page.getByRole('dialog', { name: 'Foto-Ansicht' }).getByRole('img').waitFor();
    await app.check(page);
    await app.shot(page, 'merchant-photo');
  });

  test('C12 the merchant announces a return of an order, changes it, prints the slip and calls it off', async () => {
    await shipOrder(app.product.admin, desk.merchantId, 'B-7001', {
      pieces: 3,
      consumer: { name: 'Erika Muster', email: 'erika@muster.example' },
    });
    const page = await open('/merchant/returns/announce', 'phone');
    await page.getByLabel('Auftragsnummer').fill('B-7001');
    await page.getByRole('button', { name: 'Suchen' }).click();
    await app.check(page);
    await page.getByRole('button', { name: 'Auftrag B-7001 wählen' }).click();
    // what cannot be is not made into something else, and not sent
    await page.getByLabel('Stück von Teelichthalter').fill('999999999');
    await page.getByRole('button', { name: 'Ankündigen' }).click();
    await page.getByText('Höchstens 3.').waitFor();
    expect(await page.getByLabel('Stück von Teelichthalter').inputValue()).toBe('999999999');
    await page.getByLabel('Stück von Teelichthalter').fill('2');
    await page.getByRole('combobox', { name: 'Grund für Teelichthalter' }).click();
    await page.getByRole('option', { name: 'Gefällt nicht' }).click();
    await page.getByLabel('RMA-Nummer (wenn Sie eine haben)').fill('RMA-7001');
    await app.check(page);
    await app.shot(page, 'merchant-announce');
    await page.getByRole('button', { name: 'Ankündigen' }).click();
    await page.getByRole('heading', { level: 1, name: /^Retoure RT-/ }).waitFor();
    const fromMenu = async (name: string) => {
      await page.getByRole('button', { name: 'Mehr', exact: true }).first().click();
      await page.getByRole('menuitem', { name }).click();
    };
    const id = new URL(page.url()).pathname.split('/').at(-1)!;
    expect(await returnOf(id)).toMatchObject({
      orderNumber: 'B-7001',
      externalNumber: 'RMA-7001',
      items: [{ sku: 'SKU-1', quantity: 2, reason: 'not_liked' }],
    });

    await fromMenu('Angaben ändern');
    await page.getByRole('dialog').getByLabel('Sendungsnummer').fill('JJD0001');
    await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('JJD0001').waitFor();
    await page.getByRole('button', { name: 'Artikel ändern' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Stück von Teelichthalter').fill('3');
    await app.check(page);
    await dialog.getByRole('button', { name: 'Speichern' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await returnOf(id)).items).toMatchObject([{ sku: 'SKU-1', quantity: 3, reason: 'not_liked' }]);
    await fromMenu('Retourenschein mailen');
    await app.check(page);
    await dialog.getByRole('button', { name: 'Jetzt mailen' }).click();
    await page.getByText(/^E-Mail abgeschickt/).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Retourenschein' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    const again = await open('/merchant/returns/announce', 'phone');
    await again.getByLabel('Auftragsnummer').fill('B-7001');
    await again.getByRole('button', { name: 'Suchen' }).click();
    await again.getByRole('button', { name: 'Auftrag B-7001 wählen' }).click();
    await again.getByText('3 versandt · davon 3 schon angekündigt').waitFor();
    await again.getByLabel('Stück von Teelichthalter').fill('1');
    await again.getByRole('link', { name: /^Schon angekündigt in RT-.+ \(3 Stück\)$/ }).waitFor();
    await app.check(again);
    await app.shot(again, 'merchant-announce-again');
    await again.getByRole('button', { name: 'Ankündigen' }).click();
    await again.getByRole('heading', { level: 1, name: /^Retoure RT-/ }).waitFor();

    await fromMenu('Absagen');
    await app.check(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Absagen' }).click();
    await page.getByText('Abgesagt').first().waitFor();
    expect((await returnOf(id)).state).toBe('cancelled');
  });

  test('C12 a CSV file is checked first, every mistake is named by its line, and then all of it is announced', async () => {
    const page = await open('/merchant/returns/import');
    const csv = (...lines: string[]) => ({
      name: 'retouren.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['RMA-Nummer;Artikelnummer;Menge;Grund;Laune', ...lines].join('\r\n')),
    });
    const choose = (file: ReturnType<typeof csv>) => page.locator('input[type=file]').setInputFiles(file);
    await choose(csv('CSV-1;TG-1;1;Gefällt nicht;gut', 'CSV-2;TG-2;keine;Defekt;gut', ';TG-2;1;Defekt;gut'));
    await page.getByRole('alert').getByText('2 Fehler in der Datei').waitFor();
    await page.getByRole('row', { name: '3 Menge Muss eine ganze Zahl ab 1 sein' }).waitFor();
    await page.getByRole('row', { name: '4 RMA-Nummer Hier fehlt eine Angabe' }).waitFor();
    await page.getByText('Diese Spalten werden nicht ausgewertet: Laune').waitFor();
    await app.check(page);
    await app.shot(page, 'merchant-import');
    const listed = async () =>
      (await desk.decider.api.get<{ items: { externalNumber: string }[] }>('/returns?q=CSV-')).items;
    expect(await listed()).toEqual([]);

    await choose(csv('CSV-1;TG-1;1;Gefällt nicht;gut', 'CSV-1;TG-2;2;Zu groß;gut', 'CSV-2;TG-2;1;Defekt;gut'));
    await page.getByText('Alles in Ordnung: 2 Retouren können angekündigt werden').waitFor();
    expect(await listed()).toEqual([]);
    await page.getByRole('button', { name: '2 Retouren ankündigen' }).click();
    await page.getByText('2 Retouren sind jetzt angekündigt.').waitFor();
    expect((await listed()).map(({ externalNumber }) => externalNumber).toSorted()).toEqual(['CSV-1', 'CSV-2']);
    await app.check(page);
  });

  test('C16 the outcome for the customer is told and stands in the story', async () => {
    const { id } = await inspectedReturn(desk.lead.api, desk.merchantId, [CUP]);
    const page = await open(`/merchant/returns/${id}`);
    await page.getByRole('button', { name: 'Eintragen' }).click();
    await page.getByLabel('Betrag').fill('19,90');
    await app.check(page);
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Ergebnis für den Kunden: Erstattung').waitFor();
    expect(await returnOf(id)).toMatchObject({ outcome: 'refund', outcomeAmount: { amountMinor: 1990 } });
    await app.check(page);
  });

  test('every list and page is usable on a phone and a desk, in English too', async () => {
    await until('mails', async () => app.product.mails.length > 0);
    const page = await open('/merchant/returns?group=done');
    const pages = ['returns', 'batches', 'decisions', 'account', 'articles', 'messages', 'settings', 'invoices'];
    for (const name of pages) {
      await page.goto(`/merchant/${name}`);
      await settled(page);
      await app.check(page);
      await app.shot(page, `merchant-${name}`);
    }
    await page.goto('/merchant/messages');
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Inhalt' }).waitFor();
    await settled(page);
    await app.check(page);
    await app.shot(page, 'merchant-message');
    const english = await app.open({ as: desk.decider, path: '/merchant', language: 'en-GB', size: 'phone' });
    await english.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await app.check(english);
  });

  test('J19 mails are switched off and to a digest, by who may', async () => {
    const page = await open('/merchant/settings');
    await page.getByRole('combobox', { name: 'Retoure geprüft' }).click();
    await page.getByRole('option', { name: 'Einmal am Tag' }).click();
    await page.getByText('Von Ihnen so eingestellt').waitFor();
    await until('the switch', async () => {
      const { items } = await desk.decider.api.get<{ items: { kind: string; mode: string }[] }>('/message-settings');
      return items.find(({ kind }) => kind === 'returnInspected')?.mode === 'daily';
    });
    const viewer = await open('/merchant/settings', 'desktop', desk.viewer);
    await viewer.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
    expect(await viewer.getByRole('combobox', { name: 'Retoure geprüft' }).isDisabled()).toBe(true);
  });

  test('J30 the merchant corrects an article and gives it a picture', async () => {
    const { items } = await desk.decider.api.get<{ items: { id: string }[] }>('/articles?sku=SKU-1');
    const page = await open(`/merchant/articles/${items[0]!.id}`);
    await page.getByLabel('Gewicht').fill('480');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Artikel gespeichert').waitFor();
    await page.getByText('480 g').waitFor();
    const picture = await desk.lead.api.get<{ photos: { links: { web: string } }[] }>(
      `/returns/${(await inspectedReturn(desk.lead.api, desk.merchantId, [CUP])).id}`,
    );
    const bytes = await (await fetch(app.product.url + picture.photos[0]!.links.web)).arrayBuffer();
    const file = { name: 'becher.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Anderes Bild' }).waitFor();
    await settled(page);
    await app.check(page);
    await app.shot(page, 'merchant-article');
  });

  test('a viewer reads and is offered nothing to change', async () => {
    const { id } = await inspectedReturn(desk.lead.api, desk.merchantId, [VASE]);
    const page = await open(`/merchant/returns/${id}`, 'phone', desk.viewer);
    await page.getByText('Sie dürfen hier lesen.').waitFor();
    expect(await page.getByRole('radio').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Eintragen' }).count()).toBe(0);
    await app.check(page);
  });

  test('what belongs to another merchant is not found, and several merchants are chosen between', async () => {
    app.allowErrors(/404/);
    const foreign = await inspectedReturn(desk.lead.api, desk.otherId, [JUG]);
    const page = await open(`/merchant/returns/${foreign.id}`);
    await page.getByRole('heading', { level: 1, name: 'Nicht gefunden' }).waitFor();
    await app.check(page);
    await app.shot(page, 'merchant-not-found');
    await page.goto(`/merchant/batches/${foreign.items[0]!.rtvBatchId!}`);
    await page.getByRole('heading', { level: 1, name: 'Nicht gefunden' }).waitFor();
    expect(await page.getByText(foreign.number).count()).toBe(0);

    const both = await app.person(['merchantDecider'], [desk.merchantId, desk.otherId]);
    const desktop = await open('/merchant/returns', 'desktop', both);
    await desktop.getByRole('combobox', { name: 'Händler wählen' }).click();
    await desktop.getByRole('option', { name: /Beta Deko/ }).click();
    await desktop.getByRole('link', { name: foreign.number }).waitFor();
    await desktop.getByText('1 Eintrag').waitFor();
    await app.check(desktop);
  });
});
