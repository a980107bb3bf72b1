// The first step of every command: installs the locked dependencies, Node 24 among them, when they are missing or
// out of date, then goes on through a nested `npm run`, so that the new Node is used. Runs on Node 20 and newer.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [script, ...args] = process.argv.slice(2);
const root = dirname(fileURLToPath(import.meta.url));
const stamp = join(root, 'node_modules', '.kontor-lock-hash');
const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

if (!script) fail('Say which script to run, for example: node setup.mjs start:run');
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node 20 or newer is needed; this is ${process.version}.`);

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
  console.log('Installing the locked dependencies (once, about a minute) …');
  const install = spawnSync(npm, ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (install.status !== 0) fail('npm ci failed; see the lines above.');
  writeFileSync(stamp, lockHash);
}

// what people look at is built when its sources changed
if (['start:run', 'demo:run'].includes(script)) {
  const build = spawnSync(npm, ['run', '--silent', 'build:web:run'], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) fail('The web app could not be built; see the lines above.');
}

const child = spawn(npm, ['run', '--silent', script, '--', ...args], { cwd: root, stdio: 'inherit' });
// Ctrl-C reaches the whole group by itself; a signal sent to this process alone has to be handed on
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => undefined);
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));

function fail(message) {
  console.error(message);
  process.exit(1);
}
