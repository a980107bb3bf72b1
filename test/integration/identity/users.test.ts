import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { accessTokenVerifier } from '../../../shared/moleculer/access-token.ts';
import { identityActions } from '../../../shared/protocol/identity/actions.ts';
import { changeUser } from '../../../services/identity/use-cases/change-user.ts';
import { checkApiKey, checkSession } from '../../../services/identity/use-cases/check-access.ts';
import { createApiKey } from '../../../services/identity/use-cases/create-api-key.ts';
import { deleteApiKey } from '../../../services/identity/use-cases/delete-api-key.ts';
import { ensureFirstAdministrator } from '../../../services/identity/use-cases/ensure-first-administrator.ts';
import { listApiKeys } from '../../../services/identity/use-cases/list-api-keys.ts';
import { listAudit } from '../../../services/identity/use-cases/list-audit.ts';
import { getUser, listUsers } from '../../../services/identity/use-cases/list-users.ts';
import { login } from '../../../services/identity/use-cases/login.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  anonymous,
  chief,
  identityTest,
  MERCHANT_ONE,
  MERCHANT_TWO,
  newUser,
  PASSWORD,
  type IdentityTest,
} from '../../support/identity.ts';

let database: TestDatabase;
let identity: IdentityTest;
const gateway = serviceActor('gateway', 'request-3');

beforeAll(async () => {
  database = await createTestDatabase();
  identity = await identityTest(database);
});
beforeEach(async () => {
  await database.query('truncate identity.user_account, identity.api_key, identity.login_attempt cascade');
  identity.told.length = 0;
});
afterAll(async () => {
  await identity.deps.orm.close();
  await database.drop();
});

const change = (id: string, body: object, actor: Actor = chief) =>
  changeUser(identity.deps, { id, ...identityActions.changeUser.body.parse(body) }, actor);
const accessOf = async (email: string) => {
  const { accessToken } = await login(identity.deps, { email, password: PASSWORD }, anonymous);
  const token = await accessTokenVerifier(identity.deps.accessTokenKey)(accessToken);
  return () => checkSession(identity.deps, token, gateway);
};

test('K23 the first administrator is made once, however many processes ask, and can log in', async () => {
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => ensureFirstAdministrator(identity.deps, {}, gateway)),
  );
  const made = answers.filter((answer) => answer !== null);
  expect(made).toHaveLength(1);
  expect(await login(identity.deps, made[0]!, anonymous)).toMatchObject({
    user: { email: 'admin@kontor.local', roles: ['admin'] },
  });
  expect(await ensureFirstAdministrator(identity.deps, {}, gateway)).toBeNull();
});

test('K23 a deactivated user is out at once and comes back only with a new log-in', async () => {
  const user = await newUser(identity.deps, { roles: ['merchantViewer'], merchantIds: [MERCHANT_ONE, MERCHANT_TWO] });
  const access = await accessOf(user.email);
  expect(await access()).toMatchObject({ active: true, scope: [MERCHANT_ONE, MERCHANT_TWO] });
  await change(user.id, { active: false, reason: 'left the company' });
  expect(await access()).toEqual({ active: false, roles: [], scope: [], displayName: '' });
  expect(identity.told).toEqual([user.id]);
  await change(user.id, { active: true });
  expect((await access()).active).toBe(false);
  expect((await (await accessOf(user.email))()).active).toBe(true);
});

test('K10 other roles and merchants count from the next request on', async () => {
  const user = await newUser(identity.deps, { roles: ['merchantDecider'], merchantIds: [MERCHANT_ONE] });
  const access = await accessOf(user.email);
  await change(user.id, { roles: ['merchantViewer'], merchantIds: [MERCHANT_TWO] });
  expect(await access()).toMatchObject({ active: true, roles: ['merchantViewer'], scope: [MERCHANT_TWO] });
  await change(user.id, { roles: ['finance'], merchantIds: [] });
  expect(await access()).toMatchObject({ roles: ['finance'], scope: 'staff' });
  await expect(change(user.id, { merchantIds: [MERCHANT_ONE] })).rejects.toMatchObject({ code: 422 });
});

test('a new password from an administrator ends every session', async () => {
  const user = await newUser(identity.deps);
  const access = await accessOf(user.email);
  await change(user.id, { password: 'given by the administrator' });
  expect((await access()).active).toBe(false);
  await expect(accessOf(user.email)).rejects.toMatchObject({ code: 401 });
});

