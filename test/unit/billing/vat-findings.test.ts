import { expect, test } from '@jest/globals';
import { contentFindings, type DraftContent } from '../../../services/billing/domain/runs/content-findings.ts';
import { merchant } from '../../support/billing-events.ts';

const content = (changes: Partial<DraftContent['merchant']>, cutoff: string): DraftContent => ({
  merchant: merchant({ taxTreatment: 'reverseCharge', vatId: 'ATU12345675', ...changes }),
  lines: [{ kind: 'charges', quantity: '1', ruleKey: 'pack', serviceMonth: cutoff.slice(0, 7) }],
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
