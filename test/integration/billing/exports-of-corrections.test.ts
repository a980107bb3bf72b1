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
import { getExportFile, previewExport } from '../../../services/billing/use-cases/exports/read-exports.ts';
import { getInvoice } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { grantFromPayment } from '../../../services/billing/use-cases/payments/change-payment.ts';
import { grantCredit, takeBackCredit } from '../../../services/billing/use-cases/payments/credit.ts';
import { undoWriteOff, writeOffInvoice } from '../../../services/billing/use-cases/payments/open-items.ts';
import { recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { exportActions } from '../../../shared/protocol/billing/export-actions.ts';
import type { ExportKind, ExportView } from '../../../shared/protocol/billing/export-views.ts';
import { diskStore } from '../../../shared/storage/disk-store.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { correctionsOf } from '../../support/corrections.ts';
import { readPostings } from '../../support/extf.ts';
import { callNaming } from '../../support/people.ts';

/** Two merchants billed for September and October, whose documents are corrected in November. The tests go on from each other. */
let world: BillingWorld;
let fix: ReturnType<typeof correctionsOf>;
let folder = '';
const merchants: Record<string, string> = {};
const SETTINGS = exportActions.putAccountingSettings.body.parse({
  ...{ consultantNumber: 29098, clientNumber: 55003, fiscalYearStartMonth: 1, accountDigits: 4, chart: 'SKR04' },
  ...usualAccounts('SKR04', 4),
  ...{ debtors: { mode: 'collective', account: '10000' }, locked: true, initials: null },
});

beforeAll(async () => {
  world = await createBillingWorld('2026-11-02T08:00:00Z');
  fix = correctionsOf(world);
  folder = await mkdtemp(join(tmpdir(), 'kontor-exports-of-corrections-'));
  Object.assign(world.deps, { store: diskStore(folder), call: callNaming({ [FINANCE.id]: 'Ole Hansen' }) });
  merchants['Alpha'] = await world.addMerchant('Alpha GmbH');
  const address = { name: 'Alpen GmbH', street: 'Ring 1', postalCode: '1010', city: 'Wien', country: 'AT' };
  merchants['Alpen'] = await world.addMerchant('Alpen GmbH', {
    ...{ taxTreatment: 'reverseCharge', vatId: 'ATU13585627', address },
  });
  // 2,026 pieces at half a cent are 10.13 a month
  const months = ['2026-09-20', '2026-10-20'].map((day) => ({ rule: 'tiny' as const, day, quantity: '2026' }));
  await world.addCharges(
    Object.values(merchants).flatMap((merchantId) => months.map((one) => ({ ...one, merchantId }))),
  );
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31' }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
  await putAccountingSettings(world.deps, SETTINGS, FINANCE);
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const make = (kind: ExportKind, period: string, onlyNew = false) =>
  makeExport(world.deps, { kind, period, onlyNew }, FINANCE);
const preview = (kind: ExportKind, period: string) => previewExport(world.deps, { kind, period }, FINANCE);
const contentOf = async ({ id }: ExportView) =>
  world.deps.store.read((await getExportFile(world.deps, { id }, FINANCE)).objectKey);
const invoiceOf = async (merchant: string) => {
  const [found] = await fix.live(merchants[merchant]!);
  return getInvoice(world.deps, { id: found!.id }, FINANCE);
};
const found = (findings: ExportView['findings'], code: string) =>
  findings.filter((finding) => finding.code === code).map(({ number, excluded, detail }) => [number, excluded, detail]);

test('I5 credit notes of which the last takes the rest of the tax are posted, and clear the invoice by its number', async () => {
  const { id, lines, vatMinor, number } = await invoiceOf('Alpha');
  expect(vatMinor).toBe(385);
  const notes = [];
  for (const line of lines) notes.push(await fix.credit(id, [{ lineId: line.id, netMinor: 1013 }]));
  expect(notes.map((note) => note.vatMinor)).toEqual([-192, -193]);
  await world.work();
  const made = await make('postings', '2026-11');
  const { rows } = readPostings(await contentOf(made));
  const ofAlpha = rows.filter((row) => row['Belegfeld 1'] === number);
  const shown = ['Umsatz (ohne Soll/Haben-Kz)', 'Soll/Haben-Kennzeichen', 'Buchungstext', 'Fälligkeit'];
  expect(ofAlpha.map((row) => shown.map((name) => row[name] ?? '').join(' ')).toSorted()).toEqual([
    `12,05 H Korrektur ${notes[0]!.number} Alpha GmbH `,
    '12,05 S Leistung 10/2026 Alpha GmbH 16112026',
    `12,06 H Korrektur ${notes[1]!.number} Alpha GmbH `,
    '12,06 S Leistung 09/2026 Alpha GmbH 16112026',
  ]);
  expect(made.sums.documents).toBe(4);
});

test('I5 the books may want the own number of a correction in Belegfeld 1', async () => {
  await putAccountingSettings(world.deps, { ...SETTINGS, correctionReference: 'own' }, FINANCE);
  expect(await getAccountingSettings(world.deps, FINANCE)).toMatchObject({ correctionReference: 'own' });
  const { number } = await invoiceOf('Alpha');
  const { rows } = readPostings(await contentOf(await make('postings', '2026-11')));
  const corrections = rows.filter((row) => row['Buchungstext']!.startsWith('Korrektur'));
  expect(corrections.map((row) => row['Buchungstext'])).toEqual(Array(2).fill(`Korrektur ${number} Alpha GmbH`));
  expect(new Set(corrections.map((row) => row['Belegfeld 1'])).size).toBe(2);
  await putAccountingSettings(world.deps, SETTINGS, FINANCE);
});

test('I11 what was reported and cancelled is reported with 0, and until then every list says that one is wrong', async () => {
  const { id } = await invoiceOf('Alpen');
  const first = await make('ecSales', '2026-10');
  expect((await contentOf(first)).toString()).toMatch(/\r\nATU13585627,10,S\r\n$/);
  await expect(make('ecSales', '2026-10', true)).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'onlyNew', code: 'TOTALS_ONLY' }] },
  });
  expect(found((await preview('ecSales', '2026-11')).findings, 'CHANGED_SINCE_EXPORT')).toEqual([]);

  const { number } = await fix.cancel(id);
  await world.work();
  const elsewhere = await preview('ecSales', '2026-11');
  expect(found(elsewhere.findings, 'CHANGED_SINCE_EXPORT')).toEqual([[number, true, '2026-10']]);
  expect(elsewhere.blockedBy).toBe('NOTHING_TO_EXPORT');
  const before = await preview('ecSales', '2026-10');
  expect(before).toMatchObject({ blockedBy: null, sums: { rows: 1, documents: 2, netMinor: 0 } });
  expect(before.findings).toMatchObject([{ code: 'CHANGED_SINCE_EXPORT', number, excluded: false, detail: '2026-10' }]);
  const corrected = await make('ecSales', '2026-10');
  expect((await contentOf(corrected)).toString()).toMatch(/Leistung\r\nATU13585627,0,S\r\n$/);
  expect(await preview('ecSales', '2026-11')).toMatchObject({ findings: [] });

  // September was never reported: its cancellation is no line and is only told
  const september = await preview('ecSales', '2026-09');
  expect(september).toMatchObject({ blockedBy: 'NOTHING_TO_EXPORT', findings: [{ code: 'ROUNDS_TO_ZERO' }] });
});

