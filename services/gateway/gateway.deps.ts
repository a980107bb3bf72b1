import path from 'node:path';
import type { Config } from '../../shared/config.ts';
import { SERVICES } from '../../shared/config.ts';
import { systemClock, type Clock } from '../../shared/kernel/clock.ts';
import { accessTokenVerifier, type AccessToken } from '../../shared/moleculer/access-token.ts';
import type { ActionDefinition } from '../../shared/protocol/define.ts';
import type { Loop } from '../../shared/runtime/loop.ts';
import type { Platform } from '../../shared/runtime/platform.ts';
import { authoritiesFrom, type Authorities } from './auth/authorities.ts';
import { rateLimits, type RateLimitOptions, type RateLimits } from './auth/rate-limits.ts';
import { allowedOrigins, headersFor, type SetHeaders } from './http/headers.ts';
import { loadWebApp, type WebApp } from './http/web-app.ts';
import { liveHub, type LiveHub, type LiveOptions } from './live/hub.ts';
import { BODY_WITHIN_MS } from './request/json-body.ts';

/** What the gateway works with. */
export interface GatewayDeps extends Pick<
  Platform,
  'keys' | 'now' | 'log' | 'metrics' | 'store' | 'call' | 'natsConnected' | 'scrape'
> {
  config: GatewayConfig;
  /** The actions that become routes. */
  definitions: readonly ActionDefinition[];
  /** The services that must answer before the product is ready. */
  services: readonly string[];
  /** Those of them that run in this process. */
  ownServices: readonly string[];
  /** The gateway's own; empty until it listens. */
  loops: Loop[];
  readAccessToken: (token: string) => Promise<AccessToken>;
  authorities: Authorities;
  limits: RateLimits;
  origins: ReadonlySet<string>;
  setHeaders: SetHeaders;
  webApp: WebApp;
  /** Of signed links: the system's, as for access tokens. */
  linkClock: Clock;
  live: LiveHub;
  /** Silence after which an upload is given up. */
  uploadIdleMs: number;
  /** Longest time for a JSON body. */
  bodyWithinMs: number;
}

type GatewayConfig = Pick<
  Config,
  'services' | 'HOST' | 'PORT' | 'PUBLIC_URL' | 'TRUST_PROXY' | 'CORS_ORIGINS' | 'KONTOR_ZONE'
>;

/** Settings that only tests change. */
export interface GatewayOptions {
  services?: readonly string[];
  limits?: RateLimitOptions;
  uploadIdleMs?: number;
  bodyWithinMs?: number;
  linkClock?: Clock;
  live?: LiveOptions;
  /** Folder of the built web app. */
  webFolder?: string;
}

const WEB_FOLDER = path.join(import.meta.dirname, '..', '..', 'web', 'dist');

export function gatewayDeps(
  platform: Omit<Platform, 'config' | 'databaseUrl' | 'onScrape'> & { config: GatewayConfig },
  definitions: readonly ActionDefinition[],
  options: GatewayOptions = {},
): GatewayDeps {
  const { config, keys, now, metrics, store, call, natsConnected, scrape } = platform;
  return {
    config,
    keys,
    now,
    metrics,
    store,
    call,
    natsConnected,
    scrape,
    log: platform.log.child({ service: 'gateway' }),
    definitions,
    services: options.services ?? SERVICES.filter((name) => name !== 'gateway'),
    ownServices: config.services.filter((name) => name !== 'gateway'),
    loops: [],
    readAccessToken: accessTokenVerifier(keys.accessToken),
    authorities: authoritiesFrom(call),
    limits: rateLimits(options.limits),
    origins: allowedOrigins(config),
    setHeaders: headersFor(config),
    linkClock: options.linkClock ?? systemClock,
    live: liveHub({ busConnected: natsConnected, ...options.live }),
    webApp: loadWebApp(options.webFolder ?? WEB_FOLDER, config.KONTOR_ZONE),
    uploadIdleMs: options.uploadIdleMs ?? 30_000,
    bodyWithinMs: options.bodyWithinMs ?? BODY_WITHIN_MS,
  };
}
