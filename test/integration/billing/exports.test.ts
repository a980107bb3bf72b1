import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { usualAccounts } from '../../../services/billing/domain/exports/accounts.ts';
import {
  getAccountingSettings,
  putAccountingSettings,
} from '../../../services/billing/use-cases/exports/accounting-settings.ts';
import { makeExport } from '../../../services/billing/use-cases/exports/make-export.ts';
import {
  getExport,
  getExportFile,
  listExports,
  previewExport,
} from '../../../services/billing/use-cases/exports/read-exports.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { AccountingSettings } from '../../../shared/protocol/billing/accounting-settings.ts';
import type { ExportKind, ExportView } from '../../../shared/protocol/billing/export-views.ts';
import { diskStore } from '../../../shared/storage/disk-store.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { readDebtors, readPostings } from '../../support/extf.ts';
import { callNaming } from '../../support/people.ts';
import { readZip } from '../../support/zip.ts';

/** Three merchants billed for October, and one whose draft is parked. The tests go on from each other. */
let world: BillingWorld;
let folder = '';
const merchants: Record<string, string> = {};
beforeAll(async () => {
  world = await createBillingWorld('2026-11-02T08:00:00Z');
  folder = await mkdtemp(join(tmpdir(), 'kontor-exports-'));
  const call = callNaming({ 'finance-1': 'Ole Hansen', 'finance-2': 'Ida Wulf', [KEY.id]: 'Buchhaltung' });
  Object.assign(world.deps, { store: diskStore(folder), call });
  const add = async (name: string, ...rest: [object?]) => (merchants[name] = await world.addMerchant(name, ...rest));
  await add('Alpha GmbH', { debtorNumber: '20001' });
  await add('Öl; "Süß" GmbH');
  const address = { name: 'Alpen GmbH', street: 'Ring 1', postalCode: '1010', city: 'Wien', country: 'AT' };
  await add('Alpen GmbH', { taxTreatment: 'reverseCharge', vatId: 'ATU13585627', address });
  await add('Nameless GmbH', {
    taxTreatment: 'reverseCharge',
    vatId: null,
    address: { ...address, name: 'Nameless GmbH' },
  });
  const late = Object.values(merchants).map((merchantId) => ({ merchantId, rule: 'pack' as const, day: '2026-09-20' }));
  const due = late.map((charge) => ({ ...charge, rule: 'storage' as const, day: '2026-10-20', quantity: '3' }));
  await world.addCharges([...late, ...due]);
  await bill('2026-10-31');
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

async function bill(cutoff: string): Promise<void> {
  const { id } = await startRun(world.deps, { cutoff }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
}

const OTHER: Actor = { ...FINANCE, id: 'finance-2' };
const KEY: Actor = { ...FINANCE, kind: 'apiKey', id: 'key-1' };
const SETTINGS: AccountingSettings = {
  ...{ consultantNumber: 29098, clientNumber: 55003, fiscalYearStartMonth: 1, accountDigits: 4, chart: 'SKR04' },
  ...usualAccounts('SKR04', 4),
  ...{
    debtors: { mode: 'perMerchant', account: '20001' },
    locked: true,
    initials: 'OH',
    correctionReference: 'original',
  },
};
const make = (kind: ExportKind, period: string, onlyNew = false, actor = FINANCE) =>
  makeExport(world.deps, { kind, period, onlyNew }, actor);
const preview = (kind: ExportKind, period: string) => previewExport(world.deps, { kind, period }, FINANCE);
const contentOf = async ({ id }: ExportView) =>
  world.deps.store.read((await getExportFile(world.deps, { id }, FINANCE)).objectKey);
const repeatsOf = ({ documents }: ExportView) => documents.filter(({ repeatOf }) => repeatOf !== null);
const count = async (table: string) =>
  Number((await world.database.query(`select count(*) from billing.${table}`))[0]!['count']);

test('I5 nothing is posted before it is said how the books are kept, and settings name what does not fit', async () => {
  await expect(make('postings', '2026-11')).rejects.toMatchObject({ code: 409, type: 'ACCOUNTING_SETTINGS_MISSING' });
  expect(await preview('postings', '2026-11')).toMatchObject({
    blockedBy: 'ACCOUNTING_SETTINGS_MISSING',
    sums: { documents: 3 },
  });
  await expect(getAccountingSettings(world.deps, FINANCE)).rejects.toMatchObject({ code: 404 });
  const short = { ...SETTINGS, debtors: { mode: 'perMerchant' as const, account: '200010' } };
  await expect(putAccountingSettings(world.deps, short, FINANCE)).rejects.toMatchObject({
    ...{ code: 422, data: { errors: [{ path: 'debtors.account', code: 'ACCOUNT_LENGTH' }] } },
  });
  expect(await count('accounting_settings')).toBe(0);
  expect(await putAccountingSettings(world.deps, SETTINGS, FINANCE)).toMatchObject({ ...SETTINGS, version: 1 });
  expect(await putAccountingSettings(world.deps, SETTINGS, { ...FINANCE, ifMatch: 1 })).toMatchObject({ version: 2 });
  await expect(putAccountingSettings(world.deps, SETTINGS, { ...FINANCE, ifMatch: 1 })).rejects.toMatchObject({
    code: 412,
  });
  expect(await getAccountingSettings(world.deps, FINANCE)).toMatchObject({ version: 2, chart: 'SKR04' });
  await expect(make('postings', '2026-Q4')).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'period' }] },
  });
  await expect(make('postings', '2026-09')).rejects.toMatchObject({ code: 409, type: 'NOTHING_TO_EXPORT' });
  expect(await count('export')).toBe(0);
});

