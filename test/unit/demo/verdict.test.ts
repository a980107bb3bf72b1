import { expect, test } from '@jest/globals';
import { differences } from '../../../demo/verdict.ts';
import type { OracleInvoice, OracleResult } from '../../../oracle/oracle.ts';

const owed = (merchant: string, net: bigint, state: OracleInvoice['state'] = 'issued'): OracleInvoice => ({
  merchant,
  cutOff: '2026-10-31',
  state,
  lines: [],
  sectionNet: { fulfilment: net, monthly: 0n },
  net,
  taxGroup: 'inside',
  taxes: [{ category: 'S', percent: 19, net, vat: 19n }],
  vat: 19n,
  gross: net + 19n,
});
const result = (invoices: OracleInvoice[], more: Partial<OracleResult> = {}): OracleResult => ({
  currency: 'EUR',
  file: { orders: 0, orderLines: 0, returnLines: 0, announcedReturns: 0, otherLines: 0 },
  charges: [],
  invoices,
  accounts: [],
  unrated: [],
  held: [],
  unknownMerchants: [],
  ...more,
});
const issued = (merchantNumber: string, netMinor: number) => ({
  merchantNumber,
  cutoff: '2026-10-31',
  netMinor,
  vatMinor: 19,
  grossMinor: netMinor + 19,
});

test('equal totals make no difference, and several documents of a cut-off count together', () => {
  expect(differences(result([owed('211', 100n)]), [issued('211', 100)])).toEqual([]);
  const documents = [issued('211', 60), { ...issued('211', 40), vatMinor: 0, grossMinor: 40 }];
  expect(differences(result([owed('211', 100n)]), documents)).toEqual([]);
});

test('one cent is a difference', () => {
  expect(differences(result([owed('211', 100n)]), [issued('211', 101)])).toEqual([
    '211 at 2026-10-31: net is 1.01 and should be 1.00',
    '211 at 2026-10-31: gross is 1.20 and should be 1.19',
  ]);
});

test('what is missing and what is too much are differences', () => {
  expect(differences(result([owed('211', 100n)]), [issued('475', 100)])).toEqual([
    '211 at 2026-10-31: not invoiced, though 1.19 is owed',
    '475 at 2026-10-31: invoiced, but nothing is owed',
  ]);
});

test('a total of zero is carried and no invoice is missed', () => {
  expect(differences(result([owed('211', 0n, 'carried')]), [])).toEqual([]);
});

test('what the oracle cannot price or place is a difference', () => {
  const fact = { merchant: '211', chargeType: 'freight', serviceDate: '2026-10-02' };
  expect(
    differences(
      result([], {
        unrated: [{ ...fact, reference: '1' }],
        held: [{ ...fact, cutOff: '2026-10-31' }],
        unknownMerchants: ['999'],
      }),
      [],
    ),
  ).toHaveLength(3);
});