test('the last active administrator can neither go nor be demoted, not even by two at once', async () => {
  const one = await newUser(identity.deps, { roles: ['admin'] });
  await expect(change(one.id, { active: false })).rejects.toMatchObject({ code: 409, type: 'LAST_ADMINISTRATOR' });
  await expect(change(one.id, { roles: ['lead'] })).rejects.toMatchObject({ code: 409, type: 'LAST_ADMINISTRATOR' });
  const other = await newUser(identity.deps, { roles: ['admin', 'finance'] });
  const results = await Promise.allSettled([
    change(one.id, { active: false }),
    change(other.id, { roles: ['finance'] }),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(
    await database.query(`select 1 from identity.user_account where active and 'admin' = any(roles)`),
  ).toHaveLength(1);
});

test('an e-mail address belongs to one user, whatever its case, also in a race', async () => {
  await newUser(identity.deps, { email: 'Once@example.com' });
  await expect(newUser(identity.deps, { email: 'once@EXAMPLE.com' })).rejects.toMatchObject({
    code: 409,
    type: 'EMAIL_TAKEN',
  });
  const results = await Promise.allSettled(
    ['Race@example.com', 'race@example.com'].map((email) => newUser(identity.deps, { email })),
  );
  const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  expect(refused.map(({ reason }) => (reason as { type: string }).type)).toEqual(['EMAIL_TAKEN']);
  const third = await newUser(identity.deps);
  await expect(change(third.id, { email: 'ONCE@example.com' })).rejects.toMatchObject({ type: 'EMAIL_TAKEN' });
  expect((await change(third.id, { email: third.email.toUpperCase() })).email).toBe(third.email.toUpperCase());
});

test('a create with a known id: the same content gets the user, other content 409', async () => {
  const body = { id: uuidv7(new Date()), email: 'twice@example.com' };
  const [one, other] = await Promise.all([newUser(identity.deps, body), newUser(identity.deps, body)]);
  expect(one).toEqual(other);
  await expect(newUser(identity.deps, { ...body, roles: ['lead'] })).rejects.toMatchObject({
    code: 409,
    type: 'ID_TAKEN',
  });
  await expect(newUser(identity.deps, { ...body, password: 'other than before' })).rejects.toMatchObject({
    type: 'ID_TAKEN',
  });
});

test('a user of merchants that do not exist is refused', () =>
  expect(
    newUser(identity.deps, {
      roles: ['merchantViewer'],
      merchantIds: [MERCHANT_ONE, '0199e000-0000-7000-8000-00000000001b'],
    }),
  ).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'merchantIds.1', code: 'MERCHANT_UNKNOWN' }] },
  }));

test('of two changes on the same version one is refused', async () => {
  const { id, version } = await newUser(identity.deps);
  const actor = { ...chief, ifMatch: version };
  const results = await Promise.allSettled([
    change(id, { displayName: 'Eins' }, actor),
    change(id, { displayName: 'Zwei' }, actor),
  ]);
  const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  expect(refused.map(({ reason }) => (reason as { code: number }).code)).toEqual([412]);
});

test.each([
  [{ password: 'too short 1' }],
  [{ email: 'Jo <jo@example.com>' }],
  [{ roles: ['superuser'] }],
  [{ roles: [] }],
  [{ active: true }],
  [{ passwordHash: 'x' }],
])('a body with %j is refused', (overrides) =>
  expect(
    identityActions.createUser.body.safeParse({
      email: 'a@b.de',
      displayName: 'A',
      roles: ['worker'],
      password: PASSWORD,
      ...overrides,
    }).success,
  ).toBe(false),
);

test('the database itself refuses users that are both, neither or unknown', async () => {
  const insert = (roles: string, merchants: string) =>
    database.query(
      `insert into identity.user_account (id, email, display_name, roles, merchant_ids, password_hash, created_at, updated_at)
       values (gen_random_uuid(), gen_random_uuid() || '@example.com', 'x', $1, $2, 'x', now(), now())`,
      [roles, merchants],
    );
  for (const [roles, merchants] of [
    ['{admin,merchantViewer}', `{${MERCHANT_ONE}}`],
    ['{merchantViewer}', '{}'],
    ['{worker}', `{${MERCHANT_ONE}}`],
    ['{root}', '{}'],
    ['{api}', '{}'],
    ['{}', '{}'],
  ] as const)
    await expect(insert(roles, merchants)).rejects.toMatchObject({ code: '23514' });
  await insert('{worker}', '{}');
});

test('users are listed by address, filtered and paged', async () => {
  const emails = ['c@example.com', 'A@example.com', 'b@example.com'];
  for (const email of emails) await newUser(identity.deps, { email });
  const viewer = await newUser(identity.deps, {
    email: 'z@example.com',
    roles: ['merchantViewer'],
    merchantIds: [MERCHANT_ONE],
  });
  await change(viewer.id, { active: false });
  const list = (query: object) => listUsers(identity.deps, identityActions.listUsers.params.parse(query), chief);
  const first = await list({ limit: '2' });
  const second = await list({ limit: '2', cursor: first.nextCursor! });
  expect([...first.items, ...second.items].map(({ email }) => email)).toEqual([
    'A@example.com',
    'b@example.com',
    'c@example.com',
    'z@example.com',
  ]);
  expect(second.nextCursor).toBeNull();
  expect((await list({ merchantId: MERCHANT_ONE })).items.map(({ id }) => id)).toEqual([viewer.id]);
  expect((await list({ active: 'true' })).items).toHaveLength(3);
  expect((await list({ q: 'B@EX' })).items.map(({ email }) => email)).toEqual(['b@example.com']);
  expect(await getUser(identity.deps, { id: viewer.id }, chief)).toMatchObject({ active: false, version: 2 });
  await expect(getUser(identity.deps, { id: uuidv7(new Date()) }, chief)).rejects.toMatchObject({ code: 404 });
});