test('I5 a batch has the postings of a month, adds up to its documents, and names what a person should know', async () => {
  const before = await preview('postings', '2026-11');
  expect(before).toMatchObject({
    blockedBy: null,
    repeats: [],
    sums: { documents: 3, rows: 6 },
    newSums: { documents: 3 },
  });
  expect(await count('debtor_account')).toBe(0);
  const made = await make('postings', '2026-11');
  expect(made).toMatchObject({
    ...{ kind: 'postings', period: '2026-11', madeByName: 'Ole Hansen', filename: 'EXTF_Buchungsstapel_2026-11.csv' },
    ...{ repeatCount: 0, sums: before.sums },
    // a row that is open since October may still be issued in November
    findings: [{ code: 'NOT_FINALIZED', merchantName: 'Nameless GmbH', excluded: true, detail: 'parked 2026-10-31' }],
  });
  const { head, rows } = readPostings(await contentOf(made));
  expect(head.slice(10, 18)).toEqual([
    '29098',
    '55003',
    '20260101',
    '4',
    '20261101',
    '20261130',
    'Rechnungen 11/2026',
    'OH',
  ]);
  expect(new Set(rows.map((row) => row['Fälligkeit']))).toEqual(new Set(['16112026']));
  const columns = ['Konto', 'Umsatz (ohne Soll/Haben-Kz)', 'Gegenkonto (ohne BU-Schlüssel)', 'Leistungsdatum'];
  const shown = [...columns, 'EU-Land u. UStID (Bestimmung)'];
  expect(rows.map((row) => shown.map((name) => row[name] ?? '').join(' ')).toSorted()).toEqual([
    // 20001 is the own number of another merchant, so the first one that is given is 20002
    '20001 0,54 4400 30092026 ',
    '20001 3,45 4400 31102026 ',
    '20002 0,54 4400 30092026 ',
    '20002 3,45 4400 31102026 ',
    '20003 0,45 4336 30092026 ATU13585627',
    '20003 2,90 4336 31102026 ATU13585627',
  ]);
  const issued = `select sum(gross_minor)::int as gross from billing.invoice where state <> 'draft'`;
  expect([{ gross: made.sums.grossMinor }, { gross: 1133 }]).toEqual(
    Array(2).fill((await world.database.query(issued))[0]),
  );
  expect(made.sha256).toBe(
    createHash('sha256')
      .update(await contentOf(made))
      .digest('hex'),
  );
});

