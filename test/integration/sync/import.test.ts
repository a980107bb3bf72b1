import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { getImport, getImportErrors, listImports } from '../../../services/sync/use-cases/read-imports.ts';
import { runImports } from '../../../services/sync/use-cases/run-imports.ts';
import { listLog } from '../../../services/sync/use-cases/list-log.ts';
import { createProfile, listProfiles, replaceProfile } from '../../../services/sync/use-cases/profiles.ts';
import { seedProfiles } from '../../../services/sync/profiles/seed-profiles.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { ImportView } from '../../../shared/protocol/sync/views.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, userOf } from '../../support/orders.ts';
import { syncFixture, syncStaff, type SyncFixture } from '../../support/sync.ts';
import { germanProfile } from '../../unit/sync/profile-fixture.ts';

let database: TestDatabase;
let fixture: SyncFixture;
const merchant = merchantSnapshot({ number: '100' });
const second = merchantSnapshot({ number: '200' });
const HEAD = 'Mandant;Beleg;Artikel;Bezeichnung;Menge;Preis;Zeit;Kunde;Land';

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await syncFixture(database);
  await fixture.addMerchant(merchant);
  await fixture.addMerchant(second);
  await fixture.addProfile(germanProfile);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

let documents = 0;
/** A row of the shop's file; a new document each time unless one is given. */
const row = (changes: Record<string, string> = {}): string => {
  const cells: Record<string, string> = {
    ...{ merchant: '100', document: String((documents += 1)), sku: 'A-1', name: 'Tasse', quantity: '2', price: '1,50' },
    ...{ at: '15.06.2026 10:00', customer: 'K7', country: 'Deutschland', ...changes },
  };
  return Object.values(cells).join(';');
};
const file = (...rows: string[]): string => [HEAD, ...rows].join('\n');
const runToEnd = async (started: ImportView): Promise<ImportView> => {
  while (await runImports(fixture.deps));
  return getImport(fixture.deps, { id: started.id }, syncStaff);
};
const importFile = async (content: string | Uint8Array, input: Record<string, unknown> = {}): Promise<ImportView> =>
  runToEnd(await fixture.upload(content, { profile: 'laden', ...input }));
const reportOf = async ({ id }: ImportView): Promise<string> => {
  const { objectKey } = await getImportErrors(fixture.deps, { id }, syncStaff);
  return (await fixture.store.read(objectKey)).toString('utf8');
};
const stored = async () => {
  const [found] = await database.query<{ orders: number; lines: number; events: number; returns: number }>(
    `select (select count(*)::int from orders."order") as orders, (select count(*)::int from orders.order_line) as lines,
       (select count(*)::int from messaging.event where type = 'orders.order-shipped.v1') as events,
       (select count(*)::int from returns.return where state = 'announced') as returns`,
  );
  return found!;
};

test('D10 a CSV file becomes shipped orders and announced returns; the same file again changes nothing', async () => {
  const before = await stored();
  const [first, other] = [row(), row({ merchant: '200' })];
  const document = first.split(';')[1]!;
  const content = file(
    first,
    row({ document, sku: 'B-2', quantity: '1.000', price: '0,00' }),
    row({ document, merchant: '200' }),
    other,
    row({ document: 'R7', quantity: '-1' }),
  );
  const done = await importFile(content);
  expect(done).toMatchObject({
    state: 'done',
    finding: null,
    counts: {
      rows: 5,
      rowsImported: 5,
      rowsReported: 0,
      orders: { created: 3, unchanged: 0 },
      returns: { created: 1, unchanged: 0 },
      conflicts: 0,
    },
    progress: { rowsRead: 5, rowsTotal: 5, bytesRead: Buffer.byteLength(content) },
    filename: 'file.csv',
  });
  expect(await stored()).toEqual({
    ...{ orders: before.orders + 3, lines: before.lines + 4, events: before.events + 3 },
    returns: before.returns + 1,
  });
  const [order] = await database.query(
    `select o.state, o.origin, o.channel, o.country, o.currency, o.consumer->>'name' as consumer, o.ordered_at,
       s.parcels, s.weight_grams, s.carrier, s.service_date::text
     from orders."order" o join orders.shipment s on s.order_id = o.id where external_number = $1 and o.merchant_id = $2`,
    [document, merchant.merchantId],
  );
  expect(order).toEqual({
    ...{ state: 'shipped', origin: 'import', channel: 'laden', country: 'DE', currency: 'EUR', consumer: 'K7' },
    ...{ ordered_at: new Date('2026-06-15T08:00:00Z'), parcels: 1, weight_grams: 800, carrier: 'DHL' },
    service_date: '2026-06-15',
  });
  expect(await reportOf(done)).toBe(`\ufeffline,column,code,message,${HEAD.replaceAll(';', ',')}\r\n`);

  const after = await stored();
  const again = await importFile(content);
  expect(again.id).not.toBe(done.id);
  expect(again.counts).toMatchObject({
    orders: { created: 0, unchanged: 3 },
    returns: { created: 0, unchanged: 1 },
    rowsImported: 5,
    rowsReported: 0,
  });
  expect(await stored()).toEqual(after);
});

