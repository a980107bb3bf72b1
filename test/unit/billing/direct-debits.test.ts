import { expect, test } from '@jest/globals';
import {
  collectionDay,
  dayToCollect,
  reachableDay,
  sequenceOf,
  usableUntil,
} from '../../../services/billing/domain/direct-debits/mandates.ts';
import { blocksMandate } from '../../../services/billing/domain/direct-debits/return-reasons.ts';
import { sepaText } from '../../../services/billing/domain/direct-debits/sepa-text.ts';
import {
  easterSunday,
  isTargetDay,
  targetDayFrom,
} from '../../../services/billing/domain/direct-debits/target-days.ts';
import { itemsOf } from '../../../services/billing/use-cases/direct-debits/propose-collection.ts';
import { mandateActions } from '../../../shared/protocol/billing/mandate-actions.ts';
import { isCreditorId } from '../../../shared/protocol/billing/issuer.ts';

test.each([
  [2020, '2020-04-12'],
  [2024, '2024-03-31'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  // the latest and the earliest there are
  [2038, '2038-04-25'],
  [2285, '2285-03-22'],
])('I3 Easter of %i is %s', (year, day) => expect(easterSunday(year)).toBe(day));

test.each([
  ['2026-04-02', true],
  ['2026-04-03', false], // Good Friday
  ['2026-04-06', false], // Easter Monday
  ['2026-04-07', true],
  ['2026-05-01', false],
  ['2026-05-14', true], // Ascension: a holiday in Germany, not of TARGET
  ['2026-10-03', false], // a Saturday
  ['2025-10-03', true], // German Unity Day on a Friday
  ['2026-12-24', true],
  ['2026-12-25', false],
  ['2028-12-26', false],
  ['2026-12-31', true],
  ['2027-01-01', false],
])('I3 payments are settled on %s: %p', (day, expected) => expect(isTargetDay(day)).toBe(expected));

test.each([
  ['2026-12-25', '2026-12-28'],
  ['2026-04-03', '2026-04-07'],
  ['2026-11-23', '2026-11-23'],
  ['2027-01-01', '2027-01-04'],
])('I3 from %s payments are settled on %s', (day, expected) => expect(targetDayFrom(day)).toBe(expected));

test.each([
  ['due after the notice', '2026-11-02', '2026-11-16', 14, null, '2026-11-16'],
  ['due at once', '2026-11-02', '2026-11-02', 14, null, '2026-11-16'],
  ['on a Sunday', '2026-11-02', '2026-11-22', 14, null, '2026-11-23'],
  ['over Christmas', '2026-12-11', '2026-12-25', 14, null, '2026-12-28'],
  ['with less notice agreed', '2026-11-02', '2026-11-02', 14, 2, '2026-11-04'],
])('I3 the day of collection, %s', (_, issueDate, dueDate, house, agreed, expected) =>
  expect(collectionDay({ issueDate, dueDate }, { house, agreed })).toBe(expected),
);

test.each([
  ['still ahead', '2026-11-27', '2026-11-23', '2026-11-27'],
  ['tomorrow', '2026-11-24', '2026-11-23', '2026-11-24'],
  ['today is too late', '2026-11-23', '2026-11-23', '2026-11-24'],
  ['missed, over a weekend', '2026-11-20', '2026-11-27', '2026-11-30'],
  ['made on a Saturday', '2026-11-20', '2026-11-28', '2026-12-01'],
])('I3 the day the bank can still collect, %s', (_, announced, today, expected) =>
  expect(reachableDay(announced, today)).toBe(expected),
);

test.each([
  ['as announced', '2026-11-27', '2026-11-23', 14, '2026-11-27', true],
  ['as announced, the first day that the bank reaches', '2026-11-24', '2026-11-23', 14, '2026-11-24', true],
  ['with new notice, the day was missed', '2026-11-20', '2026-11-23', 14, '2026-12-07', false],
  ['with new notice, it came back', null, '2026-11-23', 14, '2026-12-07', false],
  ['with less notice agreed, it came back', null, '2026-11-23', 1, '2026-11-24', false],
  ['with new notice that ends on a holiday', null, '2026-12-11', 14, '2026-12-28', false],
  ['with new notice, on the day that it states and no earlier', null, '2026-11-12', 1, '2026-11-20', false],
])('I3 an invoice is collected %s', (_, announcedOn, today, notice, collectOn, isAnnounced) =>
  expect(dayToCollect({ announcedOn, statedOn: '2026-11-20', notice }, today)).toEqual({ collectOn, isAnnounced }),
);

test.each([
  ['2023-11-30', null, '2026-11-30'],
  ['2023-02-28', null, '2026-02-28'],
  ['2024-02-29', null, '2027-02-28'],
  ['2020-01-15', '2025-08-31', '2028-08-31'],
])('I3 a mandate signed on %s and last used on %s lasts until %s', (signedOn, lastUsedOn, expected) =>
  expect(usableUntil({ signedOn, lastUsedOn })).toBe(expected),
);

test.each([
  ['recurrent', true, false, 'FRST'],
  ['recurrent', false, false, 'RCUR'],
  ['recurrent', false, true, 'FNAL'],
  ['recurrent', true, true, 'FNAL'],
  ['oneOff', true, false, 'OOFF'],
] as const)('I3 a %s mandate, first %p, last %p: %s', (kind, first, last, expected) =>
  expect(sequenceOf({ kind, first, last })).toBe(expected),
);

const debit = (more: object) => ({
  ...{
    invoiceId: 'i',
    merchantId: 'm',
    mandateId: 'a',
    number: 'RE-2026-00001',
    announcedOn: '2026-11-27',
    statedOn: '2026-11-27',
    notice: 14,
    openMinor: 100,
  },
  ...{ kind: 'recurrent' as const, final: false, signedOn: '2026-01-01', lastUsedOn: null, used: false, others: 0 },
  ...more,
});
test.each([
  ['the first of a mandate, then others', [debit({}), debit({}), debit({ mandateId: 'b' })], ['FRST', 'RCUR', 'FRST']],
  ['of a mandate that was used', [debit({ used: true })], ['RCUR']],
  ['the last of a mandate that ends', [debit({ final: true }), debit({ final: true })], ['FRST', 'FNAL']],
  ['no last one while others of the mandate are open', [debit({ final: true, others: 1 })], ['FRST']],
  [
    'the one as the last that is collected last',
    [debit({ final: true, announcedOn: null }), debit({ final: true })],
    ['FRST', 'FNAL'],
  ],
  [
    'no last one while the mandate is too old for another',
    [debit({ final: true, signedOn: '2023-11-30', announcedOn: null }), debit({ final: true, signedOn: '2023-11-30' })],
    ['FRST'],
  ],
  ['nothing by a mandate that is too old', [debit({ signedOn: '2023-11-26' })], []],
])('I3 a proposal collects %s', (_, debits, expected) =>
  expect(itemsOf(debits, '2026-11-23').map(({ sequence }) => sequence)).toEqual(expected),
);

test.each([
  ['Müller & Söhne GmbH', 70, 'Mueller + Soehne GmbH'],
  ['ÄÖÜ ß', 70, 'AeOeUe ss'],
  ['Café „Łódź“ – Crème', 70, "Cafe 'Lodz' - Creme"],
  ['東京 ☕ Ltd_2', 70, '.. . Ltd-2'],
  ['//a//b/', 70, 'a/b'],
  ['x'.repeat(80), 70, 'x'.repeat(70)],
  ['Ü'.repeat(40), 70, 'Ue'.repeat(35)],
  ['a\n\tb', 70, 'a b'],
])('I3 %j is %3$j to a bank', (text, max, expected) => expect(sepaText(text, max)).toBe(expected));

test.each([
  ['MANDAT-851-1', true],
  ['A'.repeat(35), true],
  ['A'.repeat(36), false],
  ['/A', false],
  ['A/', false],
  ['A//B', false],
  ['A/B', true],
  ['Ä', false],
  ['a b', false],
  ['', false],
])('I3 %j is a reference: %p', (reference, expected) =>
  expect(mandateActions.createMandate.body.shape.reference.safeParse(reference).success).toBe(expected),
);

test.each([
  // the example of the Bundesbank
  ['DE98ZZZ09999999999', true],
  // the business code may be any
  ['DE98ABC09999999999', true],
  ['DE97ZZZ09999999999', false],
  ['DE98ZZZ0999999999', false],
  ['AT61ZZZ01234567890', true],
  ['de98ZZZ09999999999', false],
])('I3 %s identifies a creditor: %p', (text, expected) => expect(isCreditorId(text)).toBe(expected));

test.each([
  ['AC04', true],
  ['MD01', true],
  ['AC01', true],
  ['AM04', false],
  ['MS03', false],
  ['MD06', false],
])('I3 a return for %s blocks the mandate: %p', (reason, expected) => expect(blocksMandate(reason)).toBe(expected));
