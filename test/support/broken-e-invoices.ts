import { add, attribute, both, drop, put, type XmlEdit } from './xml-edits.ts';

/** A valid document of `eInvoices`, and what is done to it so that it breaks the rule. */
export type Broken = readonly [rule: string, document: string, edit: XmlEdit];

const LINE = 'IncludedSupplyChainTradeLineItem';
const SUMS = 'SpecifiedTradeSettlementHeaderMonetarySummation';
const SETTLEMENT = 'ApplicableHeaderTradeSettlement';
/** The breakdown follows the currency, so that the taxes of lines are not meant. */
const TAX = `${SETTLEMENT} ApplicableTradeTax`;
const ALLOWANCE = `${SETTLEMENT} SpecifiedTradeAllowanceCharge`;
const CHARGE = `${ALLOWANCE} SpecifiedTradeAllowanceCharge`;
const LINE_ALLOWANCE = `${LINE} SpecifiedTradeAllowanceCharge`;
const LINE_CHARGE = `${LINE_ALLOWANCE} SpecifiedTradeAllowanceCharge`;
const MEANS = 'SpecifiedTradeSettlementPaymentMeans';

const PLAIN = '380 with one line';
const LINES = 'allowance and charge of a line';
const WHOLE = 'allowance and charge of the document';
const XR = 'XRechnung with Leitweg-ID';
const DEBIT = 'XRechnung by direct debit';
const OUTSIDE = 'outside of VAT, to Switzerland';

const PRESENCE: Broken[] = [
  ['BR-01', PLAIN, drop('GuidelineSpecifiedDocumentContextParameter ID')],
  ['BR-02', PLAIN, drop('ExchangedDocument ID')],
  ['BR-03', PLAIN, attribute('ExchangedDocument DateTimeString', 'format', '610')],
  ['BR-04', PLAIN, drop('ExchangedDocument TypeCode')],
  ['BR-05', PLAIN, drop('InvoiceCurrencyCode')],
  ['BR-06', PLAIN, put('SellerTradeParty Name', ' ')],
  ['BR-07', PLAIN, drop('BuyerTradeParty Name')],
  ['BR-08', PLAIN, drop('SellerTradeParty PostalTradeAddress')],
  ['BR-09', PLAIN, drop('SellerTradeParty CountryID')],
  ['BR-10', PLAIN, drop('BuyerTradeParty PostalTradeAddress')],
  ['BR-11', PLAIN, drop('BuyerTradeParty CountryID')],
  ['BR-12', PLAIN, drop(`${SUMS} LineTotalAmount`)],
  ['BR-13', PLAIN, drop(`${SUMS} TaxBasisTotalAmount`)],
  ['BR-14', PLAIN, drop(`${SUMS} GrandTotalAmount`)],
  ['BR-15', PLAIN, drop(`${SUMS} DuePayableAmount`)],
  ['BR-16', PLAIN, drop(LINE)],
  ['BR-21', PLAIN, drop(`${LINE} LineID`)],
  ['BR-22', PLAIN, drop(`${LINE} BilledQuantity`)],
  ['BR-23', PLAIN, attribute(`${LINE} BilledQuantity`, 'unitCode')],
  ['BR-24', PLAIN, drop(`${LINE} LineTotalAmount`)],
  ['BR-25', PLAIN, drop(`${LINE} Name`)],
  ['BR-26', PLAIN, drop(`${LINE} ChargeAmount`)],
  ['BR-27', PLAIN, put(`${LINE} ChargeAmount`, '-49')],
  [
    'BR-28',
    PLAIN,
    add(
      'SpecifiedLineTradeAgreement',
      '<ram:GrossPriceProductTradePrice><ram:ChargeAmount>-1</ram:ChargeAmount></ram:GrossPriceProductTradePrice>',
    ),
  ],
  ['BR-29', PLAIN, put(`${SETTLEMENT} BillingSpecifiedPeriod EndDateTime DateTimeString`, '20260930')],
  ['BR-30', PLAIN, put(`${LINE} BillingSpecifiedPeriod EndDateTime DateTimeString`, '20260930')],
  ['BR-31', WHOLE, drop(`${ALLOWANCE} ActualAmount`)],
  ['BR-32', WHOLE, drop(`${ALLOWANCE} CategoryCode`)],
  ['BR-33', WHOLE, drop(`${ALLOWANCE} Reason`)],
  ['BR-36', WHOLE, drop(`${CHARGE} ActualAmount`)],
  ['BR-37', WHOLE, drop(`${CHARGE} CategoryCode`)],
  ['BR-38', WHOLE, drop(`${CHARGE} Reason`)],
  ['BR-41', LINES, drop(`${LINE_ALLOWANCE} ActualAmount`)],
  ['BR-42', LINES, drop(`${LINE_ALLOWANCE} Reason`)],
  ['BR-43', LINES, drop(`${LINE_CHARGE} ActualAmount`)],
  ['BR-44', LINES, drop(`${LINE_CHARGE} Reason`)],
  ['BR-45', PLAIN, drop(`${TAX} BasisAmount`)],
  ['BR-46', PLAIN, drop(`${TAX} CalculatedAmount`)],
  ['BR-47', PLAIN, drop(`${TAX} CategoryCode`)],
  ['BR-48', PLAIN, drop(`${TAX} RateApplicablePercent`)],
  ['BR-49', PLAIN, drop(`${MEANS} TypeCode`)],
  ['BR-50', PLAIN, drop(`${MEANS} IBANID`)],
  ['BR-54', PLAIN, drop('ApplicableProductCharacteristic Value')],
  ['BR-55', '384', drop('InvoiceReferencedDocument IssuerAssignedID')],
  ['BR-61', PLAIN, drop('PayeePartyCreditorFinancialAccount')],
  ['BR-62', PLAIN, attribute('SellerTradeParty URIUniversalCommunication URIID', 'schemeID')],
  ['BR-63', PLAIN, attribute('BuyerTradeParty URIUniversalCommunication URIID', 'schemeID')],
];

