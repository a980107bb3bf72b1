import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { NotFound } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { read, transact, type TransactDeps } from '../../../shared/messaging/transact.ts';
import { bind } from '../../../shared/moleculer/actions.ts';
import { openOrm } from '../../../shared/persistence/orm.ts';
import { readCursor, toPage } from '../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import { assertVersion } from '../../../shared/protocol/actor.ts';
import { defineAction } from '../../../shared/protocol/define.ts';
import { byId, id, line, none, page, pageParams } from '../../../shared/protocol/schemas.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** A service with one table, written as every service of the product is. */
const note = z.object({ id, text: z.string(), version: z.int() });
const notesActions = {
  list: defineAction({
    name: 'notes.list',
    summary: 'List',
    rest: 'GET /notes',
    access: ['worker'],
    params: z.strictObject(pageParams),
    output: page(note),
  }),
  write: defineAction({
    name: 'notes.write',
    summary: 'Write',
    rest: 'POST /notes',
    access: ['worker'],
    params: none,
    body: z.strictObject({ text: line(80) }),
    output: note,
    status: 201,
  }),
  change: defineAction({
    name: 'notes.change',
    summary: 'Change',
    rest: 'PATCH /notes/{id}',
    access: ['worker'],
    params: byId,
    body: z.strictObject({ text: line(80) }),
    output: note,
  }),
};
type Note = z.output<typeof note>;

let database: TestDatabase;
let orm: MikroORM;
let gateway: TestGateway;
let token: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.query(
    'create table sync.note (id uuid primary key, text text not null, version int not null default 1)',
  );
  await database.query('grant select, insert, update on sync.note to kontor_sync');
  orm = await openOrm({ service: 'sync', url: database.url, entities: [], poolSize: 8 });
  const deps: TransactDeps = { service: 'sync', orm, now: () => new Date(), wake: () => undefined };
  const extra = bind(notesActions, {
    list: ({ limit, cursor }, actor) =>
      read(deps, actor, async (em) => {
        const after = readCursor(cursor, ['id'])?.[0] ?? '00000000-0000-0000-0000-000000000000';
        const found = await rows<Note>(
          em,
          sql`select * from note where id > ${after}::uuid order by id limit ${limit + 1}`,
        );
        return toPage(
          found,
          limit,
          (row) => [row.id],
          (row) => row,
        );
      }),
    write: ({ text }, actor) =>
      transact(deps, actor, async (em) => {
        const made = uuidv7(deps.now());
        await rows(em, sql`insert into note (id, text) values (${made}, ${text})`);
        if (text === 'slow') await rows(em, sql`select pg_sleep(0.4)`);
        return { id: made, text, version: 1 };
      }),
    change: ({ id: wanted, text }, actor) =>
      transact(deps, actor, async (em) => {
        const found = await firstRow<Note>(em, sql`select * from note where id = ${wanted} for update`);
        if (!found) throw new NotFound('note');
        assertVersion(actor, found.version);
        await rows(em, sql`update note set text = ${text}, version = version + 1 where id = ${wanted}`);
        return { id: wanted, text, version: found.version + 1 };
      }),
  });
  gateway = await startTestGateway({ extra });
  ({ token } = await gateway.login(['worker']));
});
afterAll(async () => {
  await gateway.stop();
  await orm.close();
  await database.drop();
});

const write = (text: string, key?: string, as = token) =>
  gateway.post(as, '/notes', { text }, key === undefined ? {} : { 'idempotency-key': key });
const stored = async (text: string) => (await database.query('select 1 from sync.note where text = $1', [text])).length;

test('K9 a repeated write with its Idempotency-Key gets the same answer and acts once', async () => {
  const first = await write('once', 'key-1');
  const again = await write('once', 'key-1');
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(await again.json()).toEqual(await first.json());
  expect(await stored('once')).toBe(1);
  const other = await write('other', 'key-1');
  expect([other.status, await other.json()]).toMatchObject([
    422,
    { errors: [{ path: 'Idempotency-Key', code: 'IDEMPOTENCY_KEY_REUSED' }] },
  ]);
  expect(await stored('other')).toBe(0);
  await write('unkeyed');
  await write('unkeyed');
  expect(await stored('unkeyed')).toBe(2);
});

test('K9 a twin in flight is refused, and the same key of somebody else is another key', async () => {
  const twins = await Promise.all([write('slow', 'key-2'), write('slow', 'key-2')]);
  expect(twins.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  expect(await stored('slow')).toBe(1);
  const stranger = (await gateway.login(['worker'])).token;
  expect((await write('mine', 'key-1', stranger)).status).toBe(201);
  expect(await stored('mine')).toBe(1);
});

test('K9 a write on an older version than the ETag says is refused', async () => {
  const made = await write('versioned');
  expect(made.headers.get('etag')).toBe('"1"');
  const { id: wanted } = (await made.json()) as Note;
  const change = (text: string, etag: string) =>
    gateway.api(token, `/notes/${wanted}`, {
      method: 'PATCH',
      body: JSON.stringify({ text }),
      headers: { 'content-type': 'application/json', 'if-match': etag },
    });
  const changed = await change('newer', '"1"');
  expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
  const stale = await change('lost', '"1"');
  expect([stale.status, await stale.json()]).toMatchObject([412, { code: 'VERSION_STALE' }]);
  expect([await stored('newer'), await stored('lost')]).toEqual([1, 0]);
});

test('K9 a list is read page by page with a cursor, each row once', async () => {
  for (let n = 0; n < 7; n += 1) await write('paged');
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const answer = await gateway.api(token, `/notes?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
    const { items, nextCursor } = (await answer.json()) as { items: Note[]; nextCursor: string | null };
    seen.push(...items.map((item) => item.id));
    cursor = nextCursor;
  } while (cursor);
  const all = await database.query<{ id: string }>('select id from sync.note order by id');
  expect(seen).toEqual(all.map((row) => row.id));
  expect((await gateway.api(token, '/notes?cursor=forged')).status).toBe(422);
});

test('K9 the OpenAPI document is made from the definitions', async () => {
  const document = (await (await gateway.api(undefined, '/openapi.json')).json()) as { paths: Record<string, object> };
  expect(Object.keys(document.paths['/notes']!)).toEqual(['get', 'post']);
});