test('I5 debtors keep the numbers that were given, whatever the settings say later', async () => {
  await putAccountingSettings(world.deps, { ...SETTINGS, debtors: { mode: 'perMerchant', account: '30000' } }, FINANCE);
  const made = await make('debtors', '2026-11');
  expect(made).toMatchObject({
    filename: 'EXTF_Debitoren_2026-11.csv',
    sums: { rows: 3, documents: 0 },
    documents: [],
  });
  const { rows } = readDebtors(await contentOf(made));
  expect(rows.map((row) => [row['Konto'], row['Name (Adressattyp Unternehmen)'], row['EU-UStID'] ?? ''])).toEqual([
    ['20001', 'Alpha GmbH', ''],
    ['20002', 'Öl; "Süß" GmbH', ''],
    ['20003', 'Alpen GmbH', 'U13585627'],
  ]);
  await expect(world.database.query(`update billing.debtor_account set account = '60000'`)).rejects.toThrow();
  await putAccountingSettings(world.deps, { ...SETTINGS, debtors: { mode: 'collective', account: '10000' } }, FINANCE);
  await expect(make('debtors', '2026-11')).rejects.toMatchObject({ type: 'DEBTORS_COLLECTIVE' });
  await putAccountingSettings(world.deps, SETTINGS, FINANCE);
});

test('I5 a second export of the same is told, document by document; only what is new can be asked for', async () => {
  await expect(make('postings', '2026-11', true)).rejects.toMatchObject({ type: 'NOTHING_TO_EXPORT' });
  await world.addCharges([{ merchantId: merchants['Alpha GmbH']!, rule: 'pack', day: '2026-11-03' }]);
  world.at('2026-11-16T08:00:00Z');
  const { id } = await startRun(world.deps, { cutoff: '2026-11-15' }, FINANCE);
  await world.work();
  expect((await preview('postings', '2026-11')).findings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ code: 'NOT_FINALIZED', excluded: true, detail: 'draft 2026-11-15' }),
    ]),
  );
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
  expect(await preview('postings', '2026-11')).toMatchObject({
    sums: { documents: 4 },
    newSums: { documents: 1, rows: 1 },
  });
  const fresh = await make('postings', '2026-11', true, OTHER);
  expect(fresh).toMatchObject({
    onlyNew: true,
    repeatCount: 0,
    sums: { documents: 1 },
    filename: 'EXTF_Buchungsstapel_2026-11_neu.csv',
  });
  world.at('2026-11-16T08:05:00Z');
  const again = await make('postings', '2026-11', false, OTHER);
  expect(again).toMatchObject({ repeatCount: 4, sums: { documents: 4 } });
  expect(repeatsOf(again).map(({ number, repeatOf }) => [number, repeatOf!.madeByName])).toEqual([
    ...['1', '2', '3'].map((last) => [`RE-2026-0000${last}`, 'Ole Hansen']),
    ['RE-2026-00004', 'Ida Wulf'],
  ]);
  expect(await getExport(world.deps, { id: again.id }, FINANCE)).toEqual(again);
  const { items } = await listExports(world.deps, { limit: 2, kind: 'postings' }, FINANCE);
  expect(items.map((item) => [item.id, item.repeatCount])).toEqual([
    [again.id, 4],
    [fresh.id, 0],
  ]);
});

test('I5 two at once are never both the first', async () => {
  const [one, two] = await Promise.all([make('bundle', '2026-11'), make('bundle', '2026-11', false, OTHER)]);
  expect([one.repeatCount, two.repeatCount].toSorted()).toEqual([0, 4]);
  // the same documents, the same bytes
  expect(two.sha256).toBe(one.sha256);
  const firsts = await world.database.query(
    `select invoice_id from billing.export_document where kind = 'bundle' and first_export_id is null group by invoice_id having count(*) = 1`,
  );
  expect(firsts).toHaveLength(4);
  // nor for who writes around the lock
  await expect(
    world.database.query(
      `with third as (
         insert into billing.export select gen_random_uuid(), issuer_id, kind, period, only_new, made_by, made_by_name, made_at, object_key, sha256, bytes, filename, summary, findings
         from billing.export where id = $1 returning id)
       insert into billing.export_document (export_id, kind, invoice_id, merchant_id, month)
       select third.id, kind, invoice_id, merchant_id, month from billing.export_document, third where export_id = $1`,
      [one.id],
    ),
  ).rejects.toThrow(/export_document_first/);
});

