// Documents from committed rows to archived files against bare pdfkit: `npm run bench:documents`.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { furnish, onServer, openBilling, type Server } from '../support/billing-house.ts';
import { median, printTable, timed, watchMemory } from '../support/report.ts';
import { commitInvoices } from './rows.ts';
import type { Order } from './worker.ts';

const MEMORY = Number(process.argv[2] ?? 5_000);
const ROUND = 100;
const ROUNDS = 9;
const COUNTING_MS = 3_000;

interface House {
  db: pg.Client;
  merchantId: string;
  workers: ChildProcess[];
  /** Numbers given so far. */
  given: number;
}

process.exitCode = await onServer(async (server) => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'kontor-bench-'));
  const house = await open(server, folder);
  try {
    return await measure(house);
  } finally {
    for (const worker of house.workers) worker.disconnect();
    await Promise.all(house.workers.map((worker) => once(worker, 'exit')));
    await house.db.end();
    await fs.rm(folder, { recursive: true });
  }
});

async function open(server: Server, folder: string): Promise<House> {
  const url = await server.copy('documents');
  const deps = await openBilling(url);
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  const [merchantId = ''] = await furnish(deps, db, 1);
  await deps.close();
  const module = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const workers = [1, 2].map(() => fork(module, [url, folder]));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return { db, merchantId, workers, given: 0 };
}

async function measure(house: House): Promise<number> {
  await make(house, 1, ROUND);
  await make(house, 2, ROUND);
  const one: number[] = [];
  const two: number[] = [];
  const bare: number[] = [];
  const counting: number[] = [];
  // in turns, so that whatever else the machine does meets all alike
  for (let round = 0; round < ROUNDS; round += 1) {
    one.push(await make(house, 1, ROUND));
    bare.push((await timed(() => order(house.workers[0]!, { kind: 'bare', count: ROUND }))).ms / ROUND);
    two.push(await make(house, 2, 2 * ROUND));
    counting.push(await countingScale(house));
  }
  const memory = watchMemory(process.pid, 500);
  await make(house, 2, MEMORY);
  const { rows } = await house.db.query<{ checks: string[]; count: string }>(
    `select checks, count(*) from billing.invoice_document where state = 'ready' group by checks`,
  );
  return report({ one, two, bare, counting, memory: memory.stop(), rows }, house);
}

/** @returns milliseconds a document */
async function make(house: House, processes: 1 | 2, count: number): Promise<number> {
  await commitInvoices(house.db, house.merchantId, house.given, count);
  house.given += count;
  const { ms } = await timed(() =>
    Promise.all(house.workers.slice(0, processes).map((worker) => order(worker, { kind: 'make' }))),
  );
  return ms / count;
}

/** How much more two processes do that only count than one of them. */
async function countingScale({ workers }: House): Promise<number> {
  const count: Order = { kind: 'count', ms: COUNTING_MS };
  const alone = await order(workers[0]!, count);
  const together = await Promise.all(workers.map((worker) => order(worker, count)));
  return (together[0]! + together[1]!) / alone;
}

async function order(worker: ChildProcess, what: Order): Promise<number> {
  worker.send(what);
  const [done] = (await once(worker, 'message')) as [number];
  return done;
}

interface Figures {
  one: number[];
  two: number[];
  bare: number[];
  counting: number[];
  memory: number[];
  rows: { checks: string[]; count: string }[];
}

/** @returns 0 when every goal is met */
function report({ one, two, bare, counting, memory, rows }: Figures, { given }: House): number {
  const times = median(one.map((ms, round) => ms / bare[round]!));
  const scaling = median(one.map((ms, round) => ms / two[round]!)) / median(counting);
  const third = (index: number): number =>
    Math.max(...memory.slice((memory.length * index) / 3, Math.ceil((memory.length * (index + 1)) / 3)));
  const thirds = [0, 1, 2].map(third);
  const goals = {
    'at most 2.5 times bare pdfkit': times <= 2.5,
    'two processes at least 0.85 of what counting gains': scaling >= 0.85,
    'memory flat (last third at most 10 % above the first)': thirds[2]! <= thirds[0]! * 1.1,
    'every document archived after the same checks': rows.length === 1 && Number(rows[0]!.count) === given,
  };
  printTable([
    ['document', 'two pages, 40 lines, GiroCode, e-invoice'],
    ['checks of each', rows.map(({ checks }) => checks.join(', ')).join(' / ')],
    ['one process, median of rounds', `${median(one).toFixed(1)} ms a document`],
    ['bare pdfkit, median of rounds', `${median(bare).toFixed(1)} ms a document`],
    ['times bare pdfkit', times.toFixed(2)],
    ['two processes, median of rounds', `${median(two).toFixed(1)} ms a document`],
    ['two processes that only count, against one', median(counting).toFixed(2)],
    ['scaling against counting', scaling.toFixed(2)],
    ['documents made in all', given],
    ['resident memory of all processes, peak of each third', `${thirds.join(', ')} MB`],
    ...Object.entries(goals).map(([goal, met]): [string, string] => [goal, met ? 'yes' : 'NO']),
  ]);
  return Object.values(goals).every(Boolean) ? 0 : 1;
}
