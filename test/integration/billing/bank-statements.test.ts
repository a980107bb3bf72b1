import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as bank from '../../../services/billing/use-cases/payments/bank-entries.ts';
import { bookBankEntry, bookSureEntries } from '../../../services/billing/use-cases/payments/book-entry.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { renderNextLetter } from '../../../services/billing/use-cases/dunning/render-letters.ts';
import { proposeDunning, selectForDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { importBankStatements } from '../../../services/billing/use-cases/payments/import-statements.ts';
import { getInvoiceSettlement } from '../../../services/billing/use-cases/payments/open-items.ts';
import { recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { voidPayment } from '../../../services/billing/use-cases/payments/change-payment.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { corrupt } from '../../support/self-check.ts';

let world: BillingWorld;
let alpha = '';
const removed: string[] = [];
const DAY = readFileSync(new URL('../../support/camt/day-001.02.xml', import.meta.url)).toString();
const RETURNS = readFileSync(new URL('../../support/camt/returns-001.04.xml', import.meta.url)).toString();

/** Alpha owes 119.00 on RE-2026-00001, Beta 50.00 on RE-2026-00002. */
beforeAll(async () => {
  world = await createBillingWorld('2026-11-02T08:00:00Z');
  world.deps.store = { ...world.deps.store, remove: async (key: string) => void removed.push(key) } as never;
  await corrupt(
    world.database,
    `update billing.rate_rule set model = '{"type": "perUnit", "unitPrice": "1"}' where key = 'pack'`,
  );
  alpha = await world.addMerchant('Müller & Söhne GmbH');
  const beta = await world.addMerchant('Beta GmbH');
  for (const [merchantId, quantity] of [
    [alpha, '100'],
    [beta, '42.016807'],
  ] as const) {
    await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20', quantity }]);
    const { id } = await startRun(world.deps, { cutoff: '2026-10-31', merchantIds: [merchantId] }, FINANCE);
    await world.work();
    for (const step of ['approve', 'finalize'] as const) {
      await requestStep(world.deps, step, { id }, FINANCE);
      await world.work();
    }
  }
  // the statements are read when they are of now
  world.at('2026-11-14T08:00:00Z');
});
afterAll(() => world.close());

async function importFile(xml: string, name = 'auszug.xml') {
  const { key, sha256, bytes } = await world.deps.store.putContent('incoming', Buffer.from(xml), 'xml');
  return importBankStatements(world.deps, { file: { uploadKey: key, sha256, bytes, filename: name } }, FINANCE);
}
const entries = async (state?: 'open' | 'booked' | 'dismissed') =>
  (await bank.listBankEntries(world.deps, { limit: 50, state }, FINANCE)).items;
const open = async (number: string) => {
  const [invoice] = await world.database.query<{ id: string }>('select id from billing.invoice where number = $1', [
    number,
  ]);
  return (await getInvoiceSettlement(world.deps, { id: invoice!.id }, FINANCE)).openMinor;
};
const refusal = (type: string) => expect.objectContaining({ type });

test('I2 a file that comes again, or overlaps with one that came, changes nothing and books nothing', async () => {
  expect(await importFile(DAY)).toEqual({
    statements: [{ statementId: '2026-11-10-0215', entries: 4, added: 4, pending: 0, takenAsKnown: [] }],
    added: 4,
    known: 0,
  });
  expect(await importFile(DAY)).toMatchObject({ added: 0, known: 4 });
  const week = DAY.replace('2026-11-10-0215', 'WEEK-46').replace(
    '<AddtlNtryInf>Entgelt',
    '<AddtlNtryInf>Entgelt im Quartal',
  );
  expect(await importFile(week)).toMatchObject({ added: 1, known: 3 });
  const [first, second] = await Promise.all([importFile(RETURNS), importFile(RETURNS)]);
  expect([first.added, second.added].toSorted()).toEqual([0, 2]);
  expect(await entries('open')).toHaveLength(7);
  expect(await world.database.query('select 1 from billing.payment')).toEqual([]);
  expect([await open('RE-2026-00001'), await open('RE-2026-00002')]).toEqual([11900, 5000]);
  expect(removed).toHaveLength(5);
  await expect(importFile(DAY.replace('EUR">2.91', 'USD">2.91').replace('0215', '0300'))).rejects.toMatchObject({
    data: { errors: [{ path: 'statements.0.entries.2.amount', code: 'CURRENCY' }] },
  });
  expect(
    (await bank.listBankStatements(world.deps, { limit: 9 }, FINANCE)).items
      .map(({ statementId, entries: all, openEntries }) => [statementId, all, openEntries])
      .toSorted(),
  ).toEqual([
    ['2026-11-10-0215', 4, 4],
    ['2026-11-12-0217', 2, 2],
    ['WEEK-46', 1, 1],
  ]);
});

test('I2 money recorded by hand before anybody said whose it is is not booked once more as sure', async () => {
  const money = { amountMinor: 11900, valueDate: '2026-11-09', remittance: '', allocations: [] };
  const { id } = await recordPayment(world.deps, money, FINANCE);
  const entry = (await entries('open')).find(({ amountMinor }) => amountMinor === 11900)!;
  expect(entry.suggestions).toMatchObject([
    { confidence: 'likely', reasons: ['recorded', 'amount'], merchantId: alpha, paymentId: id },
    { confidence: 'likely', reasons: ['number', 'amount'], merchantId: alpha },
  ]);
  expect(await bookSureEntries(world.deps, { entryIds: [entry.id] }, FINANCE)).toEqual({ booked: 0, left: 1 });
  await voidPayment(world.deps, { id, reason: 'Irrtum' }, FINANCE);
});

test('I2 sure ones are booked with one click, and only once', async () => {
  const seen = await entries('open');
  const sure = seen.filter(({ suggestions }) => suggestions[0]?.confidence === 'sure');
  expect(sure.map(({ amountMinor, suggestions }) => [amountMinor, suggestions[0]!.reasons]).toSorted()).toEqual([
    [11900, ['number', 'amount']],
    [5000, ['number', 'amount']],
  ]);
  const all = { entryIds: seen.map(({ id }) => id) };
  const outcomes = await Promise.all([
    bookSureEntries(world.deps, all, FINANCE),
    bookSureEntries(world.deps, all, FINANCE),
  ]);
  expect(outcomes.map(({ booked }) => booked).toSorted()).toEqual([0, 2]);
  expect([await open('RE-2026-00001'), await open('RE-2026-00002')]).toEqual([0, 0]);
  const booked = await entries('booked');
  expect(booked).toHaveLength(2);
  await expect(
    bookBankEntry(world.deps, { id: booked[0]!.id, merchantId: alpha, allocations: [] }, FINANCE),
  ).rejects.toEqual(refusal('ENTRY_BOOKED'));
  await expect(bank.dismissBankEntry(world.deps, { id: booked[0]!.id, reason: 'x' }, FINANCE)).rejects.toEqual(
    refusal('ENTRY_BOOKED'),
  );
});

test('I2 a direct debit that comes back opens its invoice again', async () => {
  const back = (await entries('open')).find(({ returnReason }) => returnReason === 'AC04')!;
  const [suggested] = back.suggestions;
  expect(suggested).toMatchObject({
    confidence: 'likely',
    reasons: ['returned', 'endToEndId'],
    allocations: [{ number: 'RE-2026-00002', amountMinor: 5000 }],
  });
  const { merchantId, allocations, paymentId } = suggested!;
  const decision = {
    merchantId,
    allocations: allocations.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor })),
    returnsPaymentId: paymentId!,
  };
  expect(await bookBankEntry(world.deps, { id: back.id, ...decision }, FINANCE)).toMatchObject({
    amountMinor: -5000,
    unallocatedMinor: 0,
    source: 'returnDebit',
  });
  expect(await open('RE-2026-00002')).toBe(5000);
});

