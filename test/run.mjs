// What `npm test` runs: unit tests in two time zones, everything else in one, over one PostgreSQL. Arguments choose
// files by a part of their path; those that begin with a hyphen go on to jest.
//
// Ends with a line `N passed, N failed`. With KONTOR_TEST_RESULTS=<file> the totals and the titles of the passed
// tests are written there as JSON.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareTestCluster } from './support/cluster.ts';
import { sumUp } from './support/test-results.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const passedOn = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

const files = fs
  .globSync('test/**/*.test.ts', { cwd: root })
  .filter((file) => !wanted.length || wanted.some((part) => file.includes(part)))
  .sort();
const isUnit = (file) => file.startsWith(path.join('test', 'unit') + path.sep);
// a bound of time is their claim: they have the machine to themselves
const BOUND = [path.join('test', 'e2e', 'crash-points.test.ts')];
const isBound = (file) => BOUND.includes(file);
const ONE_CORE = ['--maxWorkers=1'];
// a browser, a database or a process that starts is waited for more often than not
const WHO_WAIT = ['--maxWorkers=4'];
// as long as they last; a scenario is this process and a session of the database in turns
const isScenario = (file) => file.startsWith(path.join('test', 'scenario', 'billing') + path.sep);
const phase = (name, files, { zone = 'UTC', options = [] } = {}) =>
  files.length ? [{ name, files, zone, options }] : [];
/** Rounds follow each other; so do the phases of a lane, and the lanes of a round run side by side and last about as long. */
const rounds = [
  [phase('Tests with a bound of time', files.filter(isBound))],
  [
    [
      ...phase('Unit tests, TZ=UTC', files.filter(isUnit)),
      ...phase('Unit tests, TZ=America/New_York', files.filter(isUnit), { zone: 'America/New_York' }),
    ],
    phase('Priced scenarios', files.filter(isScenario)),
  ],
  [
    phase(
      'All other tests',
      files.filter((file) => !isUnit(file) && !isBound(file) && !isScenario(file)),
      { options: WHO_WAIT },
    ),
  ],
].map((lanes) => lanes.filter((lane) => lane.length));

// before the workers start, so that none of them waits for another
if (files.some((file) => file.startsWith(path.join('test', 'browser') + path.sep)))
  spawnSync(process.execPath, [path.join(root, 'web', 'build.mjs')], { stdio: 'inherit' });

const running = new Set();
let stopped = false;
// the database would outlive us, because Ctrl-C must not reach it before its users
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    stopped = true;
    for (const child of running) child.kill(signal);
  });

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-results-'));
const results = [];
let cluster;
try {
  if (files.length) cluster = await prepareTestCluster();
  for (const lanes of rounds)
    results.push(...(await Promise.all(lanes.map((lane) => runLane(lane, lanes.length > 1)))).flat());
} catch (error) {
  console.error(error);
  results.push({ name: 'The database of the tests', code: 'an error' });
} finally {
  await cluster?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exitCode = report(sumUp(results, root));

async function runLane(lane, hasNeighbour) {
  const done = [];
  for (const phase of lane) if (!stopped) done.push(await runPhase(phase, { hasNeighbour }));
  return done;
}

/** One jest process. Without a readable result the phase counts as one failed suite. */
async function runPhase({ name, zone, files, options }, { hasNeighbour }) {
  console.log(`\n── ${name}: ${files.length} files`);
  const started = Date.now();
  const outputFile = path.join(fs.mkdtempSync(path.join(folder, 'phase-')), 'results.json');
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--ci',
      '--json',
      `--outputFile=${outputFile}`,
      ...(hasNeighbour ? ONE_CORE : options),
      ...passedOn,
      '--runTestsByPath',
      ...files,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      // a process group of its own, so that a signal reaches jest once and through us
      detached: true,
      env: { NODE_COMPILE_CACHE: path.join(folder, 'compiled'), ...process.env, TZ: zone, KONTOR_TEST_PG: cluster.url },
    },
  );
  running.add(child);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? signal));
  }).finally(() => running.delete(child));
  console.log(`\n── ${name}: ${Math.round((Date.now() - started) / 1000)} s`);
  const output = fs.existsSync(outputFile) ? JSON.parse(fs.readFileSync(outputFile, 'utf8')) : undefined;
  return { name, code, output };
}

/** Prints what failed and the totals; returns the exit code. */
function report({ passed, failed, skipped, failures, skippedTitles, titles, slowest }) {
  if (slowest.length) {
    console.log('\nSlowest files:');
    for (const { file, seconds } of slowest) console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${file}`);
  }
  if (skippedTitles.length) {
    console.log('\nSkipped:');
    for (const title of skippedTitles) console.log(`  ${title}`);
  }
  if (failures.length) {
    console.log('\nFailed:');
    for (const { phase, file, title, message } of failures)
      console.log(`\n  ✗ ${title}\n    ${file} (${phase})\n${message.replace(/^/gm, '    ')}`);
  }
  if (!passed && !failed) console.log('\nNo test ran.');
  if (process.env.KONTOR_TEST_RESULTS)
    fs.writeFileSync(process.env.KONTOR_TEST_RESULTS, JSON.stringify({ passed, failed, skipped, titles }));
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return failed || !passed || stopped ? 1 : 0;
}
