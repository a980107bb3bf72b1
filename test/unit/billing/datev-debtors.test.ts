import { expect, test } from '@jest/globals';
import { debtorsFile, tooLongOf, type Debtor } from '../../../services/billing/datev/debtors-file.ts';
import { settingsErrors, usualAccounts } from '../../../services/billing/domain/exports/accounts.ts';
import { debtorAccount, freeAccounts } from '../../../services/billing/domain/exports/debtor-accounts.ts';
import { accountingSettings, type AccountingSettings } from '../../../shared/protocol/billing/accounting-settings.ts';
import { readDebtors } from '../../support/extf.ts';

const SETTINGS: AccountingSettings = {
  ...{ consultantNumber: 29098, clientNumber: 55003, fiscalYearStartMonth: 7, accountDigits: 4, chart: 'SKR04' },
  ...usualAccounts('SKR04', 4),
  ...{ locked: true, initials: null, correctionReference: 'original' },
};
const address = { name: 'Łódź Möbel "Öl" GmbH', street: 'Am Kai 1', postalCode: '1010', city: 'Wien', country: 'AT' };
const debtor = (overrides: Partial<Debtor['merchant']> = {}): Debtor => ({
  account: '10001',
  merchant: {
    ...{ number: 'M001', name: 'Möbel', address, vatId: 'ATU13585627', language: 'en', paymentTermsDays: 14 },
    ...{ invoiceEmails: ['rechnung@example.com', 'zwei@example.com'] },
    ...overrides,
  },
});
const HEAD = {
  settings: SETTINGS,
  madeAt: '20261102080000000',
  from: '2026-04-01',
  to: '2026-04-30',
  title: 'Debitoren',
};

test('I5 a debtor has name, address, VAT id in two parts, e-mail and language, by the head of master data', () => {
  const { head, rows, columns } = readDebtors(debtorsFile(HEAD, [debtor()]));
  expect(columns).toHaveLength(254);
  // the fiscal year that April lies in began in July of the year before
  expect(head.slice(10, 18)).toEqual(['29098', '55003', '20250701', '4', '', '', '', '']);
  expect(rows).toEqual([
    {
      ...{
        Konto: '10001',
        'Name (Adressattyp Unternehmen)': 'Lódz Möbel "Öl" GmbH',
        Adressattyp: '2',
        Kurzbezeichnung: 'Möbel',
      },
      ...{
        'EU-Land': 'AT',
        'EU-UStID': 'U13585627',
        Adressart: 'STR',
        Straße: 'Am Kai 1',
        Postleitzahl: '1010',
        Ort: 'Wien',
      },
      ...{
        Land: 'AT',
        'Kennz. Korrespondenzadresse': '1',
        'E-Mail': 'rechnung@example.com',
        'Kunden-/Lief.-Nr.': 'M001',
      },
      ...{ Sprache: '5', 'Fälligkeit in Tagen (Debitor)': '14' },
    },
  ]);
});

test('I5 what is too long is cut and told; half an e-mail address is none; a foreign VAT id has no place', () => {
  const long = debtor({
    address: { ...address, name: 'N'.repeat(51), city: 'O'.repeat(31), extra: 'E'.repeat(36) },
    ...{ vatId: 'CHE-136.695.976 MWST', invoiceEmails: [`${'a'.repeat(60)}@example.com`], language: 'de' },
  });
  const { rows } = readDebtors(debtorsFile(HEAD, [long]));
  expect(rows[0]).toMatchObject({
    'Name (Adressattyp Unternehmen)': 'N'.repeat(50),
    Ort: 'O'.repeat(30),
    Sprache: '1',
  });
  expect(Object.keys(rows[0]!)).not.toEqual(expect.arrayContaining(['E-Mail']));
  expect(rows[0]).not.toHaveProperty('EU-UStID');
  expect(tooLongOf(long)).toEqual(['name', 'city', 'email']);
});

