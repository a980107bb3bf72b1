import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * HMAC-SHA256 of a text as base64url. The purpose is part of what is signed and cannot run into the text, so a
 * signature made for one purpose is worth nothing for another.
 */
export const seal = (key: Uint8Array, purpose: string, text: string): string =>
  createHmac('sha256', key).update(`${purpose.length}:${purpose}:${text}`).digest('base64url');

/** Compares in constant time; the text of the signature itself must be the same, so that there is only one per seal. */
export function isSealed(key: Uint8Array, purpose: string, text: string, signature: string): boolean {
  const expected = Buffer.from(seal(key, purpose, text));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Unix seconds, rounded down: a link never lives longer than its maker said. */
export const unixSeconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
