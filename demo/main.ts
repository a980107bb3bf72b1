import fs from 'node:fs';
import path from 'node:path';
import { DEMO_FOLDER, refuseForeignFolder } from '../shared/runtime/demo-folder.ts';
import { folderOf } from './arguments.ts';
import { dayOf, daysOf, instantAt, lastFullMonth, movableClock } from './calendar.ts';
import { shiftedSample } from './data/shift-month.ts';
import { ending, type Ending } from './ending.ts';
import { demoMerchants } from './merchants.ts';
import { tell } from './progress.ts';
import { planReturns } from './returns/plan.ts';
import { readSample } from './sample.ts';
import { demoConfig, logFile, openStage, type Stage } from './stage.ts';
import { chaptersOf, wavesOf } from './story.ts';
import { logInAll, type World } from './world.ts';

// The main job on real input, from an empty folder to invoices that are right to the cent: `npm run demo`.
const startedAt = performance.now();
const { folder, config, ignored } = settingsOrExit();
let starting: Promise<{ stop: () => Promise<void> }> | undefined;
let stopping: Promise<void> | undefined;

stopOnSignals();
try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  // after a signal the steps that are under way fail, which is no news
  if (stopping) await new Promise(() => undefined);
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  if (fs.existsSync(logFile(config))) console.error(`What the product logged: ${logFile(config)}`);
  process.exitCode = 1;
} finally {
  await stop();
}

function settingsOrExit(): ReturnType<typeof demoConfig> & { folder: string } {
  try {
    const folder = folderOf(process.argv.slice(2));
    const settings = demoConfig(process.env, folder);
    refuseForeignFolder(settings.config.dataDir);
    return { folder, ...settings };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return process.exit(1);
  }
}

/** @returns whether the oracle agrees */
async function run(): Promise<boolean> {
  const month = lastFullMonth(new Date());
  console.log(`Kontor demo: one month (${month}) of a fulfillment house, with data of its own in ${folder}\n`);
  if (ignored.length) console.log(`The demo uses its own data and settings and ignores ${ignored.join(', ')}.\n`);
  const clock = movableClock(instantAt(dayOf(month, 1), '08:00'));
  const end: Partial<Ending> = {};
  let stage: Stage;
  let world: World;
  await tell([
    {
      title: 'Bring up database, bus and services',
      work: async (step) => {
        stage = await openStage(config, clock, (start) => void (starting = start));
        world = { ...(await prepare(month)), url: stage.url, as: logInAll(stage.url), clock };
        step.result(`all in this process, ${stage.url}`);
      },
    },
    ...chaptersOf(month, () => ({ world, stage, end, input: inputFile(month) })),
  ]);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(
    await ending(world!, {
      ...(end as Ending),
      seconds,
      isDefaultFolder: folder === DEMO_FOLDER,
      address: config.PUBLIC_URL!,
      columns: process.stdout.columns ?? 120,
    }),
  );
  return !end.differences!.length;
}

async function prepare(month: string): Promise<Omit<World, 'url' | 'as' | 'clock'>> {
  const file = await shiftedSample(month);
  fs.mkdirSync(path.dirname(inputFile(month)), { recursive: true });
  fs.writeFileSync(inputFile(month), file);
  const sample = readSample(file);
  return {
    month,
    sample,
    dataDir: config.dataDir,
    merchants: demoMerchants(),
    merchantIds: new Map(),
    planned: planReturns(sample, wavesOf(month, daysOf(month).length)),
    batches: [],
    stock: [],
    jobs: [],
    waiting: '',
    leftOpen: '',
  };
}

function inputFile(month: string): string {
  return path.join(config.dataDir, 'input', `online-retail-${month}.csv.gz`);
}

/** Waits for a start that is under way, so that nothing is left running. */
function stop(): Promise<void> {
  return (stopping ??= Promise.resolve(starting).then(
    (kontor) => kontor?.stop(),
    () => undefined,
  ));
}

/** npm hands Ctrl-C on although the terminal already sent it, so a second signal is one only after a moment. */
function stopOnSignals(): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (firstAt !== undefined && performance.now() - firstAt > 1_000) process.exit(1);
      if (firstAt !== undefined) return;
      firstAt = performance.now();
      console.error('\nStopping …');
      void stop().finally(() => process.exit(130));
    });
}
