import http from 'node:http';
import { serviceActor } from '../protocol/actor.ts';
import { healthAction } from '../protocol/health.ts';
import type { Platform } from './platform.ts';

type Answer = [status: number, contentType: string, body: string];

const JSON_TYPE = 'application/json';

/**
 * `/health/live`, `/health/ready` and `/metrics` of a process without gateway, for its supervisor. Only where
 * HEALTH_PORT is set.
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
  if (path !== '/health/ready') return [404, JSON_TYPE, '{}'];
  const { services } = platform.config;
  const states = await Promise.all(
    services.map((service) => platform.call(healthAction(service), {}, serviceActor('health', 'health'))),
  );
  const ready = states.every(({ postgres, nats, loops }) => postgres && nats !== false && loops.every(({ ok }) => ok));
  return [ready ? 200 : 503, JSON_TYPE, JSON.stringify({ ready, services: states })];
}
