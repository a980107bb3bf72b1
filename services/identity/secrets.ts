import { createHash, randomBytes } from 'node:crypto';
import { API_KEY_PREFIX } from '../../shared/protocol/identity/actions.ts';

/** A secret and what is kept of it. 256 random bits need no slow hash. */
export interface Secret {
  secret: string;
  hash: string;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

export const newRefreshToken = (): Secret => withHash(randomBytes(32).toString('base64url'));

/** @returns the key, its hash and the first characters that a list may show */
export function newApiKey(): Secret & { hint: string } {
  const key = withHash(API_KEY_PREFIX + randomBytes(32).toString('base64url'));
  return { ...key, hint: key.secret.slice(0, API_KEY_PREFIX.length + 6) };
}

// no 0, 1, l and o, which people mix up when they copy a password by hand
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A password of 100 random bits in groups that can be read aloud: `k7gvm-…`. */
export function newPassword(): string {
  const letters = [...randomBytes(20)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return letters.join('').replaceAll(/(.{5})(?!$)/g, '$1-');
}

const withHash = (secret: string): Secret => ({ secret, hash: sha256(secret) });