test('every row that becomes nothing stands in the report with its line and reason', async () => {
  const changed = row({ document: 'X-1' }).replace('X-1', '990001');
  await importFile(file(changed));
  const before = await stored();
  const done = await importFile(
    file(
      row({ quantity: 'viele' }),
      row(),
      row({ merchant: '999' }),
      changed.replace('Deutschland', 'Österreich'),
      row({ at: '31.02.2026 10:00' }),
      row({ at: '01.01.2031 10:00' }),
      row({ name: '=1+1' }).replace('Deutschland', 'Atlantis'),
      row({ sku: '"A\nB"' }),
    ),
  );
  expect(done).toMatchObject({
    state: 'done',
    counts: { rows: 8, rowsImported: 1, rowsReported: 7, orders: { created: 1, unchanged: 0 }, conflicts: 1 },
  });
  const lines = (await reportOf(done)).trim().split('\r\n').slice(1);
  const brief = lines.map((line) => line.split(',').slice(0, 3).join(' '));
  expect(brief.toSorted()).toEqual([
    '2 Menge QUANTITY_INVALID',
    '4  MERCHANT_UNKNOWN',
    '5  DOCUMENT_CONFLICT',
    '6 Zeit TIME_INVALID',
    '7  TIME_OUT_OF_RANGE',
    '8 Land VALUE_NOT_MAPPED',
    '9  DOCUMENT_NOT_VALID',
  ]);
  // what a spreadsheet would calculate is made harmless
  expect(lines.find((line) => line.startsWith('8,'))).toContain(`"'=1+1"`);
  expect(await stored()).toMatchObject({ orders: before.orders + 1, events: before.events + 1 });
});

test('a dry run writes nothing and gives the same report', async () => {
  const content = file(
    row(),
    row({ quantity: '0' }),
    row({ merchant: '999' }),
    row({ document: 'R8', quantity: '-1' }),
  );
  const before = await stored();
  const dry = await importFile(content, { dryRun: 'true' });
  expect(await stored()).toEqual(before);
  const real = await importFile(content);
  expect(real).toMatchObject({ dryRun: false, state: 'done', counts: { orders: { created: 1 }, rowsReported: 2 } });
  expect(dry).toMatchObject({ dryRun: true, state: 'done', counts: real.counts });
  expect(await reportOf(dry)).toBe(await reportOf(real));
  // and after the import it sees what is there
  expect((await importFile(content, { dryRun: 'true' })).counts).toMatchObject({
    orders: { created: 0, unchanged: 1 },
    returns: { created: 0, unchanged: 1 },
  });
  const changed = content.replaceAll('Tasse', 'Becher');
  const [dryConflicts, conflicts] = [await importFile(changed, { dryRun: 'true' }), await importFile(changed)];
  expect(conflicts.counts).toMatchObject({ conflicts: 2, rowsImported: 0, rowsReported: 4 });
  expect(dryConflicts.counts).toEqual(conflicts.counts);
  expect(await reportOf(dryConflicts)).toBe(await reportOf(conflicts));
});

test('an import that was interrupted between its batches is taken up again and its counts are exact', async () => {
  const rows = Array.from({ length: 1_300 }, (_, index) => row({ document: String(700_000 + index) }));
  const content = file(...rows, row({ merchant: '999' }));
  const started = await fixture.upload(gzipSync(content), { profile: 'laden' });
  const before = await stored();
  const real = fixture.callees.get('orders.importOrders')!;
  let calls = 0;
  // the second batch takes effect, and the process dies before it hears of it
  fixture.callees.set('orders.importOrders', async (input, actor) => {
    const answer = await real(input, actor);
    if ((calls += 1) === 2) throw new Error('killed');
    return answer;
  });
  await runImports(fixture.deps);
  expect(await stored()).toMatchObject({ orders: before.orders + 1_000 });
  expect((await getImport(fixture.deps, { id: started.id }, syncStaff)).state).toBe('queued');
  expect(await runImports(fixture.deps)).toBe(0);
  fixture.callees.set('orders.importOrders', real);
  await database.query(`update sync.import set next_at = now()`);
  const done = await runToEnd(started);
  expect(done).toMatchObject({
    state: 'done',
    counts: { rows: 1_301, rowsImported: 1_300, rowsReported: 1, orders: { created: 1_300, unchanged: 0 } },
  });
  expect(await stored()).toMatchObject({ orders: before.orders + 1_300, events: before.events + 1_300 });
  expect((await reportOf(done)).trim().split('\r\n')).toHaveLength(2);
});