test.each<[what: string, change: Partial<AccountingSettings>, path: string, code: string]>([
  [
    'an account that is too short',
    { accountDigits: 5, debtors: { mode: 'perMerchant', account: '100000' } },
    'accounts.0.account',
    'ACCOUNT_LENGTH',
  ],
  [
    'a debtor of the wrong length',
    { debtors: { mode: 'collective', account: '100000' } },
    'debtors.account',
    'ACCOUNT_LENGTH',
  ],
  [
    'a rate without VAT',
    { accounts: [{ category: 'S', rateBasisPoints: 0, account: '4400' }] },
    'accounts.0.rateBasisPoints',
    'RATE_OF_CATEGORY',
  ],
  [
    'a rate where there is none',
    { accounts: [{ category: 'AE', rateBasisPoints: 1900, account: '4336' }] },
    'accounts.0.rateBasisPoints',
    'RATE_OF_CATEGORY',
  ],
  [
    'an entry twice',
    {
      accounts: [
        { category: 'O', rateBasisPoints: 0, account: '4338' },
        { category: 'O', rateBasisPoints: 0, account: '4339' },
      ],
    },
    'accounts.1',
    'DUPLICATE',
  ],
])('I5 settings with %s name the field', (_, change, path, code) => {
  expect(settingsErrors({ ...SETTINGS, ...change })[0]).toMatchObject({ path, code });
});

test.each<[path: string, change: object]>([
  ['consultantNumber', { consultantNumber: 1000 }],
  ['consultantNumber', { consultantNumber: 10_000_000 }],
  ['clientNumber', { clientNumber: 0 }],
  ['clientNumber', { clientNumber: 100_000 }],
  ['fiscalYearStartMonth', { fiscalYearStartMonth: 13 }],
  ['accountDigits', { accountDigits: 3 }],
  ['accountDigits', { accountDigits: 9 }],
  ['chart', { chart: 'SKR14' }],
  ['accounts.0.account', { accounts: [{ category: 'O', rateBasisPoints: 0, account: '0000' }] }],
  ['debtors.account', { debtors: { mode: 'perMerchant', account: '70000' } }],
  ['initials', { initials: 'wd' }],
])('I5 the form of settings is checked: %s', (path, change) => {
  const { error } = accountingSettings.safeParse({ ...SETTINGS, ...change });
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});

test('I5 the usual accounts fit books of any length', () => {
  expect(settingsErrors(SETTINGS)).toEqual([]);
  expect(settingsErrors({ ...SETTINGS, accountDigits: 6, ...usualAccounts('SKR03', 6) })).toEqual([]);
  expect(usualAccounts('SKR03', 6)).toMatchObject({
    accounts: expect.arrayContaining([{ category: 'S', rateBasisPoints: 1900, account: '840000' }]),
    debtors: { mode: 'perMerchant', account: '1000000' },
  });
});

test.each<[own: string | null, taken: boolean, given: string | null, account: unknown]>([
  [null, false, null, undefined],
  [null, false, '10003', { account: '10003' }],
  ['12345', false, '10003', { account: '12345' }],
  ['12345', true, '10003', { unfit: '12345' }],
  ['4711', false, '10003', { unfit: '4711' }],
  ['71000', false, null, { unfit: '71000' }],
  ['K-12345', false, null, { unfit: 'K-12345' }],
])('I5 of the own number %s (taken %s) and the given one %s the account is %j', (own, ownIsTaken, given, account) => {
  expect(debtorAccount({ own, ownIsTaken, given }, SETTINGS)).toEqual(account);
  const debtors = { mode: 'collective', account: '10000' } as const;
  expect(debtorAccount({ own, ownIsTaken, given }, { ...SETTINGS, debtors })).toEqual({ account: '10000' });
});

test('I5 numbers are given from the first one on, past those in use, and end where creditors begin', () => {
  const debtors = { mode: 'perMerchant', account: '69997' } as const;
  const inUse = new Set(['69998']);
  expect(freeAccounts(['a', 'b'], inUse, { accountDigits: 4, debtors })).toEqual([
    { merchantId: 'a', account: '69997' },
    { merchantId: 'b', account: '69999' },
  ]);
  expect(() => freeAccounts(['a', 'b', 'c'], inUse, { accountDigits: 4, debtors })).toThrow(
    expect.objectContaining({ type: 'DEBTOR_RANGE_USED_UP' }),
  );
});
