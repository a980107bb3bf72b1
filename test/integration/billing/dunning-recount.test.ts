import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as claims from '../../../services/billing/use-cases/dunning/claims.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import * as runs from '../../../services/billing/use-cases/dunning/runs.ts';
import {
  getDunningSettings,
  putBaseRate,
  putDunningSettings,
} from '../../../services/billing/use-cases/dunning/settings.ts';
import { unmatchPayment } from '../../../services/billing/use-cases/payments/change-payment.ts';
import { recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { lettersArrive } from '../../support/arriving-letters.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { issueInvoice } from '../../support/issued-invoices.ts';
import { findings } from '../../support/self-check.ts';

let world: BillingWorld;
let [merchantId, invoiceId] = ['', ''];
let serial = 0;

beforeAll(async () => {
  world = await createBillingWorld('2026-10-08T08:00:00Z');
});
afterAll(() => world.close());

/** 10,000.00 due on 30 September, and dunned at level 1 on 30 October. */
beforeEach(async () => {
  world.at('2026-10-08T08:00:00Z');
  merchantId = await world.addMerchant(`Merchant ${(serial += 1)}`);
  invoiceId = await late();
  await dun('2026-10-08');
  // 10,000.00 × 10.52 % × 30 / 365
  expect(await dun('2026-10-30')).toMatchObject({ level: 1, claimsMinor: 8_647 + 4_000 });
});

const late = async () =>
  (
    await issueInvoice(world.database, merchantId, {
      ...{ grossMinor: 1_000_000, issueDate: '2026-09-16', dueDate: '2026-09-30' },
    })
  ).id;

async function dun(day: string) {
  // by then the letter before has arrived
  await lettersArrive(world);
  world.at(`${day}T08:00:00Z`);
  const { id } = await runs.proposeDunning(world.deps, { asOf: day }, FINANCE);
  const { issued } = await issueDunning(world.deps, { id }, FINANCE);
  return issued.find((letter) => letter.merchantId === merchantId);
}

const pay = (amountMinor: number, valueDate: string) =>
  recordPayment(
    world.deps,
    { merchantId, amountMinor, valueDate, remittance: '', allocations: [{ invoiceId, amountMinor }] },
    FINANCE,
  );
const claimsOf = async () =>
  (await claims.listDunningClaims(world.deps, { limit: 50, merchantId }, FINANCE)).items
    .map(({ kind, amountMinor, state, recounted }) => [kind, amountMinor, state, recounted])
    .toSorted();

test('I4 what money that came in time shows never to have been owed is not demanded', async () => {
  world.at('2026-11-02T08:00:00Z');
  await pay(1_000_000, '2026-09-30');
  const waived = [
    ['interest', 8_647, 'waived', true],
    ['lumpSum', 4_000, 'waived', true],
  ];
  expect(await claimsOf()).toEqual(waived);
  const audited = await world.database.query(
    `select after from messaging.audit_entry where action = 'dunning.claim-waived' and merchant_id = $1 order by after ->> 'kind'`,
    [merchantId],
  );
  expect(audited.map(({ after }) => after)).toEqual([
    { kind: 'interest', amountMinor: 8_647, recounted: true },
    { kind: 'lumpSum', amountMinor: 4_000, recounted: true },
  ]);
  // nothing of it stands on a letter about something else
  await issueInvoice(world.database, merchantId, { dueDate: '2026-10-15' });
  expect(await dun('2026-11-03')).toMatchObject({ level: 0, openMinor: 11_900, claimsMinor: 0 });
  expect(await claimsOf()).toEqual(waived);
});

test('I4 interest on what came in time falls, and the next letter claims that of the rest', async () => {
  world.at('2026-11-02T08:00:00Z');
  await pay(900_000, '2026-09-30');
  expect(await claimsOf()).toEqual([
    ['interest', 8_647, 'waived', true],
    ['lumpSum', 4_000, 'open', false],
  ]);
  // 1,000.00 × 10.52 % × 45 / 365
  expect(await dun('2026-11-14')).toMatchObject({ level: 2, openMinor: 100_000, claimsMinor: 1_297 + 4_000 });
});

test('I4 interest that was owed stays when money comes after it', async () => {
  world.at('2026-11-02T08:00:00Z');
  await pay(900_000, '2026-10-30');
  expect(await claimsOf()).toEqual([
    ['interest', 8_647, 'open', false],
    ['lumpSum', 4_000, 'open', false],
  ]);
});

test('I4 what was recounted is claimed anew where it is owed after all, the lump sum as well', async () => {
  world.at('2026-11-02T08:00:00Z');
  const { id } = await pay(1_000_000, '2026-09-30');
  await unmatchPayment(world.deps, { id, invoiceId, reason: 'Falsche Zuordnung' }, FINANCE);
  const { id: runId, rows } = await runs.proposeDunning(world.deps, { asOf: '2026-11-02' }, FINANCE);
  expect(rows.find((row) => row.invoiceId === invoiceId)).toMatchObject({ hindrance: 'waiting' });
  await runs.discardDunning(world.deps, { id: runId }, FINANCE);
  // the money is another one's
  await world.database.query(
    `update billing.payment set voided_at = now(), voided_by = 'x', void_reason = 'x' where id = $1`,
    [id],
  );
  // 10,000.00 × 10.52 % × 45 / 365
  expect(await dun('2026-11-14')).toMatchObject({ level: 2, claimsMinor: 12_970 + 4_000 });
  expect((await claimsOf()).filter(([, , state]) => state === 'open')).toEqual([
    ['interest', 12_970, 'open', false],
    ['lumpSum', 4_000, 'open', false],
  ]);
  expect(await findings(world.database, world.deps.now(), ['billing'])).not.toHaveProperty(['I37.claims']);
});

describe('I4 a base rate that letters counted with is corrected', () => {
  const correct = (rateBasisPoints: number) =>
    putBaseRate(
      world.deps,
      { validFrom: '2026-07-01', rateBasisPoints, source: 'Bundesanzeiger', reason: 'Vertippt' },
      FINANCE,
    );
  afterEach(() => correct(152));

  test('what was claimed too much falls at once, and the next letter claims what is owed', async () => {
    world.at('2026-11-02T08:00:00Z');
    await correct(52);
    expect(await claimsOf()).toEqual([
      ['interest', 8_647, 'waived', true],
      ['lumpSum', 4_000, 'open', false],
    ]);
    // 10,000.00 × 9.52 % × 45 / 365
    expect(await dun('2026-11-14')).toMatchObject({ level: 2, claimsMinor: 11_737 + 4_000 });
  });

  test('what was paid stays paid, and the next letter claims the rest', async () => {
    const { items } = await claims.listDunningClaims(world.deps, { limit: 50, merchantId }, FINANCE);
    const { id } = items.find(({ kind }) => kind === 'interest')!;
    await claims.payDunningClaim(world.deps, { id, paymentId: null }, FINANCE);
    world.at('2026-11-02T08:00:00Z');
    await correct(52);
    expect(await claimsOf()).toContainEqual(['interest', 8_647, 'paid', false]);
    expect(await dun('2026-11-14')).toMatchObject({ level: 2, claimsMinor: 11_737 - 8_647 + 4_000 });
  });

  test('what was claimed too little is claimed with the next letter', async () => {
    world.at('2026-11-02T08:00:00Z');
    await correct(252);
    expect(await claimsOf()).toContainEqual(['interest', 8_647, 'open', false]);
    // 10,000.00 × 11.52 % × 45 / 365
    expect(await dun('2026-11-14')).toMatchObject({ level: 2, claimsMinor: 14_203 + 4_000 });
  });
});

test('I4 a letter looks once more whether earlier claims are owed, and its fee falls with the last of them', async () => {
  const { settings, version } = await getDunningSettings(world.deps, {}, FINANCE);
  const levels = settings.levels.map((terms, level) => (level === 0 ? terms : { ...terms, feeMinor: 500 }));
  const charging = { ...settings, levels, lumpSum: false };
  const saved = await putDunningSettings(world.deps, charging, { ...FINANCE, ifMatch: version });
  merchantId = await world.addMerchant('Charged');
  invoiceId = await late();
  await dun('2026-10-31');
  expect(await dun('2026-11-10')).toMatchObject({ level: 1, claimsMinor: 11_817 + 500 });
  // booked by what forgets to recount
  const { id } = await recordPayment(
    world.deps,
    { merchantId, amountMinor: 1_000_000, valueDate: '2026-09-30', remittance: '', allocations: [] },
    FINANCE,
  );
  await world.database.query(
    `insert into billing.payment_allocation (id, merchant_id, payment_id, invoice_id, amount_minor, kind, booked_on, booked_by, booked_at)
     values (gen_random_uuid(), $1, $2, $3, 1000000, 'allocation', '2026-11-10', 'x', now())`,
    [merchantId, id, invoiceId],
  );
  await issueInvoice(world.database, merchantId, { dueDate: '2026-10-15' });
  expect(await dun('2026-11-12')).toMatchObject({ level: 0, openMinor: 11_900, claimsMinor: 0 });
  expect(await claimsOf()).toEqual([
    ['fee', 500, 'waived', true],
    ['interest', 11_817, 'waived', true],
  ]);
  await putDunningSettings(world.deps, settings, { ...FINANCE, ifMatch: saved.version });
});