test('I2 what was recorded by hand is linked with its entry, and its money counts once', async () => {
  const entry = (await entries('open')).find(({ endToEndId }) => endToEndId === 'DD-2')!;
  world.at('2026-11-12T08:00:00Z');
  const money = { valueDate: '2026-11-09', remittance: '', allocations: [], merchantId: alpha };
  const { id: paymentId } = await recordPayment(world.deps, { ...money, amountMinor: 2130 }, FINANCE);
  const { id: other } = await recordPayment(world.deps, { ...money, amountMinor: 2131 }, FINANCE);
  const seen = (await entries('open')).find(({ id }) => id === entry.id)!;
  expect(seen.suggestions[0]).toMatchObject({ reasons: ['recorded', 'amount'], paymentId });
  await expect(bank.linkBankEntry(world.deps, { id: entry.id, paymentId: other }, FINANCE)).rejects.toEqual(
    refusal('ENTRY_AMOUNT_DIFFERS'),
  );
  await bank.linkBankEntry(world.deps, { id: entry.id, paymentId }, FINANCE);
  expect((await entries('booked')).find(({ id }) => id === entry.id)).toMatchObject({ paymentId, suggestions: [] });
  await voidPayment(world.deps, { id: paymentId, reason: 'Irrtum' }, FINANCE);
  expect((await entries('open')).map(({ id }) => id)).toContain(entry.id);
});

