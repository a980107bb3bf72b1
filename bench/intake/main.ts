// Whole returns over HTTP against a hand-written script that writes the same rows: `npm run bench:intake`.
import pg from 'pg';
import { setUpMerchant } from '../../test/support/fixtures.ts';
import { until } from '../../test/support/product.ts';
import { inParallel, median, percentile, printTable } from '../support/report.ts';
import { onStage, type Stage } from '../support/stage.ts';
import { oneReturn } from './one-return.ts';
import { recordWrites, writeAgain } from './same-writes.ts';
import { growTo } from './growth.ts';

const CONCURRENCY = 8;
const RETURNS = Number(process.argv[2] ?? 400);
const FEW = 1_000;
const MANY = Number(process.argv[3] ?? 100_000);
const ROUNDS = 5;

process.exitCode = await onStage(measure);

interface Figures {
  perSecond: number;
  p99: number;
  scriptPerSecond: number;
}

/** @returns 0 when every goal is met */
async function measure(stage: Stage): Promise<number> {
  const merchantId = await setUpMerchant(stage.administrator, { number: '701', name: 'Intake Ltd' });
  const register = (index: number) => oneReturn(stage.workers[index % CONCURRENCY]!, merchantId);
  const sample = await register(0);
  await settled(stage);
  const writes = await recordWrites(stage.premises.database, sample);
  const pool = new pg.Pool({ connectionString: stage.premises.database.url, max: CONCURRENCY });
  const run = () => rounds(stage, register, () => writeAgain(pool, writes));
  try {
    await inParallel(CONCURRENCY * 10, CONCURRENCY, register);
    await growTo(stage.premises.database, sample, FEW);
    const few = await run();
    await growTo(stage.premises.database, sample, MANY);
    const many = await run();
    return report(few, many);
  } finally {
    await pool.end();
  }
}

/** Product and script in turns, so that whatever else the machine does meets both alike. */
async function rounds(
  stage: Stage,
  register: (index: number) => Promise<unknown>,
  script: () => Promise<unknown>,
): Promise<Figures> {
  const product: number[] = [];
  const bare: number[] = [];
  const each: number[] = [];
  const count = Math.ceil(RETURNS / ROUNDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const of = await inParallel(count, CONCURRENCY, register);
    product.push((count * 1_000) / of.ms);
    each.push(...of.each);
    await settled(stage);
    bare.push((count * 1_000) / (await inParallel(count, CONCURRENCY, script)).ms);
    await forgetDeliveries(stage);
  }
  return { perSecond: median(product), p99: percentile(each, 0.99), scriptPerSecond: median(bare) };
}

function report(few: Figures, many: Figures): number {
  const ratio = few.perSecond / few.scriptPerSecond;
  const goals = {
    'at least 0.2 of the script': ratio >= 0.2,
    [`after ${MANY} returns at most 20 % slower`]: many.perSecond >= few.perSecond * 0.8,
  };
  const figures = ({ perSecond, p99 }: Figures) => `${perSecond.toFixed(1)} returns/s, p99 ${p99.toFixed(0)} ms`;
  printTable([
    ['returns per measurement, at a time', `${RETURNS}, ${CONCURRENCY}`],
    [`with ${FEW} returns`, figures(few)],
    [`with ${MANY} returns`, figures(many)],
    [
      'script with the same writes',
      `${few.scriptPerSecond.toFixed(1)} and ${many.scriptPerSecond.toFixed(1)} returns/s`,
    ],
    ['ratio', `${ratio.toFixed(2)} and ${(many.perSecond / many.scriptPerSecond).toFixed(2)}`],
    ...Object.entries(goals).map(([what, met]) => [what, met ? 'yes' : 'NO'] as const),
  ]);
  return Object.values(goals).every(Boolean) ? 0 : 1;
}

/** Waits until every consumer is through, so that the script does not pay for the work of the product. */
function settled({ premises }: Stage): Promise<unknown> {
  const open = 'select 1 from messaging.delivery where done_at is null limit 1';
  return until('the deliveries', async () => !(await premises.database.query(open)).length, 120_000);
}

/** What the script wrote is nobody's work. */
async function forgetDeliveries({ premises }: Stage): Promise<void> {
  await premises.database.query('update messaging.delivery set done_at = clock_timestamp() where done_at is null');
}
