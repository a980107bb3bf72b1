import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import { isHttps } from '../http/headers.ts';
import type { GatewayDeps } from '../gateway.deps.ts';
import type { Exchange } from '../http/exchange.ts';

const COOKIE = 'kontor_refresh';
const PATH = '/api/v1/auth';
const FIELD = 'refreshToken';
/** How long a browser keeps it; whether it is still good is decided by identity. */
const KEEP_S = 30 * 24 * 3_600;

/** Whether the action takes the refresh token, which then comes from the cookie and from nowhere else. */
export const takesRefreshToken = ({ session, body }: ActionDefinition): boolean =>
  Boolean(session && body && FIELD in body.shape);

/**
 * The refresh token of the cookie as a field of the body.
 *
 * A cookie is sent by itself, so a foreign page could make the browser renew or end a session. `SameSite=Strict`
 * prevents it; as a second wall an `Origin` that is neither ours nor allowed is refused. Browsers send `Origin` with
 * every POST; a client without it is none, and has no cookie that it did not put there itself.
 * @throws AppError 403 for a foreign origin, 401 without a cookie where one is needed
 */
export function refreshTokenOf(deps: GatewayDeps, request: IncomingMessage, definition: ActionDefinition): object {
  assertOwnOrigin(deps, request);
  const token = /(?:^|; *)kontor_refresh=([A-Za-z0-9._~+/=-]{1,1024})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1];
  if (token) return { [FIELD]: token };
  if (definition.body!.shape[FIELD]!.safeParse(undefined).success) return {};
  throw new AppError(401, 'NOT_LOGGED_IN', 'Log in first');
}

/**
 * Moves the refresh token of an answer into the cookie, out of reach of scripts. `null` removes the cookie, and so does
 * an action that takes the token and answers none: the log-out.
 */
export function keepRefreshToken(
  deps: GatewayDeps,
  definition: ActionDefinition,
  { response }: Exchange,
  answer: unknown,
): unknown {
  const { [FIELD]: token, ...rest } = (answer ?? {}) as Record<string, unknown>;
  if (token === undefined && !takesRefreshToken(definition)) return answer;
  const secure = isHttps(deps.config) ? '; Secure' : '';
  const value = typeof token === 'string' ? `${token}; Max-Age=${KEEP_S}` : '; Max-Age=0';
  response.setHeader('Set-Cookie', `${COOKIE}=${value}; Path=${PATH}; HttpOnly; SameSite=Strict${secure}`);
  return rest;
}

function assertOwnOrigin({ origins }: GatewayDeps, { headers }: IncomingMessage): void {
  const { origin, host } = headers;
  if (origin === undefined || origins.has(origin)) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new AppError(403, 'ORIGIN_NOT_ALLOWED', 'This request comes from a page of another origin');
}
