import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request with its answer, and what the log will say of them. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  /** As sent, without the query. */
  path: string;
  /** Without the question mark. */
  query: string;
  clientAddress: string;
  /** Template of the route once it is known; labels of metrics never hold what a client sent. */
  route: string;
  /** `user:<id>`, `apiKey:<id>` or `link` once it is known. */
  principal: string | undefined;
  /** How long whoever asked by a signed link may keep the answer. */
  keepForS: number | undefined;
}

const REQUEST_ID = /^[A-Za-z0-9._-]{8,100}$/;

/**
 * @param trustProxy  take the client's address from the last hop of `X-Forwarded-For`, the one the proxy in front wrote;
 *                    the hops before it are whatever the client said
 */
export function openExchange(request: IncomingMessage, response: ServerResponse, trustProxy: boolean): Exchange {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return {
    request,
    response,
    requestId: requestIdOf(request.headers['x-request-id']),
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    clientAddress: clientAddressOf(request, trustProxy),
    route: 'none',
    principal: undefined,
    keepForS: undefined,
  };
}

/** A client's id is kept when it fits on one line of a log (security.md 104), else replaced. */
function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomBytes(12).toString('hex');
}

function clientAddressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined;
  const lastHop = String(forwarded ?? '')
    .split(',')
    .at(-1)!
    .trim();
  return /^[0-9a-fA-F.:]{2,45}$/.test(lastHop) ? lastHop : (request.socket.remoteAddress ?? 'unknown');
}
