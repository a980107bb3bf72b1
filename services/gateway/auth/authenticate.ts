import { AppError } from '../../../shared/kernel/errors.ts';
import { assertAccess } from '../../../shared/moleculer/actions.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { API_KEY_PREFIX } from '../../../shared/protocol/identity/actions.ts';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import type { GatewayDeps } from '../gateway.deps.ts';
import type { Exchange } from '../http/exchange.ts';
import { actorOfLink } from './signed-link.ts';

type AuthDeps = Pick<GatewayDeps, 'keys' | 'readAccessToken' | 'authorities' | 'limits' | 'linkClock'>;

const API_KEY = /^kontor_[A-Za-z0-9_-]{16,190}$/;

/**
 * Who asks, and whether this route is for them. A public route does not look at credentials at all.
 * @throws AppError 401, 403, 429, or whatever the call to identity throws
 */
export async function authenticate(
  deps: AuthDeps,
  exchange: Exchange,
  route: Pick<ActionDefinition, 'name' | 'access' | 'signed'>,
): Promise<Actor> {
  if (route.access === 'public') {
    await deps.limits.request(exchange.clientAddress);
    return anonymous(exchange.requestId);
  }
  const actor = (route.signed && (await actorOfLink(deps, exchange))) || (await identify(deps, exchange));
  assertAccess(route, actor);
  return actor;
}

/** The caller, by access token or API key; failures count against the address they come from. */
export async function identify(deps: AuthDeps, exchange: Exchange): Promise<Actor> {
  try {
    const actor = await actorOf(deps, bearerOf(exchange), exchange.requestId);
    exchange.principal = `${actor.kind}:${actor.id}`;
    await deps.limits.request(actor.id);
    return actor;
  } catch (error) {
    if ((error as { code?: unknown }).code === 401) await deps.limits.request(exchange.clientAddress);
    throw error;
  }
}

/**
 * Who the caller of an answer that is still going on is by now.
 * @throws AppError 401 or 403 when the token has expired or the access has ended
 */
export async function identifyAgain(
  deps: AuthDeps,
  exchange: Exchange,
  route: Pick<ActionDefinition, 'name' | 'access'>,
): Promise<Actor> {
  const actor = await actorOf(deps, bearerOf(exchange), exchange.requestId);
  assertAccess(route, actor);
  return actor;
}

export const anonymous = (requestId: string): Actor => ({
  kind: 'anonymous',
  id: 'anonymous',
  roles: [],
  scope: [],
  requestId,
});

function bearerOf({ request }: Exchange): string {
  const header = request.headers.authorization;
  if (header === undefined) throw new AppError(401, 'NOT_LOGGED_IN', 'Log in first');
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(header)?.[1];
  if (!token) throw new AppError(401, 'TOKEN_INVALID', 'The Authorization header carries no bearer token');
  return token;
}

async function actorOf({ readAccessToken, authorities }: AuthDeps, token: string, requestId: string): Promise<Actor> {
  if (token.startsWith(API_KEY_PREFIX)) {
    if (!API_KEY.test(token)) throw keyRefused();
    const { active, id, roles, scope } = await authorities.ofApiKey(token, requestId);
    if (!active || !id) throw keyRefused();
    return { kind: 'apiKey', id, roles, scope, requestId };
  }
  const session = await readAccessToken(token);
  const { active, roles, scope } = await authorities.ofSession(session, requestId);
  if (!active) throw new AppError(401, 'SESSION_ENDED', 'This session has ended; log in again');
  return { kind: 'user', id: session.userId, roles, scope, requestId };
}

const keyRefused = (): AppError => new AppError(401, 'API_KEY_INVALID', 'The API key is not valid');
