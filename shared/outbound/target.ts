import { isIP } from 'node:net';
import { invalidField } from '../kernel/errors.ts';
import { addressClass } from './address-class.ts';

export interface TargetRules {
  /** Allows plain http, any port, and addresses of the house; for tests and for receivers in the same house. */
  allowPrivate: boolean;
}

/** Ports of web servers; anything else could be made to speak to a database or a message bus. */
const PORTS = new Set(['', '443', '8443']);
const LOCAL_NAMES = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|test|invalid|onion|arpa)\.?$/;

/**
 * Checks what can be seen of an address without asking the network (security.md 105). `URL` has turned all ways of
 * writing an IPv4 address into the usual one by then.
 * @throws InvalidInput at `url`
 */
export function checkedTarget(text: string, { allowPrivate }: TargetRules): URL {
  if (!URL.canParse(text)) throw refused('NOT_A_URL', 'Must be an address such as https://shop.example/hooks');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    throw refused('NOT_HTTPS', 'Must begin with https://');
  if (url.username || url.password) throw refused('HAS_CREDENTIALS', 'Must not contain a user or password');
  if (!allowPrivate && !PORTS.has(url.port))
    throw refused('PORT_NOT_ALLOWED', 'Only the ports 443 and 8443 are allowed');
  const host = hostOf(url);
  if (isIP(host)) assertAllowed([host], { allowPrivate });
  else if (!allowPrivate && (!host.includes('.') || LOCAL_NAMES.test(host))) throw privateTarget();
  return url;
}

/**
 * Refuses a host when any of its addresses is not allowed, because whoever controls the name controls which is taken.
 * @throws InvalidInput at `url`
 */
export function assertAllowed(addresses: readonly string[], { allowPrivate }: TargetRules): void {
  if (!addresses.length) throw refused('HOST_NOT_FOUND', 'The host has no address');
  for (const address of addresses) {
    const found = addressClass(address);
    if (found === 'refused' || (found === 'private' && !allowPrivate)) throw privateTarget();
  }
}

/** The host without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

const privateTarget = () => refused('TARGET_NOT_PUBLIC', 'Must be an address in the public internet');
const refused = (code: string, message: string) => invalidField('url', code, message);
