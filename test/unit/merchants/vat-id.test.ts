import { expect, test } from '@jest/globals';
import { europeanUnion } from '../../../services/merchants/domain/countries.ts';
import { checkVatId } from '../../../services/merchants/domain/vat-id.ts';
import { ends } from '../../support/ends.ts';

// published in imprints of German companies, so their check digits are real
test.each(['DE136695976', 'DE129273398', 'DE811569869', 'DE114103379', 'DE811128135', 'DE123475223'])(
  'J20 %s is a German VAT id with a right check digit',
  (vatId) => expect(checkVatId(vatId)).toEqual({ kind: 'valid', country: 'DE' }),
);

test('J20 of the ten possible last digits exactly one fits', () => {
  for (const stem of ['13669597', '12927339', '81156986', '99999999', '10000000'])
    expect(
      Array.from({ length: 10 }, (_, digit) => checkVatId(`DE${stem}${digit}`)).filter(({ kind }) => kind === 'valid'),
    ).toHaveLength(1);
});

test.each([
  ['DE136695976', 'DE'],
  ['ATU12345678', 'AT'],
  ['BE0123456789', 'BE'],
  ['CY12345678X', 'CY'],
  ['EL123456789', 'GR'],
  ['ESX1234567Z', 'ES'],
  ['ES12345678Z', 'ES'],
  ['FR40303265045', 'FR'],
  ['FRXX123456789', 'FR'],
  ['IE1234567WA', 'IE'],
  ['IE1D12345X', 'IE'],
  ['LT123456789012', 'LT'],
  ['NL123456789B01', 'NL'],
  ['PL1234567890', 'PL'],
  ['SE123456789001', 'SE'],
  ['XI123456789', null],
  ['GB123456789', null],
  ['CHE-123.456.788 MWST', null],
  ['NO123456789MVA', null],
])('J20 %s belongs to %s', (vatId, country) => expect(checkVatId(vatId)).toEqual({ kind: 'valid', country }));

test.each([
  'DE136695977',
  'DE136695967',
  'DE13669597',
  'DE1366959760',
  'DE 136695976',
  'de136695976',
  'DE13669597O',
  'GR123456789',
  'AT12345678',
  'BE2123456789',
  'ES123456789',
  'FROO123456789',
  'NL123456789A01',
  'SE123456789002',
  'RO0123',
  '123456789',
  'D',
  '',
  'DE136695976\n',
  "GB' OR 1=1--",
])('J20 %j is refused', (vatId) => {
  const { kind } = checkVatId(vatId);
  expect(kind).toBe('invalid');
});

test('J20 there are 27 member states, and a long text is judged at once', () => {
  expect(new Set(europeanUnion).size).toBe(27);
  for (const prefix of ['DE', 'IE', 'GB', 'CHE'])
    expect(ends(() => checkVatId(prefix + '1A'.repeat(500_000))).kind).toBe('invalid');
});
