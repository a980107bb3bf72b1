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
// these keep every core busy and have a bound of time that is their claim
const ALONE = [path.join('test', 'e2e', 'crash-points.test.ts')];
const isAlone = (file) => ALONE.includes(file);
const phases = [
  { name: 'Unit tests, TZ=UTC', zone: 'UTC', files: files.filter(isUnit) },
  { name: 'Unit tests, TZ=America/New_York', zone: 'America/New_York', files: files.filter(isUnit) },
  { name: 'Tests that want the machine for themselves', zone: 'UTC', files: files.filter(isAlone) },
  { name: 'All other tests', zone: 'UTC', files: files.filter((file) => !isUnit(file) && !isAlone(file)) },
].filter((phase) => phase.files.length);

// before the workers start, so that none of them waits for another
if (files.some((file) => file.startsWith(path.join('test', 'browser') + path.sep)))
  spawnSync(process.execPath, [path.join(root, 'web', 'build.mjs')], { stdio: 'inherit' });

let running;
let stopped = false;
// the database would outlive us, because Ctrl-C must not reach it before its users
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    stopped = true;
    running?.kill(signal);
  });

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-results-'));
const results = [];
let cluster;
try {
  if (phases.length) cluster = await prepareTestCluster();
  for (const [index, phase] of phases.entries()) {
    if (!stopped) results.push(await runPhase(phase, path.join(folder, `${index}.json`)));
  }
} catch (error) {
  console.error(error);
  results.push({ name: 'The database of the tests', code: 'an error' });
} finally {
  await cluster?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exitCode = report(sumUp(results, root));

/** One jest process. Without a readable result the phase counts as one failed suite. */
async function runPhase({ name, zone, files }, outputFile) {
  console.log(`\n── ${name}: ${files.length} files`);
  running = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--ci',
      '--json',
      `--outputFile=${outputFile}`,
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
  const code = await new Promise((resolve, reject) => {
    running.once('error', reject);
    running.once('exit', (status, signal) => resolve(status ?? signal));
  });
  running = undefined;
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
