import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { OracleResult } from '../../oracle/oracle.ts';
import { logIn, type Api } from '../support/api.ts';
import {
  openPremises,
  startProcess,
  until,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../support/product.ts';
import {
  askOracle,
  importFile,
  inOrder,
  merchantsIn,
  setUpMerchants,
  storedCharges,
  untilCharged,
  type MerchantNumbers,
} from '../support/real-file.ts';

jest.setTimeout(300_000);

/** February 2011 of a real shop: 27,707 rows, every merchant. */
const FILE = fileURLToPath(new URL('./data/online-retail-2011-02.csv.gz', import.meta.url));

let premises: Premises;
let product: ProductProcess;
let api: Api;
let numbers: MerchantNumbers;
let oracle: OracleResult;

beforeAll(async () => {
  numbers = await merchantsIn(FILE);
  oracle = await askOracle(FILE, numbers, '2011-02-15', '2011-02-28');
  premises = await openPremises();
  product = await startProcess(premises, undefined, { KONTOR_CLOCK: '2011-03-01T06:00:00Z' });
  await untilReady(product.url!);
  api = await logIn(product.url!, product.administrator!);
  await setUpMerchants(api, numbers);
});
afterAll(async () => {
  await product?.stop();
  await premises?.close();
});

const rowsOf = async (tables: string[]) =>
  Object.fromEntries(
    await Promise.all(
      tables.map(async (table) => [
        table,
        Number((await premises.database.query(`select count(*) as n from ${table}`))[0]!['n']),
      ]),
    ),
  );
const countsOf = ({ file }: OracleResult) => ({
  orders: { created: file.orders, unchanged: 0 },
  returns: { created: file.announcedReturns, unchanged: 0 },
  rowsReported: file.otherLines,
  conflicts: 0,
});
const TABLES = [
  'orders."order"',
  'orders.order_line',
  'orders.shipment',
  'returns.return',
  'billing.charge',
  'messaging.event',
];

test('a dry run of a month of the real file checks everything and stores nothing', async () => {
  const before = await rowsOf(TABLES);
  const view = await importFile(api, FILE, true);
  expect(await rowsOf(TABLES)).toEqual(before);
  expect(view.counts).toMatchObject(countsOf(oracle));
});

test('a month of the real file becomes the orders, returns and charges of the oracle', async () => {
  const view = await importFile(api, FILE);
  expect(view.counts).toMatchObject(countsOf(oracle));
  await untilCharged(premises.database);
  expect(inOrder(await storedCharges(premises.database))).toEqual(inOrder(oracle.charges));
  const report = await (await api.raw('GET', `/imports/${view.id}/errors.csv`)).text();
  expect(report.trim().split('\n').length - 1).toBe(oracle.file.otherLines);
});

test('the same file again changes nothing', async () => {
  const before = await rowsOf(TABLES);
  const { counts } = await importFile(api, FILE);
  expect(counts).toMatchObject({ orders: { created: 0, unchanged: oracle.file.orders }, returns: { created: 0 } });
  await untilCharged(premises.database);
  expect(await rowsOf(TABLES)).toEqual(before);
});

test.each(['2011-02-15', '2011-02-28'])(
  'every invoice of the run of %s equals the oracle to the cent',
  async (cutoff) => {
    const { id } = await api.post('/billing-runs', { cutoff });
    for (const step of ['approve', 'finalize']) {
      await untilIdle(id);
      await api.post(`/billing-runs/${id}/${step}`);
    }
    const run = await untilIdle(id);
    const billed = run.rows.flatMap((row) =>
      row.invoices.map(({ netMinor, grossMinor }) => `${row.merchantNumber} ${netMinor} ${grossMinor}`),
    );
    const expected = oracle.invoices
      .filter((invoice) => invoice.cutOff === cutoff && invoice.state === 'issued')
      .map(({ merchant, net, gross }) => `${merchant} ${net} ${gross}`);
    expect(billed.toSorted()).toEqual(expected.toSorted());
    expect(billed.length).toBeGreaterThan(50);
  },
);

test('the numbers have no gap and every invoice has its archived document', async () => {
  const issued = oracle.invoices.filter(({ state }) => state === 'issued').length;
  const numbers = await premises.database.query<{ n: number }>(
    `select series_number as n from billing.invoice order by 1`,
  );
  expect(numbers.map(({ n }) => n)).toEqual(Array.from({ length: issued }, (_, index) => index + 1));
  await until(
    'the documents',
    async () =>
      Number(
        (await premises.database.query(`select count(*) as n from billing.invoice_document where state = 'ready'`))[0]![
          'n'
        ],
      ) === issued,
    120_000,
  );
});

interface Run {
  rows: {
    merchantNumber: string;
    wanted: string | null;
    state: string;
    invoices: { netMinor: number; grossMinor: number }[];
  }[];
}

const untilIdle = (id: string): Promise<Run> =>
  until(
    'the run',
    async () => {
      const run = await api.get<Run>(`/billing-runs/${id}`);
      return run.rows.every(({ wanted }) => wanted === null) && run;
    },
    120_000,
  );
