import { readFile } from 'node:fs/promises';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { setUpMerchant } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import { describeInBrowser, settled } from './support/app.ts';
import { billed, FINANCE_CLOCK, onTheDay, setUpFinance, type FinanceDesk } from './support/finance.ts';

jest.setTimeout(120_000);

interface Invoice {
  id: string;
  number: string;
  merchantId: string;
  document: string;
}

describeInBrowser(
  'Invoices and storage evidence at the finance desk',
  (app) => {
    let desk: FinanceDesk;
    let storedId = '';

    beforeAll(async () => {
      desk = await setUpFinance(app);
      const { admin } = app.product;
      const contract = { storageMethod: 'binDay', startsOn: '2026-11-03' };
      storedId = await setUpMerchant(admin, { number: 'D-4', name: 'Delta Möbel GmbH', contract });
      const lines = [
        { bin: 'A-01', sku: 'SOFA-1', quantity: '4' },
        { bin: 'A-02', sku: 'SOFA-2', quantity: '7' },
      ];
      // the 6th is missing, the 5th is an empty warehouse
      const snapshots = [3, 4, 5, 7, 8].map((day) => ({
        merchantId: storedId,
        day: `2026-11-0${day}`,
        lines: day === 5 ? [] : lines,
      }));
      await until('the merchant to be known to billing', async () => {
        const answer = await admin.raw('POST', '/storage-snapshots', {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ snapshots }),
        });
        return answer.ok;
      });
    }, 300_000);

    test('F1 the storage of a month shows every day and marks those that are missing', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/storage' });
      await onTheDay(page, `/finance/storage?merchantId=${storedId}&month=2026-11`);
      // the 6th and all from the 9th to the 15th
      await page.getByText('8 Tage fehlen').waitFor();
      const days = page.getByRole('list', { name: 'Tage des Monats' });
      const dayOf = (day: string) => days.getByRole('button', { name: new RegExp(`^${day}\\.11\\.2026`) });
      expect(await dayOf('06').textContent()).toContain('Fehlt');
      expect(await dayOf('02').textContent()).toContain('Kein Vertrag');
      expect(await dayOf('05').textContent()).toContain('Leer');
      expect(await dayOf('16').textContent()).toContain('Kommt noch');
      await dayOf('04').click();
      const detail = page.getByRole('region', { name: 'Bestand am 04.11.2026' });
      await detail.getByRole('row', { name: /main.*11/ }).waitFor();
      await detail.getByText(/^Zusammen/).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-storage');
    });

    test('finance finds an invoice, its lines, its VAT, its document and the mail that carried it', async () => {
      const { items } = await until('the documents', async () => {
        const found = await desk.finance.api.get<{ items: Invoice[] }>('/invoices');
        return found.items.length === 2 && found.items.every(({ document }) => document === 'ready') && found;
      });
      const own = items.find(({ merchantId }) => merchantId === desk.usualId)!;
      const page = await app.open({ as: desk.finance, path: '/finance/invoices' });
      await app.check(page);
      await app.shot(page, 'finance-invoices');
      await page.getByRole('link', { name: own.number }).click();
      await page.getByRole('heading', { level: 1, name: `Rechnung ${own.number}` }).waitFor();
      await page.getByText('Umsatzsteuer 19 %', { exact: true }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Rechnung als PDF' }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/\.pdf$/);
      const line = page.getByRole('region', { name: 'Verpacken' });
      await line.getByRole('button', { name: /1 Posten/ }).click();
      await line.getByRole('button', { name: /Nachweis: Auftrag A-100/ }).waitFor();
      await page.getByText('rechnung-a-1@example.com').first().waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-invoice');
    });

    test('F7 a storage line of an invoice hands out its days, to the house and to its merchant', async () => {
      const { admin } = app.product;
      const contract = { storageMethod: 'binDay', startsOn: '2026-10-31' };
      const merchantId = await setUpMerchant(admin, { number: 'E-5', name: 'Epsilon Licht GmbH', contract });
      const lines = [{ bin: 'L-01', sku: 'LAMPE-1', quantity: '3' }];
      await until('the stock to be taken', async () => {
        const answer = await admin.raw('POST', '/storage-snapshots', {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ snapshots: [{ merchantId, day: '2026-10-31', lines }] }),
        });
        return answer.ok;
      });
      await billed(app, '2026-10-31', [merchantId]);
      const invoice = await until('the invoice', async () => {
        const { items } = await admin.get<{ items: Invoice[] }>('/invoices');
        return items.find((one) => one.merchantId === merchantId);
      });
      const viewer = await app.person(['merchantViewer'], [merchantId]);
      for (const [person, path] of [
        [desk.finance, '/finance/invoices'],
        [viewer, '/merchant/invoices'],
      ] as const) {
        const page = await app.open({ as: person, path: `${path}/${invoice.id}`, size: 'phone' });
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: /^Lagertage als CSV: / }).click(),
        ]);
        expect(await readFile(await download.path(), 'utf8')).toMatch(/2026-10-31,main,L-01,LAMPE-1,bin,3/);
        await settled(page);
        await app.check(page);
        await app.shot(page, `storage-line-${path.split('/')[1]}`);
      }
    });
  },
  { clock: FINANCE_CLOCK },
);
