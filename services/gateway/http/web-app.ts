import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { NotFound } from '../../../shared/kernel/errors.ts';
import type { Exchange } from './exchange.ts';
import { webAppPolicy } from './headers.ts';

/** The built web app, held in memory: an address finds an entry or nothing, and a new build disturbs nobody. */
export interface WebApp {
  /** `undefined` when it has not been built. */
  page: string | undefined;
  files: ReadonlyMap<string, WebFile>;
}

interface WebFile {
  type: string;
  etag: string;
  /** Its name holds the hash of its content. */
  immutable: boolean;
  plain: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

/** Stands in the page wherever the nonce of an answer goes; web/vite.config.ts says the same. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';
/** Stands in the page where the zone of the warehouse goes. */
const ZONE_PLACEHOLDER = '__KONTOR_ZONE__';
const YEAR_S = 31_536_000;
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json; charset=utf-8',
};
const NOT_BUILT = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Kontor</title>
    <link rel="stylesheet" href="/assets/page.css" />
  </head>
  <body>
    <main class="landing">
      <header>
        <h1>Kontor</h1>
        <p class="lead" lang="de">Die Weboberfläche ist noch nicht gebaut. Die Schnittstelle arbeitet.</p>
        <p class="lead">The web app has not been built: run npm run build:web and start again. The API works.</p>
        <p><a href="/docs">/docs</a></p>
      </header>
    </main>
  </body>
</html>
`;

/**
 * Reads what `npm run build:web` made.
 * @param folder  `web/dist`, which may be missing
 * @param zone    of the warehouse, for the page
 */
export function loadWebApp(folder: string, zone: string): WebApp {
  const index = path.join(folder, 'index.html');
  if (!fs.existsSync(index)) return { page: undefined, files: new Map() };
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const served = names.filter((name) => TYPES[path.extname(name)]);
  const entry = (name: string): [string, WebFile] => [`/${name}`, readWebFile(folder, name)];
  return { page: fs.readFileSync(index, 'utf8').replace(ZONE_PLACEHOLDER, zone), files: new Map(served.map(entry)) };
}

/** Answers with the page that every address of the app gets; its nonce is good for this one answer. */
export function sendPage({ response }: Exchange, { page }: WebApp): void {
  const nonce = randomBytes(16).toString('base64');
  const body = Buffer.from(page?.replaceAll(NONCE_PLACEHOLDER, nonce) ?? NOT_BUILT);
  response.setHeader('Content-Security-Policy', webAppPolicy(nonce));
  response.setHeader('Cache-Control', 'no-cache');
  const type = 'text/html; charset=utf-8';
  response.writeHead(page ? 200 : 503, { 'Content-Type': type, 'Content-Length': body.length }).end(body);
}

/**
 * Answers with a file of the app in the smallest form the browser takes.
 * @throws NotFound for an address that is none of them
 */
export function sendWebFile({ request, response, path: address }: Exchange, { files }: WebApp): void {
  const file = files.get(address);
  if (!file) throw new NotFound('page');
  response.setHeader('Content-Security-Policy', webAppPolicy());
  response.setHeader('Cache-Control', file.immutable ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
  response.setHeader('ETag', file.etag);
  response.appendHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === file.etag) return void response.writeHead(304).end();
  const encoding = encodingFor(file, String(request.headers['accept-encoding'] ?? ''));
  if (encoding) response.setHeader('Content-Encoding', encoding);
  const body = encoding ? file[encoding]! : file.plain;
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.length }).end(body);
}

function readWebFile(folder: string, name: string): WebFile {
  const file = path.join(folder, name);
  const plain = fs.readFileSync(file);
  const packed = (ending: string) => (fs.existsSync(file + ending) ? fs.readFileSync(file + ending) : undefined);
  const [br, gzip] = [packed('.br'), packed('.gz')];
  return {
    type: TYPES[path.extname(name)]!,
    etag: `"${createHash('sha256').update(plain).digest('hex').slice(0, 32)}"`,
    immutable: name.startsWith('static/'),
    plain,
    ...(br ? { br } : {}),
    ...(gzip ? { gzip } : {}),
  };
}

/** A coding that is named with `q=0` is refused by the browser. */
function encodingFor(file: WebFile, accepted: string): 'br' | 'gzip' | undefined {
  const refused = /\b(br|gzip)\s*;\s*q=0(\.0*)?\s*(,|$)/.exec(accepted)?.[1];
  return (['br', 'gzip'] as const).find(
    (coding) => file[coding] && coding !== refused && new RegExp(`\\b${coding}\\b`).test(accepted),
  );
}
