import { AppError } from '../../../shared/kernel/errors.ts';
import type { Clock } from '../../../shared/kernel/clock.ts';
import { verifyPath, type LinkQuery } from '../../../shared/links/path.ts';
import { linkActor, type Actor } from '../../../shared/protocol/actor.ts';
import type { Keys } from '../../../shared/runtime/secrets.ts';
import type { Exchange } from '../http/exchange.ts';
import { readQuery } from '../request/query.ts';
import type { RateLimits } from './rate-limits.ts';

interface LinkDeps {
  keys: Pick<Keys, 'link'>;
  limits: Pick<RateLimits, 'request'>;
  /** The system's, as for access tokens: business time may stand still, or differ between processes. */
  linkClock: Clock;
}

/**
 * Who asks by a signed link: someone who may read what lies at this path, and nothing else. A request that carries a
 * signature is judged by it alone, so that a link answers the same to everybody.
 * @returns `undefined` for a request without a signature
 * @throws AppError 403 `LINK_INVALID` or `LINK_EXPIRED`, 429
 */
export async function actorOfLink(deps: LinkDeps, exchange: Exchange): Promise<Actor | undefined> {
  if (!/(^|&)signature(=|&|$)/.test(exchange.query)) return undefined;
  const now = deps.linkClock();
  try {
    const expiresAt = verifyPath(deps.keys.link, exchange.path, linkQuery(exchange.query), now);
    exchange.keepForS = Math.floor((expiresAt.getTime() - now.getTime()) / 1_000);
  } catch (error) {
    // whoever guesses is counted by the address, as with tokens
    await deps.limits.request(exchange.clientAddress);
    throw error;
  }
  exchange.principal = 'link';
  exchange.query = withoutLink(exchange.query);
  await deps.limits.request(exchange.path);
  return linkActor(exchange.path, exchange.requestId);
}

function linkQuery(query: string): LinkQuery {
  try {
    const { expires = '', signature = '' } = readQuery(query);
    return { expires, signature };
  } catch {
    throw new AppError(403, 'LINK_INVALID', 'This link is not valid');
  }
}

const withoutLink = (query: string): string =>
  query
    .split('&')
    .filter((pair) => !/^(expires|signature)=/.test(pair))
    .join('&');
