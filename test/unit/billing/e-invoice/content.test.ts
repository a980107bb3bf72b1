import { describe, expect, test } from '@jest/globals';
import { isXRechnung, readTotals, writeCii } from '../../../../services/billing/documents/e-invoice/index.ts';
import { eInvoices } from '../../../support/e-invoice-samples.ts';
import { textIn } from '../../../support/xml-edits.ts';

const SELLER = 'SellerTradeParty';
const BUYER = 'BuyerTradeParty';
const LINE = 'IncludedSupplyChainTradeLineItem';
const SECOND_LINE = `${LINE} ${LINE}`;
const MEANS = 'SpecifiedTradeSettlementPaymentMeans';
const TERMS = 'SpecifiedTradePaymentTerms';
const TAX = 'ApplicableHeaderTradeSettlement ApplicableTradeTax';
const SUMS = 'SpecifiedTradeSettlementHeaderMonetarySummation';
const ALLOWANCE = 'ApplicableHeaderTradeSettlement SpecifiedTradeAllowanceCharge';
const CHARGE = `${ALLOWANCE} SpecifiedTradeAllowanceCharge`;

type Said = readonly [document: string, path: string, said: string | undefined];
const tried = (title: string, cases: readonly Said[]) =>
  describe(title, () => {
    test.each(cases)('%s: %s is %j', (document, path, said) =>
      expect(textIn(writeCii(eInvoices[document]!), path)).toBe(said),
    );
  });

tried('H2 the parties', [
  ['380 with one line', `${SELLER} SpecifiedLegalOrganization ID`, 'HRB 123456'],
  ['380 with one line', `${SELLER} PersonName`, 'Rechnungswesen'],
  ['380 with one line', `${SELLER} CompleteNumber`, '+49 40 555 0120'],
  ['380 with one line', `${SELLER} SpecifiedTaxRegistration ID`, 'DE123456789'],
  ['380 with one line', `${SELLER} SpecifiedTaxRegistration SpecifiedTaxRegistration ID`, '46/712/03456'],
  ['380 with one line', `${BUYER} ID`, '10023'],
  ['380 with one line', `${BUYER} SpecifiedTaxRegistration ID`, 'DE987654321'],
  ['380 with one line', `${BUYER} PostcodeCode`, '80331'],
  ['19 % to Switzerland', `${BUYER} SpecifiedTaxRegistration ID`, undefined],
  ['outside of VAT, to Great Britain', `${SELLER} SpecifiedTaxRegistration ID`, '46/712/03456'],
  ['outside of VAT, to Great Britain', `${BUYER} SpecifiedTaxRegistration`, undefined],
  ['outside of VAT, of a seller without register', `${SELLER} ID`, '46/712/03456'],
  [
    '380 with one line',
    'IncludedNote Content',
    'Nordlager Fulfillment GmbH · Amtsgericht Hamburg, HRB 123456 · Geschäftsführung: Dr. Jörn Petersen, Anke Möller',
  ],
]);

tried('H2 lines', [
  ['380 with one line', `${LINE} BilledQuantity`, '1'],
  ['380 with one line', `${LINE} ApplicableProductCharacteristic Value`, 'Monat'],
  ['380 with one line', `${LINE} IncludedNote Content`, 'Software'],
  ['a negative price', `${LINE} ChargeAmount`, '3.333333'],
  ['a negative price', `${LINE} BilledQuantity`, '-2'],
  ['a negative price', `${LINE} LineTotalAmount`, '-6.67'],
  ['a negative price', `${SECOND_LINE} BasisQuantity`, '31'],
  ['late services', `${SECOND_LINE} StartDateTime DateTimeString`, '20260830'],
  ['late services', 'ApplicableHeaderTradeSettlement BillingSpecifiedPeriod StartDateTime DateTimeString', '20260830'],
  ['late services', 'ActualDeliverySupplyChainEvent DateTimeString', '20261031'],
  ['allowance and charge of a line', `${LINE} SpecifiedTradeAllowanceCharge Indicator`, 'false'],
  ['allowance and charge of a line', `${LINE} SpecifiedTradeAllowanceCharge CalculationPercent`, '5'],
  ['allowance and charge of a line', `${LINE} LineTotalAmount`, '96.23'],
]);

