import { expect, test } from '@jest/globals';
import { europeanUnion } from '../../../shared/kernel/european-union.ts';
import { checkVatId } from '../../../shared/kernel/vat-id.ts';
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

// ids that stand in imprints, registers and the administrations' own examples
test.each([
  ['DE136695976', 'DE'],
  ['ATU13585627', 'AT'],
  ['BE0403019261', 'BE'],
  ['BE0428759497', 'BE'],
  ['BG175074752', 'BG'],
  ['BG7523169263', 'BG'],
  ['BG7111042925', 'BG'],
  ['CY10259033P', 'CY'],
  ['CZ25123891', 'CZ'],
  ['CZ7103192745', 'CZ'],
  ['CZ640903926', 'CZ'],
  ['CZ395601439', 'CZ'],
  ['DK13585628', 'DK'],
  ['EE100931558', 'EE'],
  ['EL094259216', 'GR'],
  ['ES54362315K', 'ES'],
  ['ESX2482300W', 'ES'],
  ['ESB58378431', 'ES'],
  ['ESJ99216582', 'ES'],
  ['FI20774740', 'FI'],
  ['FR40303265045', 'FR'],
  ['FR23334175221', 'FR'],
  ['FRK7399859412', 'FR'],
  ['FR4Z123456782', 'FR'],
  ['HR33392005961', 'HR'],
  ['HU12892312', 'HU'],
  ['IE6433435F', 'IE'],
  ['IE6433435OA', 'IE'],
  ['IE8D79739I', 'IE'],
  ['IT00743110157', 'IT'],
  ['LT119511515', 'LT'],
  ['LT100001919017', 'LT'],
  ['LT100004801610', 'LT'],
  ['LU15027442', 'LU'],
  ['LV40003521600', 'LV'],
  ['LV16117519997', 'LV'],
  ['MT11679112', 'MT'],
  ['NL004495445B01', 'NL'],
  ['NL123456789B13', 'NL'],
  ['PL8567346215', 'PL'],
  ['PT501964843', 'PT'],
  ['RO18547290', 'RO'],
  ['SE123456789701', 'SE'],
  ['SI50223054', 'SI'],
  ['SK2022749619', 'SK'],
  ['XI980780684', null],
  ['XIGD499', null],
  ['GB123456789', null],
  ['CHE-123.456.788 MWST', null],
  ['NO123456789MVA', null],
])('J20 %s belongs to %s', (vatId, country) => expect(checkVatId(vatId)).toEqual({ kind: 'valid', country }));

// one sign is another, or two have changed places
test.each([
  ...['ATU13585626', 'ATU12345678', 'BE0431150351', 'BE0123456789', 'BG175074751', 'BG7523169268', 'CY10259033Z'],
  ...['CZ25123890', 'CZ7103192746', 'CZ640903927', 'DK13585627', 'EE100594103', 'EL123456781', 'ES54362315Z'],
  ...['ESX2482300A', 'ESB58378432', 'FI20774741', 'FR84323140391', 'FRXX123456789', 'HR33392005962', 'HU12892313'],
  ...['IE6433435E', 'IE6433435OB', 'IE8D79738J', 'IT00743110158', 'LT119511516', 'LT100001919018', 'LU15027443'],
  ...['LV40003521601', 'LV16117519998', 'MT11679113', 'NL004495446B01', 'NL123456789B90', 'PL8567346216'],
  ...['PT501964842', 'RO18547291', 'SE123456789601', 'SI50223055', 'SK2022749618', 'XI123456789'],
])('J20 H8 the check digit of %s is wrong', (vatId) =>
  expect(checkVatId(vatId)).toMatchObject({ kind: 'invalid', message: 'The check digit of this VAT id is wrong' }),
);

test('J20 H8 of all last digits of a number with one check digit exactly one fits', () => {
  for (const stem of [
    ...['ATU1358562', 'BG17507475', 'CZ2512389', 'DK1358562', 'EE10093155', 'EL09425921', 'ESB5837843', 'FI2077474'],
    ...['HR3339200596', 'HU1289231', 'IT0074311015', 'LT11951151', 'LU1502744', 'LV4000352160', 'MT1167911'],
    ...['PL856734621', 'PT50196484', 'RO1854729', 'SI5022305', 'SK202274961'],
  ])
    expect(
      Array.from({ length: 10 }, (_, digit) => checkVatId(`${stem}${digit}`)).filter(({ kind }) => kind === 'valid'),
    ).toHaveLength(1);
});

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
