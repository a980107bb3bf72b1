import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { usualAccounts } from '../../../services/billing/domain/exports/accounts.ts';
import { putAccountingSettings } from '../../../services/billing/use-cases/exports/accounting-settings.ts';
import { makeExport } from '../../../services/billing/use-cases/exports/make-export.ts';
import { getExportFile } from '../../../services/billing/use-cases/exports/read-exports.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { exportActions } from '../../../shared/protocol/billing/export-actions.ts';
import type { AccountingSettings } from '../../../shared/protocol/billing/accounting-settings.ts';
import type { ExportView } from '../../../shared/protocol/billing/export-views.ts';
import { diskStore } from '../../../shared/storage/disk-store.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { correctionsOf } from '../../support/corrections.ts';
import { readPostings } from '../../support/extf.ts';
import { callNaming } from '../../support/people.ts';

/** What stands on an account of a debtor stays that debtor's. The tests go on from each other. */
let world: BillingWorld;
let fix: ReturnType<typeof correctionsOf>;
let folder = '';
let alpha = '';
let beta = '';
let gamma = '';

beforeAll(async () => {
  world = await createBillingWorld('2026-11-02T08:00:00Z');
  fix = correctionsOf(world);
  folder = await mkdtemp(join(tmpdir(), 'kontor-debtor-accounts-'));
  Object.assign(world.deps, { store: diskStore(folder), call: callNaming({ [FINANCE.id]: 'Ole Hansen' }) });
  alpha = await world.addMerchant('Alpha GmbH', { debtorNumber: '10000' });
  beta = await world.addMerchant('Beta GmbH');
  gamma = await world.addMerchant('Gamma GmbH');
  await keepBooks({ mode: 'perMerchant', account: '10000' });
  await bill([alpha], '2026-10-31');
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const keepBooks = (debtors: AccountingSettings['debtors']) =>
  putAccountingSettings(
    world.deps,
    exportActions.putAccountingSettings.body.parse({
      ...{ consultantNumber: 29098, clientNumber: 55003, fiscalYearStartMonth: 1, accountDigits: 4, chart: 'SKR04' },
      ...{ ...usualAccounts('SKR04', 4), debtors, locked: true, initials: null },
    }),
    FINANCE,
  );

async function bill(merchantIds: string[], cutoff: string): Promise<void> {
  await world.addCharges(merchantIds.map((merchantId) => ({ merchantId, rule: 'pack', day: cutoff, quantity: '10' })));
  const { id } = await startRun(world.deps, { cutoff, merchantIds }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id, merchantIds }, FINANCE);
    await world.work();
  }
}

const number = (merchantId: string, debtorNumber: string | null) =>
  world.database.query(
    `update billing.merchant_ref set snapshot = snapshot || jsonb_build_object('debtorNumber', $2::text) where merchant_id = $1`,
    [merchantId, debtorNumber],
  );

/** Each export is later than the one before. */
function make(period: string): Promise<ExportView> {
  world.at(new Date(world.deps.now().getTime() + 60_000).toISOString());
  return makeExport(world.deps, { kind: 'postings', period, onlyNew: false }, FINANCE);
}
/** `account first word of the text, last words of the text`, and the debtor numbers that were refused. */
async function posted(made: ExportView): Promise<{ rows: string[]; refused: unknown[] }> {
  const { rows } = readPostings(
    await world.deps.store.read((await getExportFile(world.deps, made, FINANCE)).objectKey),
  );
  const refused = made.findings.filter(({ code }) => code === 'DEBTOR_NUMBER_INVALID');
  return {
    rows: rows.map((row) => `${row['Konto']} ${row['Buchungstext']!.replace(/ .* (?=\w+ GmbH)/, ' ')}`).toSorted(),
    refused: refused.map(({ merchantName, detail }) => [merchantName, detail]),
  };
}

test('I5 an account that the documents of one merchant stand on is not given to another', async () => {
  expect((await posted(await make('2026-11'))).rows).toEqual(['10000 Leistung Alpha GmbH']);
  await number(alpha, '20000');
  world.at('2026-12-01T08:00:00Z');
  await fix.cancel((await fix.live(alpha))[0]!.id);
  await bill([beta], '2026-11-30');
  expect(await posted(await make('2026-12'))).toEqual({
    rows: ['10000 Storno Alpha GmbH', '10001 Leistung Beta GmbH'],
    refused: [],
  });
});

test('I5 nor is it the own number of another; whose documents stand on it may have it back', async () => {
  await bill([gamma], '2026-11-30');
  await number(gamma, '10000');
  expect(await posted(await make('2026-12'))).toEqual({
    rows: ['10000 Storno Alpha GmbH', '10001 Leistung Beta GmbH'],
    refused: [['Gamma GmbH', '10000']],
  });
  await number(gamma, null);
  await number(alpha, '10000');
  expect(await posted(await make('2026-12'))).toEqual({
    rows: ['10000 Storno Alpha GmbH', '10001 Leistung Beta GmbH', '10002 Leistung Gamma GmbH'],
    refused: [],
  });
});

test('I5 a number is free for another once everything on it was exported anew elsewhere', async () => {
  await number(alpha, '20000');
  await number(gamma, '10000');
  expect((await posted(await make('2026-11'))).rows).toEqual(['20000 Leistung Alpha GmbH']);
  // the cancellation stood beside its invoice, and moves with it
  const first = await posted(await make('2026-12'));
  expect(first.rows).toContain('20000 Storno Alpha GmbH');
  expect(first.refused).toEqual([['Gamma GmbH', '10000']]);
  expect((await posted(await make('2026-12'))).rows).toContain('10000 Leistung Gamma GmbH');
});

test('I5 the account that all merchants shared is nobody’s when each gets its own', async () => {
  await keepBooks({ mode: 'collective', account: '30000' });
  world.at('2027-01-02T08:00:00Z');
  const delta = await world.addMerchant('Delta GmbH');
  const epsilon = await world.addMerchant('Epsilon GmbH');
  await bill([delta, epsilon], '2026-12-31');
  expect((await posted(await make('2027-01'))).rows).toEqual([
    '30000 Leistung Delta GmbH',
    '30000 Leistung Epsilon GmbH',
  ]);
  await keepBooks({ mode: 'perMerchant', account: '30000' });
  expect((await posted(await make('2027-01'))).rows).toEqual([
    '30001 Leistung Delta GmbH',
    '30002 Leistung Epsilon GmbH',
  ]);
});
