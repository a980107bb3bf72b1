import { expect, test } from '@jest/globals';
import { split } from '../../../services/returns/domain/splitting.ts';
import { ids, itemWith, moment, returnWith } from './fixtures.ts';

const to = { id: 'child', merchantId: 'merchant-2', order: undefined, contentHash: '', inspectionDueAt: moment.at };
const nobodyAsked = { askedAt: null, decisionDueAt: null, decisionDefault: null, disposition: null };

test.each([
  ['graded', { grade: 'B' as const }],
  ['received', { grade: null }],
])('A5 what was held is %s in its new return, and held no more', (state, overrides) => {
  const held = itemWith({ id: 'lamp', origin: 'foreign', state: 'on_hold', quarantinedAt: moment.at, ...overrides });
  const parcel = returnWith({ state: 'processing', items: [held, itemWith({ id: 'own', state: 'refurbishing' })] });
  const { parent, child } = split(parcel, [{ itemId: 'lamp', quantity: 1 }], to, { at: moment.at, newId: ids('new') });
  expect(parent.items.map(({ id }) => id)).toEqual(['own']);
  expect(child.items).toMatchObject([{ id: 'lamp', state, quarantinedAt: null, ...nobodyAsked }]);
});

test('A5 what its merchant was asked is asked no more in the new return', () => {
  const asked = { askedAt: moment.at, decisionDueAt: moment.at, decisionDefault: 'rtv' as const };
  const items = [itemWith({ id: 'cup', grade: 'C', state: 'disposition_proposed', ...asked }), itemWith({ id: 'own' })];
  const parcel = returnWith({ state: 'inspecting', items });
  const { child } = split(parcel, [{ itemId: 'cup', quantity: 1 }], to, { at: moment.at, newId: ids('new') });
  expect(child.items).toMatchObject([{ id: 'cup', state: 'graded', ...nobodyAsked }]);
});
