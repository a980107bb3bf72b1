import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 'v1';

/**
 * Encrypts what must be read back. It opens only with the same key and for the same owner, so that a sealed text
 * copied into another row is worthless.
 * @param key    32 bytes
 * @param owner  the id of the row it belongs to
 */
export function seal(key: Uint8Array, owner: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [FORMAT, nonce.toString('base64'), cipher.getAuthTag().toString('base64'), sealed.toString('base64')].join(
    '.',
  );
}

/** @throws Error when the text was changed, or sealed with another key or for another owner */
export function unseal(key: Uint8Array, owner: string, text: string): string {
  const [format, nonce = '', tag = '', sealed = ''] = text.split('.');
  if (format !== FORMAT) throw new Error('The sealed text has an unknown format');
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, 'base64'), { authTagLength: 16 })
    .setAAD(Buffer.from(owner))
    .setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]).toString('utf8');
}
