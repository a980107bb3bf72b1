import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AppError, invalidField } from '../../../shared/kernel/errors.ts';

/** The `Idempotency-Key`, if there is one. @throws InvalidInput when it is not 1 to 255 visible ASCII characters */
export function idempotencyKeyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7E]{1,255}$/.test(key)) return key;
  throw invalidField('Idempotency-Key', 'INVALID_FORMAT', 'Must be 1 to 255 visible ASCII characters');
}

/**
 * The version that `If-Match` names.
 * @throws AppError 412 for a well-formed tag that can match no version of ours; InvalidInput for anything else
 */
export function ifMatchOf({ headers }: IncomingMessage): number | undefined {
  const given = headers['if-match'];
  if (given === undefined || given === '*') return undefined;
  const version = /^"(0|[1-9]\d{0,14})"$/.exec(given)?.[1];
  if (version !== undefined) return Number(version);
  if (/^(W\/)?"[\x21\x23-\x7E]*"$/.test(given))
    throw new AppError(412, 'VERSION_STALE', 'Someone else changed this in the meantime; read it again');
  throw invalidField('If-Match', 'INVALID_FORMAT', 'Must be one ETag as an answer carried it');
}

/**
 * What makes two requests the same: method, path, parameters, content and the file's hash; not the order of names.
 * @returns lower-case hex
 */
export function requestHash(method: string, path: string, ...contents: unknown[]): string {
  return createHash('sha256')
    .update([method, path, ...contents.map(canonical)].join('\n'))
    .digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
