import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError } from '../../../shared/kernel/errors.ts';
import { anonymous, identify } from '../auth/authenticate.ts';
import type { GatewayDeps } from '../gateway.deps.ts';
import { sendAsset, type Asset } from '../http/assets.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendJson, sendText } from '../http/send.ts';
import { API_BASE } from './action-route.ts';
import { processHealth, productHealth, type Report } from './health.ts';
import type { Route } from './route.ts';
import { webRoutes } from './web-routes.ts';

const pages = path.join(import.meta.dirname, '..', 'pages');
const swagger = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const PAGES: Record<string, Asset> = {
  '/docs': { file: path.join(pages, 'docs', 'index.html') },
  '/mail': { file: path.join(pages, 'mail', 'index.html'), inlineStyles: true },
};
const ASSETS: Record<string, Asset> = {
  'page.css': { file: path.join(pages, 'page.css') },
  'logo.svg': { file: path.join(pages, 'logo.svg') },
  'mail.css': { file: path.join(pages, 'mail', 'mail.css') },
  'mail.js': { file: path.join(pages, 'mail', 'mail.js') },
  'mail-api.js': { file: path.join(pages, 'mail', 'mail-api.js') },
  'mail-attempts.js': { file: path.join(pages, 'mail', 'mail-attempts.js') },
  'mail-elements.js': { file: path.join(pages, 'mail', 'mail-elements.js') },
  'mail-texts.js': { file: path.join(pages, 'mail', 'mail-texts.js') },
  'docs.css': { file: path.join(pages, 'docs', 'docs.css') },
  'docs.js': { file: path.join(pages, 'docs', 'docs.js') },
  'swagger-ui.css': { file: path.join(swagger, 'swagger-ui.css') },
  'swagger-ui-bundle.js': { file: path.join(swagger, 'swagger-ui-bundle.js') },
};

/**
 * What the gateway answers by itself: pages, health, metrics and the reference.
 * @param reference  gives the OpenAPI document as text
 */
export function systemRoutes(deps: GatewayDeps, reference: () => string): Route[] {
  const open = (route: Pick<Route, 'path' | 'name' | 'answer'>): Route => ({
    method: 'GET',
    access: 'public',
    ...route,
  });
  const page = ([address, asset]: [string, Asset]) =>
    open({ path: address, name: `gateway.page ${address}`, answer: (exchange) => sendAsset(exchange, asset) });
  return [
    ...webRoutes(deps.webApp),
    ...Object.entries(PAGES).map(page),
    open({
      path: '/assets/{file}',
      name: 'gateway.asset',
      answer: (exchange, _actor, { file }) =>
        sendAsset(exchange, Object.hasOwn(ASSETS, file!) ? ASSETS[file!] : undefined),
    }),
    open({
      path: `${API_BASE}/openapi.json`,
      name: 'gateway.reference',
      answer: (exchange) => sendText(exchange, 200, 'application/json; charset=utf-8', reference()),
    }),
    open({
      path: '/health/live',
      name: 'gateway.live',
      answer: (exchange) => sendJson(exchange, 200, { live: true }),
    }),
    open({
      path: '/health/ready',
      name: 'gateway.ready',
      answer: async (exchange) => answerHealth(deps, exchange, await productHealth(deps, exchange.requestId)),
    }),
    open({
      path: '/health/process',
      name: 'gateway.process',
      answer: async (exchange) => answerHealth(deps, exchange, await processHealth(deps, exchange.requestId)),
    }),
    open({ path: '/metrics', name: 'gateway.metrics', answer: (exchange) => answerMetrics(deps, exchange) }),
  ];
}

/** Everybody learns which part is failing; administrators and this machine also learn why. */
async function answerHealth(deps: GatewayDeps, exchange: Exchange, report: Report): Promise<void> {
  const { ready, services, details } = report;
  const full = await isOperator(deps, exchange);
  if (!ready) exchange.response.setHeader('Retry-After', '5');
  sendJson(exchange, ready ? 200 : 503, { ready, services, ...(full ? { details } : {}) });
}

/** Metrics tell a lot about the business, so they are for administrators and for a collector on this machine. */
async function answerMetrics(deps: GatewayDeps, exchange: Exchange): Promise<void> {
  if (!(await isOperator(deps, exchange)))
    throw new AppError(
      exchange.principal ? 403 : 401,
      exchange.principal ? 'ROLE_NOT_ALLOWED' : 'NOT_LOGGED_IN',
      'Metrics are for administrators and for this machine',
    );
  sendText(exchange, 200, 'text/plain; version=0.0.4; charset=utf-8', await deps.scrape());
}

async function isOperator(deps: GatewayDeps, exchange: Exchange): Promise<boolean> {
  if (isThisMachine(exchange)) return true;
  const { authorization } = exchange.request.headers;
  const actor = authorization ? await identify(deps, exchange).catch(() => anonymous(exchange.requestId)) : undefined;
  return actor?.roles.includes('admin') ?? false;
}

/** A proxy on this machine passes strangers on, so whoever came through one is not this machine. */
function isThisMachine({ request, clientAddress }: Exchange): boolean {
  const { 'x-forwarded-for': forwarded, forwarded: standard, via } = request.headers;
  if (forwarded !== undefined || standard !== undefined || via !== undefined) return false;
  return /^(127\.|::1$|::ffff:127\.)/.test(clientAddress);
}
