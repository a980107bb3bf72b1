import type { IncomingMessage } from 'node:http';
import { AppError, InvalidInput, invalidField } from '../../../shared/kernel/errors.ts';

/** A whole body within; with the time to linger after the answer a slow sender is gone after 30 s (security.md 109). */
export const BODY_WITHIN_MS = 20_000;
const DEEPEST = 64;
const POISON = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The JSON object of a request; `{}` without a body. Of a name that stands twice the last value counts, as in
 * `JSON.parse`.
 * @param limitBytes  one byte more is 413
 * @throws AppError 413, 415, 400 for what is no JSON in UTF-8, is deeper than 64 levels or arrives too slowly;
 *         InvalidInput for what is no object or has a name that reaches prototypes
 */
export async function readJsonBody(
  request: IncomingMessage,
  limitBytes: number,
  withinMs = BODY_WITHIN_MS,
): Promise<Record<string, unknown>> {
  assertDeclaredLength(request, limitBytes);
  if (!hasBody(request)) return {};
  assertJson(request);
  const bytes = await collect(request, limitBytes, withinMs);
  if (!bytes.length) return {};
  const value = parseJson(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidField('', 'INVALID_TYPE', 'The body must be a JSON object');
  assertNoPoison(value, []);
  return value as Record<string, unknown>;
}

/** Refuses a body that says itself that it is too large, before any work is done for it. */
export function assertDeclaredLength(request: IncomingMessage, limitBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function assertJson({ headers }: IncomingMessage): void {
  if (!/^application\/json *(; *charset="?utf-8"? *)?$/i.test(headers['content-type'] ?? ''))
    throw new AppError(415, 'CONTENT_TYPE_NOT_SUPPORTED', 'Send application/json');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new AppError(415, 'CONTENT_ENCODING_NOT_SUPPORTED', 'Send the body without compression');
}

function collect(request: IncomingMessage, limitBytes: number, withinMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      finish();
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) settle(() => reject(tooLarge(limitBytes)));
      else chunks.push(chunk);
    };
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks)));
    const onClose = () => settle(() => reject(unreadable('The body ended early')));
    const timer = setTimeout(() => settle(() => reject(unreadable('The body took too long'))), withinMs);
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

/**
 * The value that a body says, in time that grows with its length only, however deep it is.
 * @throws AppError 400 `BODY_UNREADABLE`
 */
export function parseJson(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    if (deeperThan(text, DEEPEST)) throw new Error('too deep');
    return JSON.parse(text);
  } catch {
    throw unreadable('The body is not readable as JSON');
  }
}

/** Counts brackets outside of strings, without recursion. */
function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x5b || char === 0x7b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (char === 0x5d || char === 0x7d) depth -= 1;
  }
  return false;
}

/** Nothing of ours has such a name, and one of them copied carelessly would change every object of the process. */
function assertNoPoison(value: object, path: readonly string[]): void {
  for (const [key, inner] of Object.entries(value)) {
    if (POISON.has(key))
      throw new InvalidInput([
        { path: [...path, key].join('.'), code: 'UNKNOWN_FIELD', message: 'This field is not known here' },
      ]);
    if (typeof inner === 'object' && inner !== null) assertNoPoison(inner, [...path, key]);
  }
}

const tooLarge = (limitBytes: number): AppError =>
  new AppError(413, 'PAYLOAD_TOO_LARGE', `The body is larger than ${limitBytes} bytes`);
const unreadable = (message: string): AppError => new AppError(400, 'BODY_UNREADABLE', message);
