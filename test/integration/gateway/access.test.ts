import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { signAccessToken } from '../../../shared/moleculer/access-token.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { eventually } from '../../support/open-files.ts';

let gateway: TestGateway;
let userId: string;
let token: string;
const id = uuidv7(new Date());

beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(async () => {
  ({ userId, token } = await gateway.login(['worker']));
  gateway.fakes.seen.length = 0;
});
afterAll(() => gateway.stop());

const nowS = () => Math.floor(Date.now() / 1_000);
interface Forged {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  key?: Uint8Array;
}
const goodClaims = () => ({ iss: 'kontor', aud: 'kontor-api', sub: userId, sid: id, iat: nowS(), exp: nowS() + 600 });
const forge = ({ header = {}, claims = {}, key = gateway.accessKey }: Forged) =>
  new SignJWT({ ...goodClaims(), ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header }).sign(key);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (alg: string, signature = '') =>
  `${base64({ alg, typ: 'at+jwt' })}.${base64(goodClaims())}.${signature}`;
const status = async (bearer: string | undefined, path = `/things/${id}`) => (await gateway.api(bearer, path)).status;

test('the forger of these tests makes good tokens, too', async () => {
  expect(await status(await forge({}))).toBe(200);
  expect(await status(await forge({ claims: { exp: nowS() - 20 } }))).toBe(200);
});

// security.md 1 to 15 and 17
test.each<[string, () => Promise<string> | string]>([
  ['alg none', () => unsigned('none')],
  ['alg NONE', () => unsigned('NONE')],
  ['alg nOnE', () => unsigned('nOnE', 'x')],
  [
    'a public key as secret',
    () => {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
      const pem = publicKey.export({ type: 'spki', format: 'pem' });
      const content = `${base64({ alg: 'HS256', typ: 'at+jwt' })}.${base64(goodClaims())}`;
      return `${content}.${createHmac('sha256', pem).update(content).digest('base64url')}`;
    },
  ],
  ['HS512', () => forge({ header: { alg: 'HS512' }, key: Buffer.concat([gateway.accessKey, gateway.accessKey]) })],
  ['an unknown kid', () => forge({ header: { kid: 'other' } })],
  ['a kid that is a path', () => forge({ header: { kid: '../../dev/null' } })],
  ['a jwk of its own', () => forge({ header: { jwk: { kty: 'oct', k: 'AAAA' } } })],
  ['a jku', () => forge({ header: { jku: 'http://127.0.0.1:9/keys' } })],
  ['an end long past', () => forge({ claims: { exp: nowS() - 31 } })],
  ['a start in the future', () => forge({ claims: { nbf: nowS() + 3_600 } })],
  ['no end', () => forge({ claims: { exp: undefined } })],
  ['another audience', () => forge({ claims: { aud: 'other' } })],
  ['another issuer', () => forge({ claims: { iss: 'other' } })],
  ['no session', () => forge({ claims: { sid: undefined } })],
  ['another kind of token', () => forge({ header: { typ: 'refresh+jwt' } })],
  ['another key', () => forge({ key: new Uint8Array(32) })],
  [
    'an altered payload',
    () => {
      const [header, , signature] = token.split('.');
      return `${header}.${base64({ ...goodClaims(), sub: uuidv7(new Date()) })}.${signature}`;
    },
  ],
  ['its signature stripped', () => token.split('.').slice(0, 2).join('.') + '.'],
  ['9 KB', () => forge({ claims: { pad: 'x'.repeat(7_000) } })],
  ['an unknown user', () => signAccessToken({ userId: uuidv7(new Date()), sessionId: id }, gateway.accessKey, 60)],
  ['the form of an API key', () => 'kontor_0123456789abcdef0123456789abcdef'],
  ['nothing in it', () => ' '],
])('a token with %s → 401', async (_what, make) => {
  const answer = await fetch(`${gateway.url}/api/v1/things/${id}`, {
    headers: { authorization: `Bearer ${await make()}` },
  });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(await answer.json()).toMatchObject({ status: 401, code: expect.stringMatching(/^[A-Z_]+$/) });
});

test.each([undefined, 'Basic YTpi', 'Bearer', `Bearer a b`])('Authorization: %s → 401', async (header) => {
  const answer = await fetch(`${gateway.url}/api/v1/things/${id}`, {
    headers: header ? { authorization: header } : {},
  });
  expect(answer.status).toBe(401);
});

test('roles decide; a merchant user meets its scope; a public route needs nothing', async () => {
  const viewer = await gateway.login(['merchantViewer'], [uuidv7(new Date())]);
  expect(await status(viewer.token, '/things/lookup?code=x')).toBe(403);
  expect(await status(viewer.token)).toBe(404);
  expect(await status(viewer.token, '/things')).toBe(200);
  expect(gateway.fakes.seen.at(-1)!.actor).toMatchObject({ scope: gateway.fakes.people.get(viewer.userId)!.scope });
  expect(await status(undefined, '/ping')).toBe(200);
  expect(gateway.fakes.seen.at(-1)!.actor).toMatchObject({ kind: 'anonymous', scope: [] });
});

test('an API key works like a person with the role api', async () => {
  const key = `kontor_${'a'.repeat(43)}`;
  gateway.fakes.apiKeys.set(key, { id, roles: ['api'], scope: [] });
  expect(await status(key, '/things')).toBe(200);
  expect(gateway.fakes.seen.at(-1)!.actor).toMatchObject({ kind: 'apiKey', id, roles: ['api'], scope: [] });
  expect(await status(key, `/things/${id}`)).toBe(403);
  gateway.fakes.apiKeys.delete(key);
  await gateway.broker.broadcast('identity.access-changed', { id });
  await eventually(async () => (await status(key, '/things')) === 401);
});

test('identity is asked once for many requests, and again after it said that something changed', async () => {
  const before = gateway.fakes.identityCalls;
  await Promise.all(Array.from({ length: 10 }, () => status(token)));
  expect(gateway.fakes.identityCalls - before).toBe(1);
  gateway.fakes.people.get(userId)!.roles = ['finance'];
  expect(await status(token)).toBe(200);
  await gateway.broker.broadcast('identity.access-changed', { id: userId });
  expect(await status(token)).toBe(403);
  gateway.fakes.people.get(userId)!.active = false;
  await gateway.broker.broadcast('identity.access-changed', { id: userId });
  expect(await status(token)).toBe(401);
});

test('without identity nobody is let in, and nobody is told that the token is wrong', async () => {
  const alone = await startTestGateway();
  try {
    const { token: other } = await alone.login(['worker']);
    await alone.broker.destroyService('identity');
    const answer = await alone.api(other, `/things/${id}`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  } finally {
    await alone.stop();
  }
});

test('an internal action has no address', async () => {
  expect(await status(token, '/secret')).toBe(404);
  expect(await status(token, '/things/secret')).toBe(422);
});
