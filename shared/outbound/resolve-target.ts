import { isIP } from 'node:net';
import { invalidField } from '../kernel/errors.ts';
import { assertAllowed, hostOf, type TargetRules } from './target.ts';

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a host; rejects when the host is not known or the resolver does not answer. */
export type Resolve = (host: string) => Promise<ResolvedAddress[]>;

/**
 * The address to talk to, decided once: whoever dials afterwards dials this and asks no name server again, so a name
 * cannot change between the check and the call.
 * @throws InvalidInput at `url`; also when the host cannot be resolved, because what is not known is not allowed
 */
export async function resolveTarget(url: URL, resolve: Resolve, rules: TargetRules): Promise<ResolvedAddress> {
  const host = hostOf(url);
  const family = isIP(host);
  const found = family ? [{ address: host, family }] : await resolve(host).catch(() => []);
  if (!found.length) throw invalidField('url', 'HOST_NOT_FOUND', 'The host has no address');
  assertAllowed(
    found.map(({ address }) => address),
    rules,
  );
  return found[0]!;
}
