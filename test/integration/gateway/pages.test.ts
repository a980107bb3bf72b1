import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { messageState } from '../../../shared/protocol/notifications/actions.ts';
import { messageKind } from '../../../shared/protocol/notifications/events.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
const get = (path: string, headers = {}) => fetch(gateway.url + path, { headers });

beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

test.each(['/docs', '/docs/', '/mail'])('%s is a page that needs nothing from elsewhere', async (path) => {
  const answer = await get(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const policy = answer.headers.get('content-security-policy')!;
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy.includes("'unsafe-inline'")).toBe(path === '/mail');
  const html = await answer.text();
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=|https?:\/\//);
  const links = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, link]) => link!);
  for (const link of links.filter((target) => target !== '/'))
    expect([link, (await get(link)).status]).toEqual([link, 200]);
});

test('modules of the mail page load each other', async () => {
  const script = await (await get('/assets/mail.js')).text();
  for (const [, file] of script.matchAll(/from '\.\/([a-z-]+\.js)'/g))
    expect((await get(`/assets/${file}`)).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
});

test('the mail page has words for every kind and state of a mail', async () => {
  globalThis.localStorage = { getItem: () => null } as unknown as Storage;
  const module = new URL('../../../services/gateway/pages/mail/mail-texts.js', import.meta.url).href;
  const { TEXTS } = (await import(module)) as { TEXTS: Record<string, Record<'kinds' | 'states', object>> };
  expect(Object.keys(TEXTS)).toEqual(['de', 'en']);
  for (const { kinds, states } of Object.values(TEXTS)) {
    expect(Object.keys(kinds).toSorted()).toEqual(messageKind.options.toSorted());
    expect(Object.keys(states).toSorted()).toEqual(messageState.options.toSorted());
  }
});

test('our own scripts write no HTML and the frame of a mail has no rights', () => {
  const folder = new URL('../../../services/gateway/pages/mail/', import.meta.url);
  const scripts = fs.readdirSync(folder).filter((name) => name.endsWith('.js'));
  for (const name of scripts)
    expect(fs.readFileSync(new URL(name, folder), 'utf8')).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/,
    );
  expect(fs.readFileSync(new URL('index.html', folder), 'utf8')).toContain('sandbox=""');
});

test('files are compressed, and not sent to a browser that has them', async () => {
  const answer = await get('/assets/swagger-ui-bundle.js', { 'accept-encoding': 'gzip' });
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(Number(answer.headers.get('content-length'))).toBeLessThan(700_000);
  const again = await get('/assets/swagger-ui-bundle.js', { 'if-none-match': answer.headers.get('etag')! });
  expect(again.status).toBe(304);
});

test('the reference is served as it was made', async () => {
  const document = (await (await get('/api/v1/openapi.json')).json()) as { openapi: string; paths: object };
  expect(document.openapi).toBe('3.1.0');
  expect(document.paths).toHaveProperty('/things/{id}/photos');
});

test.each(['/assets/index.html', '/assets/gateway.service.ts', '/assets/constructor', '/docs/index.html'])(
  '%s → 404',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);
