// Builds the web app into web/dist when its sources changed. Prints one line when it works, nothing when it need not.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const web = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(web);
const dist = path.join(web, 'dist');
const STAMP = 'build.json';
const PACKED = /\.(js|css|html|svg|webmanifest|wasm)$/;
const LOCK_STALE_MS = 180_000;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await buildWebApp({ force: process.argv.includes('--force') });
  } catch (error) {
    console.error(`The web app could not be built: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

/** Builds what is missing or out of date; processes that want it at once wait for one another. */
export async function buildWebApp({ force = false } = {}) {
  // an image brings the built app and neither its sources nor the tools
  if (!fs.existsSync(path.join(web, 'src'))) return;
  if (!force && isCurrent()) return;
  const release = await lock();
  try {
    if (!force && isCurrent()) return;
    await build(sourceHash());
  } finally {
    release();
  }
}

async function build(hash) {
  const startedAt = performance.now();
  process.stdout.write('Building the web app …');
  process.env.NODE_ENV = 'production';
  const vite = await import('vite').catch(() => {
    throw new Error('Vite is missing; install the development packages: npm ci --include=dev');
  });
  const made = path.join(web, `.dist-${process.pid}`);
  try {
    await vite.build({ configFile: path.join(web, 'vite.config.ts'), logLevel: 'error', build: { outDir: made } });
    await pack(made);
    fs.writeFileSync(path.join(made, STAMP), JSON.stringify({ hash }));
    // the folder as a whole takes the place of the old one, so that nobody reads half of it
    const old = `${made}-old`;
    if (fs.existsSync(dist)) fs.renameSync(dist, old);
    fs.renameSync(made, dist);
    fs.rmSync(old, { recursive: true, force: true });
  } catch (error) {
    process.stdout.write('\n');
    throw error;
  } finally {
    fs.rmSync(made, { recursive: true, force: true });
  }
  console.log(` done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

function isCurrent() {
  try {
    return JSON.parse(fs.readFileSync(path.join(dist, STAMP), 'utf8')).hash === sourceHash();
  } catch {
    return false;
  }
}

/** Of everything the result depends on; types of shared/protocol leave no trace in it. */
function sourceHash() {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(root, 'package-lock.json')));
  const files = [
    'index.html',
    'vite.config.ts',
    'used-mantine-styles.ts',
    'build.mjs',
    'src/**',
    'public/**',
    '../shared/kernel/**',
  ];
  for (const file of fs.globSync(files, { cwd: web, withFileTypes: true }).filter((entry) => entry.isFile())) {
    const name = path.join(file.parentPath, file.name);
    hash.update(`${path.relative(root, name)}\0`).update(fs.readFileSync(name));
  }
  return hash.digest('hex');
}

/** Puts the compressed forms next to each file, as small as they get, because it is done once. */
async function pack(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).filter((name) => PACKED.test(name));
  await Promise.all(
    files.map(async (name) => {
      const file = path.join(folder, name);
      const plain = fs.readFileSync(file);
      const br = promisify(zlib.brotliCompress)(plain, {
        params: { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: plain.length, [zlib.constants.BROTLI_PARAM_QUALITY]: 10 },
      });
      const gzip = promisify(zlib.gzip)(plain, { level: 9 });
      for (const [ending, packed] of [
        ['.br', await br],
        ['.gz', await gzip],
      ])
        if (packed.length < plain.length) fs.writeFileSync(file + ending, packed);
    }),
  );
}

async function lock() {
  const file = path.join(web, '.build-lock');
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      if (age > LOCK_STALE_MS || !isAlive(file)) fs.rmSync(file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function isAlive(file) {
  try {
    process.kill(Number(fs.readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
