import { expect, test } from '@jest/globals';
import { enteredIssuerProfile, isIban, issuerProfile, numberPattern } from '../../../shared/protocol/billing/issuer.ts';
import { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import { address as postalAddress } from '../../../shared/protocol/schemas.ts';

test.each([
  ['DE89370400440532013000', true],
  ['GB82WEST12345698765432', true],
  ['AT611904300234573201', true],
  ['DE89370400440532013001', false],
  ['DE98370400440532013000', false],
  ['DE8937040044053201300', false],
  ['DE89 3704 0044 0532 0130 00', false],
  ['de89370400440532013000', false],
  ['XX89370400440532013000', false],
])('the IBAN %s is valid: %s', (iban, valid) => expect(isIban(iban)).toBe(valid));

test.each([
  ['RE-{year}-{number:5}', true],
  ['{year}/{number}', true],
  ['{number:6}-{year}', true],
  ['RE-{number:5}', false],
  ['RE-{year}', false],
  ['{year}{number}', false],
  ['{year}-{number}-{number}', false],
  ['{year}-{number:5}-ä', false],
  ['RE {year}-{number}', false],
])('the number pattern %s is usable: %s', (pattern, usable) =>
  expect(numberPattern.safeParse(pattern).success).toBe(usable),
);

const profile = {
  name: 'Nordlager GmbH',
  address: { street: 'Speicherweg 4', postalCode: '20457', city: 'Hamburg', country: 'DE' },
  vatId: 'DE136695976',
  bank: { name: 'Hanseatische Bank', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
};

test.each([
  ['as it is', {}, true],
  ['with a tax number only', { vatId: undefined, taxNumber: '12/345/67890' }, true],
  ['with neither', { vatId: undefined }, false],
  ['with a wrong IBAN', { bank: { ...profile.bank, iban: 'DE89370400440532013001' } }, false],
  ['with a wrong BIC', { bank: { ...profile.bank, bic: 'COBADE' } }, false],
  ['with an unknown field', { iban: 'x' }, false],
])('a profile %s', (_title, overrides, valid) =>
  expect(issuerProfile.safeParse({ ...profile, ...overrides }).success).toBe(valid),
);

test.each([
  ['DE', true],
  ['GB', true],
  ['GR', true],
  ['UK', false],
  ['EL', false],
  ['XI', false],
  ['XX', false],
  ['de', false],
])('X6 %s is a country that the issuer and merchants can be of: %s', (country, known) => {
  expect(issuerProfile.safeParse({ ...profile, address: { ...profile.address, country } }).success).toBe(known);
  const { body } = merchantsActions.createMerchant;
  const address = { name: 'Bramble & Oak', ...profile.address, country };
  const given = { number: '1', name: 'Bramble & Oak', invoiceEmails: ['ap@leeds.example'] };
  for (const one of [{ address }, { address: { ...address, country: 'DE' }, rtvAddress: address }])
    expect(body.safeParse({ ...given, ...one }).success).toBe(known);
  // what was told before stays readable
  expect(postalAddress.safeParse(address).success).toBe(country !== 'de');
});

test.each([
  'name',
  'address.extra',
  'address.city',
  'managingDirectors.0',
  'phone',
  'web',
  'registerCourt',
  'bank.name',
])('X6 blanks alone as %s of the issuer are refused where they are entered; what was kept before is read', (path) => {
  const blank = withText(profile, path, ' \u200b');
  const { error } = enteredIssuerProfile.safeParse(blank);
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  expect(issuerProfile.safeParse(blank).success).toBe(true);
  expect(enteredIssuerProfile.parse(withText(profile, path, ' Nord '))).toEqual(
    enteredIssuerProfile.parse(withText(profile, path, 'Nord')),
  );
});

test.each([
  'number',
  'name',
  'address.name',
  'address.extra',
  'address.street',
  'purchaseOrderReference',
  'debtorNumber',
])('X6 blanks alone as %s of a merchant are refused by their field', (path) => {
  const address = { name: 'Bramble & Oak', ...profile.address };
  const given = { number: '1', name: 'Bramble & Oak', invoiceEmails: ['ap@leeds.example'], address };
  const { error } = merchantsActions.createMerchant.body.safeParse(withText(given, path, ' '));
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});

/** A record with another text at a path. */
function withText(record: object, path: string, text: string): object {
  const [key, ...rest] = path.split('.') as [string, ...string[]];
  if (key === '0') return [text];
  const part = (record as Record<string, object | undefined>)[key];
  const value = rest.length ? withText(part ?? (rest[0] === '0' ? [] : {}), rest.join('.'), text) : text;
  return { ...record, [key]: value };
}