tried('H2 surcharges and discounts', [
  ['allowance and charge of the document', `${SUMS} LineTotalAmount`, '100.00'],
  ['allowance and charge of the document', `${SUMS} AllowanceTotalAmount`, '10.00'],
  ['allowance and charge of the document', `${SUMS} ChargeTotalAmount`, '7.50'],
  ['allowance and charge of the document', `${ALLOWANCE} Indicator`, 'false'],
  ['allowance and charge of the document', `${ALLOWANCE} CalculationPercent`, '10'],
  ['allowance and charge of the document', `${ALLOWANCE} BasisAmount`, '100.00'],
  ['allowance and charge of the document', `${ALLOWANCE} Reason`, 'Rabatt · 10 % auf 100,00 €'],
  ['allowance and charge of the document', `${CHARGE} Indicator`, 'true'],
  // 9 % of 100.00 are not the 7.50 it is at most
  ['allowance and charge of the document', `${CHARGE} CalculationPercent`, undefined],
  ['allowance and charge of the document', `${CHARGE} Reason`, 'Zuschlag · höchstens 7,50 €'],
  ['nothing but adjustments', ALLOWANCE, undefined],
  ['an adjustment of nothing', `${SECOND_LINE} LineTotalAmount`, '0.00'],
]);

tried('H2 tax', [
  ['reverse charge', `${TAX} CategoryCode`, 'AE'],
  ['reverse charge', `${TAX} ExemptionReasonCode`, 'VATEX-EU-AE'],
  [
    'reverse charge',
    `${TAX} ExemptionReason`,
    'Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG, Art. 196 MwStSystRL).',
  ],
  [
    'exempt, of a small business',
    `${TAX} ExemptionReason`,
    'Kein Ausweis von Umsatzsteuer, Kleinunternehmer (§ 19 UStG).',
  ],
  ['exempt, of a small business', `${TAX} ExemptionReasonCode`, undefined],
  ['outside of VAT, to Switzerland', `${TAX} ExemptionReasonCode`, 'VATEX-EU-O'],
  ['outside of VAT, to Switzerland', `${TAX} RateApplicablePercent`, undefined],
  ['outside of VAT, to Switzerland', `${LINE} RateApplicablePercent`, undefined],
  ['XRechnung outside of VAT', `${TAX} RateApplicablePercent`, '0.00'],
  ['19 % and 16 %', `${TAX} ${TAX.split(' ')[1]!} RateApplicablePercent`, '16.00'],
]);

tried('H2 payment', [
  ['380 with one line', `${MEANS} TypeCode`, '58'],
  ['380 with one line', `${MEANS} IBANID`, 'DE02120300000000202051'],
  ['380 with one line', `${MEANS} BICID`, 'BYLADEM1001'],
  ['380 with one line', 'PaymentReference', 'RE-2026-000412 / 10023'],
  ['380 with one line', `${TERMS} Description`, 'Zahlbar ohne Abzug bis zum 15.11.2026 (14 Tage)'],
  ['380 in English', `${TERMS} Description`, 'Payable net by 15 Nov 2026 (14 days)'],
  ['380 with one line', `${TERMS} DueDateDateTime DateTimeString`, '20261115'],
  ['SEPA direct debit', `${MEANS} TypeCode`, '59'],
  ['SEPA direct debit', `${MEANS} PayerPartyDebtorFinancialAccount IBANID`, 'DE02120300000000202051'],
  ['SEPA direct debit', `${MEANS} PayeePartyCreditorFinancialAccount`, undefined],
  ['SEPA direct debit', 'CreditorReferenceID', 'DE98ZZZ09999999999'],
  ['SEPA direct debit', `${TERMS} DirectDebitMandateID`, 'M-10023-1'],
  ['settled in part', `${SUMS} TotalPrepaidAmount`, '10.00'],
  ['settled in part', `${SUMS} DuePayableAmount`, '48.31'],
  ['settled in full', `${SUMS} DuePayableAmount`, '0.00'],
  ['settled in full', `${MEANS} TypeCode`, '97'],
  ['settled in full', `${TERMS} Description`, 'Keine Zahlung erforderlich: mit Guthaben verrechnet'],
]);

