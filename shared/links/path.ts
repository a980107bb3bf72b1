import { AppError } from '../kernel/errors.ts';
import { isSealed, seal, unixSeconds } from './seal.ts';

const PURPOSE = 'path';
/** Until the year 2286. */
const SECONDS = /^[1-9]\d{9}$/;

/** What a signed link adds to a path. */
export interface LinkQuery {
  /** Unix seconds. */
  expires: string;
  signature: string;
}

/**
 * Lets whoever has the link read what lies at the path until it expires, without a log-in.
 * @param path  from the root, without a query, as the gateway will see it
 * @returns the path with `?expires=<unix seconds>&signature=<base64url>`
 */
export function signPath(key: Uint8Array, path: string, expiresAt: Date): string {
  const expires = String(unixSeconds(expiresAt));
  return `${path}?expires=${expires}&signature=${seal(key, PURPOSE, textOf(path, expires))}`;
}

/**
 * Whether a link is ours, for exactly this path, and still good.
 * @returns when it ends
 * @throws AppError 403 `LINK_INVALID` or `LINK_EXPIRED`; the latter only for a link that was good once
 */
export function verifyPath(key: Uint8Array, path: string, { expires, signature }: LinkQuery, now: Date): Date {
  if (!SECONDS.test(expires) || !isSealed(key, PURPOSE, textOf(path, expires), signature))
    throw new AppError(403, 'LINK_INVALID', 'This link is not valid');
  const end = new Date(Number(expires) * 1_000);
  if (now >= end) throw new AppError(403, 'LINK_EXPIRED', 'This link has expired');
  return end;
}

/**
 * The end of a link's life in full steps: links made within one step are equal, so that a browser asks for the same
 * picture once. A link lives for `stepMs` at least and twice as long at most.
 */
export const roundedExpiry = (now: Date, stepMs: number): Date =>
  new Date((Math.ceil(now.getTime() / stepMs) + 1) * stepMs);

/** An address for use outside of the app, such as in a mail. @param publicUrl  with or without a path of its own */
export const absoluteLink = (publicUrl: string, path: string): string => publicUrl.replace(/\/+$/, '') + path;

const textOf = (path: string, expires: string): string => `${expires} ${path}`;
