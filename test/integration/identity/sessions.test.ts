import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { accessTokenVerifier } from '../../../shared/moleculer/access-token.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { changePassword } from '../../../services/identity/use-cases/change-password.ts';
import { changeUser } from '../../../services/identity/use-cases/change-user.ts';
import { checkSession } from '../../../services/identity/use-cases/check-access.ts';
import { login } from '../../../services/identity/use-cases/login.ts';
import { logout } from '../../../services/identity/use-cases/logout.ts';
import { me } from '../../../services/identity/use-cases/me.ts';
import { prune } from '../../../services/identity/use-cases/prune.ts';
import { refresh } from '../../../services/identity/use-cases/refresh.ts';
import { sha256 } from '../../../services/identity/secrets.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  anonymous,
  chief,
  identityTest,
  MERCHANT_ONE,
  newUser,
  PASSWORD,
  type IdentityTest,
} from '../../support/identity.ts';

let database: TestDatabase;
let identity: IdentityTest;
const MINUTE = 60_000;
const DAY = 86_400_000;

beforeAll(async () => {
  database = await createTestDatabase();
  identity = await identityTest(database);
});
beforeEach(() => void (identity.told.length = 0));
afterAll(async () => {
  await identity.deps.orm.close();
  await database.drop();
});

const logIn = (email: string, password = PASSWORD) => login(identity.deps, { email, password }, anonymous);
const renew = (refreshToken?: string) => refresh(identity.deps, { refreshToken }, anonymous);
const sessionOf = async (accessToken: string) => accessTokenVerifier(identity.deps.accessTokenKey)(accessToken);
const check = async (accessToken: string) =>
  checkSession(identity.deps, await sessionOf(accessToken), serviceActor('gateway', 'request-3'));

test('K23 logging in gives a token of the session, whatever the case of the address', async () => {
  const user = await newUser(identity.deps, {
    email: 'Mara.Muster@Example.com',
    roles: ['merchantDecider'],
    merchantIds: [MERCHANT_ONE],
  });
  const session = await logIn('mara.muster@example.COM');
  expect(session).toMatchObject({ expiresIn: 900, user: { id: user.id, email: 'Mara.Muster@Example.com' } });
  expect(session.user).not.toHaveProperty('passwordHash');
  expect((await sessionOf(session.accessToken)).userId).toBe(user.id);
  expect(await check(session.accessToken)).toEqual({
    active: true,
    roles: ['merchantDecider'],
    scope: [MERCHANT_ONE],
    displayName: 'Jo Beispiel',
  });
  expect(await me(identity.deps, {}, { ...chief, id: user.id, scope: [MERCHANT_ONE] })).toMatchObject({
    kind: 'user',
    email: user.email,
    scope: [MERCHANT_ONE],
  });
});

test('nothing that is stored or audited holds a password or a token', async () => {
  const { id, email } = await newUser(identity.deps);
  const { refreshToken } = await logIn(email);
  await changeUser(identity.deps, { id, password: 'another long password' }, chief);
  const dump = await database.query(
    `select to_jsonb(t)::text as row from identity.user_account t union all select to_jsonb(t)::text from identity.session t
     union all select to_jsonb(t)::text from identity.refresh_token t union all select to_jsonb(t)::text from messaging.audit_entry t`,
  );
  const text = JSON.stringify(dump);
  for (const secret of [PASSWORD, 'another long password', refreshToken]) expect(text).not.toContain(secret);
});

