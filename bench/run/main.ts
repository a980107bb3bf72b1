// Whole runs against one set-based script with the same writes: `npm run bench:run`.
import pg from 'pg';
import { furnish, onServer, openBilling, type Server } from '../support/billing-house.ts';
import { growCharges } from '../support/many-charges.ts';
import { median, printTable } from '../support/report.ts';
import { billByProduct, type Measured } from './product.ts';
import { billByScript } from './script.ts';
import { written, type Written } from './written.ts';

/** Charges of a merchant. */
const EACH = 1_000;
const SIZES = (process.argv[2] ?? '100000,1000000,2000000').split(',').map(Number);
const ROUNDS = Number(process.argv[3] ?? 3);
/** What takes minutes is measured once. */
const ONCE_FROM = 500_000;

interface Figures {
  charges: number;
  one: Measured;
  two: Measured;
  scriptMs: number;
}

process.exitCode = await onServer(async (server) => {
  const all: Figures[] = [];
  for (const charges of SIZES) all.push(await measure(server, charges));
  return report(all);
});

/** One worker, two workers and the script in turns, each on a copy of the same database. */
async function measure(server: Server, charges: number): Promise<Figures> {
  await seed(server, charges);
  const one: Measured[] = [];
  const two: Measured[] = [];
  const script: number[] = [];
  const results: Written[] = [];
  const on = async <Result>(work: (url: string) => Promise<Result>): Promise<Result> => {
    const url = await server.copy('measured', 'seed');
    await server.settle();
    const result = await work(url);
    results.push(await lookAt(url, written));
    await server.drop('measured');
    return result;
  };
  for (let round = 0; round < (charges < ONCE_FROM ? ROUNDS : 1); round += 1) {
    one.push(await on((url) => billByProduct(url, 1)));
    script.push(await on(billByScript));
    two.push(await on((url) => billByProduct(url, 2)));
  }
  await server.drop('seed');
  assertEqual(results);
  return { charges, one: middle(one), two: middle(two), scriptMs: median(script) };
}

async function seed(server: Server, charges: number): Promise<void> {
  const url = await server.copy('seed');
  const deps = await openBilling(url);
  try {
    await lookAt(url, async (db) => growCharges(deps, db, await furnish(deps, db, charges / EACH), EACH));
  } finally {
    await deps.close();
  }
}

async function lookAt<Result>(url: string, look: (db: pg.Client) => Promise<Result>): Promise<Result> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    return await look(db);
  } finally {
    await db.end();
  }
}

function assertEqual(results: readonly Written[]): void {
  const different = new Set(results.map((result) => JSON.stringify(result)));
  if (different.size > 1) throw new Error(`They did not write the same: ${[...different].join(' and ')}`);
}

function middle(all: readonly Measured[]): Measured {
  return all.toSorted((a, b) => a.ms - b.ms)[Math.ceil(all.length / 2) - 1]!;
}

function report(all: readonly Figures[]): number {
  const [first] = all;
  const megabytes = all.flatMap(({ one, two }) => [one.megabytes, two.megabytes]);
  const goals: [string, boolean][] = [
    ...all.map(({ charges, one, scriptMs }): [string, boolean] => [
      `${charges}: at least 0.5 of the script`,
      scriptMs / one.ms >= 0.5,
    ]),
    ...all.map(({ charges, one, two }): [string, boolean] => [
      `${charges}: two workers not slower than one`,
      two.ms <= one.ms,
    ]),
    ...all.flatMap(({ charges, one }): [string, boolean][] =>
      charges > first!.charges
        ? [
            [
              `${charges}: at most 1.1 times the time a charge`,
              one.ms / charges <= (1.1 * first!.one.ms) / first!.charges,
            ],
          ]
        : [],
    ),
    ['memory within 100 MB', Math.max(...megabytes) - Math.min(...megabytes) <= 100],
  ];
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  printTable([
    ...all.flatMap(({ charges, one, two, scriptMs }): [string, string][] => [
      [
        `${charges} charges of ${charges / EACH} merchants, one worker`,
        `${seconds(one.ms)} s (draft, approve, finalize ${one.steps.map(seconds).join(', ')}), ${Math.round((charges * 1_000) / one.ms)} charges/s`,
      ],
      [`${charges}: two workers`, `${seconds(two.ms)} s`],
      [`${charges}: script with the same writes, ratio`, `${seconds(scriptMs)} s, ${(scriptMs / one.ms).toFixed(2)}`],
      [`${charges}: peak memory of a worker`, `${one.megabytes} and ${two.megabytes} MB`],
    ]),
    ...goals.map(([what, met]): [string, string] => [what, met ? 'yes' : 'NO']),
  ]);
  return goals.every(([, met]) => met) ? 0 : 1;
}