const CONDITIONS: Broken[] = [
  ['BR-CO-03', PLAIN, add(TAX, '<ram:TaxPointDate/><ram:DueDateTypeCode>5</ram:DueDateTypeCode>')],
  ['BR-CO-04', PLAIN, drop(`${LINE} CategoryCode`)],
  ['BR-CO-09', PLAIN, put('SellerTradeParty SpecifiedTaxRegistration ID', 'YY123456789')],
  ['BR-CO-09', PLAIN, put('BuyerTradeParty SpecifiedTaxRegistration ID', '123456789')],
  ['BR-CO-10', PLAIN, put(`${SUMS} LineTotalAmount`, '49.01')],
  ['BR-CO-10', PLAIN, put(`${LINE} LineTotalAmount`, '48.99')],
  ['BR-CO-11', WHOLE, put(`${SUMS} AllowanceTotalAmount`, '10.01')],
  ['BR-CO-11', WHOLE, drop(`${SUMS} AllowanceTotalAmount`)],
  ['BR-CO-12', WHOLE, put(`${SUMS} ChargeTotalAmount`, '7.49')],
  ['BR-CO-13', PLAIN, put(`${SUMS} TaxBasisTotalAmount`, '49.10')],
  ['BR-CO-14', PLAIN, put(`${SUMS} TaxTotalAmount`, '9.32')],
  ['BR-CO-14', PLAIN, attribute(`${SUMS} TaxTotalAmount`, 'currencyID', 'USD')],
  ['BR-CO-15', PLAIN, put(`${SUMS} GrandTotalAmount`, '58.30')],
  ['BR-CO-16', 'settled in part', put(`${SUMS} TotalPrepaidAmount`, '10.01')],
  ['BR-CO-16', PLAIN, put(`${SUMS} DuePayableAmount`, '0.00')],
  ['BR-CO-17', PLAIN, put(`${TAX} CalculatedAmount`, '9.32')],
  // a credit note may take the rest of a tax only where it names its original, and less than a unit of it
  ['BR-CO-17', '381 of a negative total', put(`${TAX} CalculatedAmount`, '9.32')],
  ['BR-CO-17', '381 that corrects', put(`${TAX} CalculatedAmount`, '99.99')],
  ['BR-CO-18', PLAIN, drop(TAX)],
  [
    'BR-CO-19',
    PLAIN,
    both(
      drop(`${SETTLEMENT} BillingSpecifiedPeriod StartDateTime`),
      drop(`${SETTLEMENT} BillingSpecifiedPeriod EndDateTime`),
    ),
  ],
  [
    'BR-CO-20',
    PLAIN,
    both(drop(`${LINE} BillingSpecifiedPeriod StartDateTime`), drop(`${LINE} BillingSpecifiedPeriod EndDateTime`)),
  ],
  ['BR-CO-21', WHOLE, drop(`${ALLOWANCE} Reason`)],
  ['BR-CO-22', WHOLE, drop(`${CHARGE} Reason`)],
  ['BR-CO-23', LINES, drop(`${LINE_ALLOWANCE} Reason`)],
  ['BR-CO-24', LINES, drop(`${LINE_CHARGE} Reason`)],
  ['BR-CO-25', PLAIN, drop('SpecifiedTradePaymentTerms')],
  ['BR-CO-26', 'exempt, of a small business', drop('SellerTradeParty ID')],
];

