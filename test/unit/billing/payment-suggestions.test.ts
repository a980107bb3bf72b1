import { describe, expect, test } from '@jest/globals';
import { asSaid, namesNumber } from '../../../services/billing/domain/payments/named-numbers.ts';
import { partsOfReturn } from '../../../services/billing/domain/payments/returned-parts.ts';
import { suggestionsFor, type Known, type ToldEntry } from '../../../services/billing/domain/payments/suggest.ts';
import { documentsOfSum } from '../../../services/billing/domain/payments/sum-of.ts';

describe('I2 a number of ours is found as people write it', () => {
  test.each([
    ['RE-2026-00012', true],
    ['Rechnung RE-2026-00012 vom 02.11.2026', true],
    ['re 2026 12', true],
    ['RE2026/12', true],
    ['RE202600012', true],
    ['Re.-2026 - 0012,', true],
    ['RE-2026-00 012', true],
    ['RE-2026-0001 2', true],
    ['RE-20 26-00012 DANKE', true],
    ['ré-2026-12', true],
    ['RE-2026-000123', false],
    ['RE-2026-00001', false],
    ['RE-2026-112', false],
    ['RE-2026-1', false],
    ['XRE-2026-00012', false],
    ['RE-2025-00012', false],
    ['2026-00012', false],
    ['12', false],
    ['', false],
  ])('%s: %s', (text, found) => expect(namesNumber(asSaid(text), 'RE-2026-00012')).toBe(found));
});

describe('I2 documents that come to an amount', () => {
  const open = [3000, 500, 700, 1100].map((openMinor, index) => ({ openMinor, index }));
  test.each([
    [5300, [0, 1, 2, 3]],
    [3500, [0, 1]],
    [1200, [1, 2]],
    [4100, [0, 3]],
    [1100, [3]],
    [2, undefined],
    [9999, undefined],
  ])('%i cents', (amount, found) => expect(documentsOfSum(open, amount)?.map(({ index }) => index)).toEqual(found));

  test('many documents are taken in their order only', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ openMinor: 100 + index }));
    expect(documentsOfSum(many, 100 + 101)).toHaveLength(2);
    expect(documentsOfSum(many, 100 + 102)).toBeUndefined();
  });
});

const document = (merchantId: string, number: string, openMinor: number) => ({
  ...{ merchantId, invoiceId: `id of ${number}`, number, openMinor },
});
const manual = {
  id: 'by hand',
  merchantId: 'alpha',
  valueDate: '2026-11-08',
  endToEndId: null,
  byHand: true,
  payerIban: null,
  leftMinor: 5000,
  collected: [],
  allocations: [],
};
const collected = {
  ...{ ...manual, id: 'collected', amountMinor: 5000, endToEndId: 'DD-1', byHand: false },
  allocations: [{ invoiceId: 'id of RE-2026-00009', number: 'RE-2026-00009', amountMinor: 5000 }],
};
const KNOWN: Known = {
  documents: [
    document('alpha', 'RE-2026-00001', 11900),
    document('alpha', 'RE-2026-00002', 5000),
    document('alpha', 'RE-2026-00005', 200),
    document('beta', 'RE-2026-00003', 2130),
    document('beta', 'RE-2026-00004', 2130),
    document('gamma', 'RK-2026-00001', -4000),
  ],
  merchants: new Map([
    ['alpha', { number: '851', name: 'Alpha GmbH' }],
    ['beta', { number: '852', name: 'Beta & Söhne GmbH & Co. KG' }],
    ['gamma', { number: '853', name: 'Gamma KG' }],
  ]),
  payersOf: new Map([['IBAN-ALPHA', ['alpha']]]),
  payments: [collected],
  letters: [
    {
      number: 'MA-851-002',
      merchantId: 'alpha',
      invoiceIds: ['id of RE-2026-00001', 'id of RE-2026-00002'],
      claimsMinor: 631,
    },
  ],
};
const ENTRY: ToldEntry = {
  ...{ amountMinor: 11900, valueDate: '2026-11-10', counterpartyName: null, counterpartyIban: null, remittance: '' },
  ...{ endToEndId: null, mandateId: null, returnReason: null, reversal: false, chargeMinor: null },
};

