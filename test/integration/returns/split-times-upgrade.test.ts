import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { HISTORIES } from '../../../migrations/index.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { migrate } from '../../../shared/persistence/migrate.ts';
import { withDatabase } from '../../support/cluster.ts';

const name = `splits_${randomUUID().replaceAll('-', '')}`;
const server = process.env['KONTOR_TEST_PG']!;
const url = withDatabase(server, name);
const run = async (at: string, text: string, values: unknown[] = []) => {
  const client = new pg.Client({ connectionString: at });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
};
beforeAll(() => run(server, `create database ${name}`));
afterAll(() => run(server, `drop database ${name}`));

test('parts that are there already were split off when their id was made, or at their inspection, whichever was first', async () => {
  const before = HISTORIES.map(({ schema, migrations }) => ({
    schema,
    migrations: migrations.filter((migration) => migration.name < '2026-11-26'),
  }));
  await migrate(url, before);
  const [returnId, line] = [randomUUID(), randomUUID()];
  await run(
    url,
    `insert into returns.return (id, number, kind, state, match_state, channel, note, content_hash, created_at, updated_at)
     values ($1::uuid, 'RT-1', 'withdrawal', 'announced', 'unknown_merchant', 'manual', '', '', now(), now())`,
    [returnId],
  );
  const keep = (id: string, from: string | null, inspectedAt: string | null) =>
    run(
      url,
      `insert into returns.return_item (id, return_id, position, split_from, origin, name, quantity, state, note, inspected_at)
       values ($1, $2, 1, $3, 'expected', 'Mug', 1, 'expected', '', $4)`,
      [id, returnId, from, inspectedAt],
    );
  const noon = '2026-11-02T12:00:00.123Z';
  await keep(line, null, noon);
  const expected: Record<string, string | null> = { [line]: null };
  for (const [id, inspectedAt, at] of [
    [uuidv7(new Date(noon)), '2026-11-03T09:00:00.000Z', noon],
    [uuidv7(new Date(noon)), null, noon],
    [uuidv7(new Date(noon)), '2026-11-02T11:00:00.000Z', '2026-11-02T11:00:00.000Z'],
    [randomUUID(), '2026-11-03T09:00:00.000Z', '2026-11-03T09:00:00.000Z'],
    [randomUUID(), null, null],
  ] as const) {
    await keep(id, line, inspectedAt);
    expected[id] = at;
  }
  await migrate(url, HISTORIES);
  const found = await run(url, 'select id, split_at from returns.return_item');
  expect(
    Object.fromEntries(found.map(({ id, split_at: at }) => [id, at === null ? null : (at as Date).toISOString()])),
  ).toEqual(expected);
});