test('an unknown address, a wrong password and a deactivated user are answered alike, after the same work', async () => {
  const known = await newUser(identity.deps);
  const gone = await newUser(identity.deps);
  await changeUser(identity.deps, { id: gone.id, active: false }, chief);
  const matches = jest.spyOn(identity.deps.passwords, 'matches');
  const matchesNobody = jest.spyOn(identity.deps.passwords, 'matchesNobody');
  const attempts = [logIn('nobody@example.com'), logIn(known.email, 'wrong password 1'), logIn(gone.email)];
  const errors = await Promise.all(attempts.map((attempt) => attempt.catch((error: unknown) => error)));
  for (const error of errors) {
    expect(error).toMatchObject({ code: 401, type: 'CREDENTIALS_WRONG', data: {} });
    expect((error as Error).message).toBe((errors[0] as Error).message);
  }
  expect([matches.mock.calls.length, matchesNobody.mock.calls.length]).toEqual([2, 1]);
  jest.restoreAllMocks();
});

test.each(['known', 'unknown'])(
  'ten wrong passwords for an %s address lock it for 15 minutes, over all processes',
  async (kind) => {
    const email = kind === 'known' ? (await newUser(identity.deps)).email : 'stranger@example.com';
    // in parallel and through a second pool, as several processes would
    const other = await identityTest(database);
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        login(
          index % 2 ? identity.deps : { ...identity.deps, orm: other.deps.orm },
          { email: index % 3 ? email : email.toUpperCase(), password: `wrong ${index}` },
          anonymous,
        ).catch((error: { code: number }) => error.code),
      ),
    );
    await other.deps.orm.close();
    expect(results.filter((code) => code === 401)).toHaveLength(10);
    expect(results.filter((code) => code === 429)).toHaveLength(6);
    await expect(logIn(email)).rejects.toMatchObject({
      code: 429,
      type: 'TOO_MANY_ATTEMPTS',
      data: { retryAfterSeconds: 900 },
    });
    identity.pass(15 * MINUTE);
    if (kind === 'known') expect(await logIn(email)).toHaveProperty('accessToken');
    else await expect(logIn(email)).rejects.toMatchObject({ code: 401 });
  },
);

test('the right password makes earlier wrong ones count no more', async () => {
  const { email } = await newUser(identity.deps);
  for (let round = 0; round < 3; round += 1) {
    for (let wrong = 0; wrong < 9; wrong += 1) await logIn(email, 'wrong').catch(() => undefined);
    expect(await logIn(email)).toHaveProperty('accessToken');
  }
});

test('a refresh token counts once; the next one goes on with the same session', async () => {
  const { email } = await newUser(identity.deps);
  const first = await logIn(email);
  const second = await renew(first.refreshToken);
  const third = await renew(second.refreshToken);
  expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
  expect(await sessionOf(third.accessToken)).toEqual(await sessionOf(first.accessToken));
  expect((await check(third.accessToken)).active).toBe(true);
});

test('a refresh token that comes a second time ends the session for everybody', async () => {
  const { id, email } = await newUser(identity.deps);
  const first = await logIn(email);
  const second = await renew(first.refreshToken);
  identity.pass(31_000);
  await expect(renew(first.refreshToken)).rejects.toMatchObject({ code: 401, type: 'SESSION_ENDED' });
  await expect(renew(second.refreshToken)).rejects.toMatchObject({ code: 401, type: 'SESSION_ENDED' });
  expect((await check(second.accessToken)).active).toBe(false);
  expect(identity.told).toEqual([id]);
  expect(
    await database.query(
      `select 1 from messaging.audit_entry where action = 'session.reuse-detected' and entity_id = $1`,
      [id],
    ),
  ).toHaveLength(1);
});

test('a refresh whose answer was lost can be sent again for half a minute; of the next ones only the newest lasts', async () => {
  const { email } = await newUser(identity.deps);
  const { refreshToken } = await logIn(email);
  const answers = await Promise.all([renew(refreshToken), renew(refreshToken), renew(refreshToken)]);
  const current = await database.query('select token_hash from identity.refresh_token t where used_at is null');
  const [newest, ...overtaken] = answers.toSorted(
    (a, b) => Number(isCurrent(b.refreshToken, current)) - Number(isCurrent(a.refreshToken, current)),
  );
  identity.pass(31_000);
  const next = await renew(newest!.refreshToken);
  expect((await check(next.accessToken)).active).toBe(true);
  await expect(renew(overtaken[0]!.refreshToken)).rejects.toMatchObject({ code: 401 });
  await expect(renew(next.refreshToken)).rejects.toMatchObject({ code: 401 });
});

