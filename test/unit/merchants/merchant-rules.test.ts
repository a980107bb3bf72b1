import { describe, expect, test } from '@jest/globals';
import { InvalidInput } from '../../../shared/kernel/errors.ts';
import { assertPeriod, type Period } from '../../../services/merchants/domain/contract-rules.ts';
import { contentHash } from '../../../services/merchants/content-hash.ts';
import {
  assertMerchantFits,
  assertStatusChange,
  type MerchantFacts,
  type MerchantStatus,
} from '../../../services/merchants/domain/merchant-rules.ts';

const facts = (country: string, taxTreatment: MerchantFacts['taxTreatment'], vatId: string | null): MerchantFacts => ({
  address: { country },
  vatId,
  taxTreatment,
  exemptionReason: taxTreatment === 'exempt' ? 'Steuerfrei nach § 4 Nr. 3 UStG' : null,
  invoiceEmails: ['a@example.com'],
  noticeEmails: [],
  buyerReference: null,
});
function findings(given: MerchantFacts, before?: MerchantFacts): string[] {
  try {
    assertMerchantFits(given, before);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return (error.data['errors'] as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`);
  }
}

test.each([
  ['DE', 'domestic', null, []],
  ['DE', 'domestic', 'DE136695976', []],
  ['AT', 'domestic', null, []],
  ['AT', 'domestic', 'ATU12345675', ['taxTreatment TAX_TREATMENT_MISMATCH']],
  ['CH', 'domestic', null, ['taxTreatment TAX_TREATMENT_MISMATCH']],
  ['DE', 'domestic', 'DE136695977', ['vatId VAT_ID_INVALID']],
  ['AT', 'reverseCharge', 'ATU12345675', []],
  ['GR', 'reverseCharge', 'EL094259216', []],
  ['AT', 'reverseCharge', null, ['vatId VAT_ID_MISSING']],
  ['AT', 'reverseCharge', 'DE136695976', ['vatId TAX_TREATMENT_MISMATCH']],
  ['FR', 'reverseCharge', 'GB123456789', ['vatId TAX_TREATMENT_MISMATCH']],
  ['DE', 'reverseCharge', 'ATU12345675', ['taxTreatment TAX_TREATMENT_MISMATCH']],
  ['CH', 'reverseCharge', 'ATU12345675', ['taxTreatment TAX_TREATMENT_MISMATCH']],
  ['CH', 'thirdCountry', null, []],
  ['GB', 'thirdCountry', 'GB123456789', []],
  ['DE', 'thirdCountry', null, ['taxTreatment TAX_TREATMENT_MISMATCH']],
  ['FR', 'thirdCountry', null, ['taxTreatment TAX_TREATMENT_MISMATCH']],
  ['CH', 'thirdCountry', 'CHE-123.456.788 MWST', []],
  ['CH', 'thirdCountry', 'ATU12345675', ['vatId TAX_TREATMENT_MISMATCH']],
  ['CH', 'thirdCountry', 'DE136695976', ['vatId TAX_TREATMENT_MISMATCH']],
  ['AT', 'reverseCharge', 'ATU12345678', ['vatId VAT_ID_INVALID']],
  ['GB', 'reverseCharge', 'XI980780684', ['vatId TAX_TREATMENT_MISMATCH', 'taxTreatment TAX_TREATMENT_MISMATCH']],
  ['DE', 'exempt', null, []],
] as const)('J20 %s, %s, VAT id %s: %j', (country, treatment, vatId, expected) =>
  expect(findings(facts(country, treatment, vatId))).toEqual(expected),
);

test.each([
  // as authorities publish theirs
  ['04011000-12345-03', true],
  ['991-33333TEST-33', true],
  ['991-33333test-33', true],
  ['05711-06001-79', true],
  ['04011000-12345-30', false],
  ['04011000-12354-03', false],
  ['991-33333TSET-33', false],
  // of another form, so of the merchant's own making
  ['Bestellung 4711', true],
  ['4711-2026-01', true],
  ['04011000-12345', true],
])('H10 the buyer reference %s fits: %s', (buyerReference, fits) =>
  expect(findings({ ...facts('DE', 'domestic', null), buyerReference })).toEqual(
    fits ? [] : ['buyerReference LEITWEG_ID_INVALID'],
  ),
);
describe('H8 what earlier rules let pass stops no other change, but is looked at when it is touched', () => {
  const typed = facts('AT', 'reverseCharge', 'ATU12345678');
  const outside = facts('CH', 'thirdCountry', 'ATU12345675');
  const exempt = { ...facts('DE', 'exempt', null), exemptionReason: null };
  test.each<[string, MerchantFacts, MerchantFacts | undefined, string[]]>([
    ['the same wrong id', typed, typed, []],
    ['another wrong id', { ...typed, vatId: 'ATU12345679' }, typed, ['vatId VAT_ID_INVALID']],
    ['the same id of a third country', outside, outside, []],
    ['another one', { ...outside, vatId: 'DE136695976' }, outside, ['vatId TAX_TREATMENT_MISMATCH']],
    ['exempt without a reason as before', exempt, exempt, []],
    ['exempt from now on', exempt, facts('DE', 'domestic', null), ['exemptionReason EXEMPTION_REASON_MISSING']],
    ['exempt from the beginning', exempt, undefined, ['exemptionReason EXEMPTION_REASON_MISSING']],
    ['the reason taken away', exempt, facts('DE', 'exempt', null), ['exemptionReason EXEMPTION_REASON_MISSING']],
  ])('%s', (_, given, before, expected) => expect(findings(given, before)).toEqual(expected));
});

test('an address twice in a list is refused whatever its case', () =>
  expect(findings({ ...facts('DE', 'domestic', null), noticeEmails: ['a@b.de', 'c@b.de', 'A@b.de'] })).toEqual([
    'noticeEmails.2 DUPLICATE',
  ]));

const STATUSES: MerchantStatus[] = ['active', 'suspended', 'terminated'];
const ALLOWED = ['active suspended', 'active terminated', 'suspended active', 'suspended terminated'];
test.each(STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
  const change = () => assertStatusChange(from, to);
  if (from === to || ALLOWED.includes(`${from} ${to}`)) expect(change).not.toThrow();
  else
    expect(change).toThrow(
      expect.objectContaining({
        code: 409,
        type: 'MERCHANT_TRANSITION_NOT_ALLOWED',
        data: { errors: [expect.objectContaining({ path: 'status', code: 'MERCHANT_TRANSITION_NOT_ALLOWED' })] },
      }),
    );
});

const period = (startsOn: string, endsOn: string | null): Period => ({ startsOn, endsOn });
test('a contract may last one day, and cannot end before it starts', () => {
  expect(() => assertPeriod(period('2026-07-01', '2026-07-01'))).not.toThrow();
  expect(() => assertPeriod(period('2026-07-01', '2026-06-30'))).toThrow(expect.objectContaining({ code: 422 }));
});

test('the hash of a content depends on its values and not on the order of its fields', () => {
  const one = contentHash({ a: 1, b: { c: [1, 2], d: null } });
  expect(contentHash({ b: { d: null, c: [1, 2] }, a: 1, e: undefined })).toBe(one);
  expect(contentHash({ a: 1, b: { c: [2, 1], d: null } })).not.toBe(one);
  expect(contentHash({ a: '1', b: { c: [1, 2], d: null } })).not.toBe(one);
});
