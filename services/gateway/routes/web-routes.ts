import { sendPage, sendWebFile, type WebApp } from '../http/web-app.ts';
import type { Route } from './route.ts';

/** Addresses that the app itself understands, and the one under which a service worker keeps its page. */
const PAGES = ['/', '/index.html', '/login', '/account'];
const DESKS = ['/warehouse', '/merchant', '/finance', '/admin', '/decide', '/invoice'];
/** Files with fixed names; all others have the hash of their content in their name and lie in `/static`. */
const FILES = [
  '/sw.js',
  '/manifest.webmanifest',
  '/scheme.js',
  '/logo.svg',
  '/favicon.ico',
  '/icons/{file}',
  '/static/{file}',
];

/** The web app: one page for all of its addresses, and its files. Everything else about it goes through the API. */
export function webRoutes(app: WebApp): Route[] {
  const pages = [...PAGES, ...DESKS, ...DESKS.map((desk) => `${desk}/*rest`)];
  return [
    ...pages.map((path) => open(path, 'gateway.app', (exchange) => sendPage(exchange, app))),
    ...FILES.map((path) => open(path, 'gateway.app-file', (exchange) => sendWebFile(exchange, app))),
  ];
}

const open = (path: string, name: string, answer: Route['answer']): Route => ({
  method: 'GET',
  path,
  name: `${name} ${path}`,
  access: 'public',
  answer,
});
