import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { holdCharge, releaseCharge, waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { getMerchantAccount } from '../../../services/billing/use-cases/charges/get-merchant-account.ts';
import { getCharge, listCharges } from '../../../services/billing/use-cases/charges/read-charges.ts';
import { previewRun } from '../../../services/billing/use-cases/runs/preview-run.ts';
import { whatIfRateCard } from '../../../services/billing/use-cases/what-if/what-if-rate-card.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { rateToolsActions } from '../../../shared/protocol/billing/rate-tools-actions.ts';
import { FINANCE } from '../../support/billing-world.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type ScenarioMerchant,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

/** Somebody typed twelve digits: more cents than can be counted. It is seen, told, and can be cleared away. */
let world: ScenarioWorld;
let [typo, other]: ScenarioMerchant[] = [];
let id = '';
beforeAll(async () => {
  world = await createScenarioWorld();
  world.at('2026-11-20T08:00:00Z');
  const rules = [rule('pack', perUnit('0.45')), rule('special_job', perUnit('95'), { unit: 'piece' })];
  typo = await world.merchant({ versions: [{ rules }] });
  other = await world.merchant({ versions: [{ rules }] });
  await other.happen({ day: '2026-11-10', type: 'pack', quantity: '100' });
  await typo.happen({ day: '2026-11-10', type: 'special_job', quantity: '999999999999', unit: 'piece' });
  const [job] = await world.database.query(`select id from billing.charge where charge_type = 'special_job'`);
  id = String(job!['id']);
});
afterAll(() => world.close());

test('X1 a charge that is too large is listed and explained, without an amount', async () => {
  const { items } = await listCharges(world.deps, { limit: 50 }, FINANCE);
  expect(items.map(({ netMinor }) => netMinor).toSorted()).toEqual([4500, null]);
  expect(await getCharge(world.deps, { id }, FINANCE)).toMatchObject({
    ...{ quantity: '999999999999', netMinor: null },
    explanation: { price: { quantity: '999999999999', parts: [] } },
  });
});

test('X4 its running account says so instead of failing', async () => {
  await expect(getMerchantAccount(world.deps, { id: typo!.id }, FINANCE)).rejects.toMatchObject({
    ...{ code: 409, type: 'AMOUNT_OUT_OF_RANGE' },
  });
  expect(await getMerchantAccount(world.deps, { id: other!.id }, FINANCE)).toMatchObject({ netMinor: 4500 });
});

test('G2 G7 a preview and a run tell it of its merchant and go on with the others', async () => {
  const { items } = await previewRun(world.deps, { cutoff: '2026-11-15', merchantIds: undefined, limit: 20 }, FINANCE);
  expect(items.find(({ merchantId }) => merchantId === other!.id)).toMatchObject({ netMinor: 4500, findings: [] });
  const month = await previewRun(world.deps, { cutoff: '2026-11-30', merchantIds: undefined, limit: 20 }, FINANCE);
  expect(month.items.map(({ netMinor, findings }) => [netMinor, findings.map(({ code }) => code)])).toEqual([
    [0, ['STEP_FAILED']],
    [4500, []],
  ]);
  // a preview repeats nothing
  const [{ data } = { data: undefined }] = month.items[0]!.findings;
  expect(data).toEqual({
    ...{ step: 'draft', code: 'AMOUNT_OUT_OF_RANGE', reason: expect.any(String) },
    remedy: { de: expect.any(String), en: expect.any(String), where: `/finance/charges?merchantId=${typo!.id}` },
  });
});

test('X3 what other prices would bring tells it of its merchant and goes on with the others', async () => {
  const prices = [perUnit('0.90'), perUnit('95')] as const;
  const draft = {
    validFrom: '2026-01-01',
    rules: [rule('pack', prices[0]), rule('special_job', prices[1], { unit: 'piece' })],
  };
  const merchantIds = [typo!.id, other!.id];
  const question = { draft, merchantIds, from: '2026-11', to: '2026-11', limit: 20 };
  const { items } = await whatIfRateCard(
    world.deps,
    parseInput(rateToolsActions.whatIfRateCard, question) as never,
    FINANCE,
  );
  expect(items.find(({ merchantId }) => merchantId === typo!.id)).toMatchObject({
    ...{ actualMinor: 0, whatIfMinor: 0, differenceMinor: 0, months: [] },
    failed: { code: 'AMOUNT_OUT_OF_RANGE', message: expect.any(String) },
  });
  expect(items.find(({ merchantId }) => merchantId === other!.id)).toMatchObject({
    actualMinor: 4500,
    whatIfMinor: 9000,
  });
});

test('G12 it can be held, released and waived', async () => {
  expect(await holdCharge(world.deps, { id, reason: 'Vertippt' }, FINANCE)).toMatchObject({ state: 'held' });
  expect(await releaseCharge(world.deps, { id }, FINANCE)).toMatchObject({ state: 'accrued' });
  expect(await waiveCharge(world.deps, { id, reason: 'Vertippt' }, FINANCE)).toMatchObject({ netMinor: 0 });
  expect(await getMerchantAccount(world.deps, { id: typo!.id }, FINANCE)).toMatchObject({ netMinor: 0 });
});
