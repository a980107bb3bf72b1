import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { getSelfCheck, startSelfCheck } from '../../../services/sync/use-cases/self-check/ask.ts';
import { selfCheckRound } from '../../../services/sync/use-cases/self-check/run.ts';
import { ALL_INVARIANTS } from '../../../shared/protocol/self-check/index.ts';
import type { Violations } from '../../../shared/protocol/self-check/invariant.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { syncFixture, syncStaff, type SyncFixture } from '../../support/sync.ts';

const SEARCHED = ALL_INVARIANTS.filter(({ by }) => by === undefined).length;
let database: TestDatabase;
let fixture: SyncFixture;
let asked: string[] = [];
let answers: Record<string, Violations | Error> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await syncFixture(database);
  for (const service of new Set(ALL_INVARIANTS.map((invariant) => invariant.service)))
    fixture.callees.set(`${service}.checkInvariant`, ({ id }: { id: string }) => {
      asked.push(id);
      const answer = answers[id] ?? { count: 0, examples: [] };
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    });
});
beforeEach(async () => {
  asked = [];
  answers = {};
  await database.query(
    'update sync.self_check set next_at = now(), wanted_at = null, lease = null, lease_until = null',
  );
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const view = () => getSelfCheck(fixture.deps, syncStaff);
const metric = async (name: string) => (await fixture.deps.metrics.registry.getSingleMetric(name)!.get()).values;

test('X8 every invariant is looked for once a minute by one of several workers, and its result is kept', async () => {
  expect(await view()).toMatchObject({ state: 'unknown', finishedAt: null, running: false });
  await Promise.all([1, 2, 3].map(() => selfCheckRound(fixture.deps)));
  expect(asked).toHaveLength(SEARCHED);
  await selfCheckRound(fixture.deps);
  expect(asked).toHaveLength(SEARCHED);
  expect(await view()).toMatchObject({ state: 'kept', violated: 0, unknown: 0, running: false });
  const [times] = await database.query(
    `select extract(epoch from next_at - finished_at)::float8 as wait from sync.self_check`,
  );
  expect(Number(times!['wait'])).toBeGreaterThan(59.9);
  await database.query(`update sync.self_check set next_at = now()`);
  await selfCheckRound(fixture.deps);
  expect(asked).toHaveLength(2 * SEARCHED);
});

test('X8 rows that are found are shown with their invariant, its remedy and since when, and as metrics', async () => {
  answers = { 'I8.gapless': { count: 2, examples: [{ id: 'invoice 2026', detail: 'a gap' }] } };
  await selfCheckRound(fixture.deps);
  const first = await view();
  expect(first).toMatchObject({ state: 'violated', violated: 1 });
  const gapless = first.invariants.find(({ id }) => id === 'I8.gapless')!;
  expect(gapless).toMatchObject({ state: 'violated', count: 2, examples: [{ id: 'invoice 2026', detail: 'a gap' }] });
  expect(gapless.remedy.de).toMatch(/keine weitere Rechnung/);
  expect(await metric('kontor_self_check_rows')).toContainEqual({ labels: { invariant: 'I8.gapless' }, value: 2 });
  expect(await metric('kontor_self_check_rows')).toContainEqual({ labels: { invariant: 'I5.net' }, value: 0 });
  await startSelfCheck(fixture.deps, syncStaff);
  await selfCheckRound(fixture.deps);
  expect((await view()).invariants.find(({ id }) => id === 'I8.gapless')!.violatedSince).toBe(gapless.violatedSince);
  answers = {};
  await startSelfCheck(fixture.deps, syncStaff);
  await selfCheckRound(fixture.deps);
  expect(await view()).toMatchObject({ state: 'kept' });
  expect(await metric('kontor_self_check_rows')).toContainEqual({ labels: { invariant: 'I8.gapless' }, value: 0 });
});

test('X8 what cannot be asked is unknown, never kept, and the rest is looked for all the same', async () => {
  answers = { 'I5.net': Object.assign(new Error('away'), { type: 'SERVICE_NOT_FOUND' }) };
  await selfCheckRound(fixture.deps);
  const shown = await view();
  expect(shown).toMatchObject({ state: 'unknown', unknown: 1, violated: 0 });
  expect(shown.invariants.find(({ id }) => id === 'I5.net')).toMatchObject({
    state: 'unknown',
    error: 'SERVICE_NOT_FOUND',
  });
  expect(asked).toHaveLength(SEARCHED);
  expect(await metric('kontor_self_check_unknown')).toEqual([{ labels: {}, value: 1 }]);
});

test('X8 a check that was asked for comes before its minute is over and stands in the audit trail', async () => {
  await selfCheckRound(fixture.deps);
  asked = [];
  expect(await startSelfCheck(fixture.deps, syncStaff)).toMatchObject({ running: true });
  await selfCheckRound(fixture.deps);
  expect(asked).toHaveLength(SEARCHED);
  expect(
    await database.query(
      `select actor_id from messaging.audit_entry where action = 'self-check.requested' order by at desc limit 1`,
    ),
  ).toEqual([{ actor_id: 'admin-1' }]);
});

test('X8 a process that dies in the middle gives way after its lease', async () => {
  await database.query(
    `update sync.self_check set lease = gen_random_uuid(), lease_until = now() + interval '1 minute', started_at = now()`,
  );
  await selfCheckRound(fixture.deps);
  expect(asked).toHaveLength(0);
  await database.query(`update sync.self_check set lease_until = now() - interval '1 second'`);
  await selfCheckRound(fixture.deps);
  expect(asked).toHaveLength(SEARCHED);
});

test('X8 a process that is stopped in the middle lets another one begin anew at once', async () => {
  const stopping = { ...fixture.deps, stopping: () => asked.length > 2 };
  await selfCheckRound(stopping);
  expect(asked).toHaveLength(3);
  asked = [];
  await selfCheckRound(fixture.deps);
  expect(asked).toHaveLength(SEARCHED);
});

test('X8 merchants do not see the self-check', async () => {
  const merchant = { ...syncStaff, scope: ['0199e000-0000-7000-8000-000000000009'] };
  await expect(getSelfCheck(fixture.deps, merchant)).rejects.toMatchObject({ code: 403 });
  await expect(startSelfCheck(fixture.deps, merchant)).rejects.toMatchObject({ code: 403 });
});

test('X8 ids are given once, and every text is there in both languages', () => {
  expect(new Set(ALL_INVARIANTS.map(({ id }) => id)).size).toBe(ALL_INVARIANTS.length);
  for (const { title, meaning, remedy } of ALL_INVARIANTS)
    for (const text of [title, meaning, remedy]) expect([text.de.length > 5, text.en.length > 5]).toEqual([true, true]);
});
