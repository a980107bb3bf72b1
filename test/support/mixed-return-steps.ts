import { addItem } from '../../services/returns/use-cases/add-item.ts';
import { applyDeadlines } from '../../services/returns/use-cases/apply-deadlines.ts';
import { cancelBatch } from '../../services/returns/use-cases/cancel-batch.ts';
import { closeDueBatches } from '../../services/returns/use-cases/close-due-batches.ts';
import { completeReturn } from '../../services/returns/use-cases/complete-return.ts';
import { decideItem } from '../../services/returns/use-cases/decide-item.ts';
import { decideItems } from '../../services/returns/use-cases/decide-items.ts';
import { getReturn } from '../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../services/returns/use-cases/inspect-item.ts';
import { answerLinkedDecision } from '../../services/returns/use-cases/linked-decision.ts';
import { matchReturn } from '../../services/returns/use-cases/match-return.ts';
import { closeBatch, dispatchBatch } from '../../services/returns/use-cases/move-batch.ts';
import { accrueQuarantine } from '../../services/returns/use-cases/accrue-quarantine.ts';
import { receiveReturn } from '../../services/returns/use-cases/receive-return.ts';
import { removeFromBatch } from '../../services/returns/use-cases/remove-from-batch.ts';
import { reopenReturn } from '../../services/returns/use-cases/reopen-return.ts';
import { splitReturn } from '../../services/returns/use-cases/split-return.ts';
import { returnsActions as actions } from '../../shared/protocol/returns/actions.ts';
import { linkTo } from './questions.ts';
import { inputOf, newId, userOf, worker } from './returns.ts';
import type { Mix } from './mixed-returns.ts';

/** A row of small numbers that is the same in each run. */
export function chance(seed: number): <Thing>(things: readonly Thing[]) => Thing {
  let state = seed;
  return (things) => {
    state = (state * 48_271) % 2_147_483_647;
    return things[state % things.length]!;
  };
}

export type Step = (view: Awaited<ReturnType<typeof getReturn>>, mix: Mix) => Promise<unknown>;

export const stepsOf = (mix: Mix, pick: ReturnType<typeof chance>): Step[] => [
  ...ofReturns(mix, pick),
  ...ofBatches(mix, pick),
];

/** At the packing table and at the merchant's desk. */
function ofReturns({ fixture, desk }: Mix, pick: ReturnType<typeof chance>): Step[] {
  const { deps } = fixture;
  const some = <Thing>(things: readonly Thing[]): Thing => pick(things);
  const inspect: Step = ({ id, items }) => {
    const { id: itemId, quantity } = some(items);
    const finding = {
      id,
      itemId,
      quantity: some([1, quantity]),
      grade: some(['A', 'B', 'C', 'D'] as const),
      note: 'seen',
    };
    return inspectItem(deps, inputOf(actions.inspectItem, { ...finding, overReturnReason: 'all of it' }), worker);
  };
  const disposition = () => some(['restock', 'rtv', 'dispose', 'hold', 'refurbish'] as const);
  return [
    inspect,
    inspect,
    inspect,
    inspect,
    ({ id }) => receiveReturn(deps, { id, trackingNumber: some(['T1', 'T2', 'T3']) }, worker),
    ({ id }) => completeReturn(deps, { id }, worker),
    ({ id }) => completeReturn(deps, { id }, worker),
    ({ id }) => reopenReturn(deps, { id, reason: 'again' }, worker),
    ({ id, items }) =>
      decideItem(deps, { id, itemId: some(items).id, disposition: disposition(), reason: 'so' }, worker),
    ({ id, items, merchantId }) =>
      decideItem(
        deps,
        { id, itemId: some(items).id, disposition: some(['restock', 'rtv', 'hold']), reason: 'so' },
        userOf(merchantId!),
      ),
    async (view) => {
      const open = view.items.filter(({ askedAt, state }) => askedAt !== null && state === 'disposition_proposed');
      const decisions = open.map(({ id: itemId }) => ({ itemId, disposition: 'rtv' as const }));
      if (open.length) await answerLinkedDecision(deps, { token: linkTo(view), decisions }, worker);
    },
    async ({ items, id, merchantId }, { returns }) => {
      const other = await getReturn(deps, { id: some(returns) }, worker);
      const all = [
        ...items.map((i) => ({ returnId: id, itemId: i.id })),
        ...other.items.map((i) => ({ returnId: other.id, itemId: i.id })),
      ];
      const open = all.filter((_one, index) => index % 2 === 0 || merchantId === null);
      const decisions = [
        ...new Map(open.map((one) => [one.itemId, { ...one, disposition: disposition(), reason: 'so' }])).values(),
      ];
      return decideItems(deps, { decisions }, worker);
    },
    async ({ id, items }, { merchants, returns }) => {
      const item = some(items);
      const child = await splitReturn(
        deps,
        inputOf(actions.splitReturn, {
          id,
          items: [{ itemId: item.id, quantity: some([1, item.quantity]) }],
          merchantId: some(merchants),
        }),
        worker,
      );
      await desk.sendPhoto(child.id, 'again', desk.photo);
      returns.push(child.id);
    },
    ({ id }) =>
      addItem(
        deps,
        inputOf(actions.addItem, { id, origin: some(['foreign', 'unexpected'] as const), name: 'extra', quantity: 2 }),
        worker,
      ),
    ({ id }, { merchants }) => matchReturn(deps, { id, merchantId: some(merchants) }, worker),
  ];
}

/** With batches, and by the clock. */
function ofBatches({ fixture, database }: Mix, pick: ReturnType<typeof chance>): Step[] {
  const { deps } = fixture;
  const some = pick;
  const batch = async (merchantId: string | null) => {
    const found = await database.query<{ id: string }>('select id from returns.rtv_batch where merchant_id = $1', [
      merchantId,
    ]);
    return found.length ? some(found).id : newId();
  };
  return [
    async ({ merchantId }) => closeBatch(deps, { id: await batch(merchantId) }, worker),
    async ({ merchantId }) =>
      dispatchBatch(
        deps,
        { id: await batch(merchantId), carrier: 'DHL', trackingNumber: 'X', parcels: 1, weightGrams: 1 },
        worker,
      ),
    async ({ merchantId }) => cancelBatch(deps, { id: await batch(merchantId), reason: 'no' }, worker),
    async ({ items, merchantId }) =>
      removeFromBatch(deps, { id: await batch(merchantId), itemId: some(items).id, reason: 'out' }, worker),
    async ({ items, merchantId }) => {
      const { rtvBatchId, id: itemId } = items.find((item) => item.rtvBatchId !== null) ?? items[0]!;
      await removeFromBatch(deps, { id: rtvBatchId ?? (await batch(merchantId)), itemId, reason: 'out' }, worker);
    },
    () => applyDeadlines(deps),
    () => closeDueBatches(deps),
    () => accrueQuarantine(deps),
    async () => void (fixture.clock.now = new Date(fixture.clock.now.getTime() + 6 * 3_600_000)),
  ];
}
