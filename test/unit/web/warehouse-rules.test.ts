import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { suggestedGrade } from '../../../services/returns/domain/checklist.ts';
import { dispositionOf } from '../../../services/returns/domain/disposition-rules.ts';
import { newItem } from '../../../services/returns/domain/receipt.ts';
import { blankItem, blankReturn } from '../../../web/src/warehouse/offline/blank.ts';
import { suggestGrade } from '../../../web/src/warehouse/offline/draft.ts';
import { isReady, lacksOf } from '../../../web/src/warehouse/offline/lacks.ts';
import type { Item, ReturnView, WaitingPhoto } from '../../../web/src/warehouse/offline/model.ts';
import type { Settings } from '../../../web/src/warehouse/offline/reference.ts';
import { suggestDisposition, type SuggestionRule } from '../../../web/src/warehouse/offline/suggestion.ts';
import { createBurstListener } from '../../../web/src/warehouse/scan/bursts.ts';
import { AT } from '../../support/warehouse-outbox.ts';

const grade = fc.constantFrom('A', 'B', 'C', 'D');
const reason = fc.constantFrom('defective', 'used', 'soiled');
const kind = fc.constantFrom('withdrawal', 'complaint', 'undeliverable', 'exchange');
const group = fc.constantFrom('Lampen', 'Textil');
const rule = fc.record(
  {
    grades: fc.array(grade, { maxLength: 2 }),
    reasons: fc.array(reason, { maxLength: 2 }),
    kinds: fc.array(kind, { maxLength: 2 }),
    articleGroups: fc.array(group, { maxLength: 1 }),
    skuPrefix: fc.constantFrom('L', 'T-'),
    disposition: fc.constantFrom('restock', 'restock_b', 'rtv', 'dispose', 'hold', 'ask'),
  },
  { requiredKeys: ['disposition'] },
) as fc.Arbitrary<SuggestionRule>;
const judged = fc.record({
  grade: fc.option(grade),
  reason: fc.option(reason),
  sku: fc.option(fc.constantFrom('L-1', 'T-1', 'X')),
  origin: fc.constantFrom('expected', 'unexpected', 'foreign'),
  articleGroup: fc.option(group),
});

test('B9 the device suggests what the server will decide, whatever the rules are', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 4 }), judged, kind, (rules, item, returnKind) => {
      const { articleGroup, ...facts } = item;
      const server = dispositionOf(rules as never, { ...newItem('i', 1), ...facts } as never, returnKind, articleGroup);
      expect(suggestDisposition(rules, item as never, returnKind)).toBe(server);
    }),
    { numRuns: 2_000 },
  );
});

test('B7 the device suggests the grade that the server suggests', () => {
  const options = (...grades: (string | undefined)[]) =>
    grades.map((one, index) => ({ code: `o${index}`, de: '', en: '', ...(one ? { grade: one } : {}) }));
  const questions = [
    { code: 'q0', de: '', en: '', kind: 'choice', options: options('A', 'C', undefined) },
    { code: 'q1', de: '', en: '', kind: 'choice', options: options('B', 'D') },
  ];
  const checklist = { id: 'x', articleGroup: null, questions } as never;
  const answer = fc.constantFrom('o0', 'o1', 'o2', 'gone');
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('q0', 'q1', 'q9'), answer), (answers) => {
      const given = Object.entries(answers).map(([question, code]) => ({ question, answer: code }));
      expect(suggestGrade(checklist, answers) ?? null).toBe(suggestedGrade(checklist, given));
    }),
  );
});

const settings = (photoRules: object[]): Settings => ({ policy: { photoRules } }) as unknown as Settings;
const item = (fields: Partial<Item>): Item => ({ ...blankItem('i'), name: 'Lampe', ...fields });
const graded = item({ grade: 'C', note: 'Verschmutzt', state: 'disposition_proposed' });
const parcel = (items: Item[], fields: Partial<ReturnView> = {}): ReturnView => ({
  ...blankReturn('r', { merchantId: 'm' }, AT.toISOString()),
  state: 'inspecting',
  items,
  ...fields,
});
const photo = (itemId: string | null): WaitingPhoto => ({ itemId, clientPhotoId: 'p' }) as WaitingPhoto;

test.each([
  ['nothing was done', parcel([item({ state: 'expected', origin: 'expected' })]), [], [], { nothingDone: true }],
  ['nobody knows the merchant', parcel([graded], { merchantId: null }), [photo('i')], [], { merchant: true }],
  ['an item has no grade', parcel([item({})]), [photo(null)], [], { ungraded: [{ id: 'i' }] }],
  ['a finding says nothing', parcel([{ ...graded, note: ' ' }]), [photo(null)], [], { silent: [{ id: 'i' }] }],
  ['there is no photo at all', parcel([graded]), [], [], { anyPhoto: true, photoOf: { id: 'i' } }],
  [
    'the rule asks for two',
    parcel([graded]),
    [photo('i')],
    [{ grades: ['C'], minPhotos: 2 }],
    { photos: [{ missing: 1 }] },
  ],
])('B2 an inspection cannot end while %s', (_name, view, photos, rules, lacking) => {
  const lacks = lacksOf({ view, photos }, settings(rules), () => null);
  expect(lacks).toMatchObject(lacking);
  expect(isReady(lacks)).toBe(false);
});

test.each([
  ['everything is there', parcel([graded]), [photo('i')], [{ grades: ['B'], minPhotos: 3 }]],
  ['nobody opened an undeliverable parcel', parcel([item({})], { kind: 'undeliverable' }), [], []],
  ['something expected did not come', parcel([graded, item({ id: 'j', state: 'expected' })]), [photo(null)], []],
])('an inspection can end when %s', (_name, view, photos, rules) => {
  expect(isReady(lacksOf({ view, photos }, settings(rules), () => null))).toBe(true);
});

const typed = (text: string, gapMs: number, inField: boolean) => {
  const listener = createBurstListener();
  [...text].forEach((key, index) => listener.press({ key, at: index * gapMs, inField }));
  return listener.press({ key: 'Enter', at: text.length * gapMs, inField });
};

test.each([
  ['00340434161094042557', 8, true, { code: '00340434161094042557' }],
  ['RET-2026-00042', 40, true, { code: 'RET-2026-00042' }],
  ['Karton offen', 120, true, undefined],
  ['gut', 5, true, undefined],
  ['RET-2026-00042', 300, false, { code: 'RET-2026-00042' }],
  ['RET-2026-00042', 1_500, false, undefined],
  ['abc', 5, false, undefined],
])(
  'K12 "%s" typed every %i ms is heard as a scanner would be, or left to the field (%s)',
  (text, gapMs, inField, heard) => expect(typed(text, gapMs, inField)).toEqual(heard),
);
