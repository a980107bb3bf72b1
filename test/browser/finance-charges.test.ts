import { beforeAll, expect, jest, test } from '@jest/globals';
import { shipOrder } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import { describeInBrowser, settled } from './support/app.ts';
import { FINANCE_CLOCK, setUpFinance, type FinanceDesk } from './support/finance.ts';

jest.setTimeout(120_000);

interface Charge {
  id: string;
  state: string;
  stateReason: string | null;
  chargeType: string;
  reference: { number: string };
}

describeInBrowser(
  'Charges at the finance desk',
  (app) => {
    let desk: FinanceDesk;

    beforeAll(async () => {
      desk = await setUpFinance(app);
    }, 300_000);

    const chargesOf = async (filters: string) =>
      (await desk.finance.api.get<{ items: Charge[] }>(`/charges?limit=200&${filters}`)).items;

    test('G12 charges are held many at once with a reason, stand on the worklist, and are released one by one', async () => {
      const page = await app.open({
        as: desk.finance,
        path: `/finance/charges?view=unbilled&merchantId=${desk.usualId}`,
      });
      await page.getByLabel('Auftrag A-101, Versand auswählen').first().check();
      await page.getByLabel('Auftrag A-102, Versand auswählen').first().check();
      await page.getByRole('button', { name: '2 zurückstellen' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: '2 zurückstellen' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Begründung').fill('Paketdienst prüft das Gewicht');
      await app.check(page);
      await app.shot(page, 'finance-hold');
      await confirm.click();
      await dialog.waitFor({ state: 'detached' });
      const held = await chargesOf('state=held');
      expect(held.map(({ stateReason }) => stateReason)).toEqual(Array(2).fill('Paketdienst prüft das Gewicht'));

      await page.getByText('Zurückgestellt', { exact: true }).first().click();
      await page.getByRole('row', { name: /Auftrag A-101/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-held');
      await page.getByRole('link', { name: 'Auftrag A-101' }).click();
      await page.getByRole('button', { name: 'Wieder freigeben' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Wieder freigeben' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await chargesOf('state=held')).toHaveLength(1);
      // what the product holds by itself says why in the language of the desk
      await app.product.query(
        `update billing.charge set state_reason = 'Older than 90 days at the cut-off 2026-10-31' where state = 'held'`,
      );
      await page.goto(`/finance/charges?view=held&merchantId=${desk.usualId}`);
      await page.getByRole('cell', { name: 'Zurückgestellt Am Stichtag 31.10.2026 mehr als 90 Tage alt' }).waitFor();
      await page.getByRole('link', { name: 'Auftrag A-102' }).click();
      await page.getByRole('alert').getByText('Am Stichtag 31.10.2026 mehr als 90 Tage alt').waitFor();
    });

    test('a charge and its negative twin are held together with those after them, and what cannot be is told at the end', async () => {
      app.allowErrors(/409/);
      const { admin } = app.product;
      const day = '2026-11-09';
      const freight = `chargeType=freight&merchantId=${desk.usualId}&from=${day}&to=${day}`;
      const ship = (number: string) => shipOrder(admin, desk.usualId, number, { shippedAt: `${day}T10:00:00Z` });
      const calledBack = await ship('A-300');
      await ship('A-301');
      const [parcel] = (await admin.get<{ shipments: { id: string }[] }>(`/orders/${calledBack}`)).shipments;
      await until('the charges', async () => (await chargesOf(freight)).length === 2);
      await admin.post(`/orders/${calledBack}/shipments/${parcel!.id}/cancel`, {
        ...{ reason: 'Bestellung storniert', cancelledAt: `${day}T12:00:00Z` },
      });
      await until('the twin', async () => (await chargesOf(freight)).length === 3);

      const page = await app.open({ as: desk.finance, path: `/finance/charges?view=unbilled&${freight}` });
      const boxes = page.getByRole('checkbox', { name: /^Auftrag A-30[01], Versand auswählen$/ });
      expect(await boxes.count()).toBe(3);
      for (const box of await boxes.all()) await box.check();
      await page.getByRole('button', { name: '3 zurückstellen' }).click();
      await page.getByRole('dialog').getByLabel('Begründung').fill('Rückfrage beim Händler');
      await page.getByRole('dialog').getByRole('button', { name: '3 zurückstellen' }).click();
      await page.getByText('3 Posten zurückgestellt').waitFor();
      expect((await chargesOf(freight)).map(({ state }) => state)).toEqual(['held', 'held', 'held']);

      await page.getByText('Zurückgestellt', { exact: true }).first().click();
      await page.waitForURL(/view=held/);
      await settled(page);
      expect(await boxes.count()).toBe(3);
      for (const box of await boxes.all()) await box.check();
      const single = (await chargesOf(freight)).find(({ reference }) => reference.number === 'A-301')!;
      await page.getByRole('button', { name: '3 erlassen' }).click();
      await page.getByRole('dialog').getByLabel('Begründung').fill('Kulanz');
      // another person is faster with one of them
      await page.route(`**/charges/${single.id}/waive`, async (route) => {
        await admin.post(`/charges/${single.id}/release`);
        await route.fulfill({
          status: 409,
          contentType: 'application/problem+json',
          body: JSON.stringify({ code: 'CHARGE_ON_LINE' }),
        });
      });
      await page.getByRole('dialog').getByRole('button', { name: '3 erlassen' }).click();
      const notice = page.getByRole('alert').filter({ hasText: '1 Posten bleibt, wie er war' });
      await notice.getByText('2 Posten erlassen').waitFor();
      await notice.getByText('Auftrag A-301, Versand: Dieser Posten steht inzwischen auf einer Rechnung.').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-charges-partly');
      expect((await chargesOf(freight)).map(({ state }) => state).toSorted()).toEqual(['accrued', 'waived', 'waived']);
    });

    test('X1 a charge explains on one screen its event, its rule, the sum and why other rules do not hold', async () => {
      const freight = (await chargesOf(`merchantId=${desk.highId}&chargeType=freight`))[0]!;
      const page = await app.open({ as: desk.finance, path: `/finance/charges/${freight.id}` });
      const event = page.getByRole('region', { name: '1. Was geschehen ist' });
      await event.getByText('0,8 kg').waitFor();
      await event.getByText('DE', { exact: true }).waitFor();
      const rule = page.getByRole('region', { name: '2. Welche Regel gilt' });
      await rule.getByText('standard-2026').waitFor();
      await rule.getByText('1, gültig ab 01.01.2010').waitFor();
      const sum = page.getByRole('region', { name: '3. Wie gerechnet wird' });
      await sum.getByText(/^1 Paket × .+ € = .+ €$/).waitFor();
      await sum.getByText(/^Gerundet wird einmal je Rechnungsposition/).waitFor();
      const rejected = page.getByRole('region', { name: '4. Warum andere Regeln nicht gelten' });
      await rejected
        .getByText(/^Gewicht: verlangt wird .*; hier ist es 0,8 kg$/)
        .first()
        .waitFor();
      await rejected
        .getByText(/^Land: verlangt wird .*; hier ist es DE$/)
        .first()
        .waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-explained');
    });

    test('X1 a charge without a price says why, on the worklist that stops the billing', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/charges' });
      await page
        .getByRole('row', { name: /Auftrag C-101.*Versand/ })
        .first()
        .waitFor();
      await app.check(page);
      await app.shot(page, 'finance-unrated');
      await page.getByRole('link', { name: 'Auftrag C-101' }).first().click();
      await page.getByText(/^Der Grund: Die Preisliste, die der Vertrag nennt, gibt es nicht/).waitFor();
      await app.check(page);
    });
  },
  { clock: FINANCE_CLOCK },
);
