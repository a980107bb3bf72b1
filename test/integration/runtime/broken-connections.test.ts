import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openOrm } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { breakableNetwork, type BreakableNetwork } from '../../support/breakable-network.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

type Orm = Awaited<ReturnType<typeof openOrm>>;

let database: TestDatabase;
let wire: BreakableNetwork;
let orm: Orm;

beforeAll(async () => {
  database = await createTestDatabase();
  wire = await breakableNetwork(database.url);
  orm = await openOrm({ service: 'notifications', url: wire.url, entities: [], poolSize: 2 });
});
afterAll(async () => {
  await orm.close();
  await wire.close();
  await database.drop();
});

const AWAY = { code: 503, type: 'DATABASE_UNAVAILABLE' };
const answers = () =>
  Promise.all([1, 2, 3].map(() => inTransaction(orm, 'staff', (em) => firstRow(em, sql`select 1 as one`))));

test('H9 fault 11: a service that lost its database in the middle of all its transactions goes on once it is back', async () => {
  for (let time = 0; time < 3; time += 1) {
    const asleep = [1, 2].map(() =>
      inTransaction(orm, 'staff', async (em) => {
        await rows(em, sql`select pg_sleep(30)`);
      }),
    );
    const ends = Promise.allSettled(asleep);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await wire.cut();
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: AWAY });
    await expect(inTransaction(orm, 'staff', (em) => rows(em, sql`select 1`))).rejects.toMatchObject(AWAY);
    await wire.mend();
    expect(await answers()).toEqual(Array(3).fill({ one: 1 }));
  }
});

test('work that notices only later that its connection is gone fails by that, and harms no other', async () => {
  const late = inTransaction(orm, 'staff', async (em) => {
    await wire.cut();
    await wire.mend();
    await answers();
    await rows(em, sql`select 1`);
  });
  await expect(late).rejects.toMatchObject(AWAY);
  expect(await answers()).toHaveLength(3);
});
