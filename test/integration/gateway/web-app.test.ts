import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

const SCRIPT = 'console.log("the app");\n'.repeat(50);
const PAGE = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>';
const ZONE = '<meta name="kontor-zone" content="__KONTOR_ZONE__">';
let folder: string;
let gateway: TestGateway;
const get = (address: string, headers = {}) => fetch(gateway.url + address, { headers });

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-web-'));
  fs.mkdirSync(path.join(folder, 'static'));
  const files: Record<string, string | Buffer> = {
    'index.html': PAGE + ZONE,
    'sw.js': SCRIPT,
    'build.json': '{}',
    'secret.txt': 'not served',
    'static/index-abc.js': SCRIPT,
    'static/index-abc.js.br': zlib.brotliCompressSync(SCRIPT),
    'static/index-abc.js.gz': zlib.gzipSync(SCRIPT),
  };
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
  gateway = await startTestGateway({ webFolder: folder });
});
afterAll(async () => {
  await gateway.stop();
  fs.rmSync(folder, { recursive: true });
});

test.each([
  '/',
  '/index.html',
  '/login',
  '/warehouse',
  '/warehouse/returns/1/items',
  '/merchant',
  '/finance/a',
  '/admin/',
  '/decide/abc',
])('%s is an address of the app', async (address) => {
  const answer = await get(address);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(answer.headers.get('cache-control')).toBe('no-cache');
});

test.each(['/labels', '/labels/a', '/r/abc', '/warehousex'])('%s is no address of the app', async (address) => {
  expect((await get(address)).status).toBe(404);
});

test('every answer has a nonce of its own, and the policy lets nothing in from elsewhere', async () => {
  const nonceOf = async () => {
    const answer = await get('/');
    const policy = answer.headers.get('content-security-policy')!;
    const nonce = /style-src 'self' 'nonce-([A-Za-z0-9+/=]{22,})'/.exec(policy)![1]!;
    expect(await answer.text()).toBe(
      PAGE.replaceAll('__CSP_NONCE__', nonce) + '<meta name="kontor-zone" content="Europe/Vienna">',
    );
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*/);
    expect(policy).toContain("frame-ancestors 'none'");
    return nonce;
  };
  expect(await nonceOf()).not.toBe(await nonceOf());
});

test.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['gzip, br;q=0', 'gzip'],
  ['identity', null],
])('a browser that accepts %s gets %s', async (accepted, coding) => {
  const answer = await get('/static/index-abc.js', { 'accept-encoding': accepted });
  expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([
    coding,
    'Origin, Accept-Encoding',
  ]);
  expect(await answer.text()).toBe(SCRIPT);
});

test('what has its hash in its name is kept for a year, the service worker is asked for every time', async () => {
  const script = await get('/static/index-abc.js');
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const worker = await get('/sw.js');
  expect(worker.headers.get('cache-control')).toBe('no-cache');
  // the worker fetches under its own policy
  expect(worker.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect((await get('/sw.js', { 'if-none-match': worker.headers.get('etag')! })).status).toBe(304);
});

test.each(['/static/none.js', '/static/build.json', '/build.json', '/secret.txt', '/elsewhere'])(
  '%s → 404 as JSON',
  async (address) => {
    const answer = await get(address);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  },
);

test('without a built app its addresses say so and everything else works', async () => {
  const bare = await startTestGateway({ webFolder: path.join(folder, 'none') });
  try {
    const answer = await fetch(`${bare.url}/warehouse`);
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('npm run build:web')]);
    expect((await fetch(`${bare.url}/health/live`)).status).toBe(200);
  } finally {
    await bare.stop();
  }
});