const newKey = (body: object, actor: Actor = chief) =>
  createApiKey(identity.deps, identityActions.createApiKey.body.parse({ name: 'ERP', ...body }), actor);

test('an API key is shown once, counts for its merchants, and ends at once', async () => {
  const { secret, ...key } = await newKey({ merchantIds: [MERCHANT_ONE] });
  expect(key).toMatchObject({ roles: ['api'], merchantIds: [MERCHANT_ONE], active: true, lastUsedAt: null });
  const check = (given: string) => checkApiKey(identity.deps, { key: given }, gateway);
  expect(await check(secret!)).toEqual({
    active: true,
    id: key.id,
    roles: ['api'],
    scope: [MERCHANT_ONE],
    displayName: 'ERP',
  });
  expect(await check(`${secret!}x`)).toMatchObject({ active: false, id: null });
  const [listed] = (await listApiKeys(identity.deps, { limit: 50 }, chief)).items;
  expect(listed).toMatchObject({ id: key.id, lastUsedAt: '2026-10-15T10:00:00.000Z' });
  expect(JSON.stringify(listed)).not.toContain(secret!.slice(20));
  await deleteApiKey(identity.deps, { id: key.id }, chief);
  expect(identity.told).toEqual([key.id]);
  expect(await check(secret!)).toMatchObject({ active: false });
});

test('the secret of a key is not kept for repeated requests', async () => {
  const actor: Actor = { ...chief, idempotency: { key: 'k1', action: 'identity.createApiKey', requestHash: 'h' } };
  const first = await newKey({}, actor);
  expect(await newKey({}, actor)).toEqual({ ...first, secret: null });
  const stored = await database.query('select response::text from messaging.idempotency');
  expect(stored).toHaveLength(1);
  expect(JSON.stringify(stored)).not.toContain(first.secret!);
  const id = uuidv7(new Date());
  await newKey({ id });
  expect(await newKey({ id })).toMatchObject({ id, secret: null });
  await expect(newKey({ id, name: 'Other' })).rejects.toMatchObject({ code: 409, type: 'ID_TAKEN' });
});

test('K11 the audit trail says who changed what and why, newest first, page by page', async () => {
  const admin = await newUser(identity.deps, { roles: ['admin'], displayName: 'Chefin' });
  const user = await newUser(identity.deps, { displayName: 'Alt' });
  await change(user.id, { displayName: 'Neu', reason: 'married' }, { ...chief, id: admin.id });
  await change(user.id, { password: 'given by the administrator' }, { ...chief, id: admin.id });
  const list = (query: object) =>
    listAudit(
      identity.deps,
      identityActions.listAudit.params.parse({ entity: 'user', entityId: user.id, ...query }),
      chief,
    );
  const { items } = await list({});
  expect(items.map(({ action }) => action).toSorted()).toEqual(['user.changed', 'user.changed', 'user.created']);
  expect(items.find(({ reason }) => reason === 'married')).toMatchObject({
    actorKind: 'user',
    actorId: admin.id,
    actorName: 'Chefin',
    before: { displayName: 'Alt' },
    after: { displayName: 'Neu' },
    at: '2026-10-15T10:00:00.000Z',
  });
  const pages = [await list({ limit: '2' })];
  pages.push(await list({ limit: '2', cursor: pages[0]!.nextCursor! }));
  expect(pages.flatMap((page) => page.items.map(({ id }) => id))).toEqual(items.map(({ id }) => id));
  expect((await list({ merchantId: MERCHANT_ONE })).items).toEqual([]);
});

test('no service but identity may touch users, sessions and keys', async () => {
  const allowed = await database.query<{ role: string; table: string }>(
    `select distinct r.rolname as role, c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
     cross join pg_roles r
     where n.nspname = 'identity' and c.relkind = 'r' and c.relname <> 'migrations' and r.rolname like 'kontor\\_%'
       and r.rolname <> 'kontor_owner' and has_table_privilege(r.oid, c.oid, 'select, insert, update, delete')
     order by 2`,
  );
  expect(new Set(allowed.map(({ role }) => role))).toEqual(new Set(['kontor_identity']));
  expect(allowed.map(({ table }) => table)).toEqual([
    'api_key',
    'login_attempt',
    'refresh_token',
    'session',
    'user_account',
  ]);
});
