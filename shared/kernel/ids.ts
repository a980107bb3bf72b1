import { createHash, randomBytes } from 'node:crypto';

/**
 * A UUIDv7 (RFC 9562): ordered by the millisecond it was made in, so that keys of new rows lie together.
 * @param at      the instant; injected like every clock
 * @param random  ten bytes; injected in tests
 */
export function uuidv7(at: Date, random: Uint8Array = randomBytes(10)): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  const tail = Buffer.from(random.subarray(0, 10));
  tail[0] = (tail[0]! & 0x0f) | 0x70;
  tail[2] = (tail[2]! & 0x3f) | 0x80;
  return dashed(time + tail.toString('hex'));
}

/**
 * The same name gives the same id (a UUIDv8 of SHA-256), so that a repeated import or event makes the same rows.
 * @param parts  joined with a separator that cannot occur in them
 */
export function uuidOf(...parts: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(parts.join('\u0000')).digest().subarray(0, 16);
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  return dashed(digest.toString('hex'));
}

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
