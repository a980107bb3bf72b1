import type { GatewayDeps } from '../gateway.deps.ts';
import { liveOperation, liveRoute } from '../live/route.ts';
import { openApiDocument } from '../openapi/document.ts';
import { actionRoute } from './action-route.ts';
import { assertRoutes, type Route } from './route.ts';
import { systemRoutes } from './system-routes.ts';

/**
 * All routes of the gateway, from the definitions alone.
 * @throws Error when a route is undecided, unusable or there twice: the gateway then does not start
 */
export function gatewayRoutes(deps: GatewayDeps): Route[] {
  const published = deps.definitions.filter(({ rest }) => rest !== undefined);
  const actionRoutes = published.map((definition) => actionRoute(deps, definition));
  assertRoutes(actionRoutes);
  // a quarter of a start would go into it otherwise
  let reference: string | undefined;
  const referenceOnce = () =>
    (reference ??= JSON.stringify(openApiDocument(published, deps.config.PUBLIC_URL, liveOperation)));
  const routes = [...actionRoutes, liveRoute(deps), ...systemRoutes(deps, referenceOnce)];
  assertRoutes(routes);
  return routes;
}
