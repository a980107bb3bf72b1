import { AppError, NotFound } from '../kernel/errors.ts';
import { isSealed, seal, unixSeconds } from './seal.ts';

/** Ids and a few words fit; whatever is longer is not ours. */
const LONGEST = 2_000;
const PREFIX = 'token/';

/**
 * A text that carries a small payload and cannot be changed, for a link that lets its holder do one thing. It is not
 * encrypted, and it is not used up by reading it: what may happen once is remembered by whoever does it.
 * @param purpose    what the token is good for; it is read under the same purpose only
 * @param payload    JSON, below about 1 KB
 * @returns URL-safe, `<payload>.<signature>`
 */
export function signToken(key: Uint8Array, purpose: string, payload: unknown, expiresAt: Date): string {
  const body = Buffer.from(JSON.stringify([unixSeconds(expiresAt), payload])).toString('base64url');
  const token = `${body}.${seal(key, PREFIX + purpose, body)}`;
  if (token.length > LONGEST) throw new Error(`A token for ${purpose} would have ${token.length} characters`);
  return token;
}

/**
 * The payload of {@link signToken}, as unchecked as any JSON: parse it with a schema.
 * @throws NotFound for a text that is none of our tokens, also one of another purpose
 * @throws AppError 410 `LINK_EXPIRED`
 */
export function readToken(key: Uint8Array, purpose: string, token: string, now: Date): unknown {
  const [body = '', signature = '', ...more] = token.length > LONGEST ? [] : token.split('.');
  if (more.length || !isSealed(key, PREFIX + purpose, body, signature)) throw new NotFound('link');
  const [expires, payload] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [number, unknown];
  if (now.getTime() >= expires * 1_000) throw new AppError(410, 'LINK_EXPIRED', 'This link has expired');
  return payload;
}