test('I5 what was written off in the month is counted and summed, because no export has it', async () => {
  await world.addCharges([{ merchantId: merchants['Alpha']!, rule: 'pack', day: '2026-11-03', quantity: '10' }]);
  world.at('2026-11-16T08:00:00Z');
  const { id: runId } = await startRun(world.deps, { cutoff: '2026-11-15' }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id: runId }, FINANCE);
    await world.work();
  }
  const [invoice] = await fix.live(merchants['Alpha']!, '2026-11-15');
  await writeOffInvoice(world.deps, { id: invoice!.id, reason: 'Insolvenz' }, FINANCE);
  const told = async (period: string) => found((await preview('postings', period)).findings, 'WRITTEN_OFF');
  expect(await told('2026-11')).toEqual([[null, true, '1 536']]);
  expect(await told('2026-12')).toEqual([]);
  world.at('2026-12-01T08:00:00Z');
  await undoWriteOff(world.deps, { id: invoice!.id, reason: 'Quote gezahlt' }, FINANCE);
  expect(await told('2026-11')).toEqual([[null, true, '1 536']]);
  expect(await told('2026-12')).toEqual([[null, true, '1 -536']]);
});

test('I5 credit that no payment and no credit note is behind is told, because no export has it', async () => {
  const merchantId = merchants['Alpen']!;
  const grant = (amountMinor: number) =>
    grantCredit(world.deps, { merchantId, amountMinor, reason: 'Kulanz' }, FINANCE);
  await grant(5_000);
  const { id } = await grant(1_000);
  const payment = { merchantId, amountMinor: 700, valueDate: '2026-12-01', remittance: '', allocations: [] };
  const { id: paid } = await recordPayment(world.deps, payment, FINANCE);
  await grantFromPayment(world.deps, { id: paid, amountMinor: 700, reason: 'Behalten' }, FINANCE);
  const told = async (period: string) => found((await preview('postings', period)).findings, 'CREDIT_GRANTED');
  expect(await told('2026-12')).toEqual([[null, true, '2 6000']]);
  world.at('2027-01-04T08:00:00Z');
  await takeBackCredit(world.deps, { id, reason: 'Irrtum' }, FINANCE);
  expect(await told('2026-12')).toEqual([[null, true, '2 6000']]);
  expect(await told('2027-01')).toEqual([[null, true, '1 -1000']]);
});

