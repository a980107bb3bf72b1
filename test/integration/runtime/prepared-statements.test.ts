import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { isStalePlan, prepareOften } from '../../../shared/persistence/prepared-statements.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  prepareOften(client as unknown as pg.PoolClient);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const plans = async (): Promise<string[]> => {
  const { rows } = await client.query<{ statement: string }>('select statement from pg_prepared_statements order by 1');
  return rows.map(({ statement }) => statement);
};
const times = async (count: number, work: (index: number) => Promise<unknown>): Promise<void> => {
  for (let index = 0; index < count; index += 1) await work(index);
};

test('a statement that is run often is prepared once, with the answers it had before', async () => {
  await times(10, async (index) => {
    const { rows, rowCount } = await client.query('select $1::int + 1 as next', [index]);
    expect({ rows, rowCount }).toEqual({ rows: [{ next: index + 1 }], rowCount: 1 });
  });
  await times(10, () => client.query('select 1'));
  await client.query('select $1::text as rare', ['x']);
  expect(await plans()).toEqual(['select $1::int + 1 as next']);
});

test('errors stay what they are, and the statement works afterwards', async () => {
  const half = (by: number) => client.query('select 10 / $1::int as half', [by]);
  await times(5, () => half(2));
  await expect(half(0)).rejects.toMatchObject({ code: '22012' });
  expect((await half(5)).rows).toEqual([{ half: 2 }]);
});

test('a change of a table makes a plan stale once, and then it is made anew', async () => {
  await client.query('create table changing (id int)');
  await client.query('insert into changing values (1)');
  const all = async () => (await client.query('select * from changing where id = $1', [1])).rows;
  await times(5, all);
  await client.query('alter table changing add column name text');
  const error: unknown = await all().catch((caught: unknown) => caught);
  expect(isStalePlan(error)).toBe(true);
  await times(5, async () => expect(await all()).toEqual([{ id: 1, name: null }]));
});

test('however many texts there are, a connection keeps a bounded number of plans', async () => {
  const texts = Array.from({ length: 300 }, (_, index) => `select $1::int + ${index} as sum`);
  for (const text of texts) await times(3, () => client.query(text, [1]));
  // and the stale one, which ends with the connection
  expect((await plans()).length).toBe(251);
  expect((await client.query(texts[299]!, [1])).rows).toEqual([{ sum: 300 }]);
});
