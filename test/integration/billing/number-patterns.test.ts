import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getInvoice } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { getIssuer, putIssuer } from '../../../services/billing/use-cases/issuer/issuer.ts';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { correctionsOf } from '../../support/corrections.ts';
import { corrupt } from '../../support/self-check.ts';

let world: BillingWorld;
let fix: ReturnType<typeof correctionsOf>;

beforeAll(async () => {
  world = await createBillingWorld();
  fix = correctionsOf(world);
});
afterAll(() => world.close());

let serial = 0;
/** Bills a merchant. @returns its row and its invoice, if it got one */
async function bill() {
  serial += 1;
  const merchantId = await world.addMerchant(`Merchant ${serial}`);
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20', quantity: '10' }]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31', merchantIds: [merchantId] }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id, merchantIds: [merchantId] }, FINANCE);
    await world.work();
  }
  const row = (await getRun(world.deps, { id }, FINANCE)).rows.find((one) => one.merchantId === merchantId)!;
  const [invoice] = await fix.live(merchantId);
  return { row, invoice };
}

/** Saves the pattern of a kind; also past what would refuse it. */
async function put(patterns: object) {
  const { profile, version, numberPattern } = await getIssuer(world.deps, {}, FINANCE);
  const given = { profile, numberPattern, waitDays: 0, ...patterns };
  return putIssuer(world.deps, given, { ...FINANCE, ifMatch: version });
}
const counted = (kind: string, last: number) =>
  corrupt(
    world.database,
    `insert into billing.number_series values ((select id from billing.issuer), '${kind}', 2026, ${last})
     on conflict (issuer_id, kind, year) do update set last_number = excluded.last_number`,
  );
const taken = (field: string) => ({
  ...{ code: 422, data: { errors: [{ path: field, code: 'NUMBER_TAKEN' }] } },
});

test('H3 a pattern that could give a number of its own kind again is refused, this year and later', async () => {
  await put({ numberPattern: 'RE-{year}-1{number}' });
  await counted('invoice', 9);
  expect((await bill()).invoice!.number).toBe('RE-2026-110');
  // the next ones are 11, 12 and, one day, 110
  await expect(put({ numberPattern: 'RE-{year}-{number}' })).rejects.toMatchObject(taken('numberPattern'));
  await expect(put({ numberPattern: 're-{year}-{number:3}' })).rejects.toMatchObject(taken('numberPattern'));
  // never 110 again: padded otherwise, counted past it, or of a year that is over
  await put({ numberPattern: 'RE-{year}-{number:5}' });
  await counted('invoice', 110);
  await put({ numberPattern: 'RE-{year}-{number}' });
  expect((await bill()).invoice!.number).toBe('RE-2026-111');
  await put({ numberPattern: 'RE-{year}-1{number}' });
  await put({ numberPattern: 'RE-{year}-{number:5}' });
  await counted('invoice', 111);
  world.at('2027-01-04T08:00:00Z');
  await put({ numberPattern: 'RE-{year}-1{number}' });
  world.at('2026-11-02T08:00:00Z');
  // a number that reads as one of a later year
  await put({ numberPattern: 'RE-20{number}/{year}' });
  await counted('invoice', 2026);
  expect((await bill()).invoice!.number).toBe('RE-202027/2026');
  await put({ numberPattern: 'RE-{year}-{number:5}' });
});

test('H3 a number that is taken all the same is told with what to do, and nothing is written', async () => {
  await put({ numberPattern: 'RE-{year}-{number:5}', cancellationPattern: 'ST-{year}-{number:5}' });
  const { invoice } = await bill();
  const next = `RE-2026-${String(Number(invoice!.number.slice(-5)) + 1).padStart(5, '0')}`;
  await corrupt(world.database, `update billing.invoice set number = '${next}' where id = '${invoice!.id}'`);
  const { row } = await bill();
  expect(row).toMatchObject({
    state: 'approved',
    findings: [{ code: 'STEP_FAILED', data: { code: 'NEXT_NUMBER_TAKEN' } }],
  });
  await corrupt(world.database, `update billing.invoice set number = 'ST-2026-00001' where id = '${invoice!.id}'`);
  await expect(fix.cancel(invoice!.id)).rejects.toMatchObject({ code: 409, type: 'NEXT_NUMBER_TAKEN' });
  expect(await getInvoice(world.deps, { id: invoice!.id }, FINANCE)).toMatchObject({ state: 'finalized' });
});
