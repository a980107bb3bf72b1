import { ROLES, type Access, type ActionDefinition } from '../../../shared/protocol/define.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { authenticate } from '../auth/authenticate.ts';
import type { GatewayDeps } from '../gateway.deps.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendProblem } from '../http/problem.ts';

export type PathParams = Readonly<Record<string, string>>;

/** Something the gateway answers. There is no route without `access`. */
export interface Route {
  method: string;
  /** With `{name}` for parameters. */
  path: string;
  /** Name of the action, or of the gateway's own answer. */
  name: string;
  access: Exclude<Access, 'internal'>;
  /** A signed link is enough. */
  signed?: true;
  answer: (exchange: Exchange, actor: Actor, path: PathParams) => Promise<void> | void;
}

/** The one way of every request through its route; it never fails, because a failure is an answer, too. */
export async function runRoute(deps: GatewayDeps, route: Route, exchange: Exchange, path: PathParams): Promise<true> {
  exchange.route = route.path;
  try {
    const actor = await authenticate(deps, exchange, route);
    await route.answer(exchange, actor, path);
  } catch (error) {
    sendProblem(exchange, error, deps.log);
  }
  return true;
}

/**
 * Refuses a list of routes that would leave something open or undecided, so that the gateway does not start with it.
 * @throws Error that names the route
 */
export function assertRoutes(routes: readonly Route[]): void {
  const places = new Map<string, string>();
  for (const route of routes) {
    assertDecided(route);
    const place = `${route.method} ${route.path.replaceAll(/\{[^}]*\}/g, '{}')}`;
    const earlier = places.get(place);
    if (earlier !== undefined) throw new Error(`${route.name} and ${earlier} have the same route, ${place}`);
    places.set(place, route.name);
  }
}

/** The route of a definition: `GET /things/{id}` below the base. @throws Error when it cannot be one */
export function placeOf(definition: ActionDefinition): { method: string; path: string } {
  const { name, rest, params } = definition;
  const [, method, path] =
    /^(GET|POST|PUT|PATCH|DELETE) ((?:\/(?:[A-Za-z0-9._-]+|\{[A-Za-z]+\}))+)$/.exec(rest ?? '') ?? [];
  if (!method || !path) throw new Error(`${name} has no usable route: ${rest}`);
  const missing = pathNames(path).filter((key) => !(key in params.shape));
  if (missing.length) throw new Error(`${name}: ${missing.join(', ')} of the path have no schema`);
  if (method === 'GET' && (definition.body || definition.upload)) throw new Error(`${name}: GET has no body`);
  return { method, path };
}

export const pathNames = (path: string): string[] => [...path.matchAll(/\{([A-Za-z]+)\}/g)].map(([, name]) => name!);

function assertDecided({ name, access }: Route): void {
  const roles = access as readonly string[] | string | undefined;
  if (roles === 'public') return;
  if (!Array.isArray(roles) || !roles.length) throw new Error(`${name} has a route and no decision who may call it`);
  const unknown = roles.filter((role) => !(ROLES as readonly string[]).includes(role));
  if (unknown.length) throw new Error(`${name} names unknown roles: ${unknown.join(', ')}`);
}
