import fs from 'node:fs';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { readPostings } from '../support/extf.ts';
import { describeInBrowser, settled, type Page } from './support/app.ts';
import { SIZES } from './support/chromium.ts';
import { documentsMade, FINANCE_CLOCK, setUpFinance, type FinanceDesk } from './support/finance.ts';

/** What has the focus is the topmost thing where it stands. */
const FOCUS_IN_SIGHT = `(() => {
  const { left, top, width, height } = document.activeElement.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === document.activeElement;
})()`;

jest.setTimeout(120_000);

describeInBrowser(
  'Exports at the finance desk',
  (app) => {
    let desk: FinanceDesk;
    beforeAll(async () => {
      desk = await setUpFinance(app);
      await documentsMade(app);
    }, 300_000);

    const PER_MERCHANT = { mode: 'perMerchant', account: '10000' };
    const saved = async (page: Page) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Herunterladen' }).click(),
      ]);
      return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
    };

    test('I5 the books are set up, the postings of a month are looked at, made and kept, and a repetition is told', async () => {
      app.allowErrors(/404/, /422/);
      const page = await app.open({ as: desk.finance, path: '/finance/exports?kind=postings&period=2026-11' });
      await page.getByText('Tragen Sie zuerst unter „Buchhaltung“ ein').waitFor();
      expect(await page.getByRole('button', { name: 'Datei erstellen' }).isDisabled()).toBe(true);

      await page.getByRole('link', { name: 'Buchhaltung' }).click();
      expect(await page.getByRole('radio', { name: 'Nummer der berichtigten Rechnung' }).isChecked()).toBe(true);
      await page.getByLabel('Beraternummer').fill('29098');
      await page.setViewportSize(SIZES.phone);
      await page.getByRole('textbox', { name: 'Steuerpflichtig mit 19' }).fill('84000');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await page.getByText('Das ist zu kurz oder zu klein.').first().waitFor();
      // what is wrong stands above what was typed last, and no bar lies over it
      await page.getByLabel('Mandantennummer').and(page.locator(':focus')).waitFor();
      expect(await page.evaluate<boolean>(FOCUS_IN_SIGHT)).toBe(true);
      await page.setViewportSize(SIZES.desktop);
      await page.getByLabel('Mandantennummer').fill('55003');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await page.getByText('Sachkonten haben die angegebene Länge').first().waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-exports-settings');
      await page.getByRole('button', { name: 'Übliche Konten einsetzen' }).click();
      await page.getByRole('textbox', { name: 'Steuerpflichtig mit 19' }).and(page.locator('[value="8400"]')).waitFor();
      await page.getByRole('button', { name: 'Speichern' }).click();
      await page.getByText('Die Angaben zur Buchhaltung sind gespeichert').waitFor();
      expect(await desk.finance.api.get('/accounting-settings')).toMatchObject({ debtors: PER_MERCHANT });

      await page.goto('/finance/exports?kind=postings&period=2026-11');
      await page.getByRole('button', { name: 'Datei erstellen' }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-exports-make');
      await page.getByRole('button', { name: 'Datei erstellen' }).click();
      await page.getByRole('heading', { name: 'DATEV-Buchungsstapel November 2026' }).waitFor();
      await page.getByText('alles neu').waitFor();
      const { name, bytes } = await saved(page);
      expect(name).toBe('EXTF_Buchungsstapel_2026-11.csv');
      const { rows } = readPostings(bytes);
      expect(rows.map((row) => row['Konto']).toSorted()).toEqual(['10000', '10001']);
      expect(rows.map((row) => row['Fälligkeit'])).toEqual(Array(2).fill(expect.stringMatching(/^\d{8}$/)));

      await page.goto('/finance/exports?kind=postings&period=2026-11');
      await page.getByText('2 Dokumente sind schon exportiert').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-exports-again');
      await page.getByRole('button', { name: 'Noch einmal exportieren' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('2 Dokumente standen schon in früheren Exporten').waitFor();
      await dialog.getByRole('button', { name: 'Noch einmal exportieren' }).click();
      await page.getByText('Wiederholung: 2 Dokumente standen schon in früheren Exporten').waitFor();
      await page.getByText(/2 Dokumente zuerst am 15\.11\.2026.*durch/).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-exports-repetition');
    });

    test('another chart of accounts is told apart from its accounts, which are filled in, added and removed one by one', async () => {
      app.allowErrors(/422|ERR_INTERNET_DISCONNECTED/);
      const page = await app.open({ as: desk.finance, path: '/finance/exports/settings', size: 'phone' });
      const stored = () => desk.finance.api.get<Record<string, unknown>>('/accounting-settings');
      const before = await stored();
      const account = (name: string) => page.getByRole('textbox', { name, exact: true });
      const usual = page.getByRole('button', { name: 'Übliche Konten einsetzen' });
      await page.getByRole('radio', { name: 'Ein Sammelkonto für alle' }).check();
      await account('Sammelkonto').fill('14000');
      await page.getByRole('combobox', { name: 'Kontenrahmen' }).click();
      await page.getByRole('option', { name: 'SKR04' }).click();
      await page.getByText('Diese Konten gehören nicht zum SKR04: 8400, 8300, 8336, 8338, 8100').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-exports-other-chart');

      await page.getByLabel('Länge der Sachkonten').fill('9');
      await usual.click();
      await page.getByText('Eine Angabe stimmt nicht: Das ist zu lang oder zu groß.').waitFor();
      await page.getByLabel('Länge der Sachkonten').fill('4');
      await page.context().setOffline(true);
      await usual.click();
      await page.getByText('Der Server ist nicht erreichbar. Prüfen Sie das Netz.').waitFor();
      await page.context().setOffline(false);
      await usual.click();
      await account('Steuerpflichtig mit 19 %').and(page.locator('[value="4400"]')).waitFor();
      expect(await page.getByText('Diese Konten gehören nicht zum').count()).toBe(0);

      await page.getByRole('button', { name: 'Konto für „Steuerpflichtig mit 5 %“ entfernen' }).click();
      const add = page.getByRole('group', { name: 'Konto hinzufügen' });
      await add.getByRole('textbox', { name: 'Steuersatz' }).fill('19');
      await add.getByRole('textbox', { name: 'Kontonummer' }).fill('4310');
      await add.getByText('Dafür gibt es schon ein Konto.').waitFor();
      await add.getByRole('textbox', { name: 'Steuersatz' }).fill('5,5');
      await add.getByRole('button').scrollIntoViewIfNeeded();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-exports-new-account');
      await add.getByRole('button', { name: 'Konto hinzufügen' }).click();
      await account('Steuerpflichtig mit 5,5 %').and(page.locator('[value="4310"]')).waitFor();
      await page.getByRole('button', { name: 'Speichern' }).click();
      await page.getByText('Die Angaben zur Buchhaltung sind gespeichert').waitFor();
      const after = await stored();
      expect(after).toMatchObject({ chart: 'SKR04', debtors: { mode: 'collective', account: '14000' } });
      const accounts = after['accounts'] as { category: string; rateBasisPoints: number; account: string }[];
      expect(accounts.map(({ category, rateBasisPoints, account }) => [category, rateBasisPoints, account])).toEqual([
        ['S', 1900, '4400'],
        ['S', 1600, '4400'],
        ['S', 700, '4300'],
        ...[
          ['AE', 0, '4336'],
          ['O', 0, '4338'],
          ['E', 0, '4100'],
        ],
        ['S', 550, '4310'],
      ]);
      const { version, updatedAt: _, ...again } = before;
      expect(version).toBe(1);
      await desk.finance.api.raw('PUT', '/accounting-settings', again);
    });

    test('I11 the EC sales list shows whole euros as they are reported, and the cents beside them', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance' });
      const row = (vatId: string, reportedMinor: number | null, ...net: number[]) => ({
        ...{ vatId, merchantNames: ['Alpen Möbel GmbH'], reportedMinor, netMinor: net.reduce((a, b) => a + b) },
        issued: net.map((netMinor, index) => ({ month: `2026-1${index}`, netMinor })),
      });
      const salesList = [row('ATU13585627', 1_201_00, 1_000_20, 200_30), row('DK13585628', null, 30)];
      await page.route('**/api/v1/exports/preview?*', async (route) => {
        const answer = await route.fetch();
        const preview = (await answer.json()) as { sums: object };
        const sums = { ...preview.sums, documents: 3, rows: 1, netMinor: 1_200_80, grossMinor: 1_200_80 };
        await route.fulfill({ json: { ...preview, blockedBy: null, sums, salesList } });
      });
      await page.goto('/finance/exports?kind=ecSales&period=2026-Q4');
      const list = page.getByRole('region', { name: 'Empfänger' });
      const months = 'Oktober 2026: 1.000,20\u00a0€November 2026: 200,30\u00a0€';
      const cells = (vatId: string) => list.getByRole('row', { name: new RegExp(vatId) }).getByRole('cell');
      await list.getByText('ATU13585627').first().waitFor();
      expect((await cells('ATU13585627').allTextContents()).slice(-3)).toEqual([
        months,
        '1.201\u00a0€',
        '1.200,50\u00a0€',
      ]);
      expect((await cells('DK13585628').allTextContents()).slice(-3)).toEqual([
        'Oktober 2026',
        'keine Zeile',
        '0,30\u00a0€',
      ]);
      const inside = page.getByRole('region', { name: 'Was in der Datei steht' });
      expect(await inside.textContent()).toContain('Summe der Meldung1.201\u00a0€Netto, centgenau1.200,80\u00a0€');
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-exports-ec-sales');
      await page.unrouteAll();
    });

    test('I6 the documents of a period go out as one file, and the history lists every export', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/exports?kind=bundle&period=2026-Q4' });
      await page.getByText('Dokumente im Paket').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-exports-bundle');
      await page.getByRole('button', { name: 'Datei erstellen' }).click();
      await page.getByRole('heading', { name: 'Belege als ZIP 4. Quartal 2026' }).waitFor();
      const { name, bytes } = await saved(page);
      expect([name, bytes.subarray(0, 2).toString()]).toEqual(['Rechnungen_2026-Q4.zip', 'PK']);
      // an archive is read in nowhere: a second one is no danger, and nothing is asked
      await page.goto('/finance/exports?kind=bundle&period=2026-Q4');
      await page.getByText('Die Belege stecken auch in einem früheren Paket. Das schadet nicht.').waitFor();
      expect(await page.getByText('dürfen nicht beide').count()).toBe(0);
      await page.getByRole('button', { name: 'Datei erstellen' }).click();
      await page.getByRole('heading', { name: 'Belege als ZIP 4. Quartal 2026' }).waitFor();
      await page.getByText('Die Belege stecken auch in einem früheren Paket. Das schadet nicht.').waitFor();
      await page.goto('/finance/exports?view=history');
      await page.getByRole('row', { name: /Rechnungen_2026-Q4\.zip.*alles neu/ }).waitFor();
      await page.getByRole('row', { name: /EXTF_Buchungsstapel_2026-11\.csv.*2 wiederholt/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-exports-history');
    });
  },
  { clock: FINANCE_CLOCK },
);
