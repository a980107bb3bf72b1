import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createMandate, revokeMandate } from '../../../services/billing/use-cases/direct-debits/mandates.ts';
import * as claims from '../../../services/billing/use-cases/dunning/claims.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { getDunningLetter } from '../../../services/billing/use-cases/dunning/letters.ts';
import * as runs from '../../../services/billing/use-cases/dunning/runs.ts';
import { recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { lettersArrive, lettersDrawn, tellOfMails } from '../../support/arriving-letters.ts';
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

/** 10,000.00 due on 30 September. */
beforeEach(async () => {
  merchantId = await world.addMerchant(`Merchant ${(serial += 1)}`);
  const terms = { grossMinor: 1_000_000, issueDate: '2026-09-16', dueDate: '2026-09-30' };
  invoiceId = (await issueInvoice(world.database, merchantId, terms)).id;
});

const arrivedAt = async (instant: string) => {
  world.at(instant);
  await lettersArrive(world);
};
const propose = (day: string) => {
  world.at(`${day}T08:00:00Z`);
  return runs.proposeDunning(world.deps, { asOf: day }, FINANCE);
};
const dun = async (day: string) => {
  const { issued } = await issueDunning(world.deps, { id: (await propose(day)).id }, FINANCE);
  return issued.find((letter) => letter.merchantId === merchantId)!;
};
const proposedOn = async (day: string) => {
  const { level, hindrance, selected } = (await propose(day)).rows.find((row) => row.invoiceId === invoiceId)!;
  return [level, hindrance, selected];
};

test('I4 the days of a letter count from the day it was made, a working day at their end', async () => {
  const letter = await dun('2026-10-22');
  expect(letter).toMatchObject({ level: 0, payBy: '2026-10-29' });
  // 1 November in the zone of the house, and the 8th is a Sunday
  await arrivedAt('2026-10-31T23:30:00Z');
  expect(await proposedOn('2026-11-02')).toEqual([null, 'waiting', false]);
  expect(await proposedOn('2026-11-09')).toEqual([null, 'waiting', false]);
  expect(await proposedOn('2026-11-10')).toEqual([1, null, true]);
  // what the merchant reads is what is printed
  expect(await getDunningLetter(world.deps, { id: letter.id }, FINANCE)).toMatchObject({ payBy: '2026-10-29' });
});

test('I4 while a letter is to be drawn its days do not begin', async () => {
  await dun('2026-10-22');
  expect(await proposedOn('2026-11-20')).toEqual([null, 'waiting', false]);
  // made on its day it gives the time that it says
  await arrivedAt('2026-10-22T09:00:00Z');
  expect(await proposedOn('2026-10-29')).toEqual([null, 'waiting', false]);
  expect(await proposedOn('2026-10-30')).toEqual([1, null, true]);
});

/** The invoice was to be collected, by a mandate that is revoked since. */
async function announcedAndNeverCollected() {
  await world.database.query(
    `update billing.issuer set profile = profile || '{"sepaCreditorId": "DE98ZZZ09999999999"}'::jsonb`,
  );
  const mandate = await createMandate(
    world.deps,
    {
      ...{ merchantId, scheme: 'CORE', kind: 'recurrent', signedOn: '2026-01-05' },
      ...{ iban: 'DE02120300000000202051', debtorName: 'Alpha GmbH' },
    },
    FINANCE,
  );
  await world.database.query(
    `insert into billing.direct_debit (invoice_id, merchant_id, mandate_id, collect_on, announced_minor) values ($1, $2, $3, '2026-09-30', 1000000)`,
    [invoiceId, merchantId, mandate.id],
  );
  await revokeMandate(world.deps, { id: mandate.id, reason: 'x' }, FINANCE);
}

test('I4 what was not collected is late once the days of a letter that was made late are over', async () => {
  await announcedAndNeverCollected();
  expect(await dun('2026-10-08')).toMatchObject({ level: 0, payBy: '2026-10-15' });
  // so it gives time until the 19th
  await arrivedAt('2026-10-12T08:00:00Z');
  // 10,000.00 × 10.52 % × 14 / 365
  expect(await dun('2026-11-02')).toMatchObject({ level: 1, claimsMinor: 4_035 + 4_000 });
  // and money that came within that time came in time
  const money = { merchantId, amountMinor: 1_000_000, valueDate: '2026-10-17', remittance: '' };
  await recordPayment(world.deps, { ...money, allocations: [{ invoiceId, amountMinor: 1_000_000 }] }, FINANCE);
  const { items } = await claims.listDunningClaims(world.deps, { limit: 9, merchantId }, FINANCE);
  expect(items.map(({ kind, amountMinor, state }) => [kind, amountMinor, state]).toSorted()).toEqual([
    ['interest', 4_035, 'waived'],
    ['lumpSum', 4_000, 'waived'],
  ]);
  expect(await findings(world.database, world.deps.now(), ['billing'])).not.toHaveProperty(['I37.claims']);
});

test('I4 a letter that came back begins no delay, and gives its time once it arrives', async () => {
  await announcedAndNeverCollected();
  const reminder = await dun('2026-10-08');
  await lettersDrawn(world);
  await tellOfMails(world, 'dunningNotice', reminder.id, ['a', 0, 'bounced']);
  const proposal = await propose('2026-10-30');
  expect(proposal.rows.find((row) => row.invoiceId === invoiceId)).toMatchObject({ lastLetter: 'bounced', level: 1 });
  // finance goes on, and nothing asked for the money before this letter
  await runs.selectForDunning(world.deps, { id: proposal.id, invoiceIds: [invoiceId], selected: true }, FINANCE);
  const { issued } = await issueDunning(world.deps, { id: proposal.id }, FINANCE);
  const first = issued.find((letter) => letter.merchantId === merchantId);
  expect(first).toMatchObject({ level: 1, payBy: '2026-11-09', claimsMinor: 0 });
  await arrivedAt('2026-11-02T08:00:00Z');
  expect(await proposedOn('2026-11-12')).toEqual([null, 'waiting', false]);
  // ten days from the day it arrived; from 13 November on, 10,000.00 × 10.52 % × 4 / 365
  expect(await dun('2026-11-16')).toMatchObject({ level: 2, claimsMinor: 1_153 + 4_000 });
});

test('I4 a letter that still waits to be sent is told, and what follows it is for finance to choose', async () => {
  await dun('2026-10-22');
  await lettersDrawn(world);
  expect(await proposedOn('2026-11-02')).toEqual([1, null, false]);
  const { rows } = await propose('2026-11-02');
  expect(rows.find((row) => row.invoiceId === invoiceId)).toMatchObject({ lastLetter: 'notSent' });
  await arrivedAt('2026-11-02T09:00:00Z');
  expect(await proposedOn('2026-11-09')).toEqual([null, 'waiting', false]);
  expect(await proposedOn('2026-11-10')).toEqual([1, null, true]);
});
