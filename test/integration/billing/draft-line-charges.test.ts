import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { listCharges } from '../../../services/billing/use-cases/charges/read-charges.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startFinalRun } from '../../../services/billing/use-cases/runs/start-final-run.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { merchantUser } from '../../support/pricing-world.ts';
import { createScenarioWorld, perUnit, rule, tiers, type ScenarioWorld } from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeEach(async () => {
  world = await createScenarioWorld();
});
afterEach(() => world.close());

const listed = async (query: object, actor: Actor = FINANCE) =>
  (await listCharges(world.deps, pricingActions.listCharges.params.parse(query), actor)).items;
/** The lines of a run by rule, each with the quantities of the charges that are listed behind it. */
const evidence = async (runId: string, actor?: Actor) => {
  const lines = await world.database.query(
    `select l.id, l.rule_key, l.service_month, l.tier_from::float8 as tier, l.charge_count::int as count
     from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id
     where i.run_id = $1 order by l.rule_key, l.service_month, l.tier_from, l.quantity`,
    [runId],
  );
  const found = [];
  for (const line of lines) {
    const charges = await listed({ lineId: line['id'], limit: 200 }, actor);
    if (!actor) expect(charges).toHaveLength(line['count'] as number);
    found.push([line['rule_key'], line['service_month'], charges.map(({ quantity }) => quantity).toSorted()]);
  }
  return found;
};
const drafted = async (merchantId: string, cutoff: string) => {
  const { id } = await startRun(world.deps, { cutoff, merchantIds: [merchantId] }, FINANCE);
  await world.work();
  return id;
};

test('X2 behind each line of a draft are the charges that its approval puts there, and no others of their type', async () => {
  const freight = (key: string, price: string, countries: string[]) =>
    rule('freight', perUnit(price), { key, conditions: { countries } });
  const merchant = await world.merchant({
    versions: [
      {
        rules: [
          freight('DE', '4.29', ['DE']),
          freight('AT', '9.90', ['AT']),
          rule('pack', tiers('graduated', ['10', '1'], [null, '0.5'])),
        ],
      },
    ],
  });
  const parcel = (day: string, country: string, quantity: string) => ({
    ...{ day, type: 'freight', quantity, attributes: { country } },
  });
  await merchant.happen(
    parcel('2027-03-03', 'DE', '1'),
    parcel('2027-03-04', 'DE', '2'),
    parcel('2027-03-04', 'AT', '3'),
    parcel('2027-02-04', 'AT', '4'),
    parcel('2027-03-16', 'DE', '5'),
    { day: '2027-03-05', type: 'pack', quantity: '6' },
    { day: '2027-03-06', type: 'pack', quantity: '7' },
    { day: '2027-03-07', type: 'pack', quantity: '8' },
  );
  const id = await drafted(merchant.id, '2027-03-15');
  const behind = [
    ['AT', '2027-02', ['4']],
    ['AT', '2027-03', ['3']],
    ['DE', '2027-03', ['1', '2']],
    // the second one spans both tiers
    ['pack', '2027-03', ['6', '7']],
    ['pack', '2027-03', ['7', '8']],
  ];
  expect(await evidence(id)).toEqual(behind);
  // drafts are no business of merchants
  expect((await evidence(id, merchantUser(merchant.id))).flatMap(([, , charges]) => charges)).toEqual([]);
  await requestStep(world.deps, 'approve', { id }, FINANCE);
  await world.work();
  expect(await evidence(id)).toEqual(behind);
});

test('X2 behind a line of a last bill stands what it takes to the end of its month, such as the fee', async () => {
  world.at('2027-03-22T08:00:00Z');
  const merchant = await world.merchant({
    versions: [{ rules: [rule('software_fee', perUnit('60', { perDaysOfMonth: true }))] }],
    contracts: [{ endsOn: '2027-03-20', softwareFee: true }],
  });
  const { id } = await startFinalRun(world.deps, { merchantId: merchant.id, day: '2027-03-20' }, FINANCE);
  await world.work();
  const found = await evidence(id);
  expect(found.map(([key, month]) => [key, month])).toEqual([['software_fee', '2027-03']]);
  expect(found[0]![2]).toHaveLength(1);
});

test('X2 charges are listed by stream, and what is no stream, line or id is refused', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: [rule('pack', perUnit('1')), rule('return_parcel', perUnit('2'))] }],
  });
  await merchant.happen({ day: '2027-03-03', type: 'pack' }, { day: '2027-03-03', type: 'return_parcel' });
  const types = async (stream: string) =>
    (await listed({ merchantId: merchant.id, stream })).map(({ chargeType }) => chargeType);
  expect(await types('fulfilment')).toEqual(['pack']);
  expect(await types('monthly')).toEqual(['return_parcel']);
  for (const wrong of [{ stream: 'weekly' }, { stream: '' }, { lineId: 'x' }, { lineId: ['a', 'b'] }])
    expect(pricingActions.listCharges.params.safeParse(wrong).success).toBe(false);
  expect(await listed({ lineId: merchant.id })).toEqual([]);
});
