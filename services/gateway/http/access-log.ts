import type { Logger } from '../../../shared/runtime/log.ts';
import type { Metrics } from '../../../shared/runtime/metrics.ts';
import type { Exchange } from './exchange.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * One line and one measurement per request, when its connection is done with it. Neither holds the query, a header or
 * a body, because signatures, tokens and personal data stand there.
 */
export function recordWhenClosed(exchange: Exchange, log: Logger, metrics: Pick<Metrics, 'httpSeconds'>): void {
  const { request, response, requestId } = exchange;
  const method = METHODS.has(request.method ?? '') ? request.method! : 'other';
  const startedAt = performance.now();
  response.once('close', () => {
    const { route, principal, clientAddress } = exchange;
    const ms = performance.now() - startedAt;
    const status = response.writableFinished ? response.statusCode : 499;
    metrics.httpSeconds.observe({ method, route, status: String(status) }, ms / 1_000);
    log.info(
      { requestId, method, route, status, ms: Math.round(ms * 10) / 10, principal, client: clientAddress },
      'http',
    );
  });
}
