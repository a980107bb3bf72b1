import { pipeline } from 'node:stream/promises';
import type { fileAnswer } from '../../../shared/protocol/schemas.ts';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import type { z } from 'zod';
import type { Exchange } from './exchange.ts';

type FileAnswer = z.output<typeof fileAnswer>;

/** Documents of ours run nothing and load nothing, whatever stands in them. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; frame-ancestors 'self'";

/**
 * Streams a file from the store. Its key is its ETag: what lies under a key never changes.
 * @throws NotFound `FILE_NOT_FOUND`, which nobody keeps
 */
export async function sendFile(store: ObjectStore, exchange: Exchange, answer: FileAnswer): Promise<void> {
  const { request, response } = exchange;
  const etag = `"${answer.objectKey}"`;
  response.setHeader('ETag', etag);
  setLifetime(exchange);
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
  const { stream, bytes } = await store.get(answer.objectKey);
  response.writeHead(200, {
    'Content-Type': answer.contentType,
    'Content-Length': bytes,
    'Content-Disposition': contentDisposition(answer.disposition, answer.filename),
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Accept-Ranges': 'none',
  });
  if (request.method === 'HEAD') {
    stream.destroy();
    return void response.end();
  }
  try {
    await pipeline(stream, response);
  } catch (error) {
    // a client that stops reading is no failure of ours
    if (!request.destroyed) throw error;
  }
}

/**
 * Who logs in is asked about every time. A signed link says itself how long it is good for, and an image in a mail is
 * shown by a page of another origin.
 */
function setLifetime({ response, keepForS }: Exchange): void {
  if (keepForS === undefined) return void response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Cache-Control', `private, max-age=${keepForS}, immutable`);
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
}

/** RFC 6266 with a plain name for old clients; no character of a name can end the header (security.md 103). */
export function contentDisposition(disposition: 'inline' | 'attachment', filename: string): string {
  const name = filename
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u001F\u007F/\\]/g, '_')
    .toWellFormed()
    .slice(0, 200)
    .toWellFormed();
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .replaceAll(/[^\x20-\x7E]|["%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const extended = plain === name ? '' : `; filename*=UTF-8''${encoded}`;
  return `${disposition}; filename="${plain}"${extended}`;
}
