import { readFile } from 'node:fs/promises';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { setUpMerchant } from '../support/fixtures.ts';
import { noise } from '../support/hostile-images.ts';
import { until } from '../support/product.ts';
import { describeInBrowser, settled } from './support/app.ts';
import { billed, FINANCE_CLOCK, onTheDay, setUpFinance, type FinanceDesk } from './support/finance.ts';

jest.setTimeout(120_000);

interface Invoice {
  id: string;
  number: string;
  merchantId: string;
  document: string;
  grossMinor: number;
}

const euros = (minor: number) =>
  new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(minor / 100);

describeInBrowser(
  'Invoices and storage evidence at the finance desk',
  (app) => {
    let desk: FinanceDesk;
    let storedId = '';
    let linked: Invoice;

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
      const [sheet] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV-Export' }).click(),
      ]);
      const rows = (await readFile(await sheet.path(), 'utf8')).trim().split('\r\n').slice(1);
      for (const row of rows) expect(row).toMatch(/;(Wartet auf Versand|Versandt);/);
      const other = items.find(({ merchantId }) => merchantId !== desk.usualId)!;
      await page.getByRole('searchbox', { name: 'Nummer' }).fill(own.number.slice(3).toLowerCase());
      await page.getByRole('link', { name: other.number }).waitFor({ state: 'detached' });
      await page.getByRole('combobox', { name: 'Zahlung' }).click();
      await page.getByRole('option', { name: 'Überfällig' }).click();
      await page.getByText('Nichts passt zu diesen Filtern').waitFor();
      await page.getByRole('combobox', { name: 'Zahlung' }).click();
      await page.getByRole('option', { name: 'Offen' }).click();
      await page.getByRole('link', { name: own.number }).waitFor();
      await page.waitForURL(/number=2026-00.*payment=open/);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-invoices-filtered');
      await page.getByRole('link', { name: own.number }).click();
      await page.getByRole('heading', { level: 1, name: `Rechnung ${own.number}` }).waitFor();
      await page.getByText('Umsatzsteuer 19 %', { exact: true }).waitFor();
      for (const [name, filename] of [
        ['Dokument als PDF', `${own.number}.pdf`],
        ['E-Rechnung (XML)', `${own.number}.xml`],
        ['Einzelnachweis (CSV)', `${own.number}-Einzelnachweis.csv`],
      ] as const) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name }).click(),
        ]);
        expect(download.suggestedFilename()).toBe(filename);
      }
      const line = page.getByRole('region', { name: 'Verpacken' });
      await line.getByRole('button', { name: /1 Posten/ }).click();
      await line.getByRole('button', { name: /Nachweis: Auftrag A-100/ }).waitFor();
      await page.getByText('rechnung-a-1@example.com').first().waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-invoice');
    });

    test('a phone shows the search and the states first, and says how many of the folded filters are set', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/invoices', size: 'phone' });
      const more = page.getByRole('button', { name: /^Weitere Filter/ });
      const merchant = page.getByRole('combobox', { name: 'Händler' });
      await page
        .getByRole('link', { name: /^RE-2026/ })
        .first()
        .waitFor();
      for (const name of ['Zahlung', 'Stand']) await page.getByRole('combobox', { name }).waitFor();
      expect(await merchant.isVisible()).toBe(false);
      // the first document stands on the first screen
      expect(
        (await page
          .getByRole('link', { name: /^RE-2026/ })
          .first()
          .boundingBox())!.y,
      ).toBeLessThan(844);
      await app.check(page);
      await more.click();
      await page.getByRole('combobox', { name: 'Art' }).click();
      await page.getByRole('option', { name: 'Stornorechnung' }).click();
      await page.getByRole('button', { name: 'Weitere Filter, 1 gesetzt', expanded: true }).waitFor();
      await page.getByText('Nichts passt zu diesen Filtern').waitFor();
      await more.click();
      await merchant.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Weitere Filter, 1 gesetzt', expanded: false }).waitFor();

      await page.goto(`/finance/invoices?merchantId=${desk.usualId}&delivery=sent&payment=open`);
      await settled(page);
      await page.getByRole('button', { name: 'Weitere Filter, 2 gesetzt', expanded: true }).waitFor();
      expect(await merchant.inputValue()).toContain('Alpha Wohnen GmbH');
      await app.check(page);
      await app.shot(page, 'finance-invoices-more-filters');
      await page.getByRole('search').getByRole('button', { name: 'Filter zurücksetzen' }).last().click();
      await page.getByRole('button', { name: 'Weitere Filter', exact: true }).waitFor();
      await page.setViewportSize({ width: 1440, height: 900 });
      await more.waitFor({ state: 'hidden' });
      await merchant.waitFor();
    });

    test('on a phone every view of the charges is in sight', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/charges', size: 'phone' });
      for (const view of ['Ohne Preis', 'Zurückgestellt', 'Noch nicht abgerechnet', 'Alle']) {
        const box = (await page.getByText(view, { exact: true }).first().boundingBox())!;
        expect(box.x + box.width).toBeLessThan(390);
      }
      await app.shot(page, 'finance-charges-views');
    });

    test('H1 finance gives documents a logo, sees it as it will be printed, and takes it away', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/settings' });
      const logo = page.getByRole('region', { name: 'Logo' });
      await logo.getByText('Noch kein Logo').waitFor();
      const file = { name: 'logo.png', mimeType: 'image/png', buffer: await noise(420, 120).png().toBuffer() };
      await logo.locator('input[type=file]').setInputFiles(file);
      await page.getByText('Das Logo steht auf den nächsten Rechnungen').waitFor();
      await logo.getByRole('img', { name: 'Logo, wie es auf Rechnungen steht' }).waitFor();
      await app.check(page);
      await logo.getByRole('img').scrollIntoViewIfNeeded();
      await app.shot(page, 'finance-logo');
      await logo.getByRole('button', { name: 'Logo entfernen' }).click();
      await logo.getByText('Noch kein Logo').waitFor();
    });

    test('F7 a storage line of an invoice hands out its days, to the house and to its merchant', async () => {
      const { admin } = app.product;
      const contract = { storageMethod: 'binDay', startsOn: '2026-10-31' };
      const merchantId = await setUpMerchant(admin, { number: 'E-5', name: 'Epsilon Licht GmbH', contract });
      await admin.patch(`/merchants/${merchantId}`, { invoiceLink: true });
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
      linked = invoice;
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
        expect(await readFile(await download.path(), 'utf8')).toMatch(/31\.10\.2026;main;L-01;LAMPE-1;Fach;3/);
        await settled(page);
        await app.check(page);
        await app.shot(page, `storage-line-${path.split('/')[1]}`);
      }
    });

    test('H9 an invoice that came back says why in words, and is sent again to the address of now after a question', async () => {
      const sending = await until('the mail', async () => {
        const [row] = await app.product.query(
          `update notifications.message set state = 'bounced', bounced_by = 'report', bounce_status = '5.1.1', error = $2
           where document_id = $1 and state = 'sent' returning id, merchant_id, message_id_header`,
          [linked.id, '550 5.1.1 <rechnung-e-5@example.com>: Recipient address rejected: User unknown'],
        );
        return row;
      });
      await app.product.query(
        `insert into notifications.delivery_report (id, merchant_id, message_id, message_id_header, report_id, action, status, address, diagnostic, at)
         values (gen_random_uuid(), $2, $1, $3, '<report@mx.example.com>', 'failed', '5.1.1', 'rechnung-e-5@example.com', '550 5.1.1 User unknown', now())`,
        [sending['id'], sending['merchant_id'], sending['message_id_header']],
      );
      const page = await app.open({ as: desk.finance, path: `/finance/invoices/${linked.id}` });
      await page.getByRole('button', { name: /Die Adresse gibt es nicht/ }).click();
      await page.getByText('Nach dem Senden zurückgekommen: Die Adresse gibt es nicht').waitFor();
      await page.getByText('Nach dem Senden zurückgekommen').scrollIntoViewIfNeeded();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-invoice-bounced');
      const record = async (...invoiceEmails: [string]) => {
        await app.product.admin.patch(`/merchants/${linked.merchantId}`, { invoiceEmails });
        await until('the news of the merchant', async () => {
          const { resendTo } = await desk.finance.api.get<{ resendTo: string[] }>(`/messages/${String(sending['id'])}`);
          return resendTo.join() === invoiceEmails.join();
        });
        await page.reload();
        await page.getByRole('button', { name: /Die Adresse gibt es nicht/ }).click();
      };
      await record('neu@example.com');
      await page.getByRole('button', { name: 'Noch einmal schicken' }).click();
      const dialog = page.getByRole('dialog', { name: 'Noch einmal schicken? Geht an: neu@example.com' });
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-invoice-resend');
      await dialog.getByRole('button', { name: 'Noch einmal schicken' }).click();
      await page.getByText('Sie geht noch einmal hinaus, an 1 Adresse').waitFor();
      await page.getByText('Noch einmal geschickt', { exact: true }).waitFor();
      await until('the second sending', async () => {
        const [again] = await app.product.query(
          `select state, recipient from notifications.message where repeats_id = $1`,
          [sending['id']],
        );
        return again?.['state'] === 'sent' && again['recipient'] === 'neu@example.com';
      });
      expect(await desk.finance.api.get(`/messages/${String(sending['id'])}`)).toMatchObject({ state: 'bounced' });
    });

    test('H9 on the page of all mails one is sent again after a question that names the address', async () => {
      const { items } = await desk.finance.api.get<{ items: { id: string; recipient: string }[] }>(
        `/messages?documentId=${linked.id}&state=sent`,
      );
      const { id, recipient } = items[0]!;
      const page = await app.open({ as: desk.finance, path: `/finance/invoices/${linked.id}` });
      // a page of its own beside the app, over the same session
      await page.goto(new URL(`/mail#${id}`, page.url()).href);
      await page.getByRole('heading', { level: 2 }).waitFor();
      // where no list stands beside the mail, and after somebody else did something with it
      await page.setViewportSize({ width: 390, height: 844 });
      const becomes = (state: string) =>
        app.product.query('update notifications.message set state = $2 where id = $1', [id, state]);
      await becomes('unconfirmed');
      await page.reload();
      await page.locator('.notice.warn', { hasText: 'Fragen Sie nach, bevor Sie sie noch einmal schicken.' }).waitFor();
      await app.check(page);
      await app.shot(page, 'mail-not-confirmed');
      await becomes('sent');
      await page.reload();
      await page.getByRole('heading', { level: 2 }).waitFor();
      app.allowErrors(/412/);
      await app.product.query('update notifications.message set version = version + 1 where id = $1', [id]);
      page.once('dialog', (outdated) => void outdated.accept());
      await page.getByRole('button', { name: 'Noch einmal schicken' }).click();
      await page.getByText('Das hat sich inzwischen geändert. Bitte noch einmal ansehen.').waitFor();
      await app.shot(page, 'mail-refused');
      const asked = page.waitForEvent('dialog');
      const click = page.getByRole('button', { name: 'Noch einmal schicken' }).click();
      const dialog = await asked;
      expect(dialog.message()).toBe(`Noch einmal schicken? Geht an: ${recipient}`);
      await dialog.accept();
      await click;
      await page.getByText('Sie geht noch einmal hinaus.').waitFor();
      const again = await app.product.query('select recipient from notifications.message where repeats_id = $1', [id]);
      expect(again).toEqual([{ recipient }]);
    });

    test('H9 the link of a mail shows the invoice and its files without a log-in until it is switched off', async () => {
      app.allowErrors(/410/);
      const link = await until('the mail', () =>
        Promise.resolve(app.product.mails.map(({ text }) => /\/invoice\/[\w.-]+/.exec(text ?? '')?.[0]).find(Boolean)),
      );
      const page = await app.open({ size: 'phone', path: link });
      await page.getByRole('heading', { level: 1, name: `Rechnung ${linked.number}` }).waitFor();
      await app.check(page);
      await app.shot(page, 'public-invoice');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'PDF herunterladen' }).click(),
      ]);
      expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-');
      const { admin } = app.product;
      await admin.post('/payments', {
        ...{ merchantId: linked.merchantId, amountMinor: 1, valueDate: '2026-11-01', payerName: 'Epsilon Licht GmbH' },
        allocations: [{ invoiceId: linked.id, amountMinor: 1 }],
      });
      await page.reload();
      await page.getByText('Noch zu zahlen', { exact: true }).waitFor();
      await page.getByText(euros(linked.grossMinor - 1), { exact: true }).waitFor();
      await app.check(page);
      await app.shot(page, 'public-invoice-partly-paid');
      await admin.post('/payments', {
        ...{ merchantId: linked.merchantId, amountMinor: linked.grossMinor - 1, valueDate: '2026-11-01' },
        allocations: [{ invoiceId: linked.id, amountMinor: linked.grossMinor - 1 }],
      });
      await page.reload();
      await page.getByText('Es ist nichts mehr zu zahlen.', { exact: true }).waitFor();
      expect(await page.getByText(/zu zahlen$|Fällig/i).count()).toBe(0);
      await app.check(page);
      await app.shot(page, 'public-invoice-paid');
      await admin.post(`/invoices/${linked.id}/cancel`, { reason: 'Menge falsch' });
      await page.reload();
      await page.getByText(/^Storniert durch ST-\S+ am \d/).waitFor();
      await page.getByText('Es ist nichts zu zahlen.').waitFor();
      expect(await page.getByText(/zu zahlen$|Fällig/i).count()).toBe(0);
      await app.check(page);
      await app.shot(page, 'public-invoice-cancelled');
      await admin.patch(`/merchants/${linked.merchantId}`, { invoiceLink: false });
      const at = `${app.product.url}/api/v1${link.replace('/invoice/', '/invoice-links/')}`;
      await until('the end of the link', async () => (await fetch(at)).status === 410);
      await page.reload();
      await page.getByRole('heading', { name: 'Dieser Link gilt nicht mehr' }).waitFor();
      await app.check(page);
      await app.shot(page, 'public-invoice-ended');
    });
  },
  { clock: FINANCE_CLOCK },
);
