import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { takeOutOfBatch } from '../../../services/returns/domain/batch-removal.ts';
import { unbundle } from '../../../services/returns/domain/bundles.ts';
import { withInspectionCharged } from '../../../services/returns/domain/charged.ts';
import { completeInspection, intoBatch, needsBatch } from '../../../services/returns/domain/completion.ts';
import { decide, overdueDecisions, type Decider } from '../../../services/returns/domain/decision.ts';
import { inspect } from '../../../services/returns/domain/inspection.ts';
import { hasEnded, ITEM_TRANSITIONS } from '../../../services/returns/domain/item-states.ts';
import { piecesOf } from '../../../services/returns/domain/items.ts';
import type {
  Disposition,
  Grade,
  Item,
  ItemState,
  Return,
  ReturnState,
} from '../../../services/returns/domain/model.ts';
import { isOpen } from '../../../services/returns/domain/questions.ts';
import { addFound, receive } from '../../../services/returns/domain/receipt.ts';
import { reopen } from '../../../services/returns/domain/reopening.ts';
import { split } from '../../../services/returns/domain/splitting.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { handlingWith, itemWith, moment, returnWith } from './fixtures.ts';

/** Everything that happens to the goods of one parcel, in any order and by any number of hands. */
interface Family {
  returns: Return[];
  /** Pieces that were ever announced or found. */
  pieces: number;
  made: number;
}

const HANDLING = handlingWith([{ grades: ['C'], disposition: 'ask' }]);
const KIT = [
  { sku: 'CUP', name: 'Cup', quantity: 2 },
  { sku: 'LID', name: 'Lid', quantity: 1 },
];

