import { setUpIssuer, setUpMerchant, shipOrder } from '../../support/fixtures.ts';
import { until } from '../../support/product.ts';
import type { Person } from '../../support/whole-product.ts';
import { settled, type App, type Page } from './app.ts';

/** Three merchants on the day of a cut-off: one as usual, one far above it, one whose rate card does not exist. */
export interface FinanceDesk {
  usualId: string;
  highId: string;
  cardlessId: string;
  finance: Person;
}

export const FINANCE_CLOCK = '2026-11-15T08:00:00Z';
export const EARLIER_CUTOFF = '2026-10-15';
export const CUTOFF = '2026-11-15';

export async function setUpFinance(app: App): Promise<FinanceDesk> {
  const { admin } = app.product;
  await setUpIssuer(admin, '2026-11-01');
  const usualId = await setUpMerchant(admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
  const highId = await setUpMerchant(admin, { number: 'B-2', name: 'Beta Deko GmbH' });
  const contract = { rateCardCode: 'gamma-2026' };
  const cardlessId = await setUpMerchant(admin, { number: 'C-3', name: 'Gamma Garten GmbH', contract });
  const ship = (merchantId: string, number: string, month: string) =>
    shipOrder(admin, merchantId, number, { pieces: 3, shippedAt: `${month}-05T10:00:00Z` });
  await ship(usualId, 'A-100', '2026-10');
  await ship(highId, 'B-100', '2026-10');
  await charged(app, 2);
  await billed(app, EARLIER_CUTOFF);
  for (const number of ['A-101', 'A-102']) await ship(usualId, number, '2026-11');
  for (let serial = 101; serial < 106; serial += 1) await ship(highId, `B-${serial}`, '2026-11');
  await ship(cardlessId, 'C-101', '2026-11');
  await charged(app, 10);
  return { usualId, highId, cardlessId, finance: await app.person(['finance']) };
}

/** Waits until so many shipments are charged. */
async function charged({ product }: App, shipments: number): Promise<void> {
  await until('the charges', async () => {
    const [found] = await product.query(
      `select count(distinct source_event)::int as count from billing.charge where charge_type = 'freight'`,
    );
    return found?.['count'] === shipments;
  });
}

/** Takes a run through all of its steps, of all merchants unless some are named. */
export async function billed(app: App, cutoff: string, merchantIds?: readonly string[]): Promise<string> {
  const { admin } = app.product;
  const run = await admin.post('/billing-runs', { cutoff, ...(merchantIds ? { merchantIds } : {}) });
  const reached = (state: string) =>
    until(
      `the run to be ${state}`,
      async () => (await admin.get<{ state: string }>(`/billing-runs/${run.id}`)).state === state,
    );
  await reached('draft');
  await admin.post(`/billing-runs/${run.id}/approve`);
  await reached('approved');
  await admin.post(`/billing-runs/${run.id}/finalize`);
  await reached('finalized');
  return run.id;
}

/** Waits until what was issued is made: what has no document yet is not collected, nor exported as a file. */
export const documentsMade = ({ product }: App): Promise<unknown> =>
  until('the documents', async () => {
    const { items } = await product.admin.get<{ items: { document: string }[] }>('/invoices?limit=50');
    return items.length > 0 && items.every(({ document }) => document === 'ready');
  });

/** The calendar goes by the clock of the browser. */
export async function onTheDay(page: Page, path: string): Promise<void> {
  await page.clock.setFixedTime(new Date(FINANCE_CLOCK));
  await page.goto(path);
  await settled(page);
}
