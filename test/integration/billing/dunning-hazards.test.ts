import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { proposeDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import {
  getDunningSettings,
  putBaseRate,
  putDunningSettings,
} from '../../../services/billing/use-cases/dunning/settings.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { issueInvoice } from '../../support/issued-invoices.ts';

let world: BillingWorld;

beforeAll(async () => {
  world = await createBillingWorld('2026-10-22T08:00:00Z');
});
afterAll(() => world.close());

async function dun() {
  const { id } = await proposeDunning(world.deps, { asOf: '2026-10-22' }, FINANCE);
  return (await issueDunning(world.deps, { id }, FINANCE)).issued;
}

test('I4 of two who save the dunning settings at once one is told that they changed', async () => {
  for (const ifMatch of [0, 1]) {
    const { settings } = await getDunningSettings(world.deps, {}, FINANCE);
    const saves = await Promise.allSettled(
      [600, 700, 800].map((minimumMinor) =>
        putDunningSettings(world.deps, { ...settings, minimumMinor }, { ...FINANCE, ifMatch }),
      ),
    );
    const refused = saves.flatMap((save) => (save.status === 'rejected' ? [save.reason as unknown] : []));
    expect(refused).toMatchObject([{ code: 412 }, { code: 412 }]);
    expect(await getDunningSettings(world.deps, {}, FINANCE)).toMatchObject({ version: ifMatch + 1 });
  }
});

test('I4 a merchant with a number that another one had before has letters of its own', async () => {
  const renumber = (merchantId: string, number: string) =>
    world.database.query(
      `update billing.merchant_ref set number = $2, snapshot = snapshot || jsonb_build_object('number', $2::text) where merchant_id = $1`,
      [merchantId, number],
    );
  const [before, after] = [await world.addMerchant('Alpha GmbH'), await world.addMerchant('Beta GmbH')];
  await renumber(before, 'A-1');
  await issueInvoice(world.database, before);
  expect((await dun()).map(({ number }) => number)).toEqual(['MA-A-1-001']);
  await renumber(before, 'A-2');
  await renumber(after, 'A-1');
  await issueInvoice(world.database, after);
  expect((await dun()).map(({ number }) => number)).toEqual(['MA-A-1-002']);
});

test('I4 of two who enter a base rate at once the second corrects it, and has to say why', async () => {
  const entering = [177, 277, 377].map((rateBasisPoints) =>
    putBaseRate(world.deps, { validFrom: '2027-01-01', rateBasisPoints, source: 'Bundesanzeiger' }, FINANCE),
  );
  const entered = await Promise.allSettled(entering);
  const refused = entered.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const reason = { code: 422, data: { errors: [{ path: 'reason', code: 'REASON_MISSING' }] } };
  expect(refused).toMatchObject([reason, reason]);
});