const SELLER_TAX = 'SellerTradeParty SpecifiedTaxRegistration';
/** Both numbers of the seller. */
const noTaxNumbers = both(drop(SELLER_TAX), drop(SELLER_TAX));
const LINE_TAX = `${LINE} ApplicableTradeTax`;

/** The first line, allowance and charge are put into another category, so that they break the rules of that one. */
const asCategory = (code: string, path: string): XmlEdit => put(`${path} CategoryCode`, code);
const dropRate = (path: string): XmlEdit => drop(`${path} RateApplicablePercent`);

const inCategory = (code: string, document: string): Broken[] => [
  [`BR-${code}-01`, document, drop(TAX)],
  [`BR-${code}-05`, document, put(`${LINE_TAX} RateApplicablePercent`, code === 'S' ? '0.00' : '7.00')],
  [
    `BR-${code}-06`,
    WHOLE,
    both(asCategory(code, ALLOWANCE), put(`${ALLOWANCE} RateApplicablePercent`, code === 'S' ? '0' : '7')),
  ],
  [
    `BR-${code}-07`,
    WHOLE,
    both(asCategory(code, CHARGE), put(`${CHARGE} RateApplicablePercent`, code === 'S' ? '0' : '7')),
  ],
  [`BR-${code}-08`, document, put(`${TAX} BasisAmount`, '1.00')],
  [`BR-${code}-09`, document, put(`${TAX} CalculatedAmount`, '1.00')],
  [
    `BR-${code}-10`,
    document,
    code === 'S' || code === 'Z'
      ? add(TAX, '<ram:ExemptionReason>Steuerfrei</ram:ExemptionReason>')
      : both(drop(`${TAX} ExemptionReason`), (xml) => xml.replace(/<ram:ExemptionReasonCode>.*\n/, '')),
  ],
];
const numbersOf = (code: string, document: string): Broken[] => [
  [`BR-${code}-02`, document, noTaxNumbers],
  [`BR-${code}-03`, WHOLE, both(asCategory(code, ALLOWANCE), noTaxNumbers)],
  [`BR-${code}-04`, WHOLE, both(asCategory(code, CHARGE), noTaxNumbers)],
];
const exempt = drop('SellerTradeParty SpecifiedTaxRegistration');

const VAT: Broken[] = [
  ...inCategory('S', PLAIN),
  ...numbersOf('S', PLAIN),
  ...inCategory('Z', 'zero rate'),
  ...numbersOf('Z', 'zero rate'),
  ...inCategory('E', 'exempt, of a small business'),
  ['BR-E-02', 'exempt, of a small business', exempt],
  ...numbersOf('E', 'exempt, of a small business').slice(1),
  ...inCategory('AE', 'reverse charge'),
  ...numbersOf('AE', 'reverse charge'),
  ['BR-AE-02', 'reverse charge', drop('BuyerTradeParty SpecifiedTaxRegistration')],
  ['BR-Z-01', 'zero rate', (xml) => both(add(SETTLEMENT, breakdownOf('Z')))(xml)],
  ...inCategory('O', OUTSIDE).filter(([rule]) => !['BR-O-05', 'BR-O-09'].includes(rule)),
  ['BR-O-05', OUTSIDE, add(LINE_TAX, '<ram:RateApplicablePercent>0.00</ram:RateApplicablePercent>')],
  ['BR-O-09', OUTSIDE, put(`${TAX} CalculatedAmount`, '1.00')],
  ['BR-O-02', OUTSIDE, attribute(`${SELLER_TAX} ID`, 'schemeID', 'VA')],
  ['BR-O-03', WHOLE, both(asCategory('O', ALLOWANCE), dropRate(ALLOWANCE))],
  ['BR-O-04', WHOLE, both(asCategory('O', CHARGE), dropRate(CHARGE))],
  ['BR-O-11', OUTSIDE, add(SETTLEMENT, breakdownOf('S'))],
  ['BR-O-12', OUTSIDE, asCategory('S', LINE_TAX)],
  ['BR-O-13', WHOLE, asCategory('O', TAX)],
  ['BR-O-14', WHOLE, asCategory('O', TAX)],
];

function breakdownOf(code: string): string {
  return `<ram:ApplicableTradeTax><ram:CalculatedAmount>0.00</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>0.00</ram:BasisAmount><ram:CategoryCode>${code}</ram:CategoryCode><ram:RateApplicablePercent>0.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>`;
}

