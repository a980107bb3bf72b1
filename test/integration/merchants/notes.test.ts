import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  createNote,
  deleteNote,
  listNotes,
  pinNote,
  type NotesDeps,
} from '../../../services/merchants/use-cases/notes/notes.ts';
import { NotFound } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { assertAccess } from '../../../shared/moleculer/actions.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { ActionDefinition, CallInputOf, Role } from '../../../shared/protocol/define.ts';
import type { ChangeNotice } from '../../../shared/protocol/live.ts';
import { noteActions } from '../../../shared/protocol/merchants/note-actions.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { callNaming } from '../../support/people.ts';
import { administrator, merchantsTestDeps, merchantUser, newMerchant } from '../../support/merchants.ts';

let database: TestDatabase;
let deps: NotesDeps;
let merchantId: string;
let returnId: string;
let clock = new Date('2026-10-15T10:00:00Z');
/** What other services have, by id: the merchant it belongs to. */
const things = new Map<string, string | null>();
const told: ChangeNotice[] = [];

const person = (role: Role): Actor => ({ ...administrator, id: uuidv7(new Date()), roles: [role] });
const worker = person('worker');
const colleague = person('worker');
const lead = person('lead');
const packing: Actor = { ...person('worker'), kind: 'apiKey' };
const callNames = callNaming({ [worker.id]: 'Wiebke', [packing.id]: 'Packstraße 3' }, 'Jemand');

beforeAll(async () => {
  database = await createTestDatabase();
  const base = await merchantsTestDeps(database);
  deps = {
    ...base,
    now: () => (clock = new Date(clock.getTime() + 1)),
    tell: (notices) => void told.push(...notices),
    call: (async (definition: ActionDefinition, input: { id: string; ids: string[] }, actor: Actor) => {
      assertAccess(definition, actor);
      if (definition.name === 'identity.getPeople') return callNames(definition as never, input as never, actor);
      const { id } = input;
      if (definition.name === 'merchants.getMerchant' && id === merchantId) return {};
      if (!things.has(id)) throw new NotFound('thing');
      return { merchantId: things.get(id) };
    }) as never,
  };
  merchantId = (await newMerchant(base)).id;
});
beforeEach(() => {
  returnId = uuidv7(new Date());
  things.set(returnId, merchantId);
  told.length = 0;
});
afterAll(async () => {
  await deps.orm.close();
  await database.drop();
});

type New = Partial<CallInputOf<typeof noteActions.createNote>>;
const write = (text: string, given: New = {}, actor = worker) =>
  createNote(
    deps,
    noteActions.createNote.body.parse({ subject: 'return', subjectId: returnId, text, ...given }),
    actor,
  );
const list = (query: object = {}, actor = worker) =>
  listNotes(deps, noteActions.listNotes.params.parse({ subject: 'return', subjectId: returnId, ...query }), actor);
const texts = async (query: object = {}, actor = worker) => (await list(query, actor)).items.map(({ text }) => text);

test('J29 a note stands there with its author and time, the newest first, pinned ones above', async () => {
  await write('Karton war nass');
  await write('Bitte immer wiegen', { pinned: true }, colleague);
  const last = await write('Händler angerufen');
  expect(await texts()).toEqual(['Bitte immer wiegen', 'Händler angerufen', 'Karton war nass']);
  expect(last).toMatchObject({ authorId: worker.id, authorName: 'Wiebke', pinned: false, version: 1 });
  expect(last.createdAt).toMatch(/^2026-10-15T10:00:0/);
});

test('J29 a note of an API key bears the name of the key', async () => {
  expect(await write('Palette umgestapelt', {}, packing)).toMatchObject({
    ...{ authorId: packing.id, authorName: 'Packstraße 3' },
  });
});

