import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { changeUser } from '../../../services/identity/use-cases/change-user.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { chief, identityTest, MERCHANT_ONE, MERCHANT_TWO, newUser, type IdentityTest } from '../../support/identity.ts';

let database: TestDatabase;
let identity: IdentityTest;
beforeAll(async () => {
  database = await createTestDatabase();
  identity = await identityTest(database);
});
afterAll(async () => {
  await identity.deps.orm.close();
  await database.drop();
});

const told = async (id: string) =>
  (
    await database.query<{ payload: { version: number; merchantIds: string[] } }>(
      `select payload from messaging.event where type = 'identity.merchant-access-changed.v1' and payload ->> 'userId' = $1
       order by (payload ->> 'version')::int`,
      [id],
    )
  ).map(({ payload }) => payload.merchantIds);

test('D12 whoever counts users is told for which merchants one may log in, each change once', async () => {
  const { deps } = identity;
  const { id } = await newUser(deps, { roles: ['merchantViewer'], merchantIds: [MERCHANT_ONE] });
  const change = (what: object) => changeUser(deps, { id, ...what } as never, chief);
  expect(await told(id)).toEqual([[MERCHANT_ONE]]);
  await change({ displayName: 'Anders' });
  await change({ merchantIds: [MERCHANT_ONE] });
  expect(await told(id)).toHaveLength(1);
  await change({ merchantIds: [MERCHANT_TWO, MERCHANT_ONE] });
  await change({ active: false });
  await change({ merchantIds: [MERCHANT_TWO] });
  await change({ active: true });
  await change({ roles: ['worker'], merchantIds: [] });
  expect(await told(id)).toEqual([[MERCHANT_ONE], [MERCHANT_ONE, MERCHANT_TWO], [], [MERCHANT_TWO], []]);
});

test('D12 people of the house are users of no merchant', async () => {
  const { id } = await newUser(identity.deps, { roles: ['worker'] });
  await changeUser(identity.deps, { id, active: false } as never, chief);
  expect(await told(id)).toEqual([]);
});
