import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { NotFound } from '../../../shared/kernel/errors.ts';
import type { Exchange } from './exchange.ts';
import { pageHeaders } from './headers.ts';

/** A file that anybody may have, named by its address; there is no way from an address to any other file. */
export interface Asset {
  file: string;
  /** Mails bring inline styles; our own pages do not. */
  inlineStyles?: boolean;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

interface Loaded {
  plain: Buffer;
  zipped: Buffer;
  etag: string;
}

const loaded = new Map<string, Promise<Loaded>>();
const zip = promisify(gzip);

/** Answers with a bundled file, compressed when the browser takes it and not at all when it has it. */
export async function sendAsset({ request, response }: Exchange, asset: Asset | undefined): Promise<void> {
  if (!asset) throw new NotFound('page');
  const { plain, zipped, etag } = await (loaded.get(asset.file) ?? load(asset.file));
  const type = TYPES[path.extname(asset.file)] ?? 'application/octet-stream';
  if (type.startsWith('text/html'))
    for (const [name, value] of Object.entries(pageHeaders({ inlineStyles: asset.inlineStyles ?? false })))
      response.setHeader(name, value);
  response.setHeader('Cache-Control', 'public, no-cache');
  response.setHeader('ETag', etag);
  response.appendHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
  const compressed = type.startsWith('text/') && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = compressed ? zipped : plain;
  if (compressed) response.setHeader('Content-Encoding', 'gzip');
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length }).end(body);
}

function load(file: string): Promise<Loaded> {
  const loading = read(file);
  loaded.set(file, loading);
  loading.catch(() => loaded.delete(file));
  return loading;
}

async function read(file: string): Promise<Loaded> {
  const plain = await fs.promises.readFile(file);
  const etag = `"${createHash('sha256').update(plain).digest('hex').slice(0, 32)}"`;
  return { plain, zipped: await zip(plain), etag };
}
