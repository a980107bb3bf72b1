import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { quarantineAccruedV1 } from '../../../shared/protocol/returns/events.ts';
import { baseCard, createPricingWorld, ruleOf, type PricingWorld } from '../../support/pricing-world.ts';

let world: PricingWorld;
beforeEach(async () => (world = await createPricingWorld()));
afterEach(() => world.close());

const itemId = uuidv7(new Date());
const accrued = (merchantId: string, day: string, quantity = 3) =>
  quarantineAccruedV1.payload.parse({
    ...{ itemId, returnId: uuidv7(new Date()), merchantId, number: 'RT-2026-00001', orderNumber: null },
    ...{ sku: 'X', name: 'Tasse', quantity, day, quarantinedOn: '2026-10-01', freeDays: 7 },
  });
const rule = ruleOf('quarantine_storage', '0.05', { unit: 'piece_day' });
const short = async () =>
  (await world.charges()).map(({ chargeType, serviceDate, quantity, state }) => [
    chargeType,
    serviceDate,
    quantity,
    state,
  ]);

test('C11 each day in quarantine is charged once for its pieces, on that day', async () => {
  const [version] = baseCard().versions;
  await world.addCard(baseCard({ versions: [{ ...version, rules: [...version!.rules, rule] }] }));
  const { merchantId } = await world.addMerchant();
  const [first, second] = [accrued(merchantId, '2026-10-09'), accrued(merchantId, '2026-10-10')];
  await world.tell(quarantineAccruedV1, first, second);
  await world.tell(quarantineAccruedV1, first);
  expect(await short()).toEqual([
    ['quarantine_storage', '2026-10-09', '3', 'accrued'],
    ['quarantine_storage', '2026-10-10', '3', 'accrued'],
  ]);
});

test('C11 without a rate the days are on the worklist and block, they are not free', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  await world.tell(quarantineAccruedV1, accrued(merchantId, '2026-10-09'));
  expect(await short()).toEqual([['quarantine_storage', '2026-10-09', '3', 'unrated']]);
});
