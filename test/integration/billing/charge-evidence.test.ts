import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { listCharges } from '../../../services/billing/use-cases/charges/read-charges.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import { returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { billCharge } from '../../support/bill-charge.ts';
import { inspection } from '../../support/billing-events.ts';
import { baseCard, createPricingWorld, FINANCE, merchantUser, type PricingWorld } from '../../support/pricing-world.ts';

let world: PricingWorld;
beforeEach(async () => {
  world = await createPricingWorld();
  await world.addCard(baseCard());
});
afterEach(() => world.close());

const listed = async (query: object, actor: Actor) =>
  (await listCharges(world.deps, pricingActions.listCharges.params.parse(query), actor)).items;

/** Two merchants with a return each, inspected and charged. */
async function twoReturns() {
  const [own, other] = [await world.addMerchant(), await world.addMerchant()];
  const returns = [own, other].map(({ merchantId }) => inspection({ merchantId }));
  await world.tell(returnInspectedV1, ...returns, inspection({ merchantId: own.merchantId }));
  return { own: own.merchantId, mine: returns[0]!.returnId, theirs: returns[1]!.returnId };
}

test('X2 what a return cost is found by the return, with the amount of every charge, by its merchant only', async () => {
  const { own, mine, theirs } = await twoReturns();
  const found = await listed({ sourceId: mine }, merchantUser(own));
  expect(new Set(found.map(({ reference }) => reference['id']))).toEqual(new Set([mine]));
  expect(found.map(({ chargeType, quantity, netMinor }) => [chargeType, quantity, netMinor]).toSorted()).toEqual([
    ['return_item', '2', 130],
    ['return_parcel', '1', 290],
    ['return_restock', '2', 90],
  ]);
  expect(await listed({ sourceId: theirs }, merchantUser(own))).toEqual([]);
  expect(await listed({ sourceId: theirs }, FINANCE)).toHaveLength(3);
});

test('X2 the charges of a line are those it was made of, also after they were freed, for its merchant only', async () => {
  const { own, mine, theirs } = await twoReturns();
  const { query } = world.database;
  const [first, second] = await listed({ sourceId: mine }, FINANCE);
  await billCharge(world.database, first!.id);
  const [{ line_id: lineId }] = (await query('select line_id from billing.charge where id = $1', [first!.id])) as [
    { line_id: string },
  ];
  await query(
    `insert into billing.invoice_line_charge (line_id, charge_id, merchant_id, quantity, late) values ($1, $2, $3, 1, false)`,
    [lineId, first!.id, own],
  );
  await query('update billing.charge set line_id = null where id = $1', [first!.id]);
  expect((await listed({ lineId }, merchantUser(own))).map(({ id }) => id)).toEqual([first!.id]);
  expect((await listed({ lineId }, FINANCE)).map(({ id }) => id)).toEqual([first!.id]);
  const [foreign] = await listed({ sourceId: theirs }, FINANCE);
  expect(await listed({ lineId }, merchantUser(foreign!.merchantId))).toEqual([]);

  await waiveCharge(world.deps, { id: second!.id, reason: 'Kulanz' }, FINANCE);
  expect((await listed({ sourceId: mine }, FINANCE)).find(({ id }) => id === second!.id)!.netMinor).toBe(0);
});