/** `sure number+amount 851: RE-2026-00001 11900` */
const told = (entry: Partial<ToldEntry>, known: Partial<Known> = {}) =>
  suggestionsFor({ ...ENTRY, ...entry }, { ...KNOWN, ...known }).map(
    ({ confidence, reasons, merchantNumber, allocations, paymentId, claimsMinor }) =>
      `${confidence} ${reasons.join('+')} ${merchantNumber}: ${paymentId ? `${paymentId} ` : ''}${allocations.map(({ number, amountMinor }) => `${number} ${amountMinor}`).join(', ')}${claimsMinor ? `, claims ${claimsMinor}` : ''}`,
  );

describe('I2 each entry is suggested what it may pay, with its reason', () => {
  const one = { remittance: 're 2026 1' };
  const both = 'RE-2026-00001 und 2: RE-2026-00002';
  test.each<[string, Partial<ToldEntry>, string[]]>([
    ['number and amount', one, ['sure number+amount 851: RE-2026-00001 11900']],
    [
      'and a known account',
      { ...one, counterpartyIban: 'IBAN-ALPHA' },
      ['sure number+iban+amount 851: RE-2026-00001 11900'],
    ],
    [
      'the number as the end-to-end id',
      { endToEndId: 'RE-2026-00001' },
      ['sure number+amount 851: RE-2026-00001 11900'],
    ],
    [
      'two numbers and their sum',
      { remittance: both, amountMinor: 16900 },
      ['sure number+sum 851: RE-2026-00001 11900, RE-2026-00002 5000'],
    ],
    ['a number, less money', { ...one, amountMinor: 10000 }, ['likely number 851: RE-2026-00001 10000']],
    ['a number, more money', { ...one, amountMinor: 12000 }, ['likely number 851: RE-2026-00001 11900']],
    [
      'two numbers, money for one',
      { remittance: both, amountMinor: 11950 },
      ['likely number 851: RE-2026-00001 11900, RE-2026-00002 50'],
    ],
    [
      'numbers of two merchants',
      { remittance: 'RE-2026-1, RE-2026-3' },
      ['likely number+amount 851: RE-2026-00001 11900', 'likely number 852: RE-2026-00003 2130'],
    ],
    [
      'from the account of another',
      { remittance: 'RE-2026-3', amountMinor: 2130, counterpartyIban: 'IBAN-ALPHA' },
      ['likely number+amount 852: RE-2026-00003 2130'],
    ],
    ['what the bank took back once', { ...one, reversal: true }, ['likely number+amount 851: RE-2026-00001 11900']],
    [
      'an account and an amount',
      { counterpartyIban: 'IBAN-ALPHA', amountMinor: 5000 },
      ['likely iban+amount 851: RE-2026-00002 5000'],
    ],
    [
      'an account and a sum',
      { counterpartyIban: 'IBAN-ALPHA', amountMinor: 5200 },
      ['likely iban+sum 851: RE-2026-00002 5000, RE-2026-00005 200'],
    ],
    [
      'an account only',
      { counterpartyIban: 'IBAN-ALPHA', amountMinor: 12000 },
      ['possible iban 851: RE-2026-00001 11900, RE-2026-00002 100'],
    ],
    ['a name and an amount', { counterpartyName: 'BETA UND SOEHNE' }, ['possible amount 851: RE-2026-00001 11900']],
    [
      'a name without its legal form',
      { counterpartyName: 'ALPHA', amountMinor: 5000 },
      ['possible name+amount 851: RE-2026-00002 5000'],
    ],
    [
      'an amount that two have',
      { amountMinor: 2130 },
      ['possible amount 852: RE-2026-00003 2130', 'possible amount 852: RE-2026-00004 2130'],
    ],
    ['nothing known', { amountMinor: 1 }, []],
    [
      'a direct debit that came back',
      { amountMinor: -5000, endToEndId: 'DD-1', returnReason: 'AC04' },
      ['likely returned+endToEndId 851: collected RE-2026-00009 5000'],
    ],
    [
      'what the house owed',
      { amountMinor: -4000, remittance: 'RK-2026-1' },
      ['likely number+amount 853: RK-2026-00001 4000'],
    ],
    [
      'a dunning letter, without what it claims',
      { remittance: 'Mahnung ma 851 2', amountMinor: 16900 },
      ['sure letter+sum 851: RE-2026-00001 11900, RE-2026-00002 5000'],
    ],
    [
      'a dunning letter and all it demands',
      { remittance: 'MA-851-002', amountMinor: 17531 },
      ['likely letter+sum 851: RE-2026-00001 11900, RE-2026-00002 5000, claims 631'],
    ],
    [
      'a dunning letter, less money',
      { remittance: 'MA-851-002', amountMinor: 12000 },
      ['likely letter 851: RE-2026-00001 11900, RE-2026-00002 100'],
    ],
    [
      'a dunning letter and a document that it is not about',
      { remittance: 'MA-851-002, RE-2026-5', amountMinor: 17100 },
      ['sure letter+sum 851: RE-2026-00001 11900, RE-2026-00002 5000, RE-2026-00005 200'],
    ],
    [
      'a dunning letter beside the number of what is paid',
      { remittance: 'MA-851-002, RE-2026-00002', amountMinor: 5000 },
      ['sure number+amount 851: RE-2026-00002 5000'],
    ],
    ['a letter that is not known', { remittance: 'MA-851-001', amountMinor: 1 }, []],
    ['a fee', { amountMinor: -291 }, []],
  ])('%s', (_what, entry, expected) => expect(told(entry)).toEqual(expected));

  test.each([
    [
      'the same money',
      { amountMinor: 11900 },
      ['likely recorded+amount 851: by hand ', 'likely number+amount 851: RE-2026-00001 11900'],
    ],
    [
      'the same money, whose it is not being said',
      { amountMinor: 11900, merchantId: null },
      ['likely recorded+amount 851: by hand ', 'likely number+amount 851: RE-2026-00001 11900'],
    ],
    ['another amount', { amountMinor: 11800 }, ['sure number+amount 851: RE-2026-00001 11900']],
    [
      'two weeks before',
      { amountMinor: 11900, valueDate: '2026-10-27' },
      ['sure number+amount 851: RE-2026-00001 11900'],
    ],
  ])('recorded by hand before, %s: nothing is sure that would count twice', (_what, payment, expected) =>
    expect(told(one, { payments: [{ ...manual, ...payment }] })).toEqual(expected),
  );

  test('recorded by hand before of nobody known: an entry that seems to be nobody’s is not suggested to be that', () => {
    const unknown = { ...manual, merchantId: null, amountMinor: 777 };
    expect(told({ amountMinor: 777 }, { payments: [unknown] })).toEqual([]);
    const back = { amountMinor: -777, returnReason: 'AM04', counterpartyIban: 'IBAN-7' };
    expect(told(back, { payments: [{ ...unknown, leftMinor: 777, payerIban: 'IBAN-7' }] })).toEqual([]);
  });

  test.each([
    ['more than it was', -3152, null, 350],
    ['more than it was, as the bank tells', -3152, 350, 350],
    ['just what it was', -2802, null, 0],
    ['just what it was, with a charge booked by itself', -2802, 350, 0],
  ])(
    'the charge of a return of a payment that pays only in part is %s',
    (_what, amountMinor, chargeMinor, expected) => {
      const pays = { invoiceId: 'id of RE-2026-00009', number: 'RE-2026-00009', amountMinor: 902 };
      const paid = { ...collected, amountMinor: 2802, leftMinor: 2802, allocations: [pays] };
      const entry = { ...ENTRY, ...{ amountMinor, chargeMinor, endToEndId: 'DD-1', returnReason: 'AM04' } };
      expect(suggestionsFor(entry, { ...KNOWN, payments: [paid] })).toMatchObject([
        { chargeMinor: expected, allocations: [{ amountMinor: 902 }] },
      ]);
    },
  );

  const debit = { ...manual, id: 'debit', amountMinor: 2130, endToEndId: 'RE-2026-00003' };
  const back = { ...debit, id: 'back', amountMinor: -2130, valueDate: '2026-11-09' };
  test.each<[string, Partial<ToldEntry>, object[], string[]]>([
    [
      'a direct debit, and no other invoice of that amount',
      { amountMinor: 2130, endToEndId: 'RE-2026-00003' },
      [debit],
      ['likely recorded+endToEndId+amount 851: debit '],
    ],
    [
      'a direct debit that was taken back by hand as well',
      { amountMinor: 2130, endToEndId: 'RE-2026-00003' },
      [{ ...debit, leftMinor: 0 }, back],
      ['likely recorded+endToEndId+amount 851: debit '],
    ],
    [
      'its return',
      { amountMinor: -2130, endToEndId: 'RE-2026-00003', returnReason: 'AM04' },
      [{ ...debit, leftMinor: 0 }, back],
      ['likely recorded+endToEndId+amount 851: back '],
    ],
    [
      'its return with the charge of the bank',
      { amountMinor: -2430, chargeMinor: 300, endToEndId: 'RE-2026-00003', returnReason: 'AM04' },
      [{ ...debit, leftMinor: 0 }, back],
      ['likely recorded+endToEndId 851: back '],
    ],
    [
      'a direct debit of the same amount with another reference',
      { amountMinor: 2130, endToEndId: 'RE-2026-00004' },
      [debit],
      ['sure number+amount 852: RE-2026-00004 2130'],
    ],
    [
      'the nearest of two with one reference first',
      { amountMinor: 2130, endToEndId: 'RE-2026-00003' },
      [{ ...debit, id: 'long ago', valueDate: '2026-09-01' }, debit],
      ['likely recorded+endToEndId+amount 851: debit ', 'likely recorded+endToEndId+amount 851: long ago '],
    ],
  ])('booked by hand before: %s', (_what, entry, payments, expected) =>
    expect(told(entry, { payments: payments as Known['payments'] })).toEqual(expected),
  );

  test('a return with the charge of the bank takes back what was paid, and no more', () =>
    expect(told({ amountMinor: -5300, chargeMinor: 300, endToEndId: 'DD-1', returnReason: 'AM04' })).toEqual([
      'likely returned+endToEndId 851: collected RE-2026-00009 5000',
    ]));

  test('an entry of just what was paid has no charge, whatever the bank tells of one', () =>
    expect(told({ amountMinor: -5000, chargeMinor: 300, endToEndId: 'DD-1', returnReason: 'AM04' })).toEqual([
      'likely returned+endToEndId 851: collected RE-2026-00009 5000',
    ]));

  describe('a payment that collected several direct debits', () => {
    const debit = (number: string, amountMinor: number) => ({
      ...{ id: `debit of ${number}`, invoiceId: `id of ${number}`, amountMinor },
      ...{ endToEndId: number, mandateReference: `M-${number.at(-1)}` },
    });
    const numbers = ['RE-2026-00007', 'RE-2026-00008'] as const;
    const several = {
      ...{ ...manual, id: 'several', amountMinor: 8000, leftMinor: 8000, byHand: false, payerIban: 'IBAN-7' },
      collected: [debit(numbers[0], 5000), debit(numbers[1], 3000)],
      allocations: [
        { invoiceId: `id of ${numbers[0]}`, number: numbers[0], amountMinor: 5000 },
        { invoiceId: `id of ${numbers[1]}`, number: numbers[1], amountMinor: 3000 },
      ],
    };
    const BACK = { returnReason: 'AM04' };
    test.each<[string, Partial<ToldEntry>, string[]]>([
      [
        'by the reference of one',
        { ...BACK, amountMinor: -3300, chargeMinor: 300, endToEndId: numbers[1] },
        ['likely returned+endToEndId 851: several RE-2026-00008 3000'],
      ],
      [
        'by the mandate of one',
        { ...BACK, amountMinor: -3300, mandateId: 'M-8' },
        ['likely returned+mandate 851: several RE-2026-00008 3000'],
      ],
      [
        'by account and the whole amount',
        { ...BACK, amountMinor: -8300, counterpartyIban: 'IBAN-7' },
        ['possible returned+iban 851: several RE-2026-00007 5000, RE-2026-00008 3000'],
      ],
      ['not by the account alone', { ...BACK, amountMinor: -4000, counterpartyIban: 'IBAN-7' }, []],
      [
        'not where the bank tells of no return',
        { amountMinor: -3000, mandateId: 'M-8', counterpartyIban: 'IBAN-7' },
        [],
      ],
      ['nor of more than it was', { ...BACK, amountMinor: -90_000, endToEndId: numbers[1] }, []],
    ])('comes back %s', (_, entry, expected) =>
      expect(told(entry, { payments: [several], documents: [] })).toEqual(expected),
    );

    const ONE = { collected: several.collected.map((one) => ({ ...one, mandateReference: 'M' })) };
    const seven = 'possible returned+mandate 851: several RE-2026-00007 5000';
    const eight = 'returned+mandate 851: several RE-2026-00008 3000';
    test.each<[string, Partial<ToldEntry>, string[]]>([
      ['one that alone fits', { amountMinor: -3100 }, [`likely ${eight}`]],
      [
        'the one of just its amount',
        { amountMinor: -5000 },
        ['likely returned+mandate 851: several RE-2026-00007 5000'],
      ],
      ['any of those that fit, which somebody tells apart', { amountMinor: -5100 }, [seven, `possible ${eight}`]],
      ['the one that fits with the charge told', { amountMinor: -5100, chargeMinor: 2100 }, [`likely ${eight}`]],
      [
        'any of them where the charge may be booked by itself',
        { amountMinor: -5000, chargeMinor: 2000 },
        [seven, `possible ${eight}`],
      ],
      ['none where the charge told fits none', { amountMinor: -5100, chargeMinor: 300 }, []],
    ])('is by the mandate of several %s', (_, entry, expected) =>
      expect(
        told({ ...BACK, mandateId: 'M', ...entry }, { payments: [{ ...several, ...ONE }], documents: [] }),
      ).toEqual(expected),
    );

    test.each<[string, number, string | undefined, [string, number][], [string, number][] | undefined, string[]]>([
      [
        'all of it',
        8000,
        undefined,
        [],
        [
          ['7', 5000],
          ['8', 3000],
        ],
        ['7', '8'],
      ],
      ['one by its amount', 3000, undefined, [], [['8', 3000]], ['8']],
      ['one by its reference', 5000, '7', [], [['7', 5000]], ['7']],
      [
        'one as somebody says',
        5000,
        undefined,
        [
          ['8', 3000],
          ['7', 2000],
        ],
        [
          ['8', 3000],
          ['7', 2000],
        ],
        ['8'],
      ],
      ['some of the first', 2000, undefined, [], [['7', 2000]], []],
      ['another than it names', 3000, '8', [['7', 3000]], undefined, []],
      ['more of one than it paid', 3000, undefined, [['8', 3001]], undefined, []],
      ['less than there is', 3000, undefined, [['8', 2000]], undefined, []],
      ['what it never paid', 3000, undefined, [['9', 3000]], undefined, []],
    ])('takes %s off', (_, amountMinor, name, said, expected, back) => {
      const pays = several.allocations;
      const named = several.collected.find(({ endToEndId }) => endToEndId.at(-1) === name);
      const parts = (list: [string, number][]) =>
        list.map(([digit, minor]) => ({ invoiceId: `id of RE-2026-0000${digit}`, amountMinor: minor }));
      const found = partsOfReturn(
        amountMinor,
        { leftMinor: 8000, pays, collected: several.collected },
        named,
        parts(said),
      );
      expect(found?.allocations).toEqual(expected && parts(expected));
      expect(found?.debits.map(({ endToEndId }) => endToEndId.at(-1)) ?? []).toEqual(back);
    });
  });
});
