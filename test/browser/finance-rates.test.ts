import { beforeAll, expect, jest, test } from '@jest/globals';
import { describeInBrowser, settled } from './support/app.ts';
import { FINANCE_CLOCK, onTheDay, setUpFinance, type FinanceDesk } from './support/finance.ts';

jest.setTimeout(120_000);

interface Card {
  id: string;
  code: string;
  merchantId: string | null;
  versions: { version: number; validFrom: string; rules: { key: string; model: object; conditions: object }[] }[];
}

describeInBrowser(
  'Rate cards at the finance desk',
  (app) => {
    let desk: FinanceDesk;
    let baseId = '';

    beforeAll(async () => {
      desk = await setUpFinance(app);
      const { items } = await desk.finance.api.get<{ items: Card[] }>('/rate-cards');
      baseId = items[0]!.id;
    }, 300_000);

    const cardOf = (id: string) => desk.finance.api.get<Card>(`/rate-cards/${id}`);

    test('a card reads as a price list: models and conditions in words', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/rate-cards' });
      await app.check(page);
      await page.getByRole('link', { name: 'Standardkonditionen 2026' }).click();
      await page
        .getByRole('row', { name: /jedes weitere Stück.*0,35 € bis 1\.000, 0,29 € bis 5\.000, darüber 0,245 €/ })
        .waitFor();
      await page.getByRole('row', { name: /4,29 € je Paket.*nach DE.*bis 2 kg/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-rate-card');
    });

    test('E4 a new version starts as a copy, tells overlapping rules with their names, and is saved when they are solved', async () => {
      app.allowErrors(/422/);
      const page = await app.open({ as: desk.finance, path: `/finance/rate-cards/${baseId}/new` });
      await onTheDay(page, `/finance/rate-cards/${baseId}/new`);
      expect(await page.getByLabel('Gültig ab').inputValue()).toBe('2026-12-01');

      await page.getByRole('button', { name: 'pick-first bearbeiten' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Preis in Euro').fill('1,45');
      await dialog.getByText('Liest sich als: 1,45 € je Auftrag').waitFor();
      await app.check(page);
      await app.shot(page, 'finance-rule');
      await dialog.getByRole('button', { name: 'Übernehmen' }).click();
      await page.getByRole('row', { name: /erstes Stück.*1,45 €/ }).waitFor();

      await page.getByRole('button', { name: 'Neuer Preis' }).click();
      await dialog.getByLabel('Bezeichnung (deutsch)').fill('Kommissionierung Österreich');
      await dialog.getByLabel('Bezeichnung (englisch)').fill('Picking Austria');
      await dialog.getByLabel('Schlüssel').fill('pick-first-at');
      await dialog.getByLabel('Preis in Euro').fill('1,60');
      await dialog.getByLabel('Länder', { exact: true }).fill('AT');
      await dialog.getByLabel('Länder', { exact: true }).press('Enter');
      await dialog.getByRole('button', { name: 'Übernehmen' }).click();
      const row = page.getByRole('row', { name: /Kommissionierung Österreich/ });
      await row.getByText('nach AT').filter({ visible: true }).waitFor();
      await page.getByRole('button', { name: 'Fassung 2 speichern' }).click();
      await row.getByText(/Diese Regel und pick-first haben denselben Rang/).waitFor();
      await settled(page);
      await app.check(page);
      await row.scrollIntoViewIfNeeded();
      await app.shot(page, 'finance-overlap');
      expect((await cardOf(baseId)).versions).toHaveLength(1);

      await page.getByRole('button', { name: 'pick-first-at bearbeiten' }).click();
      await dialog.getByLabel('Rang').fill('200');
      await dialog.getByRole('button', { name: 'Übernehmen' }).click();
      await page.getByRole('button', { name: 'Prüfen', exact: true }).click();
      await page.getByText(/Wo beide passen, gilt pick-first-at und nicht pick-first\./).waitFor();
      await page.getByRole('button', { name: 'Fassung 2 speichern' }).click();
      await page.getByRole('heading', { level: 1, name: 'Standardkonditionen 2026' }).waitFor();
      const { versions } = await cardOf(baseId);
      const second = versions.find(({ version }) => version === 2)!;
      expect(second.validFrom).toBe('2026-12-01');
      const priceOf = (key: string) => second.rules.find((rule) => rule.key === key)?.model;
      expect(priceOf('pick-first')).toEqual({ type: 'perUnit', unitPrice: '1.45' });
      expect(priceOf('pick-first-at')).toEqual({ type: 'perUnit', unitPrice: '1.60' });
      expect(second.rules).toHaveLength(versions.find(({ version }) => version === 1)!.rules.length + 1);
    });

    test('E5 two versions of a card are compared in words', async () => {
      const page = await app.open({ as: desk.finance, path: `/finance/rate-cards/${baseId}?view=diff` });
      const changed = page.getByRole('listitem').filter({ hasText: 'pick-first' }).filter({ hasText: 'Geändert' });
      expect(await changed.textContent()).toMatch(/Preis in Euro: 1,35\s€ → 1,45\s€/);
      const added = page.getByRole('listitem').filter({ hasText: 'Kommissionierung Österreich' });
      expect(await added.textContent()).toMatch(/1,60\s€ je Stück · nach AT/);
      await app.check(page);
      await app.shot(page, 'finance-rate-diff');
    });

    test('X3 what a past month would have come to at a version is shown beside what it came to', async () => {
      const page = await app.open({ as: desk.finance, path: `/finance/rate-cards/${baseId}?view=whatIf` });
      await onTheDay(page, `/finance/rate-cards/${baseId}?view=whatIf`);
      await page.getByRole('button', { name: 'Ausrechnen' }).click();
      // one order in October: ten cents more for its first piece
      await page.getByRole('row', { name: /Alpha Wohnen.*Oktober 2026.*7,58 €.*7,68 €.*0,10 €/ }).waitFor();
      await app.check(page);
      await app.shot(page, 'finance-what-if');
      // at the prices of another version that is no answer any more
      await page.getByRole('combobox', { name: 'Fassung' }).click();
      await page.getByRole('option', { name: /^1, gültig ab/ }).click();
      await page.getByRole('row', { name: /Alpha Wohnen/ }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Ausrechnen' }).click();
      await page.getByRole('row', { name: /Alpha Wohnen.*Oktober 2026.*7,58 €.*7,58 €.*0,00 €/ }).waitFor();
    });

    test('a card of one merchant is made with a graduated price, and fields that are wrong say so', async () => {
      app.allowErrors(/422/);
      const page = await app.open({ as: desk.finance, path: '/finance/rate-cards/new' });
      await page.getByLabel('Name').fill('Alpha Sonderpreise');
      await page.getByLabel('Kürzel').fill('alpha-2026');
      await page.getByRole('combobox', { name: 'Gilt für' }).click();
      await page.getByRole('option', { name: /Alpha Wohnen/ }).click();
      await page.getByRole('button', { name: 'Neuer Preis' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Bezeichnung (deutsch)').fill('Verpacken nach Menge');
      await dialog.getByLabel('Bezeichnung (englisch)').fill('Packing by quantity');
      await dialog.getByLabel('Schlüssel').fill('pack');
      await dialog.getByRole('combobox', { name: 'Art des Preises' }).click();
      await page.getByRole('option', { name: /^Staffel/ }).click();
      await dialog.getByRole('button', { name: 'Stufe hinzufügen' }).click();
      await dialog.getByLabel('Stufe 1: bis Menge').fill('100');
      await dialog.getByLabel('Stufe 1: Preis').fill('5');
      await dialog.getByLabel('Stufe 2: Preis').fill('vier');
      await app.check(page);
      await app.shot(page, 'finance-tiers');
      await dialog.getByRole('button', { name: 'Übernehmen' }).click();
      await page.getByRole('button', { name: 'Preisliste anlegen' }).click();
      await page.getByText(/nicht\. Sie (ist|sind) oben gekennzeichnet/).waitFor();
      await page.getByRole('button', { name: 'pack bearbeiten' }).click();
      await dialog.getByText('Das Format stimmt nicht.').waitFor();
      await dialog.getByLabel('Stufe 2: Preis').fill('4,5');
      await dialog.getByRole('button', { name: 'Übernehmen' }).click();
      await page.getByRole('button', { name: 'Preisliste anlegen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Alpha Sonderpreise' }).waitFor();
      await page.getByRole('row', { name: /5,00 € bis 100, darüber 4,50 €/ }).waitFor();
      const { items } = await desk.finance.api.get<{ items: Card[] }>('/rate-cards');
      expect(items.find(({ code }) => code === 'alpha-2026')?.merchantId).toBe(desk.usualId);
    });

    test('a price that may be thousands or decimal places says so at its field, and is not taken before it is clear', async () => {
      const page = await app.open({ as: desk.finance, path: `/finance/rate-cards/${baseId}/new` });
      await page.getByRole('button', { name: 'pick-first bearbeiten' }).click();
      const dialog = page.getByRole('dialog');
      const price = dialog.getByLabel('Preis in Euro');
      const apply = dialog.getByRole('button', { name: 'Übernehmen' });
      await price.fill('1.250');
      await dialog.getByText('Ist 1250 oder 1,250 gemeint? Schreiben Sie bitte eines von beiden.').waitFor();
      await apply.click();
      expect(await price.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-decimal');
      await price.fill('0.45');
      await dialog.getByText('Bitte mit Komma und ohne Tausenderpunkt schreiben, zum Beispiel 1234,50.').waitFor();
      await apply.click();
      await dialog.waitFor();
      await price.fill('1.250,5');
      await apply.click();
      await page.getByRole('row', { name: /erstes Stück.*1\.250,50 €/ }).waitFor();
    });

    test('D12 a flat software fee is refused with the reason, and taken when it goes by the days', async () => {
      app.allowErrors(/422/);
      const page = await app.open({ as: desk.finance, path: '/finance/rate-cards/new' });
      await page.getByLabel('Name').fill('Nur Software');
      await page.getByLabel('Kürzel').fill('software-2026');
      await page.getByRole('combobox', { name: 'Gilt für' }).click();
      await page.getByRole('option', { name: /Alpha Wohnen/ }).click();
      await page.getByRole('button', { name: 'Neuer Preis' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Bezeichnung (deutsch)').fill('Portal');
      await dialog.getByLabel('Bezeichnung (englisch)').fill('Portal');
      await dialog.getByLabel('Schlüssel').fill('portal');
      await dialog.getByRole('combobox', { name: 'Art', exact: true }).click();
      await page.getByRole('option', { name: 'Softwaregebühr', exact: true }).click();
      await dialog.getByRole('combobox', { name: 'Art des Preises' }).click();
      await page.getByRole('option', { name: 'Pauschale je Vorgang' }).click();
      await dialog.getByLabel('Betrag in Euro').fill('69');
      await dialog.getByRole('button', { name: 'Übernehmen' }).click();
      await page.getByRole('button', { name: 'Preisliste anlegen' }).click();
      await page
        .getByRole('row', { name: /Portal/ })
        .getByText(/fällt anteilig nach Vertragstagen an/)
        .waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-flat-software');
      await page.getByRole('button', { name: 'portal bearbeiten' }).click();
      await dialog.getByText(/fällt anteilig nach Vertragstagen an/).waitFor();
      await dialog.getByRole('combobox', { name: 'Art des Preises' }).click();
      await page.getByRole('option', { name: 'Preis je Einheit' }).click();
      await dialog.getByRole('button', { name: 'Übernehmen' }).click();
      await page.getByRole('button', { name: 'Preisliste anlegen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Nur Software' }).waitFor();
      const { items } = await desk.finance.api.get<{ items: Card[] }>('/rate-cards');
      const card = await cardOf(items.find(({ code }) => code === 'software-2026')!.id);
      expect(card.versions[0]!.rules[0]!.model).toEqual({ type: 'perUnit', unitPrice: '69' });
    });
  },
  { clock: FINANCE_CLOCK },
);
