import { beforeAll, expect, jest, test } from '@jest/globals';
import { shipOrder } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import { describeInBrowser, settled } from './support/app.ts';
import { billed } from './support/finance.ts';
import { setUpMerchantDesk, type MerchantDesk } from './support/merchant.ts';

jest.setTimeout(120_000);

const CUTOFF = '2026-10-31';

interface Invoice {
  id: string;
  number: string;
  lines: { id: string; label: string; netMinor: number }[];
}

describeInBrowser(
  'Disputes about lines of invoices',
  (app) => {
    let desk: MerchantDesk;
    let invoice: Invoice;

    beforeAll(async () => {
      desk = await setUpMerchantDesk(app, '2026-10-20');
      const { admin } = app.product;
      await shipOrder(admin, desk.merchantId, 'B-1', { pieces: 3, shippedAt: '2026-10-30T10:00:00Z' });
      await until('the charges', async () => {
        const { items } = await admin.get<{ items: object[] }>(`/charges?merchantId=${desk.merchantId}`);
        return items.length >= 3;
      });
      await billed(app, CUTOFF, [desk.merchantId]);
      const { items } = await admin.get<{ items: Invoice[] }>(`/invoices?merchantId=${desk.merchantId}`);
      invoice = await admin.get<Invoice>(`/invoices/${items[0]!.id}`);
    }, 300_000);

    test('H11 a merchant disputes a line, finance answers and credits it, and the merchant sees both', async () => {
      const line = invoice.lines.find(({ label }) => label === 'Verpacken')!;
      const page = await app.open({ as: desk.decider, path: `/merchant/invoices/${invoice.id}` });
      const card = page.getByRole('region', { name: 'Verpacken' });
      await card.getByRole('button', { name: 'Position beanstanden: Verpacken' }).click();
      const dialog = page.getByRole('dialog', { name: '„Verpacken“ beanstanden' });
      await dialog.getByRole('button', { name: 'Beanstanden' }).click();
      await dialog.getByText('Schreiben Sie, worum es geht.').waitFor();
      await dialog
        .getByLabel('Was ist Ihnen aufgefallen?')
        .fill('Das Paket war schon verpackt.\nSiehe Foto vom 30.10.');
      await dialog.getByRole('combobox', { name: 'Was stimmt nicht?' }).click();
      await page.getByRole('option', { name: 'Nicht beauftragt' }).click();
      await dialog.getByLabel('Strittiger Betrag in Euro, netto (freiwillig)').fill('1.250');
      await dialog.getByRole('button', { name: 'Beanstanden' }).click();
      await dialog.getByText('Bitte mit Komma und ohne Tausenderpunkt schreiben').waitFor();
      await app.check(page);
      await app.shot(page, 'merchant-line-dispute-open');
      await dialog.getByLabel('Strittiger Betrag in Euro, netto (freiwillig)').fill('');
      await dialog.getByRole('button', { name: 'Beanstanden' }).click();
      await card.getByText('Beanstandet', { exact: true }).waitFor();
      await card.getByText('Siehe Foto vom 30.10.').waitFor();

      const finance = await app.person(['finance']);
      const work = await app.open({ as: finance, path: '/finance/line-disputes' });
      await work.getByText('Wartet auf Sie').first().waitFor();
      await app.check(work);
      await app.shot(work, 'finance-line-disputes');
      await work.getByRole('link', { name: 'Verpacken' }).first().click();
      await work.getByRole('heading', { level: 1, name: /Verpacken$/ }).waitFor();
      await work.getByLabel('Nachricht an den Händler').fill('Wir sehen nach und melden uns.');
      await work.getByRole('button', { name: 'Senden' }).click();
      await work.getByText('Wartet auf den Händler').waitFor();
      // what was mailed of it, and whether it arrived
      await work.getByRole('region', { name: 'Bisherige Nachrichten' }).getByText('Gesendet').first().waitFor();
      await work.getByLabel('Anerkennen').check();
      await work.getByLabel('Antwort an den Händler').fill('Der Karton kam von Ihnen.');
      await settled(work);
      await app.check(work);
      await app.shot(work, 'finance-line-dispute');
      await work.getByRole('button', { name: 'Anerkennen' }).click();
      await work.getByRole('dialog').getByRole('button', { name: 'Anerkennen' }).click();
      await work.getByRole('link', { name: /^Rechnungskorrektur RK-/ }).waitFor();
      await settled(work);
      await app.check(work);

      await card.getByText('Anerkannt', { exact: true }).waitFor();
      await card.getByText('Wir sehen nach und melden uns.').waitFor();
      await card.getByRole('link', { name: /^Rechnungskorrektur RK-/ }).waitFor();
      expect(await card.getByRole('button', { name: /beanstanden/ }).count()).toBe(0);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'merchant-line-dispute-settled');
      const { corrections } = await finance.api.get<{ corrections: { netMinor: number }[] }>(`/invoices/${invoice.id}`);
      expect(corrections).toMatchObject([{ netMinor: -line.netMinor }]);
    });

    test('H11 who only looks sees the dispute and cannot open one', async () => {
      const page = await app.open({ as: desk.viewer, path: `/merchant/invoices/${invoice.id}`, size: 'phone' });
      const card = page.getByRole('region', { name: 'Verpacken' });
      await card.getByRole('button', { name: 'Beanstandung ansehen' }).click();
      await card.getByText('Der Karton kam von Ihnen.').waitFor();
      expect(await page.getByRole('button', { name: /^Position beanstanden/ }).count()).toBe(0);
      await app.check(page);
      await app.shot(page, 'merchant-line-dispute-viewer');
      const path = `/invoices/${invoice.id}/lines/${invoice.lines[1]!.id}/disputes`;
      const refused = await desk.viewer.api.raw('POST', path, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'other', text: 'x' }),
      });
      expect(refused.status).toBe(403);
    });

    test('H11 an answer that is being written stays when somebody else credits of the line meanwhile', async () => {
      const finance = await app.person(['finance']);
      const line = invoice.lines.find(({ label }) => label !== 'Verpacken')!;
      const said = { reason: 'wrongPrice', text: 'Der Preis stimmt nicht.' };
      const { id } = await desk.decider.api.post<{ id: string }>(
        `/invoices/${invoice.id}/lines/${line.id}/disputes`,
        said,
      );
      const creditOf = (netMinor: number) =>
        finance.api.post(`/invoices/${invoice.id}/credit`, {
          reason: 'Kulanz',
          lines: [{ lineId: line.id, netMinor }],
        });
      const page = await app.open({ as: finance, path: `/finance/line-disputes/${id}` });
      const answer = page.getByLabel('Antwort an den Händler');
      const amount = page.getByLabel('Betrag in Euro, netto');
      await page.getByLabel('Anerkennen').check();
      await answer.fill('Das haben wir lange geprüft.');
      await creditOf(1);
      // what was suggested follows what is left, what is written stays
      const left = ((line.netMinor - 1) / 100).toFixed(2).replace('.', ',');
      await until('the suggestion to follow', async () => (await amount.inputValue()) === left);
      expect(await answer.inputValue()).toBe('Das haben wir lange geprüft.');
      await amount.fill('');
      await amount.fill(left);
      await creditOf(1);
      await page.getByText(/^Höchstens [^.]*\.$/).waitFor();
      expect(await page.getByRole('button', { name: 'Anerkennen' }).isDisabled()).toBe(true);
      await creditOf(line.netMinor - 2);
      await page.getByText('Von der Position ist nichts mehr berechnet.').waitFor();
      expect(await answer.inputValue()).toBe('Das haben wir lange geprüft.');
      expect(await page.getByRole('button', { name: 'Anerkennen' }).count()).toBe(0);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-line-dispute-nothing-left');
      await page.getByRole('button', { name: 'Ablehnen' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Ablehnen' }).click();
      await page.getByText('Das haben wir lange geprüft.').waitFor();
    });
  },
  { clock: `${CUTOFF}T08:00:00Z` },
);