test('J29 pages go on where the last one ended, pinned ones included', async () => {
  for (const pinned of [false, true, false, true, false]) await write(`pinned ${pinned}`, { pinned });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await list({ limit: 2, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toHaveLength(5);
  expect(seen).toEqual((await list()).items.map(({ id }) => id));
  for (const forged of [['2', '2026-10-15T10:00:00Z', returnId], ['x', 'y', 'z'], []])
    await expect(list({ cursor: Buffer.from(JSON.stringify(forged)).toString('base64url') })).rejects.toMatchObject({
      code: 422,
    });
});

test('J29 a note is about something that is there, of any kind', async () => {
  const order = uuidv7(new Date());
  things.set(order, merchantId);
  await write('zum Auftrag', { subject: 'order', subjectId: order });
  await write('zum Händler', { subject: 'merchant', subjectId: merchantId });
  await write('zur Rechnung', { subject: 'invoice', subjectId: order }, person('finance'));
  await write('zur Sendung', { subject: 'batch', subjectId: order });
  expect(await texts({ subject: 'order', subjectId: order })).toEqual(['zum Auftrag']);
  expect(await texts({ subject: 'merchant', subjectId: merchantId })).toEqual(['zum Händler']);
  await expect(write('?', { subjectId: uuidv7(new Date()) })).rejects.toMatchObject({ code: 404 });
  expect(await texts({ subject: undefined, subjectId: undefined, limit: 200 })).toEqual(
    expect.arrayContaining(['zum Auftrag', 'zum Händler', 'zur Sendung']),
  );
});

test('J29 notes on an invoice are for those who may see the invoice', async () => {
  const invoice = uuidv7(new Date());
  things.set(invoice, merchantId);
  const about = { subject: 'invoice' as const, subjectId: invoice };
  const note = await write('strittig', about, person('finance'));
  await expect(write('x', about, worker)).rejects.toMatchObject({ code: 403 });
  await expect(list(about, worker)).rejects.toMatchObject({ code: 403 });
  await expect(pinNote(deps, { id: note.id, pinned: true }, worker)).rejects.toMatchObject({ code: 404 });
  await expect(deleteNote(deps, { id: note.id }, worker)).rejects.toMatchObject({ code: 404 });
  expect(await texts({ subject: undefined, subjectId: undefined, limit: 200 })).not.toContain('strittig');
});

test('J29 a parcel of nobody can have notes', async () => {
  things.set(returnId, null);
  await write('Absender unleserlich');
  expect(await texts()).toEqual(['Absender unleserlich']);
});

test('J29 the same create again is one note, another one under its id is refused', async () => {
  const id = uuidv7(new Date());
  const first = await write('einmal', { id });
  expect(await write('einmal', { id })).toMatchObject({ id, createdAt: first.createdAt });
  await pinNote(deps, { id, pinned: true }, worker);
  expect(await write('einmal', { id })).toMatchObject({ id, pinned: true });
  await expect(write('anders', { id })).rejects.toMatchObject({ code: 409, type: 'ID_TAKEN' });
  expect(await texts()).toEqual(['einmal']);
  await deleteNote(deps, { id }, worker);
  await expect(write('einmal', { id })).rejects.toMatchObject({ code: 409 });
});

test('J29 pinning is a new version, and an old one is refused', async () => {
  const { id } = await write('wichtig');
  const pinned = await pinNote(deps, { id, pinned: true }, { ...colleague, ifMatch: 1 });
  expect(pinned).toMatchObject({ pinned: true, version: 2 });
  expect(await pinNote(deps, { id, pinned: true }, colleague)).toMatchObject({ version: 2 });
  await expect(pinNote(deps, { id, pinned: false }, { ...colleague, ifMatch: 1 })).rejects.toMatchObject({ code: 412 });
});

test('J29 its author or a lead removes a note, and the audit trail keeps that it was there', async () => {
  const own = await write('eigene');
  const other = await write('andere');
  await expect(deleteNote(deps, { id: own.id }, colleague)).rejects.toMatchObject({
    code: 403,
    type: 'NOTE_OF_SOMEONE_ELSE',
  });
  await deleteNote(deps, { id: own.id }, worker);
  await deleteNote(deps, { id: other.id }, lead);
  expect(await texts()).toEqual([]);
  await expect(deleteNote(deps, { id: own.id }, worker)).rejects.toMatchObject({ code: 404 });
  await expect(pinNote(deps, { id: own.id, pinned: true }, worker)).rejects.toMatchObject({ code: 404 });
  const trail = await database.query(
    `select action, actor_id, merchant_id, after from messaging.audit_entry where entity = 'note' and entity_id = $1 order by id`,
    [other.id],
  );
  expect(trail).toEqual([
    expect.objectContaining({ action: 'note.written', actor_id: worker.id, merchant_id: null }),
    expect.objectContaining({ action: 'note.deleted', actor_id: lead.id, merchant_id: null }),
  ]);
  expect(JSON.stringify(trail)).not.toContain('andere');
});

test('J29 the text of a note never changes, not even by the hand of the service', async () => {
  const { id } = await write('steht');
  const asService = (statement: ReturnType<typeof sql>) =>
    inTransaction(deps.orm, 'staff', (em) => rows(em, statement));
  for (const statement of [
    sql`update merchants.note set text = 'anders' where id = ${id}`,
    sql`update merchants.note set author_name = 'Anderer' where id = ${id}`,
    sql`delete from merchants.note where id = ${id}`,
  ])
    await expect(asService(statement)).rejects.toMatchObject({ code: '42501' });
  expect(await texts()).toEqual(['steht']);
});

test('J29 a note shows on the screens of the house at once', async () => {
  const { id } = await write('neu');
  expect(told).toEqual([{ topic: 'notes', id, merchantId: null }]);
});

test.each([
  ['a user of the merchant', () => merchantUser(merchantId)],
  ['an API key of the merchant', (): Actor => ({ ...merchantUser(merchantId), kind: 'apiKey', roles: ['api'] })],
])('J29 %s reaches no note, not even in the database', async (_who, actorOf) => {
  const { id } = await write('nur für uns');
  const actor = actorOf();
  for (const definition of Object.values(noteActions))
    expect(() => assertAccess(definition, actor)).toThrow(expect.objectContaining({ code: 403 }));
  await expect(list({}, actor)).rejects.toMatchObject({ code: 403 });
  await expect(write('x', {}, actor)).rejects.toMatchObject({ code: 403 });
  await expect(pinNote(deps, { id, pinned: true }, actor)).rejects.toMatchObject({ code: 404 });
  await expect(deleteNote(deps, { id }, actor)).rejects.toMatchObject({ code: 404 });
  const visible = await inTransaction(deps.orm, actor.scope, (em) =>
    rows<{ notes: number; audits: number }>(
      em,
      sql`select (select count(*)::int from merchants.note) as notes,
            (select count(*)::int from messaging.audit_entry where entity = 'note') as audits`,
    ),
  );
  expect(visible).toEqual([{ notes: 0, audits: 0 }]);
});
