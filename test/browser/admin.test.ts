import { beforeAll, expect, jest, test } from '@jest/globals';
import { photoWithEverything } from '../support/photos.ts';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, type Page } from './support/app.ts';
import { announce, setUpWarehouse, type Parcel } from './support/warehouse.ts';

jest.setTimeout(120_000);

interface Merchant {
  version: number;
  name: string;
  rtvSchedule: string;
  returnRules: { grades?: string[]; reasons?: string[]; disposition: string }[];
  returnPolicy: { inspectionHours: number; photoRules: object[]; reasons: object[]; decision: object; batch: object };
}

describeInBrowser('The desk of the administration: merchants', (app) => {
  let admin: Person;
  let lead: Person;
  let worker: Person;
  let merchantId: string;

  beforeAll(async () => {
    merchantId = await setUpWarehouse(app.product);
    admin = await app.person(['admin']);
    lead = await app.person(['lead']);
    worker = await app.person(['worker']);
  });

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const stored = () => admin.api.get<Merchant>(`/merchants/${merchantId}`);
  const openTab = (tab: string, size: 'phone' | 'desktop' = 'desktop') =>
    app.open({ as: admin, size, path: `/admin/merchants/${merchantId}?tab=${tab}` });
  const save = async (page: Page) => {
    await button(page, 'Speichern').click();
    await page.getByText('Gespeichert', { exact: true }).first().waitFor();
  };

  /** One piece with a reason, inspected and completed by a worker. @returns what became of it */
  async function inspected(trackingNumber: string, grade: string, reason: string): Promise<Parcel['items'][number]> {
    const item = { sku: 'LAMP-1', name: 'Stehlampe Nord', quantity: 1, reason };
    const parcel = await announce(worker.api, merchantId, trackingNumber, [item]);
    const path = `/returns/${parcel.id}`;
    const itemId = parcel.items[0]!.id;
    await worker.api.post(`${path}/receive`);
    const file = { bytes: await photoWithEverything(6, 600, 400), name: 'a.jpg', type: 'image/jpeg' };
    await worker.api.upload(`${path}/photos`, { clientPhotoId: 'one', itemId }, file);
    await worker.api.post(`${path}/items/${itemId}/inspection`, { quantity: 1, grade, reason, note: 'Befund' });
    return (await worker.api.post<Parcel>(`${path}/complete`)).items[0]!;
  }

  test('the list finds a merchant and leads to its record', async () => {
    const page = await app.open({ as: admin, path: '/admin/merchants' });
    await app.check(page);
    await app.shot(page, 'admin-merchants');
    await page.getByRole('link', { name: 'Alpha Wohnen GmbH' }).click();
    await page.getByRole('heading', { level: 1, name: 'Alpha Wohnen GmbH' }).waitFor();
    await app.check(page);
    await app.shot(page, 'admin-merchant-record');
  });

  test('a text filter takes what is typed with pauses, and follows what is changed elsewhere', async () => {
    const page = await app.open({ as: admin, path: '/admin/merchants?status=active' });
    const field = page.getByRole('searchbox');
    const asked = (text: string | null) =>
      until(`the list of ${text}`, async () => new URL(page.url()).searchParams.get('q') === text);
    await field.pressSequentially('Al');
    await asked('Al');
    await page.keyboard.type('pha ');
    await asked('Alpha');
    await page.keyboard.type('Wohn');
    await asked('Alpha Wohn');
    expect(await field.inputValue()).toBe('Alpha Wohn');
    await page.getByRole('link', { name: 'Alpha Wohnen GmbH' }).click();
    await page.getByRole('heading', { level: 1, name: 'Alpha Wohnen GmbH' }).waitFor();
    await page.goBack();
    await field.and(page.locator('[value="Alpha Wohn"]')).waitFor();
    await field.press('ControlOrMeta+a');
    await field.press('Backspace');
    await asked(null);
    await page.keyboard.type('X');
    await asked('X');
    expect(await field.inputValue()).toBe('X');
    await button(page, 'Filter zurücksetzen').first().click();
    await asked(null);
    await field.and(page.locator('[value=""]')).waitFor();
  });

  test('a record that cannot be brought up to date says that it may be old, and keeps what is typed', async () => {
    app.allowErrors(/503/);
    const page = await openTab('record');
    const name = page.getByRole('textbox', { name: 'Name' }).first();
    await name.fill('Alpha Wohnwelt GmbH');
    const broken = (url: URL) => url.pathname === `/api/v1/merchants/${merchantId}`;
    await page.route(broken, (route) => route.fulfill({ status: 503, body: '{}' }));
    await admin.api.patch(`/merchants/${merchantId}`, { rtvSchedule: 'monthly' });
    await page.getByRole('status').getByText('kann veraltet sein').waitFor();
    await app.check(page);
    await app.shot(page, 'admin-merchant-old');
    expect(await name.inputValue()).toBe('Alpha Wohnwelt GmbH');
    await page.unroute(broken);
    await button(page, 'Noch einmal versuchen').click();
    await page.getByText('kann veraltet sein').waitFor({ state: 'detached' });
    expect(await name.inputValue()).toBe('Alpha Wohnwelt GmbH');
  });

  test('H8 the VAT id is asked about, and its answers stand with the record', async () => {
    app.allowErrors(/422/);
    const path = `/merchants/${merchantId}`;
    const { vatId } = await admin.api.patch<{ vatId: string }>(path, { vatId: 'DE136695976' });
    const answered = { register: 'vies', askedById: admin.id, error: null, vatId };
    const unknown = { registeredName: null, registeredAddress: null, nameMatches: null, addressMatches: null };
    const silent = {
      ...{ ...answered, ...unknown, id: '01999999-0000-7000-8000-000000000001', state: 'unavailable' },
      ...{ askedAt: '2026-10-25T04:00:00Z', askedBy: 'service', checkedOn: '2026-10-25', consultationNumber: null },
      error: 'MS_UNAVAILABLE',
    };
    const valid = {
      ...{ ...answered, id: '01999999-0000-7000-8000-000000000002', state: 'valid', askedBy: 'user' },
      ...{ askedAt: '2026-10-31T09:00:00Z', checkedOn: '2026-10-31', consultationNumber: 'WAPIAAAAZ12345' },
      ...{ registeredName: 'ALPHA WOHNEN GMBH', registeredAddress: 'WERKSTRASSE 1, 20457 HAMBURG' },
      ...{ nameMatches: true, addressMatches: false },
    };
    const items: object[] = [silent];
    const page = await openTab('record');
    await page.getByText('Es ist kein Register eingerichtet').waitFor();
    // no register is reached from here: it is tried with scripted answers in test/integration/merchants
    await page.route(
      (url) => url.pathname === `/api/v1${path}/vat-checks`,
      (route) => {
        if (route.request().method() === 'POST') items.unshift(valid);
        const isAsked = route.request().method() === 'POST';
        return route.fulfill({ json: isAsked ? valid : { items, nextCursor: null, isAvailable: true } });
      },
    );
    await page.reload();
    const region = page.getByRole('region', { name: 'USt-IdNr. bestätigen lassen' });
    await region.getByText('MS_UNAVAILABLE').waitFor();
    await page.getByRole('textbox', { name: 'USt-IdNr.' }).fill('DE136695977');
    expect(await region.getByRole('button', { name: 'Jetzt prüfen' }).isDisabled()).toBe(true);
    await button(page, 'Speichern').click();
    await page.getByText('Land, Länge oder Prüfziffer').waitFor();
    await button(page, 'Verwerfen').click();
    await region.getByRole('button', { name: 'Jetzt prüfen' }).click();
    await region.getByText('WAPIAAAAZ12345').waitFor();
    await app.check(page);
    await app.shot(page, 'admin-merchant-vat-checks');
  });

  test('H8 another VAT treatment says from which month it holds, for this one or for all', async () => {
    const choose = async (page: Page, field: string, option: string | RegExp) => {
      await page.getByRole('combobox', { name: field }).click();
      await page.getByRole('option', { name: option }).click();
    };
    const taxed = async () => {
      const { taxTreatment, taxTreatmentFrom } = await admin.api.get<Record<string, unknown>>(
        `/merchants/${merchantId}`,
      );
      return [taxTreatment, taxTreatmentFrom];
    };
    const page = await openTab('record', 'phone');
    expect(await page.getByRole('combobox', { name: 'Gilt für Leistungen ab' }).count()).toBe(0);
    await choose(page, 'Umsatzsteuer', 'Steuerfrei');
    await page.getByRole('combobox', { name: 'Gilt für Leistungen ab' }).waitFor();
    await app.check(page);
    await app.shot(page, 'admin-merchant-taxes');
    await save(page);
    const [, month] = await taxed();
    expect(await taxed()).toEqual(['exempt', expect.stringMatching(/^\d{4}-\d\d-01$/)]);
    await choose(page, 'Gilt für Leistungen ab', 'von Anfang an');
    await save(page);
    // the word of the first save may still stand there
    await until('all months to be taxed so', async () => (await taxed())[1] === null);
    expect(await taxed()).toEqual(['exempt', null]);

    // what holds already is a choice, too, when the treatment is another: all months, or the same month
    await choose(page, 'Umsatzsteuer', 'Inland, deutsche Umsatzsteuer');
    await choose(page, 'Gilt für Leistungen ab', 'von Anfang an');
    await save(page);
    await until('the other treatment', async () => (await taxed())[0] === 'domestic');
    expect(await taxed()).toEqual(['domestic', null]);
    const year = String(month).slice(0, 4);
    await admin.api.patch(`/merchants/${merchantId}`, { taxTreatment: 'exempt', taxTreatmentFrom: `${year}-01-01` });
    await page.reload();
    await choose(page, 'Umsatzsteuer', 'Inland, deutsche Umsatzsteuer');
    await choose(page, 'Gilt für Leistungen ab', `Januar ${year}`);
    await save(page);
    expect(await taxed()).toEqual(['domestic', null]);
  });

  test('B9 a rule made in the editor and tried there decides what becomes of a completed return', async () => {
    expect((await inspected('T-RULE-1', 'A', 'transport_damage')).state).toBe('restocked');
    const page = await openTab('rules');
    await button(page, 'Regel hinzufügen').click();
    const rules = page.getByRole('region', { name: 'Was mit der Ware geschieht' });
    await rules.getByRole('combobox', { name: 'Gründe' }).click();
    await page.getByRole('option', { name: 'Transportschaden' }).click();
    await page.keyboard.press('Escape');
    await rules.getByRole('combobox', { name: 'Dann' }).click();
    await page.getByRole('option', { name: 'Entsorgen' }).click();
    await button(page, 'Regel hinzufügen').click();
    await rules.getByRole('group', { name: 'Zustand' }).last().getByText('A', { exact: true }).click();
    await button(page, 'Regel 2 nach oben').click();
    await page.getByText('Zustand A').first().waitFor();
    await button(page, 'Regel 1 nach unten').click();

    const tryOut = page.getByRole('region', { name: 'Ausprobieren' });
    await tryOut.getByText('Regel 2 passt als erste.').waitFor();
    await tryOut.getByRole('combobox', { name: 'Grund' }).click();
    await page.getByRole('option', { name: 'Transportschaden' }).click();
    await tryOut.getByText('Regel 1 passt als erste.').waitFor();
    await tryOut.getByText('Entsorgen').waitFor();
    await app.check(page);
    await app.shot(page, 'admin-merchant-rules');
    await save(page);
    expect((await stored()).returnRules).toEqual([
      { reasons: ['transport_damage'], disposition: 'dispose' },
      { grades: ['A'], disposition: 'rtv' },
    ]);
    await until('the rules at the returns', async () => {
      const [known] = await app.product.query(
        `select 1 from returns.merchant_ref where merchant_id = $1 and return_rules::text like '%dispose%'`,
        [merchantId],
      );
      return known;
    });
    expect((await inspected('T-RULE-2', 'A', 'transport_damage')).state).toBe('disposed');
    expect((await inspected('T-RULE-3', 'A', 'not_liked')).state).toBe('in_rtv_batch');
  });

  test('photos, hours, reasons, deadlines and limits are stored as they were entered', async () => {
    const page = await openTab('inspection');
    await button(page, 'Fotoregel hinzufügen').click();
    await page.getByRole('textbox', { name: 'Prüfen innerhalb von' }).fill('24');
    await button(page, 'Eigene Gründe anlegen').click();
    await button(page, 'Grund hinzufügen').click();
    await page.getByRole('textbox', { name: 'Deutsch' }).fill('Farbe weicht ab');
    await page.getByRole('textbox', { name: 'Englisch' }).fill('Colour differs');
    await page.getByRole('textbox', { name: 'Kürzel' }).fill('colour');
    await button(page, 'Zuordnung hinzufügen').click();
    await page.getByRole('textbox', { name: 'System (Kanal)' }).fill('shopify');
    await page.getByRole('textbox', { name: 'Bezeichnung dort' }).fill('COLOR');
    await page.getByRole('combobox', { name: 'Ihr Grund' }).click();
    await page.getByRole('option', { name: 'Farbe weicht ab' }).click();
    await app.check(page);
    await app.shot(page, 'admin-merchant-inspection');
    await page.getByRole('tab', { name: 'Fristen und Sammelrücksendung' }).click();
    await page.getByRole('textbox', { name: 'Frist für angekündigte Ware' }).fill('72');
    await page.getByRole('radio', { name: 'Jeden Montag um 6 Uhr' }).check();
    await page.getByRole('textbox', { name: 'Oder ab Stückzahl' }).fill('40');
    await page.getByRole('switch', { name: 'Ware im Sperrlager kostet Lagergeld' }).check();
    await app.check(page);
    await app.shot(page, 'admin-merchant-terms');
    await save(page);

    const { rtvSchedule, returnPolicy } = await stored();
    expect(rtvSchedule).toBe('weekly');
    expect(returnPolicy).toMatchObject({
      photoRules: [{ grades: ['B', 'C', 'D'], minPhotos: 2 }],
      inspectionHours: 24,
      reasonMappings: [{ system: 'shopify', external: 'COLOR', code: 'colour' }],
      decision: { damagedHours: 72, unknownHours: 48 },
      batch: { maxPieces: 40, maxWeightGrams: null },
      quarantineFreeDays: 14,
    });
    expect(returnPolicy.reasons.at(-1)).toEqual({ code: 'colour', de: 'Farbe weicht ab', en: 'Colour differs' });
    expect(returnPolicy.reasons.length).toBeGreaterThan(15);
  });

  test('what the server refuses is said at its field, and leaving with changes is asked about', async () => {
    app.allowErrors(/422/);
    const page = await openTab('record');
    const before = await stored();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('');
    await page.getByRole('textbox', { name: 'USt-IdNr.' }).fill('DE123456789');
    await page.getByRole('textbox', { name: 'Käuferreferenz' }).fill('04011000-12345-04');
    await button(page, 'Speichern').click();
    await page.getByText('Das ist zu kurz oder zu klein.').waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Alpha Wohnen GmbH');
    await button(page, 'Speichern').click();
    await page.getByText('Diese USt-IdNr. stimmt nicht').waitFor();
    await page.getByText('Diese Leitweg-ID stimmt nicht').waitFor();
    await page.getByText('Link zu den Belegen ohne Anmeldung').scrollIntoViewIfNeeded();
    await app.check(page);
    await app.shot(page, 'admin-merchant-refused');
    await page.getByRole('tab', { name: 'Verwendung' }).click();
    await page.getByText('Bitte sehen Sie auch nach unter: Stammdaten').waitFor();
    await page.getByRole('link', { name: 'Benutzer' }).first().click();
    await page.getByText('Ohne Speichern verlassen?').waitFor();
    await button(page, 'Hier bleiben').first().click();
    await button(page, 'Verwerfen').click();
    await page.getByRole('link', { name: 'Benutzer' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Benutzer' }).waitFor();
    expect(await stored()).toEqual(before);
  });

  test('a change that somebody else was faster with is told, and nothing of either is lost silently', async () => {
    app.allowErrors(/412/);
    const page = await openTab('record');
    const term = page.getByRole('textbox', { name: 'Bestellnummer des Händlers' });
    await term.fill('BE-1');
    await admin.api.patch(`/merchants/${merchantId}`, { debtorNumber: '10001' });
    await button(page, 'Speichern')
      .click({ timeout: 2_000 })
      // the page may know before
      .catch(() => undefined);
    await page.getByText('Jemand war schneller').waitFor();
    await app.shot(page, 'admin-merchant-conflict');
    await app.check(page);
    await button(page, 'Meine Änderungen darüber speichern').click();
    await page.getByText('Gespeichert', { exact: true }).waitFor();
    expect(await stored()).toMatchObject({ purchaseOrderReference: 'BE-1', debtorNumber: '10001' });
  });

  test('what is typed while a record is being stored stays, and is stored with the next click', async () => {
    const page = await openTab('record');
    const reference = page.getByRole('textbox', { name: 'Bestellnummer des Händlers' });
    const held = Promise.withResolvers<void>();
    await page.route(
      (url) => url.pathname === `/api/v1/merchants/${merchantId}`,
      async (route) => {
        if (route.request().method() === 'PATCH') await held.promise;
        return route.continue();
      },
    );
    await reference.fill('BE-2');
    await page.getByRole('textbox', { name: 'Debitorennummer' }).fill('10002');
    await button(page, 'Speichern').click();
    await reference.fill('BE-2026');
    held.resolve();
    await page.getByText('Gespeichert', { exact: true }).waitFor();
    expect(await stored()).toMatchObject({ purchaseOrderReference: 'BE-2', debtorNumber: '10002' });
    expect(await reference.inputValue()).toBe('BE-2026');
    await button(page, 'Speichern').click();
    await page.getByRole('region', { name: 'Änderungen speichern' }).waitFor({ state: 'detached' });
    expect(await stored()).toMatchObject({ purchaseOrderReference: 'BE-2026', debtorNumber: '10002' });
  });

  test('which mails a merchant gets is chosen per kind', async () => {
    const page = await openTab('mails');
    const finding = page.getByRole('listitem').filter({ hasText: 'Befund' }).first();
    await finding.getByText('Täglich gesammelt').click();
    await until('the choice', async () => {
      const { items } = await admin.api.get<{ items: { kind: string; mode: string; source: string }[] }>(
        `/message-settings?merchantId=${merchantId}`,
      );
      const chosen = items.find(({ kind }) => kind === 'returnInspected');
      return chosen?.mode === 'daily' && chosen.source === 'merchant';
    });
    await app.check(page);
    await app.shot(page, 'admin-merchant-mails');
  });

  test('J29 notes are pinned, and J19 a message goes to the merchant and stands in the history', async () => {
    const page = await openTab('notes');
    for (const text of ['Ruft am Montag zurück', 'Ansprechpartnerin: Frau Nolte']) {
      await page.getByRole('textbox', { name: 'Neue Notiz' }).fill(text);
      await button(page, 'Notieren').click();
      await page.getByRole('listitem').filter({ hasText: text }).waitFor();
    }
    const first = page.getByRole('listitem').filter({ hasText: 'Ruft am Montag' });
    await first.getByRole('button', { name: 'Anheften' }).click();
    await first.getByText('Angeheftet').waitFor();
    const { items } = await lead.api.get<{ items: { text: string; pinned: boolean }[] }>(
      `/notes?subject=merchant&subjectId=${merchantId}`,
    );
    expect(items.map(({ text, pinned }) => [text, pinned])).toEqual([
      ['Ruft am Montag zurück', true],
      ['Ansprechpartnerin: Frau Nolte', false],
    ]);

    await button(page, 'Nachricht schreiben').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Absenden' }).click();
    await dialog.getByText('Bitte geben Sie einen Betreff ein.').waitFor();
    await dialog.getByRole('textbox', { name: 'Betreff' }).fill('Ihre Retouren im November');
    await dialog.getByRole('textbox', { name: 'Text' }).fill('Guten Tag,\n\nwir haben neue Öffnungszeiten.');
    await dialog.getByRole('button', { name: 'Absenden' }).click();
    await dialog.getByRole('button', { name: /Ihre Retouren im November/ }).click();
    const frame = dialog.frameLocator('iframe');
    await frame.getByText('wir haben neue Öffnungszeiten').last().waitFor();
    const ground = await dialog
      .locator('iframe')
      .evaluate(
        (mail) =>
          (mail as unknown as { contentDocument: { body: { style: { backgroundColor: string } } } }).contentDocument
            .body.style.backgroundColor,
      );
    expect(ground).not.toBe('');
    await app.check(page);
    await app.shot(page, 'admin-letter');
    await until('the mail', async () => app.product.mails.some((mail) => JSON.stringify(mail).includes('November')));
    await page.getByRole('dialog').getByRole('button', { name: 'Schließen' }).click();
    await first.getByRole('button', { name: /löschen/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Löschen', exact: true }).click();
    await first.waitFor({ state: 'detached' });
    await app.shot(page, 'admin-merchant-notes');
  });

  test('the trail of a merchant says who changed what', async () => {
    const page = await openTab('trail');
    await page.getByText('Händler geändert').first().waitFor();
    await page.getByText('Debitorennummer').first().waitFor();
    await app.check(page);
    await app.shot(page, 'admin-merchant-trail');
  });
});