test('the import of a dead process is taken over when its lease ends, and the dead one can no longer change it', async () => {
  const started = await fixture.upload(file(row()), { profile: 'laden' });
  const real = fixture.callees.get('orders.importOrders')!;
  const entered = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  fixture.callees.set('orders.importOrders', async (input, actor) => {
    const answer = await real(input, actor);
    entered.resolve();
    await release.promise;
    return answer;
  });
  const frozen = runImports(fixture.deps);
  await entered.promise;
  expect(await runImports(fixture.deps)).toBe(0);
  await database.query(`update sync.import set next_at = now() where id = $1`, [started.id]);
  fixture.callees.set('orders.importOrders', real);
  expect(await runImports(fixture.deps)).toBe(1);
  const done = await getImport(fixture.deps, { id: started.id }, syncStaff);
  expect(done).toMatchObject({ state: 'done', counts: { orders: { created: 1, unchanged: 0 } } });
  const { objectKey } = await getImportErrors(fixture.deps, { id: started.id }, syncStaff);
  await fixture.store.put(objectKey, Buffer.from('as the successor wrote it'));
  release.resolve();
  await frozen;
  expect(await getImport(fixture.deps, { id: started.id }, syncStaff)).toEqual(done);
  expect(await reportOf(done)).toBe('as the successor wrote it');
  const reports = await Array.fromAsync(fixture.store.list('sync/imports'));
  expect(reports.map(({ key }) => key).filter((key) => key.includes(started.id))).toEqual([objectKey]);
  const log = await listLog(fixture.deps, { limit: 50, reference: started.id }, syncStaff);
  expect(log.items.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'started']);
});

test('an import gives a sign of life with every batch, because a large one outlasts every limit of a round', async () => {
  await fixture.upload(file(...Array.from({ length: 1_100 }, () => row())), { profile: 'laden' });
  let beats = 0;
  const beatsAt: number[] = [];
  const importOrders = fixture.callees.get('orders.importOrders')!;
  fixture.callees.set('orders.importOrders', (input, actor) => {
    beatsAt.push(beats);
    return importOrders(input, actor);
  });
  await runImports(fixture.deps, () => (beats += 1));
  fixture.callees.set('orders.importOrders', importOrders);
  expect(beatsAt.length).toBe(3);
  expect(new Set(beatsAt).size).toBe(3);
  expect(beatsAt[0]).toBeGreaterThan(0);
});

test('a process that ends puts its import back at once', async () => {
  const started = await fixture.upload(file(row()), { profile: 'laden' });
  await runImports({ ...fixture.deps, stopping: () => true });
  const [left] = await database.query(`select state, attempts from sync.import where id = $1`, [started.id]);
  expect(left).toEqual({ state: 'queued', attempts: 0 });
  expect((await runToEnd(started)).state).toBe('done');
});

test('an import whose process ends again and again is given up with a finding', async () => {
  const started = await fixture.upload(file(row()), { profile: 'laden' });
  await database.query(`update sync.import set attempts = 8 where id = $1`, [started.id]);
  expect(await runToEnd(started)).toMatchObject({ state: 'failed', finding: { code: 'IMPORT_GIVEN_UP' } });
});

test('news of merchants that are on their way are waited for', async () => {
  const late = merchantSnapshot({ number: '300' });
  const eventId = late.merchantId;
  await database.query(
    `insert into messaging.event (id, type, occurred_at, payload, request_id) values ($1, 't', now(), '{}', 'r')`,
    [eventId],
  );
  await database.query(
    `insert into messaging.delivery (consumer, event_id, occurred_at) values ('sync.know-merchants', $1, now())`,
    [eventId],
  );
  const started = await fixture.upload(file(row({ merchant: '300' })), { profile: 'laden' });
  const running = runToEnd(started);
  await new Promise((resolve) => setTimeout(resolve, 400));
  await fixture.addMerchant(late);
  await database.query(`update messaging.delivery set done_at = now() where event_id = $1`, [eventId]);
  expect((await running).counts).toMatchObject({ orders: { created: 1 }, rowsReported: 0 });
});

