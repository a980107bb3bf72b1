import { addItem } from '../../services/returns/use-cases/add-item.ts';
import { completeReturn } from '../../services/returns/use-cases/complete-return.ts';
import { decideItem } from '../../services/returns/use-cases/decide-item.ts';
import { getReturn } from '../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../services/returns/use-cases/inspect-item.ts';
import { matchReturn } from '../../services/returns/use-cases/match-return.ts';
import { receiveReturn } from '../../services/returns/use-cases/receive-return.ts';
import { reopenReturn } from '../../services/returns/use-cases/reopen-return.ts';
import { splitReturn } from '../../services/returns/use-cases/split-return.ts';
import { returnPolicy } from '../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../shared/protocol/returns/actions.ts';
import type { Disposition, Grade, ReturnKind } from '../../services/returns/domain/model.ts';
import { merchantSnapshot } from './orders.ts';
import { baseCard, createPricingWorld, type PricingWorld } from './pricing-world.ts';
import { deskOf, inputOf, newId, returnsFixture, worker, type ReturnsFixture } from './returns.ts';

export type Charging = 'reverse' | 'keep';

/** The returns service and billing on one database: what happens at the packing table ends as charges. */
export async function billedReturns() {
  const world = await createPricingWorld();
  await world.addCard(baseCard());
  const fixture = await returnsFixture(world.database, merchantSnapshot);
  const desk = await deskOf(fixture);
  return {
    ...{ world, fixture, desk },
    ...atTheTable(fixture),
    ...chargesOf(world),
    /** A return with its parcel, here and photographed. */
    received: async (merchantId: string | null, pieces = 1, kind: ReturnKind = 'withdrawal', photographed = true) => {
      const items = [{ sku: 'MUG', quantity: pieces }];
      const { id } = await desk.create({ ...(merchantId ? { merchantId } : {}), kind, items });
      await receiveReturn(fixture.deps, { id, parcelId: newId() }, worker);
      if (photographed) await desk.sendPhoto(id, newId(), desk.photo);
      return id;
    },
    photograph: (id: string) => desk.sendPhoto(id, newId(), desk.photo),
    close: async () => {
      await fixture.close();
      await world.close();
    },
  };
}

function atTheTable(fixture: ReturnsFixture) {
  const { deps } = fixture;
  let version = 1;
  const merchant = (reopenedCharges: Charging, merchantId = newId()) =>
    fixture.merchant({
      merchantId,
      version: (version += 1),
      returnPolicy: returnPolicy.parse({ reopenedCharges }),
    });
  const found = async (id: string, origin: 'foreign' | 'unexpected', quantity: number) => {
    const itemId = newId();
    await addItem(deps, inputOf(actions.addItem, { id, itemId, origin, name: 'lamp', quantity }), worker);
    return itemId;
  };
  const inspect = (id: string, itemId: string, quantity: number, disposition: Disposition, grade: Grade = 'B') => {
    const finding = { id, itemId, quantity, grade, note: 'seen', disposition };
    return inspectItem(deps, inputOf(actions.inspectItem, finding), worker);
  };
  return {
    ...{ merchant, found, inspect },
    view: (id: string) => getReturn(deps, { id }, worker),
    complete: (id: string) => completeReturn(deps, { id }, worker),
    reopen: (id: string) => reopenReturn(deps, { id, reason: 'looked again' }, worker),
    decide: (id: string, itemId: string, disposition: Disposition) =>
      decideItem(deps, { id, itemId, disposition, reason: 'so' }, worker),
    match: (id: string, merchantId: string) => matchReturn(deps, { id, merchantId }, worker),
    furtherParcel: (id: string) => receiveReturn(deps, { id, parcelId: newId() }, worker),
    split: async (id: string, itemId: string, quantity: number, merchantId: string | null) => {
      const items = [{ itemId, quantity }];
      return (await splitReturn(deps, inputOf(actions.splitReturn, { id, items, merchantId }), worker)).id;
    },
  };
}

function chargesOf({ database, deliver }: PricingWorld) {
  const sums = async (where: string, values: unknown[]): Promise<Record<string, number>> =>
    Object.fromEntries(
      (
        await database.query<{ key: string; sum: number }>(
          `select charge_type as key, sum(quantity)::int as sum from billing.charge
           where ${where} group by 1 having sum(quantity) <> 0 order by 1`,
          values,
        )
      ).map(({ key, sum }) => [key, sum]),
    );
  return {
    /** What a merchant pays for, corrections counted. */
    paid: async (merchantId: string) => {
      await deliver();
      return sums('merchant_id = $1', [merchantId]);
    },
    /** The same of one return. */
    paidFor: async (id: string) => {
      await deliver();
      return sums(`reference ->> 'id' = $1`, [id]);
    },
  };
}

export type BilledReturns = Awaited<ReturnType<typeof billedReturns>>;
