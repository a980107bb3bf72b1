// Ten months of a real shop through the product and through the oracle, to the cent:
// `npm run prove:real -- online-retail.csv.gz`. Says where the two differ, and ends with 1 when they do.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { amountText } from '../../oracle/decimal.ts';
import { logIn } from '../../test/support/api.ts';
import { prepareTestCluster } from '../../test/support/cluster.ts';
import { inOrder } from '../../test/support/real-file.ts';
import {
  openPremises,
  startProcess,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../../test/support/product.ts';
import { chargesOfProduct, differences } from './compare.ts';
import { setUpIssuer, setUpMerchants } from './house.ts';
import { FIRST_DAY } from './merchants.ts';
import { holdBackDocuments, liveThrough, prepareCase, type Case, type Half } from './months.ts';

const MOST_NAMED = 20;

const [file] = process.argv.slice(2);
if (!file || !existsSync(file)) throw new Error('Name the data set: npm run prove:real -- online-retail.csv.gz');
const cluster = await prepareTestCluster();
process.env['KONTOR_TEST_PG'] = cluster.url;
const premises = await openPremises({ withNats: false });
let product: ProductProcess | undefined;
try {
  product = await startProcess(premises, undefined, { KONTOR_CLOCK: `${FIRST_DAY}T06:00:00Z` });
  await untilReady(product.url!);
  process.exitCode = await prove(premises, product, file);
} finally {
  await product?.stop();
  await premises.close();
  await cluster.stop();
}

/** @returns 0 when nothing differs */
async function prove(where: Premises, running: ProductProcess, source: string): Promise<number> {
  const began = performance.now();
  const given = await prepareCase(source, where.dir);
  const oracleMs = performance.now() - began;
  await holdBackDocuments(where.database);
  const api = await logIn(running.url!, running.administrator!);
  const ids = await setUpMerchants(api, given.terms);
  await setUpIssuer(api);
  const halves: Half[] = [];
  const started = performance.now();
  for await (const half of liveThrough(given, { premises: where, product: running, ids }, () => true)) {
    halves.push(half);
    const { cutOff, orders, invoices, lines, grossMinor } = half;
    const agrees = half.differences.length ? `NO, ${half.differences.length} differences` : 'yes';
    console.log(
      `${cutOff}: ${orders} orders, ${invoices} invoices of ${lines} lines, ${amountText(BigInt(grossMinor))} EUR, agree: ${agrees}`,
    );
    for (const one of half.differences.slice(0, MOST_NAMED)) console.log(`  ${one}`);
  }
  const charges = await chargesOfProduct(where.database);
  const wrongCharges = differences(inOrder(charges), inOrder(given.oracle.charges));
  for (const one of wrongCharges.slice(0, MOST_NAMED)) console.log(`  charges: ${one}`);
  const agrees = halves.every((half) => half.differences.length === 0) && wrongCharges.length === 0;
  print(given, halves, {
    agrees,
    charges: charges.reduce((sum, { count }) => sum + count, 0),
    oracleMs,
    ms: performance.now() - started,
  });
  return agrees ? 0 : 1;
}

interface Outcome {
  agrees: boolean;
  charges: number;
  oracleMs: number;
  ms: number;
}

function print({ terms, told, made }: Case, halves: readonly Half[], { agrees, charges, oracleMs, ms }: Outcome): void {
  const sum = (of: (half: Half) => number) => halves.reduce((total, half) => total + of(half), 0);
  console.log(`
| what | figure |
| --- | --- |
| cores | ${availableParallelism()} |
| orders, of them told late | ${sum(({ orders }) => orders)}, ${Object.keys(told.lateDocuments).length} documents |
| lines of carriers' invoices, days of stock | ${made.carrierLines.length}, ${made.stock.length} |
| charges | ${charges} |
| merchants, runs | ${terms.length}, ${halves.length} |
| invoices, lines | ${sum(({ invoices }) => invoices)}, ${sum(({ lines }) => lines)} |
| running accounts | ${sum(({ accounts }) => accounts)} |
| total | ${amountText(BigInt(sum(({ grossMinor }) => grossMinor)))} EUR |
| agree to the cent | ${agrees ? 'yes' : 'NO'} |
| duration of the product, of the oracle | ${Math.round(ms / 1000)} s, ${Math.round(oracleMs / 1000)} s |
`);
}
