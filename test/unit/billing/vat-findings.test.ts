import { expect, test } from '@jest/globals';
import { contentFindings, type DraftContent } from '../../../services/billing/domain/runs/content-findings.ts';
import { merchant } from '../../support/billing-events.ts';

const content = (
  changes: Partial<DraftContent['merchant']>,
  cutoff: string,
  category: 'S' | 'AE' = changes.taxTreatment === 'domestic' ? 'S' : 'AE',
): DraftContent => ({
  merchant: merchant({ taxTreatment: 'reverseCharge', vatId: 'ATU12345675', ...changes }),
  issuer: { vatId: 'DE136695976', taxNumber: '12/345/67890' },
  lines: [{ kind: 'charges', quantity: '1', ruleKey: 'pack', serviceMonth: cutoff.slice(0, 7), category }],
  ...{ cutoff, today: cutoff, netMinor: 100, previous: undefined, changePercent: 50 },
});
const told = (changes: Partial<DraftContent['merchant']>, cutoff = '2026-10-15') =>
  contentFindings(content(changes, cutoff)).map(({ code, blocks, data }) => [code, blocks, data]);
const about = (checkedOn: string, answered: boolean) => ({ vatId: 'ATU12345675', checkedOn, answered });

test.each<[string, Parameters<typeof told>, ReturnType<typeof told>]>([
  ['no register was ever asked', [{ vatIdCheck: null }], []],
  ['confirmed this month', [{ vatIdCheck: { state: 'valid', checkedOn: '2026-10-02' } }], []],
  ['confirmed before the last month ended', [{ vatIdCheck: { state: 'valid', checkedOn: '2026-09-25' } }], []],
  [
    'confirmed two months ago and not since',
    [{ vatIdCheck: { state: 'valid', checkedOn: '2026-08-31' } }],
    [['VAT_ID_UNCONFIRMED', false, about('2026-08-31', true)]],
  ],
  ['over the turn of the year', [{ vatIdCheck: { state: 'valid', checkedOn: '2025-12-25' } }, '2026-01-15'], []],
  [
    'the register gave no answer',
    [{ vatIdCheck: { state: 'unavailable', checkedOn: '2026-10-15' } }],
    [['VAT_ID_UNCONFIRMED', false, about('2026-10-15', false)]],
  ],
  [
    'the register says no',
    [{ vatIdCheck: { state: 'invalid', checkedOn: '2026-10-02' } }],
    [['VAT_ID_REFUSED', true, { vatId: 'ATU12345675', checkedOn: '2026-10-02' }]],
  ],
  [
    'who pays German VAT has nothing to confirm',
    [{ taxTreatment: 'domestic', vatIdCheck: { state: 'invalid', checkedOn: '2026-10-02' } }],
    [],
  ],
])('H8 %s', (_, given, expected) => expect(told(...given)).toEqual(expected));

test('H8 a merchant of an event of before is told nothing of', () => {
  const { vatIdCheck: _, ...before } = merchant({ taxTreatment: 'reverseCharge', vatId: 'ATU12345675' });
  expect(contentFindings({ ...content({}, '2026-10-15'), merchant: before as never })).toEqual([]);
});

const LINE = { kind: 'charges', quantity: '1', ruleKey: 'pack', serviceMonth: '2026-10' } as const;
test.each<[string, DraftContent['issuer'], ('S' | 'AE' | 'O' | 'E')[], string[]]>([
  ['outside the scope of VAT the tax number', { vatId: 'DE136695976' }, ['S', 'O'], ['ISSUER_TAX_NUMBER_MISSING']],
  ['a blank is no tax number', { vatId: 'DE136695976', taxNumber: ' ' }, ['O'], ['ISSUER_TAX_NUMBER_MISSING']],
  ['reverse charge the VAT id', { taxNumber: '12/345/67890' }, ['AE'], ['ISSUER_VAT_ID_MISSING']],
  ['German VAT and exemptions either of them', { taxNumber: '12/345/67890' }, ['S', 'E'], []],
  ['and nothing where both are there', { vatId: 'DE136695976', taxNumber: '12/345/67890' }, ['O', 'AE'], []],
])('H8 a bill needs of the issuer: %s', (_, issuer, categories, expected) => {
  const lines = categories.map((category) => ({ ...LINE, category }));
  const found = contentFindings({ ...content({ vatIdCheck: null }, '2026-10-15'), issuer, lines });
  expect(found.map(({ code, blocks }) => [code, blocks])).toEqual(expected.map((code) => [code, true]));
});

const LEITWEG = { vatIdCheck: null, buyerReference: '04011000-1234512345-06' };
const REACHED = { phone: '040 1234567', email: 'rechnung@nordlager.example' };
test.each<[string, object, object, [string, object][]]>([
  ['who wants no reference needs no contact', { vatIdCheck: null }, {}, []],
  ['an XRechnung names whom to call and to write to', LEITWEG, REACHED, []],
  ['neither is there', LEITWEG, {}, [['ISSUER_CONTACT_MISSING', { missing: ['phone', 'email'] }]]],
  [
    'words are no number',
    LEITWEG,
    { ...REACHED, phone: 'auf Anfrage' },
    [['ISSUER_CONTACT_MISSING', { missing: ['phone'] }]],
  ],
  [
    'one sign before the @ is too few',
    LEITWEG,
    { ...REACHED, email: 'a@b.de' },
    [['ISSUER_CONTACT_MISSING', { missing: ['email'] }]],
  ],
  [
    'a country that is none',
    { vatIdCheck: null, address: { ...merchant().address, country: 'UK' } },
    {},
    [['COUNTRY_UNKNOWN', { country: 'UK' }]],
  ],
])('X6 a document could not be made: %s', (_, buyer, issuer, expected) => {
  const given = content(buyer, '2026-10-15');
  const found = contentFindings({ ...given, issuer: { ...given.issuer, ...issuer } });
  expect(found.map(({ code, blocks, data }) => [code, blocks, data])).toEqual(
    expected.map(([code, data]) => [code, true, data]),
  );
});