const DECIMALS: Broken[] = [
  ['BR-DEC-01', WHOLE, put(`${ALLOWANCE} ActualAmount`, '10.000')],
  ['BR-DEC-02', WHOLE, put(`${ALLOWANCE} BasisAmount`, '100.000')],
  ['BR-DEC-05', WHOLE, put(`${CHARGE} ActualAmount`, '7.500')],
  ['BR-DEC-06', WHOLE, add(CHARGE, '<ram:BasisAmount>1.000</ram:BasisAmount>')],
  ['BR-DEC-09', PLAIN, put(`${SUMS} LineTotalAmount`, '49.000')],
  ['BR-DEC-10', WHOLE, put(`${SUMS} AllowanceTotalAmount`, '10.000')],
  ['BR-DEC-11', WHOLE, put(`${SUMS} ChargeTotalAmount`, '7.500')],
  ['BR-DEC-12', PLAIN, put(`${SUMS} TaxBasisTotalAmount`, '49.000')],
  ['BR-DEC-13', PLAIN, put(`${SUMS} TaxTotalAmount`, '9.310')],
  ['BR-DEC-14', PLAIN, put(`${SUMS} GrandTotalAmount`, '58.310')],
  ['BR-DEC-15', PLAIN, add(SUMS, '<ram:TaxTotalAmount currencyID="CHF">9.310</ram:TaxTotalAmount>')],
  ['BR-DEC-16', 'settled in part', put(`${SUMS} TotalPrepaidAmount`, '10.000')],
  ['BR-DEC-17', PLAIN, add(SUMS, '<ram:RoundingAmount>0.000</ram:RoundingAmount>')],
  ['BR-DEC-18', PLAIN, put(`${SUMS} DuePayableAmount`, '58.310')],
  ['BR-DEC-19', PLAIN, put(`${TAX} BasisAmount`, '49.000')],
  ['BR-DEC-20', PLAIN, put(`${TAX} CalculatedAmount`, '9.310')],
  ['BR-DEC-23', PLAIN, put(`${LINE} LineTotalAmount`, '49.000')],
  ['BR-DEC-24', LINES, put(`${LINE_ALLOWANCE} ActualAmount`, '5.000')],
  ['BR-DEC-25', LINES, put(`${LINE_ALLOWANCE} BasisAmount`, '100.000')],
  ['BR-DEC-27', LINES, put(`${LINE_CHARGE} ActualAmount`, '1.230')],
  ['BR-DEC-28', LINES, add(LINE_CHARGE, '<ram:BasisAmount>1.000</ram:BasisAmount>')],
];

const CODES: Broken[] = [
  ['BR-CL-01', PLAIN, put('ExchangedDocument TypeCode', '389')],
  ['BR-CL-03', PLAIN, attribute(`${SUMS} TaxTotalAmount`, 'currencyID', 'EURO')],
  ['BR-CL-04', PLAIN, put('InvoiceCurrencyCode', 'DEM')],
  ['BR-CL-08', PLAIN, put('IncludedNote SubjectCode', 'XXX')],
  ['BR-CL-14', PLAIN, put('BuyerTradeParty CountryID', 'UK')],
  ['BR-CL-16', PLAIN, put(`${MEANS} TypeCode`, '98')],
  ['BR-CL-17', WHOLE, put(`${ALLOWANCE} CategoryCode`, 'K')],
  ['BR-CL-18', PLAIN, put(`${LINE_TAX} CategoryCode`, 'G')],
  ['BR-CL-22', 'reverse charge', put('ExemptionReasonCode', 'VATEX-EU-IC')],
  ['BR-CL-23', PLAIN, attribute(`${LINE} BilledQuantity`, 'unitCode', 'STK')],
  ['BR-CL-25', PLAIN, attribute('SellerTradeParty URIUniversalCommunication URIID', 'schemeID', 'MAIL')],
];

