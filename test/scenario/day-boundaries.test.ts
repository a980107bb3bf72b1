import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { logIn, type Api } from '../support/api.ts';
import { setUpIssuer, setUpMerchant, shipOrder } from '../support/fixtures.ts';
import {
  openPremises,
  startProcess,
  until,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../support/product.ts';
import { untilCharged } from '../support/real-file.ts';

jest.setTimeout(120_000);

/** The whole product in one process without a bus, early in November 2026. */
let premises: Premises;
let product: ProductProcess;
let api: Api;
let merchantId: string;

beforeAll(async () => {
  premises = await openPremises({ withNats: false });
  product = await startProcess(premises, undefined, { KONTOR_CLOCK: '2026-11-02T06:00:00Z' });
  await untilReady(product.url!);
  api = await logIn(product.url!, product.administrator!);
  await setUpIssuer(api, '2026-11-01');
  merchantId = await setUpMerchant(api, {
    number: 'T-1',
    name: 'Tagesgrenze GmbH',
    contract: { startsOn: '2025-01-01' },
  });
});
afterAll(async () => {
  await product?.stop();
  await premises?.close();
});

const SHIPMENTS = [
  // the 15th ends at 22:00 UTC in summer and at 23:00 UTC in winter
  ['2026-10-15T21:59:59Z', '2026-10-15', '2026-10-15'],
  ['2026-10-15T22:00:00Z', '2026-10-16', '2026-10-31'],
  ['2026-01-15T22:59:59Z', '2026-01-15', '2026-01-15'],
  ['2026-01-15T23:00:00Z', '2026-01-16', '2026-01-31'],
  ['2025-12-31T23:30:00Z', '2026-01-01', '2026-01-15'],
  // around the clock changes
  ['2026-03-28T23:00:00Z', '2026-03-29', '2026-03-31'],
  ['2026-03-29T21:59:59Z', '2026-03-29', '2026-03-31'],
  ['2026-03-29T22:00:00Z', '2026-03-30', '2026-03-31'],
  ['2026-10-24T22:00:00Z', '2026-10-25', '2026-10-31'],
  ['2026-10-25T22:59:59Z', '2026-10-25', '2026-10-31'],
  ['2026-10-25T23:00:00Z', '2026-10-26', '2026-10-31'],
] as const;

test('a shipment counts for the day of the warehouse, and so for the half month, in summer and in winter', async () => {
  for (const [index, [shippedAt]] of SHIPMENTS.entries()) await shipOrder(api, merchantId, `N-${index}`, { shippedAt });
  await untilCharged(premises.database);
  const { items } = await api.get<{ items: { serviceDate: string; reference: { number: string } }[] }>(
    '/charges?limit=200&chargeType=pack',
  );
  const days = new Map(items.map(({ serviceDate, reference }) => [reference.number, serviceDate]));
  expect(SHIPMENTS.map((_, index) => days.get(`N-${index}`))).toEqual(SHIPMENTS.map(([, day]) => day));
});

test('each lands on the run of its half month, oldest first', async () => {
  const billed = new Map<string, number>();
  for (const cutoff of [...new Set(SHIPMENTS.map(([, , due]) => due))].toSorted()) {
    const { id } = await api.post('/billing-runs', { cutoff });
    for (const step of ['approve', 'finalize']) {
      await idle(id);
      // what is older than 90 days at the cut-off would be held: each run here comes in its order
      await api.post(`/billing-runs/${id}/${step}`);
    }
    const [row] = (await idle(id)).rows;
    const [invoice] = row!.invoices;
    const { lines } = await api.get<{ lines: { chargeType: string; quantity: string }[] }>(`/invoices/${invoice!.id}`);
    billed.set(cutoff, Number(lines.find(({ chargeType }) => chargeType === 'pack')!.quantity));
  }
  expect([...billed]).toEqual([
    ['2026-01-15', 2],
    ['2026-01-31', 1],
    ['2026-03-31', 3],
    ['2026-10-15', 1],
    ['2026-10-31', 4],
  ]);
});

interface Run {
  rows: { wanted: string | null; invoices: { id: string }[] }[];
}

const idle = (id: string): Promise<Run> =>
  until('the run', async () => {
    const run = await api.get<Run>(`/billing-runs/${id}`);
    return run.rows.every(({ wanted }) => wanted === null) && run;
  });