test('I5 a correction is posted on the account of its original, also when the debtor has another number by then', async () => {
  await putAccountingSettings(world.deps, { ...SETTINGS, debtors: { mode: 'perMerchant', account: '10001' } }, FINANCE);
  const merchantId = await world.addMerchant('Umzug GmbH');
  const bill = async (day: string, cutoff: string) => {
    await world.addCharges([{ merchantId, rule: 'pack', day, quantity: '10' }]);
    const { id: runId } = await startRun(world.deps, { cutoff, merchantIds: [merchantId] }, FINANCE);
    await world.work();
    for (const step of ['approve', 'finalize'] as const) {
      await requestStep(world.deps, step, { id: runId, merchantIds: [merchantId] }, FINANCE);
      await world.work();
    }
    return (await fix.live(merchantId, cutoff))[0]!.id;
  };
  const original = await bill('2026-12-20', '2026-12-31');
  const accounts = async (made: ExportView) =>
    readPostings(await contentOf(made))
      .rows.filter((row) => row['Buchungstext']!.includes('Umzug GmbH'))
      .map((row) => row['Konto']);
  expect(await accounts(await make('postings', '2027-01'))).toEqual(['10001']);
  await world.database.query(
    `update billing.merchant_ref set snapshot = snapshot || '{"debtorNumber": "12345"}' where merchant_id = $1`,
    [merchantId],
  );
  world.at('2027-02-02T08:00:00Z');
  const { number } = await fix.cancel(original);
  await bill('2027-01-20', '2027-01-31');
  await world.work();
  const made = await make('postings', '2027-02');
  // the cancellation, and both months of the invoice
  expect((await accounts(made)).toSorted()).toEqual(['10001', '12345', '12345']);
  expect(found(made.findings, 'ACCOUNT_OF_ORIGINAL')).toEqual([[number, false, '10001']]);
  // the books are made anew with the number of today
  expect(await accounts(await make('postings', '2027-01'))).toEqual(['12345']);
  expect(await accounts(await make('postings', '2027-02'))).toEqual(['12345', '12345', '12345']);
});