const CONTACT = 'SellerTradeParty DefinedTradeContact';
const GERMAN: Broken[] = [
  ['BR-DE-1', XR, drop(MEANS)],
  ['BR-DE-2', XR, drop(CONTACT)],
  ['BR-DE-3', XR, drop('SellerTradeParty CityName')],
  ['BR-DE-4', XR, drop('SellerTradeParty PostcodeCode')],
  ['BR-DE-5', XR, drop(`${CONTACT} PersonName`)],
  ['BR-DE-6', XR, drop(`${CONTACT} TelephoneUniversalCommunication`)],
  ['BR-DE-7', XR, drop(`${CONTACT} EmailURIUniversalCommunication`)],
  ['BR-DE-8', XR, drop('BuyerTradeParty CityName')],
  ['BR-DE-9', XR, put('BuyerTradeParty PostcodeCode', ' ')],
  ['BR-DE-14', 'XRechnung outside of VAT', dropRate(TAX)],
  ['BR-DE-15', XR, drop('BuyerReference')],
  ['BR-DE-16', XR, noTaxNumbers],
  ['BR-DE-18', XR, put('SpecifiedTradePaymentTerms Description', '#SKONTO#TAGE=7#PROZENT=2.00#')],
  ['BR-DE-19', PLAIN, put(`${MEANS} IBANID`, 'DE02120300000000202052')],
  ['BR-DE-20', 'SEPA direct debit', put('PayerPartyDebtorFinancialAccount IBANID', 'DE00')],
  ['BR-DE-23-a', XR, drop('PayeePartyCreditorFinancialAccount')],
  ['BR-DE-23-b', XR, add('SpecifiedTradePaymentTerms', '<ram:DirectDebitMandateID>M-1</ram:DirectDebitMandateID>')],
  [
    'BR-DE-25-a',
    DEBIT,
    both(drop('CreditorReferenceID'), drop('DirectDebitMandateID'), drop('PayerPartyDebtorFinancialAccount')),
  ],
  [
    'BR-DE-25-b',
    DEBIT,
    add(
      MEANS,
      '<ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE02120300000000202051</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>',
    ),
  ],
  ['BR-DE-26', '384', drop('InvoiceReferencedDocument')],
  ['BR-DE-27', XR, put(`${CONTACT} CompleteNumber`, '+4')],
  ['BR-DE-28', XR, put(`${CONTACT} URIID`, 'rechnung(at)nordlager.example')],
  ['BR-DE-30', DEBIT, drop('CreditorReferenceID')],
  ['BR-DE-31', DEBIT, drop('PayerPartyDebtorFinancialAccount')],
];

const PEPPOL: Broken[] = [
  ['PEPPOL-EN16931-R001', XR, drop('BusinessProcessSpecifiedDocumentContextParameter')],
  ['PEPPOL-EN16931-R008', PLAIN, put('SellerTradeParty CityName', '')],
  ['PEPPOL-EN16931-R010', XR, drop('BuyerTradeParty URIUniversalCommunication')],
  ['PEPPOL-EN16931-R020', XR, drop('SellerTradeParty URIUniversalCommunication')],
  ['PEPPOL-EN16931-R040', WHOLE, put(`${ALLOWANCE} CalculationPercent`, '10.1')],
  ['PEPPOL-EN16931-R041', WHOLE, drop(`${ALLOWANCE} BasisAmount`)],
  ['PEPPOL-EN16931-R042', WHOLE, drop(`${ALLOWANCE} CalculationPercent`)],
  ['PEPPOL-EN16931-R043', WHOLE, put(`${ALLOWANCE} Indicator`, '1')],
  ['PEPPOL-EN16931-R061', DEBIT, drop('DirectDebitMandateID')],
  ['PEPPOL-EN16931-R110', PLAIN, put(`${SETTLEMENT} BillingSpecifiedPeriod StartDateTime DateTimeString`, '20261002')],
  ['PEPPOL-EN16931-R111', PLAIN, put(`${SETTLEMENT} BillingSpecifiedPeriod EndDateTime DateTimeString`, '20261030')],
  ['PEPPOL-EN16931-R120', PLAIN, put(`${LINE} BilledQuantity`, '2')],
  ['PEPPOL-EN16931-R121', 'XRechnung with Leitweg-ID', put('BasisQuantity', '0')],
  ['PEPPOL-EN16931-R130', 'XRechnung with Leitweg-ID', attribute('BasisQuantity', 'unitCode', 'DAY')],
];

const HOUSE: Broken[] = [
  ['XML', PLAIN, put('SellerTradeParty Name', 'Nord & Süd')],
  ['XSD', PLAIN, put(`${LINE} BilledQuantity`, '1,5')],
  ['UStG-14-4-2', OUTSIDE, drop(SELLER_TAX)],
  ['DAY', PLAIN, put('ExchangedDocument DateTimeString', '20260230')],
  ['CREDIT-NOTE', '381 that corrects', put(`${SUMS} GrandTotalAmount`, '-226.10')],
  ['CREDIT-NOTE', PLAIN, put('ExchangedDocument TypeCode', '381')],
];

/** Each rule with a document that breaks it. */
export const brokenEInvoices: readonly Broken[] = [
  ...PRESENCE,
  ...CONDITIONS,
  ...VAT,
  ...DECIMALS,
  ...CODES,
  ...GERMAN,
  ...PEPPOL,
  ...HOUSE,
];
