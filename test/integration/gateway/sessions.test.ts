import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';

let gateway: TestGateway;
const start = async (options: TestGatewayOptions = {}) => {
  await gateway?.stop();
  gateway = await startTestGateway(options);
};

beforeEach(() => start());
afterEach(() => gateway.stop());

const login = (email: string, password: string, headers = {}) =>
  gateway.post(undefined, '/auth/login', { email, password }, headers);
const withCookie = (path: string, headers = {}, cookie = 'other=1; kontor_refresh=refresh-1') =>
  gateway.post(undefined, path, {}, { cookie, ...headers });

test('a log-in puts the refresh token into a cookie that no script and no other site can use', async () => {
  const answer = await login('a@example.com', 'right');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ accessToken: 'for a@example.com' });
  expect(answer.headers.get('set-cookie')).toBe(
    'kontor_refresh=refresh-1; Max-Age=2592000; Path=/api/v1/auth; HttpOnly; SameSite=Strict',
  );
  await start({ config: { PUBLIC_URL: 'https://kontor.example.com' } });
  const secure = await login('a@example.com', 'right');
  expect(secure.headers.get('set-cookie')).toMatch(/; Secure$/);
  expect(secure.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
});

test('the cookie renews the session, and nothing else does', async () => {
  const answer = await withCookie('/auth/refresh');
  expect(await answer.json()).toEqual({ accessToken: 'by refresh-1' });
  expect(answer.headers.get('set-cookie')).toMatch(/^kontor_refresh=refresh-2; /);
  expect((await gateway.post(undefined, '/auth/refresh', {})).status).toBe(401);
  expect((await gateway.post(undefined, '/auth/refresh', { refreshToken: 'refresh-1' })).status).toBe(401);
  expect(
    (await gateway.post(undefined, '/auth/refresh', { refreshToken: 'x' }, { cookie: 'kontor_refresh=a' })).status,
  ).toBe(422);
  expect((await withCookie('/auth/refresh', {}, 'xkontor_refresh=refresh-1')).status).toBe(401);
  expect((await withCookie('/auth/refresh', {}, `kontor_refresh=${'x'.repeat(2_000)}`)).status).toBe(401);
});

test('a log-out removes the cookie, with or without one', async () => {
  const answer = await withCookie('/auth/logout');
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
    204,
    'kontor_refresh=; Max-Age=0; Path=/api/v1/auth; HttpOnly; SameSite=Strict',
  ]);
  expect(gateway.fakes.seen.at(-1)!.input).toEqual({ refreshToken: 'refresh-1' });
  expect((await gateway.post(undefined, '/auth/logout', {})).status).toBe(204);
});

test.each([
  ['https://evil.example', 403],
  ['null', 403],
  ['https://app.example.co', 403],
  ['https://app.example.com', 200],
])('a refresh from a page of %s → %i', async (origin, status) => {
  await start({ config: { CORS_ORIGINS: 'https://app.example.com, https://other.example.com' } });
  expect((await withCookie('/auth/refresh', { origin })).status).toBe(status);
});

test('a refresh from our own pages is fine', async () => {
  expect((await withCookie('/auth/refresh', { origin: gateway.url })).status).toBe(200);
});

// security.md 18
test('ten wrong passwords lock the account, whether it exists or not, from every address', async () => {
  await start({ config: { TRUST_PROXY: 'true' } });
  const from = (n: number) => ({ 'x-forwarded-for': `evil, 10.0.0.${n}` });
  const bodies = new Set<string>();
  for (let n = 0; n < 10; n += 1) {
    const answer = await login(n % 2 ? 'A@Example.com ' : 'a@example.com', 'wrong', from(n));
    expect(answer.status).toBe(401);
    bodies.add(((await answer.json()) as { detail: string }).detail);
  }
  expect(bodies.size).toBe(1);
  const locked = await login('a@example.com', 'right', from(99));
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
  expect((await login('b@example.com', 'right', from(99))).status).toBe(200);
});

test('ten wrong passwords lock the address, whatever X-Forwarded-For says without a trusted proxy', async () => {
  const from = (n: number) => ({ 'x-forwarded-for': `10.0.0.${n}` });
  for (let n = 0; n < 10; n += 1) expect((await login(`u${n}@example.com`, 'wrong', from(n))).status).toBe(401);
  expect((await login('z@example.com', 'right', from(50))).status).toBe(429);
});

test('right passwords are not counted, and many wrong ones at once do not slip through', async () => {
  for (let n = 0; n < 15; n += 1) expect((await login('a@example.com', 'right')).status).toBe(200);
  const many = await Promise.all(Array.from({ length: 30 }, () => login('a@example.com', 'wrong')));
  expect(many.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(many.filter(({ status }) => status === 429)).toHaveLength(20);
});

// security.md 110
test('one principal gets 300 answers a second, whatever address it claims; another one is not held up', async () => {
  const { token } = await gateway.login(['worker']);
  const statuses: number[] = [];
  const startedAt = performance.now();
  for (let round = 0; round < 4; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        gateway.api(token, '/things', { headers: { 'x-forwarded-for': `10.0.${round}.${n}` } }),
      ),
    );
    statuses.push(...answers.map(({ status }) => status));
    await Promise.all(answers.map((answer) => answer.text()));
  }
  const seconds = Math.ceil((performance.now() - startedAt) / 1_000);
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(300 * seconds);
  if (seconds === 1) expect(statuses.filter((status) => status === 429)).toHaveLength(100);
  expect((await gateway.api((await gateway.login(['worker'])).token, '/things')).status).toBe(200);
});
