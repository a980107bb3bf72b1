import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pricingConsumers } from '../../../services/billing/pricing.ts';
import { addRateVersion } from '../../../services/billing/use-cases/rate-cards/add-rate-version.ts';
import { rerateDue } from '../../../services/billing/use-cases/charges/rerate-charges.ts';
import { consumeDue } from '../../../shared/messaging/consumer.ts';
import type { ConsumerName } from '../../../shared/protocol/consumers.ts';
import { newRateVersion } from '../../../shared/protocol/billing/rate-card.ts';
import { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import { orderShippedV1 } from '../../../shared/protocol/orders/events.ts';
import { merchant, shipment } from '../../support/billing-events.ts';
import { baseCard, createPricingWorld, FINANCE, type PricingWorld } from '../../support/pricing-world.ts';

let world: PricingWorld;
beforeEach(async () => (world = await createPricingWorld()));
afterEach(() => world.close());

async function drain(name: ConsumerName, batch: number): Promise<void> {
  const consumer = pricingConsumers(world.deps).find((one) => one.name === name)!;
  while (await consumeDue(world.deps, { ...consumer, batch }));
}

async function rerateAll(): Promise<void> {
  while (await rerateDue(world.deps));
}

test('no charge keeps the old price when versions are added while shipments are being charged', async () => {
  const card = await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  await world.announce(orderShippedV1, ...Array.from({ length: 120 }, () => shipment({ merchantId })));
  const addVersions = async () => {
    for (let index = 0; index < 6; index += 1) {
      const version = newRateVersion.parse({ validFrom: '2026-10-01', rules: baseCard().versions[0]!.rules });
      await addRateVersion(world.deps, { id: card.id, ...version }, FINANCE);
    }
  };
  await Promise.all([
    drain('billing.charge-shipments', 4),
    drain('billing.charge-shipments', 4),
    addVersions(),
    rerateAll(),
  ]);
  await rerateAll();
  const found = await world.database.query(
    `select v.version, c.state, count(*)::int as count from billing.charge c join billing.rate_version v on v.id = c.version_id group by 1, 2`,
  );
  expect(found).toEqual([{ version: 7, state: 'accrued', count: 600 }]);
});

test('no charge stays unrated when merchants arrive while their shipments are being charged', async () => {
  await world.addCard(baseCard());
  const snapshots = Array.from({ length: 24 }, () => merchant());
  await world.announce(
    orderShippedV1,
    ...snapshots.flatMap(({ merchantId }) => [1, 2, 3].map(() => shipment({ merchantId }))),
  );
  await world.announce(merchantChangedV1, ...snapshots);
  await Promise.all([
    drain('billing.charge-shipments', 3),
    drain('billing.charge-shipments', 3),
    drain('billing.know-merchants', 1),
  ]);
  await rerateAll();
  // what is optional and in no card is waived, or was never made
  const found = await world.database.query(
    "select state, count(*)::int as count from billing.charge where state <> 'waived' or charge_type <> 'pick_weight' group by 1",
  );
  expect(found).toEqual([{ state: 'accrued', count: 24 * 3 * 5 }]);
});
