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

const told = { note: 'SECRET', channel: 'shop', trackingNumber: 'SECRET', carrier: 'DHL', externalNumber: 'SECRET' };
const came = { id: 'p', carrier: 'DHL', trackingNumber: 'SECRET', receivedAt: moment.at, receivedOn: moment.on };
const word = { externalReason: 'SECRET', reason: 'SECRET', overReturnReason: 'SECRET', recordedAs: 'SECRET' };

test.each([
  ['another merchant', { merchantId: 'merchant-2' }],
  ['nobody known yet', { merchantId: null }],
])('K10 what the first merchant said stays with it when goods leave for %s', (_whose, other) => {
  const items = [itemWith({ id: 'cup', ...word }), itemWith({ id: 'own' })];
  const parcel = returnWith({ ...told, parcels: [came], items });
  const { parent, child } = split(
    parcel,
    [{ itemId: 'cup', quantity: 1 }],
    { ...to, ...other },
    {
      ...{ at: moment.at, newId: ids('new') },
    },
  );
  expect(JSON.stringify(child)).not.toMatch(/SECRET|DHL|shop/);
  expect(parent).toMatchObject(told);
});

test('K10 goods of another order of the same merchant keep what it said of them', () => {
  const items = [itemWith({ id: 'cup', ...word }), itemWith({ id: 'own' })];
  const parcel = returnWith({ ...told, parcels: [came], items });
  const same = { ...to, merchantId: parcel.merchantId };
  const { child } = split(parcel, [{ itemId: 'cup', quantity: 1 }], same, { at: moment.at, newId: ids('new') });
  const { note, trackingNumber } = told;
  expect(child).toMatchObject({ note, trackingNumber, parcels: [came], items: [{ externalReason: 'SECRET' }] });
});
