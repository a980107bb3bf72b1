import { beforeAll, expect, jest, test } from '@jest/globals';
import { until } from '../support/product.ts';
import { describeInBrowser, settled, type Page } from './support/app.ts';
import { billed, FINANCE_CLOCK, onTheDay, setUpFinance, type FinanceDesk } from './support/finance.ts';

jest.setTimeout(120_000);

interface Document {
  id: string;
  merchantId: string;
  number: string;
  kind: string;
  state: string;
  grossMinor: number;
  document: string;
}

describeInBrowser(
  'Corrections at the finance desk',
  (app) => {
    let desk: FinanceDesk;
    let invoices: Document[];

    beforeAll(async () => {
      desk = await setUpFinance(app);
      invoices = (await desk.finance.api.get<{ items: Document[] }>('/invoices')).items;
    }, 300_000);

    const invoiceOf = (merchantId: string) => invoices.find((one) => one.merchantId === merchantId)!;
    const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

    test('H6 a part of an invoice is credited after its preview', async () => {
      const { id, number } = invoiceOf(desk.usualId);
      const page = await app.open({ as: desk.finance, path: `/finance/invoices/${id}` });
      await onTheDay(page, `/finance/invoices/${id}`);
      await button(page, 'Teilweise korrigieren').click();
      const dialog = page.getByRole('dialog');
      await button(page, 'Weiter zur Vorschau').click();
      await dialog.getByText('Nennen Sie den Grund.').waitFor();
      await dialog.getByText('Wählen Sie mindestens eine Position.').waitFor();
      const line = dialog.getByRole('region', { name: 'Verpacken' });
      await line.getByText('Betrag', { exact: true }).click();
      await dialog.getByLabel('Begründung').fill('Ein Paket war beschädigt');
      await button(page, 'Weiter zur Vorschau').click();
      await dialog.getByText('Es fehlt, wie viel zurückgenommen wird: Verpacken').waitFor();
      await line.getByLabel('Nettobetrag, der zurückgenommen wird').fill('1.250');
      await line.getByText('Bitte mit Komma und ohne Tausenderpunkt schreiben').waitFor();
      await button(page, 'Weiter zur Vorschau').click();
      await dialog.getByText('Es fehlt, wie viel zurückgenommen wird: Verpacken').waitFor();
      await app.check(page);
      app.allowErrors(/422/);
      await line.getByLabel('Nettobetrag, der zurückgenommen wird').fill('999999');
      await button(page, 'Weiter zur Vorschau').click();
      await line.getByText('So viel ist von der Position nicht mehr da.').waitFor();
      await line.getByRole('button', { name: 'Alles, was noch da ist' }).click();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-credit');
      await button(page, 'Weiter zur Vorschau').click();
      const preview = dialog.getByRole('region', { name: 'Das wird ausgestellt' });
      await preview.getByText('Grund: Ein Paket war beschädigt').waitFor();
      // what is taken back is negative, as on the document and in the list
      expect(await preview.locator('dd').allTextContents()).toEqual(Array(3).fill(expect.stringMatching(/^[-−]\d/)));
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-credit-preview');
      await button(page, 'Rechnungskorrektur ausstellen').click();
      await page.getByRole('link', { name: /Rechnungskorrektur RK-\d+-00001 vom/ }).waitFor();
      await page.getByText('ganz zurückgenommen').waitFor();
      expect(await button(page, 'Stornieren').count()).toBe(0);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-credited-invoice');
      await page.getByRole('link', { name: /Rechnungskorrektur RK-/ }).click();
      await page.getByRole('heading', { level: 1, name: /^Rechnungskorrektur RK-/ }).waitFor();
      await page.getByRole('link', { name: new RegExp(`Korrigiert ${number}`) }).waitFor();
      await settled(page);
      await app.shot(page, 'finance-credit-note');
      // both are known by now: what is typed for one document is not offered for the other
      const note = page.getByLabel('Neue Notiz');
      await note.fill('Nur für die Korrektur');
      await page.getByRole('link', { name: new RegExp(`Korrigiert ${number}`) }).click();
      await page.getByRole('heading', { level: 1, name: new RegExp(number) }).waitFor();
      expect(await note.inputValue()).toBe('');
    });

    test('H5 an invoice is cancelled and its merchant billed anew from the run', async () => {
      const { id, number } = invoiceOf(desk.highId);
      const page = await app.open({ as: desk.finance, path: `/finance/invoices/${id}`, size: 'phone' });
      await button(page, 'Stornieren').click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Stornieren' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Begründung').fill('Falscher Preis');
      await app.check(page);
      await app.shot(page, 'finance-cancel');
      await confirm.click();
      await page.getByText('Diese Rechnung ist storniert').waitFor();
      await page.getByRole('link', { name: /Stornorechnung ST-/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-cancelled-invoice');
      await page.getByRole('link', { name: 'Zum Lauf' }).click();
      await button(page, 'Neu abrechnen').click();
      await page
        .getByRole('dialog')
        .getByText(/Seine Rechnung ist storniert/)
        .waitFor();
      await app.check(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Neu abrechnen' }).click();
      await button(page, 'Freigeben').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-billed-anew');
      await billed(app, '2026-10-15', [desk.highId]);
      const { items } = await desk.finance.api.get<{ items: Document[] }>(`/invoices?merchantId=${desk.highId}`);
      const live = items.find(({ kind, state }) => kind === 'invoice' && state === 'finalized')!;
      expect(live).toMatchObject({ grossMinor: invoiceOf(desk.highId).grossMinor });
      expect(live.number).not.toBe(number);
    });

    test('H6 the answer of a credit is lost, and the second click issues no second credit note', async () => {
      const all = () => desk.finance.api.get<{ items: Document[] }>(`/invoices?merchantId=${desk.highId}`);
      const { id } = (await all()).items.find(({ kind, state }) => kind === 'invoice' && state === 'finalized')!;
      const page = await app.open({ as: desk.finance, path: `/finance/invoices/${id}` });
      await button(page, 'Teilweise korrigieren').click();
      const dialog = page.getByRole('dialog');
      const line = dialog.getByRole('region', { name: 'Verpacken' });
      await line.getByText('Betrag', { exact: true }).click();
      await line.getByLabel('Nettobetrag, der zurückgenommen wird').fill('0,01');
      await dialog.getByLabel('Begründung').fill('Ein Cent zu viel');
      await button(page, 'Weiter zur Vorschau').click();
      const keys: (string | undefined)[] = [];
      await page.route(`**/invoices/${id}/credit`, async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        if (keys.length > 1) return route.continue();
        await route.fetch();
        return route.abort();
      });
      app.allowErrors(/ERR_FAILED|Failed to load resource/);
      await button(page, 'Rechnungskorrektur ausstellen').click();
      await until('the lost answer', async () => keys.length === 1 && (await dialog.getByRole('alert').count()) > 0);
      await button(page, 'Rechnungskorrektur ausstellen').click();
      await dialog.waitFor({ state: 'detached' });
      expect(keys).toEqual([expect.stringMatching(/./), keys[0]]);
      expect((await all()).items.filter(({ kind }) => kind === 'creditNote')).toHaveLength(1);
    });

    test('H5 H6 the list tells the kinds apart, and the settings their numbers', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/invoices' });
      await page.getByText('Stornorechnung', { exact: true }).first().waitFor();
      await page.getByText('Rechnungskorrektur', { exact: true }).first().waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-documents');
      await page.goto('/finance/invoices?kind=cancellation');
      await until('one row', async () => (await page.getByRole('row').count()) === 2);
      await page.goto('/finance/settings');
      await page.getByLabel('Muster der Stornorechnungen').fill('RE-{number}-{year}');
      app.allowErrors(/422/);
      await button(page, 'Einstellungen speichern').click();
      await page
        .getByText('Rechnungen, Stornorechnungen und Rechnungskorrekturen könnten so dieselbe Nummer bekommen.')
        .waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-patterns');
    });

    test('H1 what was typed into settings that nobody saved yet stays when the first save is refused', async () => {
      app.allowErrors(/404|422/);
      const page = await app.open({ as: desk.finance, path: '/finance' });
      const problem = (status: number, code: string, more: object = {}) => ({
        ...{ status, contentType: 'application/problem+json' },
        body: JSON.stringify({ status, code, detail: code, requestId: 'test', ...more }),
      });
      let asked = 0;
      await page.route('**/api/v1/issuer', (route) => {
        if (route.request().method() !== 'GET')
          return route.fulfill(
            problem(422, 'INVALID_INPUT', { errors: [{ path: 'name', code: 'TOO_SMALL', message: '' }] }),
          );
        asked += 1;
        return route.fulfill(problem(404, 'ISSUER_NOT_FOUND'));
      });
      await page.goto('/finance/settings');
      const pattern = page.getByLabel('Muster der Stornorechnungen');
      await pattern.fill('ST-X-{number}');
      const before = asked;
      await button(page, 'Einstellungen speichern').click();
      await until('another look at the settings', async () => asked > before);
      await settled(page);
      expect(await pattern.inputValue()).toBe('ST-X-{number}');
      await page.unroute('**/api/v1/issuer');
    });
  },
  { clock: FINANCE_CLOCK },
);
