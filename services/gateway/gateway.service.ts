import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context, ServiceSchema } from 'moleculer';
import ApiGateway from 'moleculer-web';
import { STOPPING } from '../../shared/moleculer/broker.ts';
import { ACCESS_CHANGED } from '../../shared/protocol/identity/actions.ts';
import { ALL_ACTIONS } from '../../shared/protocol/index.ts';
import { CHANGED } from '../../shared/protocol/live.ts';
import type { Platform } from '../../shared/runtime/platform.ts';
import { gatewayDeps, type GatewayDeps } from './gateway.deps.ts';
import { closeServer, createHttpServer, exchangeOf, listen, type Router } from './http/server.ts';
import { startSweeper } from './request/sweeper.ts';
import { gatewayRoutes } from './routes/gateway-routes.ts';
import { runRoute, type Route } from './routes/route.ts';

export default (platform: Platform): ServiceSchema => gatewayService(gatewayDeps(platform, ALL_ACTIONS));

interface GatewayInstance {
  url: string;
  /** Missing when the start failed before it. */
  server?: Server;
  aliases: { method: string; match: (path: string) => unknown }[];
  express: () => Router['handle'];
}

/**
 * moleculer-web as router: explicit aliases, each a function that runs the one pipeline of `runRoute`. Its own server,
 * body parsers, authentication, errors and actions on the bus are not used (pitfalls in README.md).
 */
export const gatewayService = (deps: GatewayDeps): ServiceSchema => {
  const schema = {
    name: 'gateway',
    mixins: [ApiGateway],
    settings: {
      server: false,
      logRequest: false,
      logResponse: false,
      logRouteRegistration: false,
      $secureSettings: ['routes'],
      routes: [
        {
          path: '/',
          aliases: Object.fromEntries(gatewayRoutes(deps).flatMap((route) => aliasesOf(deps, route))),
          mappingPolicy: 'restrict',
          mergeParams: false,
          bodyParsers: false,
          pathToRegexpOptions: { sensitive: true },
        },
      ],
    },
    actions: { listAliases: false, addRoute: false, removeRoute: false },
    events: {
      [ACCESS_CHANGED]: (ctx: Context<{ id?: unknown }>) => {
        deps.authorities.forget(String(ctx.params?.id));
        deps.live.recheck(String(ctx.params?.id));
      },
      [CHANGED]: (ctx: Context) => deps.live.publish(ctx.params),
      [STOPPING]: () => deps.live.closeAll('STOPPING'),
      '$broker.started': () => deps.live.busIsBack(),
      '$transporter.connected': () => deps.live.busIsBack(),
      // a stream that nothing can arrive for would look alive
      '$transporter.disconnected': () => deps.live.closeAll('BUS_LOST'),
    },
    async started(this: GatewayInstance) {
      const { HOST, PORT } = deps.config;
      const methodsAt = (path: string) => [
        ...new Set(this.aliases.filter((alias) => alias.match(path)).map(({ method }) => method)),
      ];
      this.server = createHttpServer(deps, { handle: this.express(), methodsAt });
      await listen(this.server, PORT, HOST);
      this.url = urlOf(HOST, this.server.address() as AddressInfo);
      deps.loops.push(startSweeper(deps));
      deps.log.info({ url: this.url }, 'listening');
    },
    async stopped(this: GatewayInstance) {
      await closeServer(this.server);
      await Promise.all(deps.loops.map((loop) => loop.stop()));
    },
  };
  // the types of Moleculer know neither the settings of the mixin nor what `started` adds to the instance
  return schema as unknown as ServiceSchema;
};

/** HEAD is answered like GET; Node leaves the body out. */
function aliasesOf(deps: GatewayDeps, route: Route): [string, unknown][] {
  const path = route.path.replaceAll(/\{([A-Za-z]+)\}/g, ':$1');
  const run = (request: IncomingMessage & { $params: { params: Record<string, string> } }, _response: ServerResponse) =>
    runRoute(deps, route, exchangeOf(request), request.$params.params);
  const methods = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
  return methods.map((method) => [`${method} ${path}`, run]);
}

/** An address people can open, also when we listen on all interfaces. */
function urlOf(host: string, { port }: AddressInfo): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
