import fs from 'node:fs';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { shipOrder } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import { describeInBrowser, settled, type Page } from './support/app.ts';
import { FINANCE_CLOCK, onTheDay, setUpFinance, type FinanceDesk } from './support/finance.ts';

jest.setTimeout(120_000);

describeInBrowser(
  'Billing runs at the finance desk',
  (app) => {
    let desk: FinanceDesk;
    let runPath = '';

    beforeAll(async () => {
      desk = await setUpFinance(app);
    }, 300_000);

    const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
    const stateOf = async (page: Page, name: string, state: string) =>
      rowOf(page, name).getByText(state, { exact: true }).waitFor();

    test('G2 the next run is looked at from the calendar, with sections, changes and findings, and nothing is written', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance' });
      await onTheDay(page, '/finance');
      await page.getByRole('link', { name: '15.11.2026' }).click();
      await page.getByRole('heading', { level: 1, name: 'Vorschau zum 15.11.2026' }).waitFor();
      await rowOf(page, 'Alpha Wohnen').getByText('Kommissionierung und Versand').waitFor();
      await rowOf(page, 'Beta Deko')
        .getByText(/liegt weit über dem Üblichen/)
        .waitFor();
      await rowOf(page, 'Gamma Garten')
        .getByText(/die Preisliste des Vertrags gibt es nicht/)
        .waitFor();
      expect(await page.getByRole('region', { name: 'Summen' }).textContent()).toMatch(
        /Netto53,03\s€Brutto63,11\s€Händler3Posten35Angehalten2/,
      );
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-preview');
      const { items } = await desk.finance.api.get<{ items: { cutoff: string }[] }>('/billing-runs');
      expect(items.map(({ cutoff }) => cutoff)).toEqual(['2026-10-15']);
    });

    test('G13 finance starts the run of a cut-off from the calendar and sees what its rows come to', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance' });
      await onTheDay(page, '/finance');
      await page.getByText('Stichtag ist heute').waitFor();
      await page.getByRole('link', { name: '15.10.2026' }).waitFor();
      await app.check(page);
      await page.getByRole('button', { name: 'Lauf starten' }).click();
      const dialog = page.getByRole('dialog');
      await app.check(page);
      await app.shot(page, 'finance-start-run');
      await dialog.getByRole('button', { name: 'Lauf starten' }).click();
      await page.getByRole('heading', { level: 1, name: 'Lauf zum 15.11.2026' }).waitFor();
      runPath = new URL(page.url()).pathname;
      await stateOf(page, 'Alpha Wohnen', 'Entwurf');
      await stateOf(page, 'Beta Deko', 'Angehalten');
      await stateOf(page, 'Gamma Garten', 'Angehalten');
      // two shipments against one a month before, whose half cent was rounded up
      await rowOf(page, 'Alpha Wohnen').getByText('+99,9 %').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-run');
    });

    test('G9 findings stand in words beside their merchant, each with the way to solve it', async () => {
      const page = await app.open({ as: desk.finance, path: runPath });
      await rowOf(page, 'Gamma Garten')
        .getByText(/haben keinen Preis: die Preisliste des Vertrags gibt es nicht/)
        .waitFor();
      await rowOf(page, 'Gamma Garten').getByRole('link', { name: 'Posten ohne Preis ansehen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Posten' }).waitFor();
      expect(page.url()).toContain(`merchantId=${desk.cardlessId}`);
      expect(page.url()).toContain('stream=fulfilment');
      await page.goto(runPath);
      const high = rowOf(page, 'Beta Deko');
      await high.getByText(/liegt weit über dem Üblichen/).waitFor();
      await high.getByRole('button', { name: 'Betrag bestätigen' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Betrag bestätigen' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Begründung').fill('Herbstaktion, mit dem Händler besprochen');
      await app.check(page);
      await app.shot(page, 'finance-accept');
      const asked = page.waitForRequest((request) => request.url().endsWith('/retry'));
      await confirm.click();
      const { rows } = await desk.finance.api.get<{ rows: { merchantId: string; netMinor: number }[] }>(
        runPath.replace('/finance/runs', '/billing-runs'),
      );
      // what is accepted is what stands on the screen
      const { netMinor } = rows.find(({ merchantId }) => merchantId === desk.highId)!;
      expect((await asked).postDataJSON()).toMatchObject({ seen: { rows: 1, netMinor } });
      await dialog.waitFor({ state: 'hidden' });
      await stateOf(page, 'Beta Deko', 'Entwurf');
      // written once the total is accepted
      const note = await until('the note', async () => {
        const { items } = await desk.finance.api.get<{ items: { text: string }[] }>(
          `/notes?subject=merchant&subjectId=${desk.highId}`,
        );
        return items[0];
      });
      expect(note.text).toMatch(/Herbstaktion/);
    });

    test('X2 a row shows its draft by section with the month before, down to the charges behind a line', async () => {
      const page = await app.open({ as: desk.finance, path: `${runPath}/${desk.usualId}` });
      await page.getByRole('heading', { level: 1, name: 'A-1 Alpha Wohnen GmbH' }).waitFor();
      await page.getByRole('row', { name: /Kommissionierung und Versand.*\+99,9 %/ }).waitFor();
      const line = page.getByRole('region', { name: 'Verpacken' });
      await line.getByRole('button', { name: /2 Posten/ }).click();
      await line.getByRole('button', { name: 'Nachweis: Auftrag A-101, Verpacken' }).click();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-run-row');
      await line.getByRole('link', { name: 'Posten mit Erklärung öffnen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Verpacken' }).waitFor();
    });

    test('G3 a run is approved and issued after a question that names count and sum; who is parked stays', async () => {
      const page = await app.open({ as: desk.finance, path: runPath });
      await page.getByLabel('Alpha Wohnen GmbH auswählen').first().check();
      await page.getByRole('button', { name: 'Freigeben', exact: true }).click();
      await page
        .getByRole('dialog')
        .getByText(/Freigegeben wird ein Entwurf über/)
        .waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Abbrechen' }).click();
      await page.getByLabel('Alpha Wohnen GmbH auswählen').first().uncheck();
      await page.getByRole('button', { name: 'Alle 2 freigeben' }).click();
      const run = await desk.finance.api.get<{ rows: { merchantId: string; netMinor: number }[] }>(
        runPath.replace('/finance/runs', '/billing-runs'),
      );
      const net = run.rows
        .filter(({ merchantId }) => merchantId !== desk.cardlessId)
        .reduce((sum, { netMinor }) => sum + netMinor, 0);
      const words = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(net / 100);
      const told = await page
        .getByRole('dialog')
        .getByText(/Freigegeben werden 2 Entwürfe/)
        .textContent();
      expect(told).toContain(`zusammen ${words} netto`);
      await app.shot(page, 'finance-approve');
      await page.getByRole('dialog').getByRole('button', { name: 'Alle 2 freigeben' }).click();
      await stateOf(page, 'Alpha Wohnen', 'Freigegeben');
      await stateOf(page, 'Beta Deko', 'Freigegeben');
      await page.getByRole('button', { name: '2 Rechnungen ausstellen' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '2 Rechnungen ausstellen' }).click();
      await until('both to be issued', async () => {
        const { rows } = await desk.finance.api.get<{ rows: { state: string }[] }>(
          runPath.replace('/finance/runs', '/billing-runs'),
        );
        return rows.filter(({ state }) => state === 'finalized' || state === 'delivered').length === 2;
      });
      await rowOf(page, 'Alpha Wohnen')
        .getByText(/Ausgestellt|Zugestellt/)
        .waitFor();
      await stateOf(page, 'Gamma Garten', 'Angehalten');
      await onTheDay(page, '/finance');
      await page.getByText('1 angehalten').waitFor();
      await app.check(page);
      await app.shot(page, 'finance-calendar');
    });

    test('G13 a merchant who had nothing to bill is taken up again by name when a late charge comes', async () => {
      const { admin } = app.product;
      const { id } = await admin.post('/billing-runs', { cutoff: '2026-10-31', merchantIds: [desk.usualId] });
      const page = await app.open({ as: desk.finance, path: `/finance/runs/${id}` });
      await onTheDay(page, `/finance/runs/${id}`);
      await stateOf(page, 'Alpha Wohnen', 'Nichts abzurechnen');
      // the whole run has nothing to do
      expect(await page.getByRole('button', { name: 'Wieder aufnehmen' }).count()).toBe(0);
      await shipOrder(admin, desk.usualId, 'A-150', { shippedAt: '2026-10-20T10:00:00Z' });
      await until('the late charge', async () => {
        const { items } = await admin.get<{ items: object[] }>(
          `/charges?merchantId=${desk.usualId}&chargeType=freight&from=2026-10-20&to=2026-10-20`,
        );
        return items.length === 1;
      });
      await page.getByLabel('Alpha Wohnen GmbH auswählen').first().check();
      await page.getByRole('button', { name: 'Wieder aufnehmen' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Diesen Händler wieder in den Lauf aufnehmen?').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-resume');
      await dialog.getByRole('button', { name: 'Wieder aufnehmen' }).click();
      await stateOf(page, 'Alpha Wohnen', 'Entwurf');

      // no run was a month before, so there is nothing to compare with
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV-Export' }).click(),
      ]);
      const [head, row] = fs
        .readFileSync(await download.path(), 'utf8')
        .replace('\uFEFF', '')
        .split('\r\n');
      const cells = new Map(head!.split(';').map((name, index) => [name, row!.split(';')[index]]));
      expect(Number(cells.get('Netto')!.replace(',', '.'))).toBeGreaterThan(0);
      expect(cells.get('Zum Vormonat')).toBe('');
    });
  },
  { clock: FINANCE_CLOCK },
);
