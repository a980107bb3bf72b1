import http from 'node:http';
import type { Platform } from './platform.ts';
import { readiness } from './readiness.ts';

type Answer = [status: number, contentType: string, body: string];

const JSON_TYPE = 'application/json';

/**
 * `/health/live`, `/health/process` and `/metrics` of a process without gateway, for its supervisor. Only where
 * HEALTH_PORT is set. `/health/ready` says the same as `/health/process`: such a process speaks for itself only.
 */
export async function startHealthServer(platform: Platform): Promise<{ close: () => Promise<void> } | undefined> {
  const { HEALTH_PORT, HOST } = platform.config;
  if (HEALTH_PORT === undefined) return undefined;
  const server = http.createServer((request, response) => {
    void answer(platform, request.url)
      .catch((error: Error): Answer => [503, JSON_TYPE, JSON.stringify({ ready: false, detail: error.message })])
      .then(([status, contentType, body]) => response.writeHead(status, { 'content-type': contentType }).end(body));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(HEALTH_PORT, HOST, resolve));
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function answer(platform: Platform, path: string | undefined): Promise<Answer> {
  if (path === '/health/live') return [200, JSON_TYPE, '{"live":true}'];
  if (path === '/metrics') return [200, platform.metrics.registry.contentType, await platform.scrape()];
  if (path !== '/health/ready' && path !== '/health/process') return [404, JSON_TYPE, '{}'];
  const report = await readiness(platform.call, platform.config.services, 'health');
  return [report.ready ? 200 : 503, JSON_TYPE, JSON.stringify(report)];
}
