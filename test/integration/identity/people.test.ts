import { expect, test } from '@jest/globals';
import { changeUser } from '../../../services/identity/use-cases/change-user.ts';
import { createApiKey } from '../../../services/identity/use-cases/create-api-key.ts';
import { getPeople } from '../../../services/identity/use-cases/get-people.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { identityActions } from '../../../shared/protocol/identity/actions.ts';
import { createTestDatabase } from '../../support/database.ts';
import { chief, identityTest, MERCHANT_ONE, newUser } from '../../support/identity.ts';

test('names of people and keys, also of those who left, and whether they are of the house', async () => {
  const database = await createTestDatabase();
  const { deps } = await identityTest(database);
  try {
    const mara = await newUser(deps, { displayName: 'Mara Klein' });
    const gone = await newUser(deps, { displayName: 'Jonas Weber' });
    await changeUser(deps, { id: gone.id, active: false }, chief);
    const buyer = await newUser(deps, { roles: ['merchantViewer'], merchantIds: [MERCHANT_ONE] });
    const key = identityActions.createApiKey.body.parse({ name: 'Shop', roles: ['api'], merchantIds: [MERCHANT_ONE] });
    const shop = await createApiKey(deps, key, chief);
    const ids = [mara.id, gone.id, buyer.id, shop.id, '0199e000-0000-7000-8000-0000000000ff'];
    const { people } = await getPeople(deps, { ids }, serviceActor('returns', 'request-1'));
    expect(people.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))).toEqual([
      { id: mara.id, name: 'Mara Klein', house: true },
      { id: gone.id, name: 'Jonas Weber', house: true },
      { id: buyer.id, name: 'Jo Beispiel', house: false },
      { id: shop.id, name: 'Shop', house: false },
    ]);
    expect(identityActions.getPeople.access).toBe('internal');
  } finally {
    await deps.orm.close();
    await database.drop();
  }
});
