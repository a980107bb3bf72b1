import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, NotFound } from '../../../shared/kernel/errors.ts';
import { inRequest } from '../../../shared/runtime/request-context.ts';
import type { GatewayDeps } from '../gateway.deps.ts';
import { recordWhenClosed } from './access-log.ts';
import { openExchange, type Exchange } from './exchange.ts';
import { answerOptions } from './headers.ts';
import { assertPlainPath } from './path.ts';
import { sendProblem } from './problem.ts';

/** What finds and runs the route of a request; `next` is called when there is none or finding it failed. */
export interface Router {
  handle: (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => unknown;
  /** Methods of the routes at a path. */
  methodsAt: (path: string) => string[];
}

const HEADERS_WITHIN_MS = 15_000;
/** No answer takes that long; a reader that stands still that long has gone. */
const SILENCE_MS = 120_000;
/** How long the rest of a body may still arrive after the answer, so that the client gets to read it. */
const LINGER_MS = 8_000;
const STOP_WITHIN_MS = 5_000;

const exchanges = new WeakMap<IncomingMessage, Exchange>();

/** The exchange of a request that the server handed to its router. */
export const exchangeOf = (request: IncomingMessage): Exchange => exchanges.get(request)!;

/**
 * The HTTP server around the router. Bodies have deadlines of their own (`json-body.ts`, `upload.ts`), because the one
 * of Node counts from the first byte to the last and would cut every long upload.
 */
export function createHttpServer(deps: GatewayDeps, router: Router): http.Server {
  const options = { headersTimeout: HEADERS_WITHIN_MS, requestTimeout: 0, connectionsCheckingInterval: 5_000 };
  const server = http.createServer(options, (request, response) => {
    const exchange = openExchange(request, response, deps.config.TRUST_PROXY === 'true');
    exchanges.set(request, exchange);
    void inRequest(exchange.requestId, () => answer(deps, router, exchange));
  });
  server.setTimeout(SILENCE_MS);
  server.on('clientError', refuseUnreadable);
  return server;
}

/** @throws Error that says what to do when the address cannot be had */
export async function listen(server: http.Server, port: number, host: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const advice = 'stop what uses it, or set PORT to another one (0 picks a free one)';
    throw new Error(`Port ${port} of ${host} is in use: ${advice}`, { cause: error });
  }
}

/** Lets answers in progress end, closes the rest. */
export async function closeServer(server: http.Server | undefined): Promise<void> {
  if (!server?.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cut = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
  await closed;
  clearTimeout(cut);
}

function answer(deps: GatewayDeps, router: Router, exchange: Exchange): unknown {
  const { request, response } = exchange;
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  recordWhenClosed(exchange, deps.log, deps.metrics);
  dropUnreadBody(request, response);
  deps.setHeaders(exchange);
  try {
    assertPlainPath(exchange.path);
    // the router sees neither the query nor an id that we did not check
    request.url = exchange.path;
    request.headers['x-request-id'] = exchange.requestId;
    delete request.headers['x-correlation-id'];
    if (request.method === 'OPTIONS') return answerOptions(exchange, existing(router.methodsAt(exchange.path)));
    return router.handle(request, response, (error) => refuse(deps, router, exchange, error));
  } catch (error) {
    return sendProblem(exchange, error, deps.log);
  }
}

function refuse(deps: GatewayDeps, router: Router, exchange: Exchange, error: unknown): void {
  if (exchange.response.writableEnded || exchange.response.destroyed) return;
  if (error) return sendProblem(exchange, error, deps.log);
  const methods = router.methodsAt(exchange.path);
  if (!methods.length) return sendProblem(exchange, new NotFound('page'), deps.log);
  exchange.response.setHeader('Allow', [...methods, 'OPTIONS'].join(', '));
  sendProblem(exchange, new AppError(405, 'METHOD_NOT_ALLOWED', 'This path has no such method'), deps.log);
}

function existing(methods: string[]): string[] {
  if (!methods.length) throw new NotFound('page');
  return methods;
}

/** An answer may come before the body has; cutting the connection at once would take the answer with it. */
function dropUnreadBody(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return;
    const cut = setTimeout(() => request.socket.destroy(), LINGER_MS).unref();
    request.once('close', () => clearTimeout(cut));
    request.resume();
  });
}

/** What is no HTTP gets the shortest answer and the connection closed. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const [status, title] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request'];
  const body = JSON.stringify({ type: 'about:blank', title, status, code: 'REQUEST_UNREADABLE', detail: title });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