tried('H7 a credit note has positive amounts and asks for no money', [
  ['381 that corrects', 'ExchangedDocument TypeCode', '381'],
  ['381 that corrects', `${LINE} BilledQuantity`, '4'],
  ['381 that corrects', `${SECOND_LINE} LineTotalAmount`, '95.00'],
  // what was taken off the line is taken off what is credited, so it stays an allowance
  ['381 that corrects', `${SECOND_LINE} SpecifiedTradeAllowanceCharge Indicator`, 'false'],
  ['381 that corrects', `${TAX} CalculatedAmount`, '37.05'],
  ['381 that corrects', `${SUMS} GrandTotalAmount`, '232.05'],
  ['381 that corrects', `${SUMS} DuePayableAmount`, '232.05'],
  ['381 that corrects', `${MEANS} TypeCode`, '97'],
  ['381 that corrects', `${MEANS} IBANID`, undefined],
  ['381 that corrects', 'PaymentReference', undefined],
  ['381 that corrects', `${TERMS} DueDateDateTime`, undefined],
  ['381 that corrects', `${TERMS} Description`, 'Keine Zahlung erforderlich: der Betrag wird verrechnet'],
  ['381 that corrects', 'InvoiceReferencedDocument IssuerAssignedID', 'RE-2026-000398'],
  ['381 that corrects', 'InvoiceReferencedDocument DateTimeString', '20261001'],
  ['381 that corrects', 'IncludedNote Content', 'Vier Prüfungen wurden doppelt berechnet'],
  ['381 of a negative total', 'InvoiceReferencedDocument', undefined],
  ['381 of a negative total', `${SUMS} GrandTotalAmount`, '232.05'],
]);

tried('H7 a cancellation has the amounts of the original with the sign turned', [
  ['384', 'ExchangedDocument TypeCode', '384'],
  ['384', `${LINE} BilledQuantity`, '-100'],
  ['384', `${LINE} ChargeAmount`, '1.95'],
  ['384', `${LINE} LineTotalAmount`, '-195.00'],
  ['384', `${SECOND_LINE} BilledQuantity`, '4'],
  ['384', `${SUMS} GrandTotalAmount`, '-227.53'],
  ['384', `${SUMS} DuePayableAmount`, '-227.53'],
  ['384', `${MEANS} TypeCode`, '97'],
  ['384', 'InvoiceReferencedDocument IssuerAssignedID', 'RE-2026-000398'],
]);

test.each([
  ['380 with one line', 'urn:cen.eu:en16931:2017', false],
  ['XRechnung with Leitweg-ID', 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0', true],
])('H2 %s says that it is %s', (document, guideline, expected) => {
  const xml = writeCii(eInvoices[document]!);
  expect(textIn(xml, 'GuidelineSpecifiedDocumentContextParameter ID')).toBe(guideline);
  expect(isXRechnung(eInvoices[document]!)).toBe(expected);
  expect(textIn(xml, 'BuyerReference')).toBe(expected ? '04011000-12345-34' : undefined);
});

test('H7 the figures read from a credit note are positive', () =>
  expect(readTotals(writeCii(eInvoices['381 that corrects']!))).toEqual({
    ...{ number: 'RK-2026-00007', issueDate: '2026-11-01', typeCode: '381', currency: 'EUR' },
    ...{ netMinor: 19500, vatMinor: 3705, grossMinor: 23205, prepaidMinor: 0, payableMinor: 23205 },
    vat: [{ category: 'S', rateBasisPoints: 1900, basisMinor: 19500, vatMinor: 3705 }],
    ...{ paymentMeans: '97', iban: null, preceding: [{ number: 'RE-2026-000398', issueDate: '2026-10-01' }] },
  }));
