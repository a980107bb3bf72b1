import { completeReturn } from '../../services/returns/use-cases/complete-return.ts';
import { getReturn } from '../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../services/returns/use-cases/inspect-item.ts';
import { receiveReturn } from '../../services/returns/use-cases/receive-return.ts';
import { returnPolicy } from '../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../shared/protocol/returns/actions.ts';
import type { TestDatabase } from './database.ts';
import { deskOf, inputOf, worker, type Desk, type ReturnsFixture } from './returns.ts';
import { chance, stepsOf } from './mixed-return-steps.ts';

/** Where the mix happens. */
export interface Mix {
  fixture: ReturnsFixture;
  database: TestDatabase;
  desk: Desk;
  merchants: string[];
  returns: string[];
}

/** Some merchants, and announced returns of five pieces each. */
export async function mixOf(fixture: ReturnsFixture, database: TestDatabase, count: number): Promise<Mix> {
  const desk = await deskOf(fixture);
  const merchants = [];
  for (const batch of [{}, { maxPieces: 3 }])
    merchants.push(
      await fixture.merchant({
        rtvSchedule: 'weekly',
        returnRules: [{ grades: ['C'], disposition: 'ask' }],
        returnPolicy: returnPolicy.parse({
          batch,
          quarantineFreeDays: 0,
          decision: { damagedHours: 1, unknownHours: 1 },
        }),
      }),
    );
  const returns = [];
  for (let index = 0; index < count; index += 1) {
    const items = [
      { sku: 'MUG', quantity: 3 },
      { sku: 'LAMP', quantity: 2 },
    ];
    const merchantId = merchants[index % 2]!;
    const orderId = await fixture.shipped(merchantId, `O-${index % 3}`, items);
    const { id } = await desk.create({ merchantId, orderId, items });
    await desk.sendPhoto(id, 'p1', desk.photo);
    returns.push(id);
  }
  return { fixture, database, desk, merchants, returns };
}

/** One of many who do whatever comes to hand. */
export async function work(seed: number, all: Mix, until: number): Promise<{ unexpected: unknown[]; done: number }> {
  const pick = chance(seed);
  const possible = stepsOf(all, pick);
  const unexpected: unknown[] = [];
  let done = 0;
  while (Date.now() < until) {
    const step = pick(possible);
    try {
      const view = await getReturn(all.fixture.deps, { id: pick(all.returns) }, worker);
      // all of it may have been split off
      if (view.items.length) await step(view, all);
      done += 1;
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (typeof code !== 'number' || code >= 500) unexpected.push(error);
    }
  }
  return { unexpected, done };
}

/** Ends what was begun, so that everything that happened was told. */
export async function finish({ fixture: { deps }, returns, desk }: Mix): Promise<void> {
  for (const id of returns) {
    const parcel = await getReturn(deps, { id }, worker);
    if (parcel.state === 'announced') await receiveReturn(deps, inputOf(actions.receiveReturn, { id }), worker);
    if (!['announced', 'received', 'inspecting'].includes(parcel.state)) continue;
    await desk.sendPhoto(id, 'last', desk.photo);
    for (const { id: itemId, quantity, state } of parcel.items)
      if (UNSEEN.has(state)) {
        const finding = { id, itemId, quantity, grade: 'A' as const, note: 'seen', overReturnReason: 'all of it' };
        await inspectItem(deps, inputOf(actions.inspectItem, finding), worker);
      }
    // after a reopening, what was there may have been split off and only what was missing be left
    const nothingInside = parcel.items.every(({ state }) => state === 'missing');
    await completeReturn(deps, { id, nothingInside }, worker);
  }
}
const UNSEEN = new Set(['expected', 'received', 'graded', 'disposition_proposed', 'decided']);