test('I2 an entry that concerns no merchant is put aside, with its reason, and can be taken back', async () => {
  const fee = (await entries('open')).find(({ amountMinor }) => amountMinor === -291)!;
  expect(await bank.dismissBankEntry(world.deps, { id: fee.id, reason: 'Kontoführung' }, FINANCE)).toMatchObject({
    state: 'dismissed',
    dismissReason: 'Kontoführung',
  });
  await expect(bookBankEntry(world.deps, { id: fee.id, merchantId: alpha, allocations: [] }, FINANCE)).rejects.toEqual(
    refusal('ENTRY_DISMISSED'),
  );
  expect(await bank.reopenBankEntry(world.deps, { id: fee.id }, FINANCE)).toMatchObject({
    state: 'open',
    dismissReason: null,
  });
  await expect(bank.reopenBankEntry(world.deps, { id: fee.id }, FINANCE)).rejects.toEqual(
    refusal('ENTRY_NOT_DISMISSED'),
  );
});

/** A statement of 16 November with entries of 30.00 without reference of the bank, all equal. */
const equal = (id: string, [opening, closing]: readonly [string, string], count: number) => {
  const entry = DAY.slice(DAY.lastIndexOf('<Ntry>'), DAY.lastIndexOf('</Ntry>') + 7)
    .replace('2.91', '30.00')
    .replace('DBIT', 'CRDT');
  return (DAY.slice(0, DAY.indexOf('<Ntry>')) + entry.repeat(count) + DAY.slice(DAY.lastIndexOf('</Ntry>') + 7))
    .replaceAll('2026-11-10', '2026-11-16')
    .replace('<Id>2026-11-16-0215', `<Id>${id}`)
    .replace('1000.00', opening)
    .replace('1187.39', closing);
};

test('I2 equal entries of two statements of a day both count, and what only looks the same is told', async () => {
  const [morning, evening] = [equal('16-A', ['100.00', '130.00'], 1), equal('16-B', ['130.00', '190.00'], 2)];
  expect(await importFile(morning)).toMatchObject({ added: 1, statements: [{ takenAsKnown: [] }] });
  expect(await importFile(evening)).toMatchObject({ added: 2, statements: [{ takenAsKnown: [] }] });
  // once more, in either order, nothing comes of them
  expect(await importFile(morning)).toMatchObject({ added: 0, known: 1 });
  expect(await importFile(evening)).toMatchObject({ added: 0, known: 2 });
  // the whole day has them all
  const told = {
    bookingDate: '2026-11-16',
    amountMinor: 3000,
    counterpartyName: null,
    remittance: '',
    bookingText: 'Entgelt',
  };
  expect(await importFile(equal('16', ['100.00', '190.00'], 3))).toMatchObject({
    ...{ added: 0, known: 3, statements: [{ takenAsKnown: [told, told, told] }] },
  });
  // one that does not say where it begins may tell the same
  expect(await importFile(equal('16-C', ['', ''], 1))).toMatchObject({
    ...{ added: 0, statements: [{ takenAsKnown: [told] }] },
  });
});

test('I2 who names a dunning letter is suggested its invoices, and what of it is for claims', async () => {
  const dunned = async (day: string) => {
    world.at(`${day}T08:00:00Z`);
    const { id, rows } = await proposeDunning(world.deps, { asOf: day }, FINANCE);
    // the merchant has money with the house that nobody allocated: finance chooses in spite of it
    const invoiceIds = rows.filter(({ openMinor }) => openMinor === 5000).map(({ invoiceId }) => invoiceId);
    await selectForDunning(world.deps, { id, invoiceIds, selected: true }, FINANCE);
    const { issued } = await issueDunning(world.deps, { id }, FINANCE);
    while (await renderNextLetter(world.deps));
    return issued.find(({ openMinor }) => openMinor === 5000)!;
  };
  await dunned('2026-11-23');
  const { number, claimsMinor, totalMinor } = await dunned('2026-12-01');
  expect(claimsMinor).toBeGreaterThan(0);
  const paidWith = (statementId: string, minor: number) =>
    importFile(
      DAY.replace('2026-11-10-0215', statementId)
        .replace('71.30', ((minor + 2130) / 100).toFixed(2))
        .replace('50.00', (minor / 100).toFixed(2))
        .replace('RE-2026-00002', number.replaceAll('-', ' ')),
    );
  await paidWith('LETTER-1', totalMinor);
  await paidWith('LETTER-2', 5001);
  const suggested = async (minor: number) =>
    (await entries('open')).find(({ amountMinor }) => amountMinor === minor)!.suggestions;
  const allocations = [expect.objectContaining({ number: 'RE-2026-00002', amountMinor: 5000 })];
  expect(await suggested(totalMinor)).toEqual([
    expect.objectContaining({ confidence: 'likely', reasons: ['letter', 'iban', 'sum'], allocations, claimsMinor }),
  ]);
  expect(await suggested(5001)).toEqual([
    expect.objectContaining({ confidence: 'likely', reasons: ['letter', 'iban'], allocations, claimsMinor: 1 }),
  ]);
});
