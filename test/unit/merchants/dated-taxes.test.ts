import { expect, test } from '@jest/globals';
import { treatmentFrom, withTreatment } from '../../../services/merchants/domain/dated-taxes.ts';
import { treatmentIn, type DatedTaxes } from '../../../shared/protocol/merchants/dated-taxes.ts';

const TODAY = '2026-11-03';
const MONTHS = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12'];
const EVER: DatedTaxes = { taxTreatment: 'domestic', taxBefore: [] };
const SINCE_OCTOBER: DatedTaxes = {
  taxTreatment: 'reverseCharge',
  taxBefore: [{ before: '2026-10-01', treatment: 'domestic' }],
};
type Change = Parameters<typeof withTreatment>[1];
const [D, R, O] = ['domestic', 'reverseCharge', 'thirdCountry'] as const;

test.each<[string, DatedTaxes, Change, string[], string | null]>([
  ['nothing changes nothing', SINCE_OCTOBER, {}, [D, D, R, R, R], '2026-10-01'],
  ['the same again changes nothing', SINCE_OCTOBER, { treatment: R }, [D, D, R, R, R], '2026-10-01'],
  ['another one holds from this month', EVER, { treatment: R }, [D, D, D, R, R], '2026-11-01'],
  ['from the month that is said', EVER, { treatment: R, from: '2026-09-01' }, [D, R, R, R, R], '2026-09-01'],
  ['from a month to come', EVER, { treatment: R, from: '2026-12-01' }, [D, D, D, D, R], '2026-12-01'],
  ['for all months', SINCE_OCTOBER, { treatment: O, from: null }, [O, O, O, O, O], null],
  ['a third one keeps the first two', SINCE_OCTOBER, { treatment: O }, [D, D, R, O, O], '2026-11-01'],
  ['over the one before it', SINCE_OCTOBER, { treatment: O, from: '2026-09-01' }, [D, O, O, O, O], '2026-09-01'],
  ['the boundary moves back', SINCE_OCTOBER, { from: '2026-09-01' }, [D, R, R, R, R], '2026-09-01'],
  ['the boundary moves on', SINCE_OCTOBER, { from: '2026-12-01' }, [D, D, D, D, R], '2026-12-01'],
  ['a boundary with nothing before it is none', EVER, { from: '2026-10-01' }, [D, D, D, D, D], null],
  ['the boundary goes', SINCE_OCTOBER, { from: null }, [R, R, R, R, R], null],
  ['taken back from the same month', SINCE_OCTOBER, { treatment: D, from: '2026-10-01' }, [D, D, D, D, D], null],
])('H8 %s', (_, now, change, expected, from) => {
  const after = withTreatment(now, change, TODAY);
  expect(MONTHS.map((month) => treatmentIn(after, month))).toEqual(expected);
  expect(treatmentFrom(after)).toBe(from);
  // sent twice it is the same
  expect(withTreatment(after, change, TODAY)).toEqual(after);
});

test('H8 a day within a month is refused by its field', () => {
  expect(() => withTreatment(EVER, { treatment: R, from: '2026-10-15' }, TODAY)).toThrow(
    expect.objectContaining({
      data: { errors: [expect.objectContaining({ path: 'taxTreatmentFrom', code: 'FIRST_OF_MONTH' })] },
    }),
  );
});
