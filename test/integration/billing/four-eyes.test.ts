import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { getIssuer, putIssuer } from '../../../services/billing/use-cases/issuer/issuer.ts';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startFinalRun } from '../../../services/billing/use-cases/runs/start-final-run.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { addRateVersion } from '../../../services/billing/use-cases/rate-cards/add-rate-version.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { newRateVersion } from '../../../shared/protocol/billing/rate-card.ts';
import { issuerBody } from '../../../shared/protocol/billing/pricing-views.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

/** Ways around the second person (G3). */
let world: ScenarioWorld;
beforeEach(async () => {
  world = await createScenarioWorld();
  world.at('2026-11-02T08:00:00Z');
});
afterEach(() => world.close());

const OTHER: Actor = { ...FINANCE, id: 'finance-2' };
const THIRD: Actor = { ...FINANCE, id: 'finance-3' };
const ADMIN: Actor = { ...FINANCE, id: 'admin-1', roles: ['admin'] };
const RULES = [rule('pack', perUnit('0.45')), rule('software_fee', perUnit('62'))];
const FOUR_EYES = { code: 403, type: 'FOUR_EYES' };

const setFourEyes = async (fourEyes: boolean, actor: Actor) => {
  const [found] = await world.database.query<{ profile: { address: Record<string, string> } }>(
    'select profile from billing.issuer',
  );
  const { name: _, ...address } = found!.profile.address;
  const bank = { name: 'Bank', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' };
  const body = { profile: { ...found!.profile, address, bank }, numberPattern: 'RE-{year}-{number:5}' };
  return putIssuer(world.deps, issuerBody.parse({ ...body, approval: { fourEyes } }), actor);
};
const approve = async (id: string, actor: Actor) => {
  await requestStep(world.deps, 'approve', { id }, actor);
  await world.work();
  return (await getRun(world.deps, { id }, actor)).state;
};

test('G3 who prepared a run cannot do without the second person by switching four eyes off', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-10', type: 'pack' });
  await setFourEyes(true, FINANCE);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-15' }, FINANCE);
  await world.work();
  await expect(setFourEyes(false, FINANCE)).rejects.toMatchObject({
    ...{ code: 403, type: 'FOUR_EYES_ADMIN' },
    data: { errors: [{ path: 'approval.fourEyes' }] },
  });
  expect(await getIssuer(world.deps, {}, FINANCE)).toMatchObject({ approval: { fourEyes: true } });
  await expect(approve(id, FINANCE)).rejects.toMatchObject(FOUR_EYES);
  expect(await setFourEyes(false, ADMIN)).toMatchObject({ approval: { fourEyes: false } });
});

test('G3 with four eyes, who wrote the prices of a run that was there does not approve it; older prices do not matter', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-10-10', type: 'pack' });
  await setFourEyes(true, FINANCE);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-15' }, OTHER);
  await world.work();
  const [card] = await world.database.query('select card_id, created_by from billing.rate_version');
  // the price it has so far is by the same person
  expect(card!['created_by']).toBe(FINANCE.id);
  world.at('2026-11-02T09:00:00Z');
  const dearer = newRateVersion.parse({ validFrom: '2026-10-01', rules: [rule('pack', perUnit('9'))] });
  await addRateVersion(world.deps, { id: String(card!['card_id']), ...dearer }, FINANCE);
  // what it holds now was never seen: it is drafted anew, at the new price
  expect(await approve(id, FINANCE)).toBe('draft');
  expect(await merchant.row('2026-10-15')).toMatchObject({ net: 900 });
  await expect(approve(id, FINANCE)).rejects.toMatchObject(FOUR_EYES);
  expect(await approve(id, OTHER).catch((error: { type: string }) => error.type)).toBe('FOUR_EYES');
  expect(await approve(id, { ...FINANCE, id: 'finance-3' })).toBe('approved');
});

test('G3 with four eyes, who waived the last fee of a contract does not approve its last bill', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: RULES }],
    contracts: [{ softwareFee: true, endsOn: '2026-10-20' }],
  });
  await merchant.happen({ day: '2026-10-10', type: 'pack' });
  await setFourEyes(true, FINANCE);
  const { id } = await startFinalRun(world.deps, { merchantId: merchant.id, day: '2026-10-20' }, OTHER);
  await world.work();
  // the fee bears the last day of the month, which is after the day of the run
  const [fee] = await world.database.query(`select id from billing.charge where charge_type = 'software_fee'`);
  await waiveCharge(world.deps, { id: String(fee!['id']), reason: 'A favour' }, FINANCE);
  await expect(approve(id, FINANCE)).rejects.toMatchObject(FOUR_EYES);
});

test('G3 with four eyes, who waived a charge of a month that was billed long ago approves later runs', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen(
    { day: '2026-10-10', type: 'pack', quantity: '3' },
    { day: '2026-10-11', type: 'pack', quantity: '5' },
  );
  const [charge] = await world.database.query('select id from billing.charge where quantity = 3');
  await setFourEyes(true, FINANCE);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-15' }, OTHER);
  await world.work();
  await waiveCharge(world.deps, { id: String(charge!['id']), reason: 'A favour' }, FINANCE);
  await expect(approve(id, FINANCE)).rejects.toMatchObject(FOUR_EYES);
  // what was seen has changed: it is drafted anew first
  for (const state of ['draft', 'approved']) expect(await approve(id, THIRD)).toBe(state);
  await requestStep(world.deps, 'finalize', { id }, THIRD);
  await world.work();
  world.at('2027-03-02T08:00:00Z');
  await merchant.happen({ day: '2027-02-20', type: 'pack' });
  const later = await startRun(world.deps, { cutoff: '2027-02-28' }, OTHER);
  await world.work();
  expect(await approve(later.id, FINANCE)).toBe('approved');
});

test('G3 with four eyes, a version that dropped a price bars its author from runs that were there, and from no later ones', async () => {
  const optional = [...RULES, rule('pick_line', perUnit('0.10'))];
  const merchant = await world.merchant({ versions: [{ rules: optional }] });
  await merchant.happen({ day: '2026-10-10', type: 'pick_line', quantity: '3' }, { day: '2026-10-10', type: 'pack' });
  await setFourEyes(true, FINANCE);
  const { id: there } = await startRun(world.deps, { cutoff: '2026-10-15' }, OTHER);
  await world.work();
  world.at('2026-11-02T09:00:00Z');
  await merchant.reprice({ validFrom: '2026-10-01', rules: RULES });
  expect(await world.database.query(`select state from billing.charge where charge_type = 'pick_line'`)).toEqual([
    { state: 'waived' },
  ]);
  await expect(approve(there, FINANCE)).rejects.toMatchObject(FOUR_EYES);
  for (const state of ['draft', 'approved']) expect(await approve(there, THIRD)).toBe(state);
  await requestStep(world.deps, 'finalize', { id: there }, THIRD);
  await world.work();
  // the same prices, and what they dropped, are older than the next run
  world.at('2026-11-02T10:00:00Z');
  await merchant.happen({ day: '2026-10-20', type: 'pack' });
  const later = await startRun(world.deps, { cutoff: '2026-10-31' }, OTHER);
  await world.work();
  expect(await approve(later.id, FINANCE)).toBe('approved');
});