test('I6 the bundle has the archived PDF of every document', async () => {
  const made = (await listExports(world.deps, { limit: 1, kind: 'bundle' }, FINANCE)).items[0]!;
  expect(await getExportFile(world.deps, made, FINANCE)).toMatchObject({
    contentType: 'application/zip',
    filename: 'Rechnungen_2026-11.zip',
  });
  const entries = readZip(await contentOf(made as ExportView));
  expect(entries.map(({ name }) => name).filter((name) => !name.endsWith('.xml'))).toEqual([
    'index.csv',
    ...['1', '2', '3', '4'].map((last) => `RE-2026-0000${last}.pdf`),
  ]);
  const archived = await world.database.query(
    `select i.number, d.object_key as key from billing.invoice_document d join billing.invoice i on i.id = d.invoice_id`,
  );
  for (const { number, key } of archived)
    expect(
      entries.find(({ name }) => name === `${number}.pdf`)!.bytes.equals(await world.deps.store.read(String(key))),
    ).toBe(true);
});

test('I11 the EC sales list goes by the month of supply, quarter or month, and names who is not billed yet', async () => {
  const october = await make('ecSales', '2026-10');
  expect((await contentOf(october)).toString()).toBe(
    '#v3.0\r\nUSt-IdNr.,Betrag (Euro),Art der Leistung\r\nATU13585627,3,S\r\n',
  );
  expect(october.findings.map(({ code, merchantName }) => [code, merchantName])).toEqual([
    ['NOT_FINALIZED', 'Nameless GmbH'],
  ]);
  expect(october.documents.map(({ month }) => month)).toEqual(['2026-10']);
  // the same document stands in the list of September too: that is no repetition of October
  expect(await preview('ecSales', '2026-Q3')).toMatchObject({ repeats: [], blockedBy: 'NOTHING_TO_EXPORT' });
  expect(await preview('ecSales', '2026-Q4')).toMatchObject({
    ...{ repeats: [{ merchantName: 'Alpen GmbH', month: '2026-10', repeatOf: { exportId: october.id } }] },
    salesList: [
      { vatId: 'ATU13585627', reportedMinor: 300, netMinor: 290, issued: [{ month: '2026-11', netMinor: 290 }] },
    ],
  });
});

test('I6 a document that is not drawn yet is posted and not bundled, and named in both', async () => {
  await world.addCharges([{ merchantId: merchants['Alpha GmbH']!, rule: 'pack', day: '2026-11-20' }]);
  world.at('2026-12-01T08:00:00Z');
  const make = world.deps.invoices.make;
  world.deps.invoices.make = () => Promise.reject(new Error('no room'));
  await bill('2026-11-30').finally(() => (world.deps.invoices.make = make));
  const finding = (excluded: boolean) => [
    expect.objectContaining({ code: 'NOT_FINALIZED', excluded: true, detail: 'parked 2026-11-30' }),
    expect.objectContaining({ code: 'DOCUMENT_NOT_READY', excluded, detail: 'pending' }),
  ];
  expect(await preview('postings', '2026-12')).toMatchObject({ sums: { documents: 1 }, findings: finding(false) });
  expect(await preview('bundle', '2026-12')).toMatchObject({ blockedBy: 'NOTHING_TO_EXPORT', findings: finding(true) });
});

test('I5 what is recorded stays, for the house only', async () => {
  for (const table of ['export', 'export_document'])
    for (const statement of [`update billing.${table} set kind = 'debtors'`, `delete from billing.${table}`])
      await expect(world.database.query(statement)).rejects.toThrow();
  const key: Actor = { ...FINANCE, kind: 'apiKey', roles: ['finance'], scope: [merchants['Alpha GmbH']!] };
  await expect(listExports(world.deps, { limit: 5 }, key)).rejects.toMatchObject({ code: 403 });
  await expect(
    makeExport(world.deps, { kind: 'bundle', period: '2026-11', onlyNew: false }, key),
  ).rejects.toMatchObject({ code: 403 });
  const audited = await world.database.query(
    `select action, count(*)::int from messaging.audit_entry where action ~ 'export|accounting|debtor' group by 1 order by 1`,
  );
  expect(audited).toEqual([
    { action: 'accounting-settings.changed', count: 4 },
    { action: 'accounting-settings.set-up', count: 1 },
    { action: 'debtor-account.given', count: 2 },
    { action: 'export.made', count: 7 },
  ]);
});
