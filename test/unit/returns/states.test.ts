import { describe, expect, test } from '@jest/globals';
import { advanceBatch, assertOpen } from '../../../services/returns/domain/batch-states.ts';
import { advanceItem } from '../../../services/returns/domain/item-states.ts';
import { advance } from '../../../services/returns/domain/return-states.ts';
import { RETURN_STATES } from '../../../shared/protocol/returns/events.ts';
import { BATCH_STATES, ITEM_STATES } from '../../../shared/protocol/returns/views.ts';
import { itemWith, returnWith } from './fixtures.ts';

// Written down a second time on purpose: a change of the machine must be a change of this table as well.
const RETURN_ARROWS = new Set([
  'announced → in_transit',
  'announced → received',
  'announced → cancelled',
  'announced → expired',
  'announced → lost',
  'in_transit → received',
  'in_transit → cancelled',
  'in_transit → lost',
  'received → inspecting',
  'inspecting → inspected',
  'inspected → awaiting_decision',
  'inspected → processing',
  'inspected → inspecting',
  'awaiting_decision → processing',
  'awaiting_decision → inspecting',
  'processing → completed',
  'processing → inspecting',
  'completed → inspecting',
  'cancelled → received',
  'expired → in_transit',
  'expired → received',
  'expired → lost',
  'lost → received',
]);

const BATCH_ARROWS = new Set([
  'open → closing',
  'open → cancelled',
  'closing → packed',
  'packed → dispatched',
  'dispatched → delivered',
  'delivered → confirmed',
  'delivered → disputed',
  'disputed → resolved',
]);

const ITEM_ARROWS = new Set([
  'expected → received',
  'expected → missing',
  'missing → expected',
  'received → graded',
  'received → disposition_proposed',
  'graded → graded',
  'graded → disposition_proposed',
  'disposition_proposed → graded',
  'disposition_proposed → disposition_proposed',
  'disposition_proposed → decided',
  'disposition_proposed → received',
  'decided → graded',
  'decided → disposition_proposed',
  'decided → decided',
  'decided → restocked',
  'decided → in_rtv_batch',
  'decided → disposed',
  'decided → donated',
  'decided → refurbishing',
  'decided → on_hold',
  'restocked → graded',
  'restocked → received',
  'in_rtv_batch → returned_to_merchant',
  'in_rtv_batch → on_hold',
  'in_rtv_batch → graded',
  'in_rtv_batch → received',
  'refurbishing → graded',
  'refurbishing → received',
  'on_hold → decided',
  'on_hold → graded',
  'on_hold → received',
]);

const pairs = <State extends string>(states: readonly State[]): [State, State][] =>
  states.flatMap((from) => states.map((to): [State, State] => [from, to]));

const typeOf = (act: () => unknown): string => {
  try {
    act();
    return 'allowed';
  } catch (error) {
    return (error as { type: string }).type;
  }
};

describe('every pair of states is allowed or refused as the table says', () => {
  test.each(pairs(RETURN_STATES))('a return from %s to %s', (from, to) => {
    const allowed = RETURN_ARROWS.has(`${from} → ${to}`);
    expect(typeOf(() => advance(returnWith({ state: from }), to))).toBe(
      allowed ? 'allowed' : 'RETURN_TRANSITION_NOT_ALLOWED',
    );
  });

  test.each(pairs(ITEM_STATES))('an item from %s to %s', (from, to) => {
    const allowed = ITEM_ARROWS.has(`${from} → ${to}`);
    expect(typeOf(() => advanceItem(itemWith({ state: from }), to))).toBe(
      allowed ? 'allowed' : 'ITEM_TRANSITION_NOT_ALLOWED',
    );
  });

  test.each(pairs(BATCH_STATES))('a batch from %s to %s', (from, to) => {
    const allowed = BATCH_ARROWS.has(`${from} → ${to}`);
    expect(typeOf(() => advanceBatch(from, to))).toBe(allowed ? 'allowed' : 'RTV_BATCH_TRANSITION_NOT_ALLOWED');
  });
});

test('a refused transition says from where to where and changes nothing', () => {
  const parcel = returnWith({ state: 'completed' });
  expect(() => advance(parcel, 'cancelled')).toThrow(
    expect.objectContaining({ code: 409, data: { from: 'completed', to: 'cancelled' } }),
  );
  expect(parcel.state).toBe('completed');
});

test.each(BATCH_STATES)('the contents of a batch that is %s change only while it is open', (state) => {
  expect(typeOf(() => assertOpen(state))).toBe(state === 'open' ? 'allowed' : 'RTV_BATCH_CLOSED');
});