const step = fc.record({
  what: fc.constantFrom(
    ...(['receive', 'inspect', 'inspect', 'inspect', 'add', 'split', 'unbundle', 'complete', 'complete'] as const),
    ...(['reopen', 'decide', 'decide', 'clock', 'remove', 'dispatch'] as const),
  ),
  which: fc.nat(20),
  item: fc.nat(20),
  quantity: fc.integer({ min: 1, max: 4 }),
  grade: fc.constantFrom<Grade>('A', 'B', 'C', 'D'),
  disposition: fc.constantFrom<Disposition>('restock', 'rtv', 'dispose', 'hold', 'refurbish', 'donate'),
  by: fc.constantFrom<Decider>('house', 'merchant', 'link'),
  named: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function apply(family: Family, given: Step): Family {
  const parcel = family.returns[given.which % family.returns.length]!;
  const item = parcel.items[given.item % parcel.items.length]!;
  const newId = () => `made-${(family.made += 1)}`;
  const kept = (after: Return, more: Return[] = [], pieces = family.pieces): Family => ({
    ...family,
    pieces,
    returns: [...family.returns.map((one) => (one === parcel ? batched(after) : one)), ...more],
  });
  const { quantity, grade, disposition, by } = given;
  switch (given.what) {
    case 'receive':
      return kept(
        receive(
          parcel,
          {
            parcelId: `parcel-${given.which % 3}`,
            ...(given.named ? { counted: [{ itemId: item.id, quantity }] } : {}),
          },
          { moment, inspectionHours: 48, newId },
        ),
      );
    case 'inspect': {
      const finding = {
        itemId: item.id,
        quantity,
        grade,
        reason: null,
        note: 'seen',
        ...(given.named ? { disposition } : {}),
      };
      return kept(inspect(parcel, finding, HANDLING, moment, newId).parcel);
    }
    case 'add':
      return kept(
        addFound(parcel, {
          id: newId(),
          origin: given.named ? 'foreign' : 'unexpected',
          sku: null,
          name: 'lamp',
          quantity,
        }),
        [],
        family.pieces + quantity,
      );
    case 'split': {
      const to = {
        id: newId(),
        merchantId: given.named ? 'merchant-2' : 'merchant-1',
        order: undefined,
        contentHash: '',
        inspectionDueAt: moment.at,
      };
      const { parent, child } = split(parcel, [{ itemId: item.id, quantity }], to, { at: moment.at, newId });
      return kept(parent, [child]);
    }
    case 'unbundle': {
      const came = given.named ? [{ sku: 'CUP', quantity: Math.min(quantity, item.quantity * 2) }] : [];
      const after = unbundle(parcel, item.id, KIT, came, newId);
      return kept(after, [], after === parcel ? family.pieces : family.pieces + item.quantity * 2);
    }
    case 'complete': {
      const photos = [{ itemId: null, kind: 'parcel' as const }];
      const completed = completeInspection(
        parcel,
        HANDLING,
        { photos, nothingInside: given.named && given.item > 15 },
        moment,
      );
      return kept(withInspectionCharged(completed, { earlierStay: given.named, paidElsewhere: 0, photos }));
    }
    case 'reopen':
      return kept(reopen(parcel));
    case 'decide':
      return kept(
        decide(parcel, { itemId: item.id, disposition, reason: 'so' }, { at: moment.at, handling: HANDLING, by }),
      );
    case 'clock': {
      const at = new Date(moment.at.getTime() + 40 * 86_400_000);
      if (parcel.state !== 'awaiting_decision') return family;
      const terms = { at, handling: HANDLING, by: 'deadline' as const };
      return kept(overdueDecisions(parcel, at).reduce((rest, decision) => decide(rest, decision, terms), parcel));
    }
    case 'remove':
      return item.rtvBatchId === null ? family : kept(takeOutOfBatch(parcel, item.id, undefined, moment.at));
    case 'dispatch':
      return kept(dispatched(parcel));
  }
}

const batched = (parcel: Return): Return => (needsBatch(parcel) ? intoBatch(parcel, 'batch-1') : parcel);

/** As persistence/dispatched-returns.ts does it. */
function dispatched(parcel: Return): Return {
  const items = parcel.items.map((item): Item =>
    item.rtvBatchId === null ? item : { ...item, state: 'returned_to_merchant' },
  );
  const ended = parcel.state === 'processing' && items.every(hasEnded);
  return { ...parcel, items, ...(ended ? { state: 'completed', completedAt: moment.at } : {}) };
}

function check(before: Family, after: Family): void {
  expect(piecesOf(after.returns.flatMap(({ items }) => items))).toBe(after.pieces);
  const ids = after.returns.flatMap(({ items }) => items.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  for (const parcel of after.returns) {
    const { state, items } = parcel;
    const was = before.returns.find(({ id }) => id === parcel.id);
    if (was && was.state !== state) expect(WAYS[was.state]).toContain(state);
    if (state === 'completed') expect(items.filter((item) => !hasEnded(item))).toEqual([]);
    if (state === 'processing') expect(items.every(hasEnded)).toBe(false);
    if (state === 'awaiting_decision')
      expect([items.some(isOpen), parcel.decisionDueAt !== null]).toEqual([true, true]);
    if (['processing', 'completed'].includes(state)) expect(items.filter(isOpen)).toEqual([]);
    expect(parcel.inspectedAt !== null).toBe(INSPECTED.includes(state));
    for (const item of items) {
      const { state: at, rtvBatchId, quarantinedAt, askedAt, decisionDueAt, decisionDefault } = item;
      expect(rtvBatchId !== null).toBe(at === 'in_rtv_batch' || at === 'returned_to_merchant');
      if (rtvBatchId !== null) expect(item.grade).not.toBeNull();
      expect(quarantinedAt !== null).toBe(at === 'on_hold');
      expect([decisionDueAt !== null, decisionDefault !== null]).toEqual([askedAt !== null, askedAt !== null]);
      expect(item.disposition === null).toBe(item.dispositionSource === null);
      if (UNFINISHED.includes(at))
        expect(['processing', 'completed', 'inspected']).not.toContain(at === 'received' ? state : '');
      if (parcel.inspectedAt !== null && (at === 'restocked' || at === 'disposed'))
        expect(item.inspectionCharged).toBe(true);
    }
  }
}

const INSPECTED: readonly ReturnState[] = ['inspected', 'awaiting_decision', 'processing', 'completed'];
const UNFINISHED: readonly ItemState[] = ['expected', 'received', 'graded', 'decided'];
/** In one action; the states in between are passed at once. */
const WAYS: Record<ReturnState, readonly ReturnState[]> = {
  announced: ['received'],
  in_transit: ['received'],
  received: ['inspecting', 'awaiting_decision', 'processing', 'completed'],
  inspecting: ['awaiting_decision', 'processing', 'completed'],
  inspected: [],
  awaiting_decision: ['processing', 'completed', 'inspecting'],
  processing: ['completed', 'inspecting', 'awaiting_decision'],
  completed: ['inspecting'],
  cancelled: ['received'],
  expired: ['received'],
  lost: ['received'],
};

test.each(['withdrawal', 'undeliverable'] as const)(
  'B10 whatever is done in whatever order, no piece of a %s is lost or made',
  (kind) => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (given) => {
        const items = [itemWith({ id: 'a', quantity: 3 }), itemWith({ id: 'b', position: 2, sku: 'KIT', quantity: 2 })];
        const announced = returnWith({ kind, state: 'announced', receivedAt: null, receivedOn: null, items });
        let family: Family = { returns: [announced], pieces: 5, made: 0 };
        for (const one of given) {
          const before = family;
          try {
            family = apply(family, one);
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
          }
          check(before, family);
        }
      }),
      { numRuns: 150 },
    );
  },
);

test('every state of an item leads to an end', () => {
  for (const state of Object.keys(ITEM_TRANSITIONS) as ItemState[]) {
    const seen = new Set<ItemState>([state]);
    for (const at of seen) for (const next of ITEM_TRANSITIONS[at]) seen.add(next);
    expect([...seen].some((at) => hasEnded(itemWith({ state: at })))).toBe(true);
  }
});