const isCurrent = (token: string, current: { token_hash?: string }[]): boolean =>
  current.some(({ token_hash: hash }) => hash === sha256(token));

test('no token, a foreign one and one of a session left for 30 days are all the same 401', async () => {
  const { email } = await newUser(identity.deps);
  const { refreshToken, accessToken } = await logIn(email);
  identity.pass(29 * DAY);
  const renewed = await renew(refreshToken);
  identity.pass(30 * DAY);
  for (const token of [undefined, 'made up', renewed.refreshToken])
    await expect(renew(token)).rejects.toMatchObject({ code: 401, type: 'SESSION_ENDED' });
  expect((await checkSession(identity.deps, await sessionOf(accessToken), chief)).active).toBe(false);
});

test('logging out ends the session at once, and works without one', async () => {
  const { id, email } = await newUser(identity.deps);
  const { refreshToken, accessToken } = await logIn(email);
  await logout(identity.deps, { refreshToken }, anonymous);
  expect(identity.told).toEqual([id]);
  expect((await check(accessToken)).active).toBe(false);
  await expect(renew(refreshToken)).rejects.toMatchObject({ code: 401 });
  expect(await logout(identity.deps, { refreshToken: 'unknown' }, anonymous)).toEqual({});
  expect(await logout(identity.deps, {}, anonymous)).toEqual({});
});

test('a session counts for its own user only', async () => {
  const [one, other] = [await newUser(identity.deps), await newUser(identity.deps)];
  const { sessionId } = await sessionOf((await logIn(one.email)).accessToken);
  expect((await checkSession(identity.deps, { userId: other.id, sessionId }, chief)).active).toBe(false);
});

test('K23 a user changes the own password with the current one; every session ends', async () => {
  const { id, email } = await newUser(identity.deps);
  const session = await logIn(email);
  const actor = { ...chief, id, roles: ['worker' as const] };
  const change = (currentPassword: string) =>
    changePassword(identity.deps, { currentPassword, newPassword: 'a brand new password' }, actor);
  await expect(change('not the current')).rejects.toMatchObject({ code: 422 });
  expect((await check(session.accessToken)).active).toBe(true);
  await change(PASSWORD);
  expect((await check(session.accessToken)).active).toBe(false);
  await expect(logIn(email)).rejects.toMatchObject({ code: 401 });
  expect(await logIn(email, 'a brand new password')).toHaveProperty('accessToken');
  await expect(
    changePassword(
      identity.deps,
      { currentPassword: 'x', newPassword: 'a brand new password' },
      { ...actor, kind: 'apiKey' },
    ),
  ).rejects.toMatchObject({ code: 403 });
});

test('what decides nothing any more is forgotten, what still does is kept', async () => {
  const { email } = await newUser(identity.deps);
  await logIn('stranger-too@example.com').catch(() => undefined);
  const old = await logIn(email);
  expect(await database.query('select 1 from identity.login_attempt')).not.toHaveLength(0);
  const used = await renew(old.refreshToken);
  identity.pass(20 * DAY);
  const kept = await renew(used.refreshToken);
  identity.pass(15 * DAY);
  expect(await prune(identity.deps)).toBeGreaterThan(0);
  expect(await prune(identity.deps)).toBe(0);
  expect(await renew(kept.refreshToken)).toHaveProperty('accessToken');
  expect(await database.query('select 1 from identity.login_attempt')).toHaveLength(0);
  identity.pass(61 * DAY);
  await prune(identity.deps);
  expect(await database.query('select 1 from identity.session')).toHaveLength(0);
  expect(await database.query('select 1 from identity.refresh_token')).toHaveLength(0);
});
