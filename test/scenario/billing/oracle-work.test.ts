import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compute } from '../../../oracle/oracle.ts';
import type { RateCard } from '../../../oracle/rate-card.ts';
import { pricingConsumers } from '../../../services/billing/pricing.ts';
import { createPackaging } from '../../../services/orders/use-cases/packagings/keep-packagings.ts';
import { consumeDue } from '../../../shared/messaging/consumer.ts';
import { oracleLines } from '../../support/oracle-lines.ts';
import { merchantSnapshot, ordersFixture, staff, type OrdersFixture } from '../../support/orders.ts';
import { workWorld, type WorkWorld } from '../../support/random-work.ts';
import { cutoffsBetween } from '../../support/scenario-table.ts';
import { createScenarioWorld, type ScenarioWorld } from '../../support/scenario-world.ts';
import { deedsOf, doIt, enterGoods } from '../../support/work-deeds.ts';
import { possible, workFacts } from '../../support/work-facts.ts';

/**
 * Work of a house by chance, entered as people enter it: split orders, parcels that are called back, packaging, invoices
 * of carriers, deliveries and jobs that are corrected. Both services on one side, on the other the oracle with the same
 * facts and the same card: every line and every total must be the same.
 */
let world: ScenarioWorld;
let orders: OrdersFixture;
beforeAll(async () => {
  world = await createScenarioWorld();
  orders = await ordersFixture(world.database, '2027-01-01T10:00:00Z');
  for (const code of ['BOX-M', 'BOX-L', 'TAPE'])
    await createPackaging(orders.deps, { code, name: code, ean: null, active: true }, staff);
});
afterAll(async () => {
  await orders.close();
  await world.close();
});

const CUTOFFS = cutoffsBetween('2027-02-01', '2027-04-30');
let serial = 0;
let compared = 0;

test('D2 D3 D4 D7 D8 D9 random work is billed to the cent as the oracle says', async () => {
  await fc.assert(
    fc.asyncProperty(workWorld, async (given) => {
      const name = `W${(serial += 1)}`;
      const happened = possible(given);
      expect(await billedBy(name, happened)).toEqual(await asked(name, happened));
    }),
    { numRuns: Number(process.env['KONTOR_RANDOM_WORLDS'] ?? 5), endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(60);
}, 180_000);

async function billedBy(name: string, happened: WorkWorld) {
  const merchant = await world.merchant({ versions: happened.versions });
  orders.merchants.push(merchantSnapshot({ merchantId: merchant.id }));
  const house = { fixture: orders, merchantId: merchant.id, world: name };
  await enterGoods(house);
  const deeds = deedsOf(house, happened);
  const billed: Record<string, unknown> = {};
  for (const [index, cutoff] of CUTOFFS.entries()) {
    const before = CUTOFFS[index - 1] ?? '';
    for (const deed of deeds) if (deed.day > before && deed.day <= cutoff) await doIt(house, deed);
    await heard();
    const lines = await merchant.bill(cutoff, { accept: ['ABOVE_USUAL'] });
    const [document] = await merchant.documents(cutoff);
    if (!document) continue;
    const worth = lines.filter(([, , , , net]) => net !== 0);
    compared += worth.length;
    billed[cutoff] = {
      ...{ net: document.net, gross: document.gross },
      lines: worth.map((line) => line.join(' ')).toSorted(),
    };
  }
  return billed;
}

/** Billing learns of everything that was announced. */
async function heard(): Promise<void> {
  await world.database.query('update messaging.delivery set next_at = now() where done_at is null');
  for (const consumer of pricingConsumers(world.deps)) while (await consumeDue(world.deps, consumer));
}

async function asked(name: string, happened: WorkWorld) {
  const versions = happened.versions.map((one, index) => ({ ...one, version: index + 1 }));
  const own = { code: 'own', name: 'own', currency: 'EUR', versions };
  const { invoices, unrated } = await compute({
    rateCard: { code: 'base', name: 'base', currency: 'EUR', versions: [] },
    cards: [own as unknown as RateCard],
    merchants: [{ number: 'M', taxTreatment: 'domestic', softwareFee: false }],
    facts: workFacts(name, happened),
    from: CUTOFFS[0]!.slice(0, 8).concat('01'),
    to: CUTOFFS.at(-1)!,
  });
  expect(unrated).toEqual([]);
  const issued = invoices.filter(({ state }) => state === 'issued');
  return Object.fromEntries(
    issued.map((one) => [one.cutOff, { net: Number(one.net), gross: Number(one.gross), lines: oracleLines(one) }]),
  );
}
