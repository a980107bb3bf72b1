import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { createScenarioWorld, rule, type ScenarioMerchant, type ScenarioWorld } from '../../support/scenario-world.ts';
import { billedByCarrier, shipmentsOf } from '../../support/shipment-events.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

/** A margin of ten percent and of twenty: whose charge it is shows in its price. */
const merchantWith = (percent: string) =>
  world.merchant({ versions: [{ rules: [rule('carrier_surcharge', { type: 'costPlus', percent })] }] });

/** A line that was given to the first merchant's shipment and belongs to the second one's. */
async function misread() {
  const [alpha, beta] = [await merchantWith('10'), await merchantWith('20')];
  const [ofAlpha, ofBeta] = [shipmentsOf(world, alpha.id), shipmentsOf(world, beta.id)];
  const wrong = billedByCarrier(ofAlpha.of('2027-03-05'), 1_000);
  const { lineId } = wrong;
  const right = billedByCarrier(ofBeta.of('2027-03-07'), 1_000, { lineId, revision: 2 });
  const back = { ...wrong, revision: 1, reason: 'Zahlendreher' };
  return {
    ...{ alpha, beta },
    matched: () => ofAlpha.billed(wrong),
    reopened: () => ofAlpha.takenBack(back),
    rematched: () => ofBeta.billed(right),
  };
}
const NET = 4;
const nets = async (merchant: ScenarioMerchant, ...cutoffs: string[]) => {
  const sums: number[] = [];
  for (const cutoff of cutoffs)
    sums.push((await merchant.bill(cutoff)).reduce((sum, line) => sum + Number(line[NET]), 0));
  return sums;
};

test('a line that was moved before it was billed costs the first merchant nothing and the other one its price', async () => {
  const { alpha, beta, matched, reopened, rematched } = await misread();
  for (const step of [matched, matched, reopened, reopened, rematched, rematched]) await step();
  // a charge and its twin come to nothing, and for nothing there is no invoice
  expect(await alpha.bill('2027-03-15')).toEqual([]);
  expect(await alpha.row('2027-03-15')).toMatchObject({ net: 0 });
  expect(await beta.bill('2027-03-15')).toEqual([['2027-03', 'carrier_surcharge', '1', '12', 1_200]]);
});

test('a line that was moved after it was billed is credited to the first and a late charge of the other', async () => {
  const { alpha, beta, matched, reopened, rematched } = await misread();
  await matched();
  expect(await alpha.bill('2027-03-15')).toEqual([['2027-03', 'carrier_surcharge', '1', '11', 1_100]]);
  await reopened();
  await rematched();
  // what is due to the merchant is paid out against something else
  await shipmentsOf(world, alpha.id).billed(
    billedByCarrier(shipmentsOf(world, alpha.id).of('2027-03-20'), 2_000, { carrier: 'UPS' }),
  );
  const credited = await alpha.bill('2027-03-31');
  expect(credited.reduce((sum, line) => sum + line[NET], 0)).toBe(2_200 - 1_100);
  expect(await beta.bill('2027-03-31')).toEqual([['2027-03', 'carrier_surcharge', '1', '12', 1_200]]);
});

test.each([
  ['matched', 'rematched', 'reopened'],
  ['reopened', 'matched', 'rematched'],
  ['reopened', 'rematched', 'matched'],
  ['rematched', 'matched', 'reopened'],
  ['rematched', 'reopened', 'matched'],
] as const)('told of as %s, %s, %s a line is charged once, to whom it belongs', async (...order) => {
  const { alpha, beta, ...steps } = await misread();
  for (const step of order) await steps[step]();
  expect(await nets(alpha, '2027-03-15')).toEqual([0]);
  expect(await nets(beta, '2027-03-15')).toEqual([1_200]);
});

test('a run bills what was approved, and what is taken back after that comes with the next one', async () => {
  const { alpha, matched, reopened } = await misread();
  await matched();
  const { id } = await startRun(world.deps, { cutoff: '2027-03-15', merchantIds: [alpha.id] }, FINANCE);
  await world.work();
  await requestStep(world.deps, 'approve', { id, merchantIds: [alpha.id] }, FINANCE);
  await world.work();
  await reopened();
  await requestStep(world.deps, 'finalize', { id, merchantIds: [alpha.id] }, FINANCE);
  await world.work();
  expect(await alpha.row('2027-03-15')).toMatchObject({ state: 'finalized', net: 1_100 });
  await shipmentsOf(world, alpha.id).billed(billedByCarrier(shipmentsOf(world, alpha.id).of('2027-03-20'), 2_000));
  expect(await nets(alpha, '2027-03-31')).toEqual([2_200 - 1_100]);
});

test('whenever a line is taken back while a run is approved, the merchant has paid nothing for it in the end', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { alpha, matched, reopened } = await misread();
    await matched();
    const { id } = await startRun(world.deps, { cutoff: '2027-03-15', merchantIds: [alpha.id] }, FINANCE);
    await world.work();
    await requestStep(world.deps, 'approve', { id, merchantIds: [alpha.id] }, FINANCE);
    await Promise.all(round % 2 ? [world.work(), reopened()] : [reopened(), world.work()]);
    const [first] = await nets(alpha, '2027-03-15');
    await shipmentsOf(world, alpha.id).billed(billedByCarrier(shipmentsOf(world, alpha.id).of('2027-03-20'), 2_000));
    const [second] = await nets(alpha, '2027-03-31');
    expect([0, 1_100]).toContain(first);
    expect(first! + second!).toBe(2_200);
  }
});
