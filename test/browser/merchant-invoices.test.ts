import { beforeAll, expect, jest, test } from '@jest/globals';
import { shipOrder } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import { describeInBrowser, settled } from './support/app.ts';
import { inspectedReturn, setUpMerchantDesk, type InspectedReturn, type MerchantDesk } from './support/merchant.ts';

jest.setTimeout(120_000);

const CUTOFF = '2026-10-31';
const CUP = {
  sku: 'TG-4',
  name: 'Becher Sand',
  grade: 'A',
  note: 'Originalverpackt.',
  colour: '#c9b48a',
  photos: 2,
} as const;
const JUG = { sku: 'TG-3', name: 'Krug Ozean', grade: 'D', note: 'Henkel gebrochen.', colour: '#3d6d8c' } as const;

interface Run {
  id: string;
  state: string;
}
interface Invoice {
  id: string;
  merchantId: string;
  number: string;
  document: string;
}

/** The way from money to photos (X2), on the day of the cut-off. */
describeInBrowser(
  'Invoices of a merchant',
  (app) => {
    let desk: MerchantDesk;
    let parcel: InspectedReturn;
    let own: Invoice;
    let foreign: Invoice;

    beforeAll(async () => {
      desk = await setUpMerchantDesk(app, '2026-10-20');
      const { admin } = app.product;
      parcel = await inspectedReturn(desk.lead.api, desk.merchantId, [CUP, JUG]);
      await inspectedReturn(desk.lead.api, desk.otherId, [CUP]);
      await shipOrder(admin, desk.merchantId, 'B-1', { pieces: 3, shippedAt: '2026-10-30T10:00:00Z' });
      const charged = async (merchantId: string) =>
        (await admin.get<{ items: object[] }>(`/charges?merchantId=${merchantId}&limit=200`)).items.length;
      await until(
        'the charges',
        async () => (await charged(desk.merchantId)) >= 9 && (await charged(desk.otherId)) >= 4,
      );
      await billed();
      const { items } = await until('the documents', async () => {
        const page = await admin.get<{ items: Invoice[] }>('/invoices');
        return page.items.length === 2 && page.items.every(({ document }) => document === 'ready') && page;
      });
      own = items.find(({ merchantId }) => merchantId === desk.merchantId)!;
      foreign = items.find(({ merchantId }) => merchantId === desk.otherId)!;
    }, 300_000);

    async function billed(): Promise<void> {
      const { admin } = app.product;
      const run = await admin.post<Run>('/billing-runs', { cutoff: CUTOFF });
      const reached = (state: string) =>
        until(`the run to be ${state}`, async () => (await admin.get<Run>(`/billing-runs/${run.id}`)).state === state);
      await reached('draft');
      await admin.post(`/billing-runs/${run.id}/approve`);
      await reached('approved');
      await admin.post(`/billing-runs/${run.id}/finalize`);
      await reached('finalized');
    }

    test('X2 from a line of an invoice it takes two clicks to the photos and notes behind it', async () => {
      const page = await app.open({ as: desk.viewer, path: `/merchant/invoices/${own.id}` });
      await page.getByRole('heading', { level: 1, name: `Rechnung ${own.number}` }).waitFor();
      const line = page.getByRole('region', { name: 'Retourenprüfung je Stück' });
      await app.check(page);
      await app.shot(page, 'merchant-invoice');

      await line.getByRole('button', { name: /Posten/ }).click();
      await line.getByRole('button', { name: `Nachweis: Retoure ${parcel.number}, Retourenprüfung` }).click();
      await line.getByRole('button', { name: 'Foto 1 von 3 öffnen' }).waitFor();
      await line.getByText('Henkel gebrochen.').waitFor();
      await line.getByText('So entsteht der Preis').waitFor();
      await line.getByText(/Preisliste „.+“, Fassung 1/).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'merchant-evidence');

      await line.getByRole('link', { name: 'Ganz öffnen' }).click();
      await page.getByRole('heading', { level: 1, name: `Retoure ${parcel.number}` }).waitFor();
      const costs = page.getByRole('region', { name: 'Was diese Retoure kostet' });
      await costs.getByText(/^Zusammen/).waitFor();
      await settled(page);
      const { items } = await desk.viewer.api.get<{ items: { netMinor: number }[] }>(`/charges?sourceId=${parcel.id}`);
      const total = items.reduce((sum, { netMinor }) => sum + netMinor, 0) / 100;
      const shown = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(total);
      expect(await costs.getByText(/^Zusammen/).textContent()).toBe(`Zusammen ${shown}`);
      await app.check(page);
    });

    test('X2 the house sees the same photos, notes and price behind the same charge', async () => {
      const finance = await app.person(['finance']);
      const { items } = await finance.api.get<{ items: { id: string; chargeType: string }[] }>(
        `/charges?sourceId=${parcel.id}`,
      );
      const { id } = items.find(({ chargeType }) => chargeType === 'return_item')!;
      const page = await app.open({ as: finance, path: `/finance/charges/${id}` });
      await page.getByRole('heading', { level: 1, name: 'Retourenprüfung' }).waitFor();
      await page.getByRole('button', { name: 'Foto 1 von 3 öffnen' }).waitFor();
      await page.getByText('Henkel gebrochen.').waitFor();
      await page.getByText('standard-2026').first().waitFor();
      await page.getByText(/^1, gültig ab/).waitFor();
      await app.check(page);
      await app.shot(page, 'finance-charge');
    });

    test('X2 the picking of an order is explained by the order', async () => {
      const page = await app.open({ as: desk.viewer, path: `/merchant/invoices/${own.id}`, size: 'phone' });
      const line = page.getByRole('region', { name: 'Verpacken' });
      await line.getByRole('button', { name: /Posten/ }).click();
      await line.getByRole('button', { name: 'Nachweis: Auftrag B-1, Verpacken' }).click();
      await line.getByText('3 × Teelichthalter').waitFor();
      await app.check(page);
    });

    test('the list leads to the invoice, its PDF and its evidence are saved, and that of another merchant is not found', async () => {
      app.allowErrors(/404/);
      const page = await app.open({ as: desk.viewer, path: '/merchant/invoices' });
      await page.getByRole('link', { name: own.number }).waitFor();
      expect(await page.getByText(foreign.number).count()).toBe(0);
      await app.check(page);
      await app.shot(page, 'merchant-invoices');
      await page.getByRole('link', { name: own.number }).click();
      for (const [name, ending] of [
        ['Dokument als PDF', '.pdf'],
        ['E-Rechnung (XML)', '.xml'],
        ['Einzelnachweis (CSV)', '-Einzelnachweis.csv'],
      ] as const) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name }).click(),
        ]);
        expect(download.suggestedFilename().endsWith(ending)).toBe(true);
      }
      await page.goto(`/merchant/invoices/${foreign.id}`);
      await page.getByRole('heading', { level: 1, name: 'Nicht gefunden' }).waitFor();
      await app.check(page);
    });
  },
  { clock: `${CUTOFF}T08:00:00Z` },
);