const latin1 = Buffer.from(file(row({ country: 'Österreich' })), 'latin1');
test.each<[string, string | Uint8Array, string]>([
  ['is not UTF-8', latin1, 'NOT_UTF8'],
  ['is UTF-16', Buffer.from(`\ufeff${file(row())}`, 'utf16le'), 'UTF16'],
  ['has a quote that never closes', file(row(), row({ name: '"offen' })), 'QUOTE_NOT_CLOSED'],
  ['lacks a column', file(row()).replace('Menge', 'Anzahl'), 'COLUMN_MISSING'],
  ['is a broken archive', gzipSync(file(row(), row(), row())).subarray(0, 60), 'ARCHIVE_BROKEN'],
  ['has a million columns', ';'.repeat(60_000), 'TOO_MANY_COLUMNS'],
])('a file that %s is refused at once and leaves nothing', async (_name, content, code) => {
  const before = [await stored(), await database.query('select id from sync.import')];
  await expect(fixture.upload(content, { profile: 'laden' })).rejects.toMatchObject({
    code: 422,
    data: { errors: [expect.objectContaining({ path: 'file', code })] },
  });
  expect([await stored(), await database.query('select id from sync.import')]).toEqual(before);
});

test('a file that is broken far down fails as a whole with the line, and nothing of it is stored', async () => {
  const rows = Array.from({ length: 25_000 }, () => row());
  const before = await stored();
  const failed = await importFile(file(...rows, row({ name: 'Ta"sse' })));
  expect(failed).toMatchObject({
    state: 'failed',
    finding: { code: 'QUOTE_MISPLACED', message: expect.stringContaining('Line 25002 ') },
    counts: { rowsImported: 0 },
  });
  expect(await stored()).toEqual(before);
  await expect(getImportErrors(fixture.deps, { id: failed.id }, syncStaff)).rejects.toMatchObject({ code: 409 });
});

test('an import needs a known profile and the scope of the staff; an id given twice is one import', async () => {
  const content = file(row());
  await expect(fixture.upload(content, { profile: 'unknown' })).rejects.toMatchObject({ code: 422 });
  const merchantKey: Actor = { ...userOf(merchant.merchantId), kind: 'apiKey', roles: ['api'] };
  await expect(fixture.upload(content, { profile: 'laden' }, merchantKey)).rejects.toMatchObject({ code: 403 });
  await expect(listImports(fixture.deps, { limit: 5 }, merchantKey)).rejects.toMatchObject({ code: 403 });
  const id = merchantSnapshot().merchantId;
  const first = await fixture.upload(content, { profile: 'laden', id });
  expect((await fixture.upload(content, { profile: 'laden', id })).id).toBe(first.id);
  await expect(fixture.upload(content, { profile: 'laden', id, dryRun: 'true' })).rejects.toMatchObject({
    code: 409,
    type: 'IMPORT_EXISTS',
  });
  const incoming: string[] = [];
  for await (const { key } of fixture.store.list(`sync/sources`)) incoming.push(key);
  expect(incoming.filter((key) => key.endsWith(first.sha256))).toHaveLength(1);
  await runToEnd(first);
});

test('profiles are checked, kept under their name and changed by version', async () => {
  await seedProfiles(fixture.deps);
  await seedProfiles(fixture.deps);
  const profile = { ...germanProfile, name: 'neu', channel: 'neu' };
  const created = await createProfile(fixture.deps, { profile }, syncStaff);
  expect(created).toMatchObject({ name: 'neu', version: 1 });
  expect(await createProfile(fixture.deps, { profile }, syncStaff)).toEqual(created);
  const changed = { ...profile, delimiter: ',' };
  await expect(createProfile(fixture.deps, { profile: changed }, syncStaff)).rejects.toMatchObject({ code: 409 });
  const replace = (actor = syncStaff) => replaceProfile(fixture.deps, { name: 'neu', profile: changed }, actor);
  await expect(replace({ ...syncStaff, ifMatch: 7 })).rejects.toMatchObject({ code: 412 });
  expect(await replace()).toMatchObject({ version: 2, profile: { delimiter: ',' } });
  expect(await replace()).toMatchObject({ version: 2 });
  const { items } = await listProfiles(fixture.deps, { limit: 10 }, syncStaff);
  expect(items.map(({ name }) => name)).toEqual(['laden', 'neu', 'online-retail']);
  for (const [wrong, path] of [
    [{ ...profile, delimiter: '#' }, 'profile.delimiter'],
    [{ ...profile, secret: 1 }, 'profile.secret'],
    [{ ...profile, channel: 'x'.repeat(41) }, 'profile.channel'],
  ] as const)
    await expect(createProfile(fixture.deps, { profile: wrong }, syncStaff)).rejects.toMatchObject({
      code: 422,
      data: { errors: [expect.objectContaining({ path })] },
    });
});
