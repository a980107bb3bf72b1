import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getIssuer, putIssuer } from '../../../services/billing/use-cases/issuer/issuer.ts';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { corrupt } from '../../support/self-check.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await createBillingWorld();
});
afterAll(() => world.close());

async function put(vatId: string, changed: object = {}) {
  const { profile, version, numberPattern } = await getIssuer(world.deps, {}, FINANCE);
  const given = { profile: { ...profile, vatId, ...changed }, numberPattern, waitDays: 0 };
  return putIssuer(world.deps, given, { ...FINANCE, ifMatch: version });
}
const kept = (vatId: string) =>
  corrupt(world.database, `update billing.issuer set profile = jsonb_set(profile, '{vatId}', '"${vatId}"')`);

test.each(['ED136695976', 'DE136695975', 'DE13669597', 'CHE136695976'])(
  'X6 the VAT id %s of the issuer is refused by its field, and stops a run where it was kept before',
  async (vatId) => {
    await kept('DE136695976');
    await expect(put(vatId)).rejects.toMatchObject({
      ...{ code: 422, data: { errors: [{ path: 'profile.vatId', code: 'VAT_ID_INVALID' }] } },
    });
    await kept(vatId);
    expect((await put(vatId, { phone: '040 1234567' })).profile.phone).toBe('040 1234567');
    const merchantId = await world.addMerchant(`Merchant ${vatId}`);
    await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20' }]);
    const { id } = await startRun(world.deps, { cutoff: '2026-10-31', merchantIds: [merchantId] }, FINANCE);
    await world.work();
    const { rows } = await getRun(world.deps, { id }, FINANCE);
    expect(rows.find((row) => row.merchantId === merchantId)).toMatchObject({
      state: 'parked',
      findings: [
        { code: 'ISSUER_VAT_ID_INVALID', blocks: true, data: { vatId, remedy: { where: '/finance/settings' } } },
      ],
    });
    expect((await put('DE136695976')).profile.vatId).toBe('DE136695976');
  },
);
