import { afterAll, beforeAll } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { merchantSnapshot } from './orders.ts';
import { deskOf, returnsFixture, type Desk, type ReturnsFixture } from './returns.ts';

export interface ReturnsWorld {
  database: TestDatabase;
  fixture: ReturnsFixture;
  desk: Desk;
}

/**
 * The returns service on a database of the test file's own, from before its first test until after its last. The
 * objects can be taken apart at once, but are empty until then.
 */
export function returnsWorld(): ReturnsWorld {
  const [database, fixture, desk] = [{} as TestDatabase, {} as ReturnsFixture, {} as Desk];
  beforeAll(async () => {
    Object.assign(database, await createTestDatabase());
    Object.assign(fixture, await returnsFixture(database, merchantSnapshot));
    Object.assign(desk, await deskOf(fixture));
  });
  afterAll(async () => {
    await fixture.close();
    await database.drop();
  });
  return { database, fixture, desk };
}
