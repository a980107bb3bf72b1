import helmet, { type HelmetOptions } from 'helmet';
import type { Config } from '../../../shared/config.ts';
import type { Exchange } from './exchange.ts';

/** Sets the headers that every answer carries, whatever becomes of the request. */
export type SetHeaders = (exchange: Exchange) => void;

const EXPOSED = 'ETag, Retry-After, X-Request-ID, Content-Disposition, Location';
const ALLOWED_HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-ID';
const PREFLIGHT_SECONDS = '600';

/** Security headers, CORS for exactly the configured origins, and no caching unless an answer says otherwise. */
export function headersFor(config: Pick<Config, 'CORS_ORIGINS' | 'PUBLIC_URL'>): SetHeaders {
  const secure = helmet(helmetOptions(config));
  const origins = allowedOrigins(config);
  return ({ request, response, requestId }) => {
    secure(request, response, () => undefined);
    response.setHeader('X-Request-ID', requestId);
    response.setHeader('Cache-Control', 'no-store');
    // a link that somebody put on a page must not lead a search engine to what it opens
    response.setHeader('X-Robots-Tag', 'noindex, nofollow');
    response.setHeader('Permissions-Policy', 'camera=(self), geolocation=(), microphone=(), payment=()');
    response.setHeader('Vary', 'Origin');
    const { origin } = request.headers;
    // compared as a whole: a substring test would let https://app.example.co pass for https://app.example.com
    if (origin === undefined || !origins.has(origin)) return;
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  };
}

/** Headers of the few HTML pages: own scripts only, none inline, nothing from elsewhere. */
export function pageHeaders({ inlineStyles }: { inlineStyles: boolean }): Record<string, string> {
  const styles = inlineStyles ? "'self' 'unsafe-inline'" : "'self'";
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src ${styles}`,
      "img-src 'self' data:",
      "connect-src 'self'",
      "font-src 'self' data:",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

/**
 * Policy of the web app and of its service worker: nothing from elsewhere, no inline script, and inline style elements
 * only with the nonce of their page. WebAssembly is for the barcode reader, blob: for pictures and documents that were
 * fetched with the token or just taken.
 */
export function webAppPolicy(nonce?: string): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Answers the question of a browser before it calls from another origin, and `OPTIONS` in general. */
export function answerOptions({ response }: Exchange, methods: readonly string[]): void {
  const allow = [...methods, 'OPTIONS'].join(', ');
  response.setHeader('Allow', allow);
  if (response.hasHeader('Access-Control-Allow-Origin')) {
    response.setHeader('Access-Control-Allow-Methods', allow);
    response.setHeader('Access-Control-Allow-Headers', ALLOWED_HEADERS);
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
  }
  response.writeHead(204).end();
}

/** The configured origins and our own. */
export function allowedOrigins({ CORS_ORIGINS, PUBLIC_URL }: Pick<Config, 'CORS_ORIGINS' | 'PUBLIC_URL'>): Set<string> {
  const listed = CORS_ORIGINS.split(',').map((origin) => origin.trim());
  return new Set([...listed, ...(PUBLIC_URL ? [new URL(PUBLIC_URL).origin] : [])].filter(Boolean));
}

export const isHttps = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): boolean =>
  PUBLIC_URL?.startsWith('https:') ?? false;

const helmetOptions = (config: Pick<Config, 'PUBLIC_URL'>): HelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
    },
  },
  // a browser that once saw HSTS on a plain local installation could not reach it any more
  strictTransportSecurity: isHttps(config) ? { maxAge: 31_536_000, includeSubDomains: false } : false,
});
