// The whole real file through the product, as two programs see it: `npm run bench:import -- online-retail.csv.gz`.
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import {
  inOrder,
  askOracle,
  importFile,
  merchantsIn,
  setUpMerchants,
  storedCharges,
  untilCharged,
  type ImportView,
} from '../../test/support/real-file.ts';
import { prepareTestCluster } from '../../test/support/cluster.ts';
import { logIn } from '../../test/support/api.ts';
import {
  openPremises,
  startProcess,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../../test/support/product.ts';

const HOUR_MS = 3_600_000;
const LAST_DAY = '2011-09-30';

const [file] = process.argv.slice(2);
if (!file || !existsSync(file)) throw new Error('Name the data set: npm run bench:import -- online-retail.csv.gz');

const cluster = await prepareTestCluster({ durable: true });
process.env['KONTOR_TEST_PG'] = cluster.url;
const premises = await openPremises();
let product: ProductProcess | undefined;
try {
  product = await startProcess(premises, undefined, { KONTOR_CLOCK: '2011-10-01T06:00:00Z' });
  process.exitCode = await measure(premises, product, file);
} finally {
  await product?.stop();
  await premises.close();
  await cluster.stop();
}

/** @returns 0 when every figure agrees */
async function measure(where: Premises, running: ProductProcess, source: string): Promise<number> {
  await untilReady(running.url!);
  const api = await logIn(running.url!, running.administrator!);
  const numbers = await merchantsIn(source);
  const oracle = await askOracle(source, numbers, LAST_DAY, LAST_DAY);
  await setUpMerchants(api, numbers);

  const memory = watchMemory(running.pid);
  const first = await timed(() => importFile(api, source, false, HOUR_MS));
  const charged = await timed(() => untilCharged(where.database, HOUR_MS));
  const stored = inOrder(await storedCharges(where.database));
  const rows = await rowCounts(where);
  const second = await timed(() => importFile(api, source, false, HOUR_MS));
  await untilCharged(where.database, HOUR_MS);
  const peaks = memory.stop();

  const checks = {
    'documents equal the oracle':
      first.result.counts.orders.created === oracle.file.orders &&
      first.result.counts.returns.created === oracle.file.announcedReturns &&
      first.result.counts.rowsReported === oracle.file.otherLines,
    'charges of every merchant equal the oracle': JSON.stringify(stored) === JSON.stringify(inOrder(oracle.charges)),
    'the second import changes nothing':
      JSON.stringify(rows) === JSON.stringify(await rowCounts(where)) && second.result.counts.orders.created === 0,
  };
  print(first, charged.ms, second, peaks, stored.length, numbers.length, checks);
  return Object.values(checks).every(Boolean) ? 0 : 1;
}

function print(
  first: Timed<ImportView>,
  chargedMs: number,
  second: Timed<ImportView>,
  peaks: number[],
  charges: number,
  merchants: number,
  checks: Record<string, boolean>,
): void {
  const { counts } = first.result;
  const rows = counts.rowsImported + counts.rowsReported;
  const third = (index: number) =>
    Math.max(...peaks.slice(Math.floor((peaks.length * index) / 3), Math.ceil((peaks.length * (index + 1)) / 3)));
  console.log(`
| what | figure |
|---|---|
| cores, load | ${availableParallelism()}, ${loadavg()[0]!.toFixed(1)} |
| rows, orders, announced returns, reported rows, merchants | ${rows}, ${counts.orders.created}, ${counts.returns.created}, ${counts.rowsReported}, ${merchants} |
| first import | ${seconds(first.ms)} s, ${Math.round(rows / (first.ms / 1000))} rows/s |
| until the last charge after it | ${seconds(chargedMs)} s |
| second import | ${seconds(second.ms)} s |
| resident memory, peak of each third | ${[0, 1, 2].map((index) => `${third(index)} MB`).join(', ')} |
| pairs of merchant and charge type compared | ${charges} |
${Object.entries(checks)
  .map(([what, right]) => `| ${what} | ${right ? 'yes' : 'NO'} |`)
  .join('\n')}
`);
}

interface Timed<Result> {
  result: Result;
  ms: number;
}

async function timed<Result>(work: () => Promise<Result>): Promise<Timed<Result>> {
  const start = performance.now();
  return { result: await work(), ms: performance.now() - start };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

/** Resident megabytes of the product's process, once a second. */
function watchMemory(pid: number): { stop: () => number[] } {
  const samples: number[] = [];
  const timer = setInterval(() => {
    const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    if (match) samples.push(Math.round(Number(match[1]) / 1024));
  }, 1_000);
  return {
    stop: () => {
      clearInterval(timer);
      return samples;
    },
  };
}

async function rowCounts({ database }: Premises): Promise<string[]> {
  const tables = [
    'orders."order"',
    'orders.order_line',
    'orders.shipment',
    'returns.return',
    'returns.return_item',
    'billing.charge',
    'messaging.event',
    'messaging.delivery',
  ];
  return Promise.all(
    tables.map(
      async (table) => `${table} ${(await database.query<{ n: string }>(`select count(*) as n from ${table}`))[0]!.n}`,
    ),
  );
}
