import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { withParsed } from './parsed.ts';
import { all, one, readTree, textAt, type XmlNode } from './xml-tree.ts';

/** The figures of a document as its XML says them: those of a credit note (381) are positive. Amounts are minor units. */
export interface XmlTotals {
  number: string;
  issueDate: LocalDate;
  /** UNTDID 1001: 380 invoice, 381 credit note, 384 cancellation. */
  typeCode: string;
  currency: string;
  netMinor: number;
  vat: { category: string; rateBasisPoints: number; basisMinor: number; vatMinor: number }[];
  vatMinor: number;
  grossMinor: number;
  prepaidMinor: number;
  payableMinor: number;
  /** UNTDID 4461: 58 transfer, 59 direct debit, 97 nothing is demanded. */
  paymentMeans: string;
  /** Where the money goes, or with a direct debit where it comes from; `null` when nothing is demanded. */
  iban: string | null;
  /** BG-3. */
  preceding: { number: string; issueDate: LocalDate }[];
}

/**
 * Reads the figures back from the XML of a document.
 * @throws Error when one of them is missing or no figure; a document that passes `validateCii` has them all
 */
export const readTotals = (xml: string): XmlTotals => withParsed(xml, (document) => totalsIn(readTree(document)));

function totalsIn(root: XmlNode): XmlTotals {
  const document = one(root, 'ExchangedDocument');
  const settlement = one(root, 'SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement');
  const sums = one(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation');
  const means = one(settlement, 'SpecifiedTradeSettlementPaymentMeans');
  return {
    number: required(document, 'ID'),
    issueDate: localDate(required(document, 'IssueDateTime/DateTimeString')),
    typeCode: required(document, 'TypeCode'),
    currency: required(settlement, 'InvoiceCurrencyCode'),
    netMinor: minor(required(sums, 'TaxBasisTotalAmount')),
    vat: settlement ? all(settlement, 'ApplicableTradeTax').map(vatIn) : [],
    vatMinor: minor(required(sums, 'TaxTotalAmount')),
    grossMinor: minor(required(sums, 'GrandTotalAmount')),
    prepaidMinor: minor(textAt(sums, 'TotalPrepaidAmount') ?? '0'),
    payableMinor: minor(required(sums, 'DuePayableAmount')),
    paymentMeans: required(means, 'TypeCode'),
    iban:
      textAt(means, 'PayeePartyCreditorFinancialAccount/IBANID') ??
      textAt(means, 'PayerPartyDebtorFinancialAccount/IBANID') ??
      null,
    preceding: settlement ? all(settlement, 'InvoiceReferencedDocument').map(precedingIn) : [],
  };
}

const vatIn = (tax: XmlNode): XmlTotals['vat'][number] => ({
  category: required(tax, 'CategoryCode'),
  rateBasisPoints: minor(textAt(tax, 'RateApplicablePercent') ?? '0'),
  basisMinor: minor(required(tax, 'BasisAmount')),
  vatMinor: minor(required(tax, 'CalculatedAmount')),
});

const precedingIn = (reference: XmlNode): XmlTotals['preceding'][number] => ({
  number: required(reference, 'IssuerAssignedID'),
  issueDate: localDate(required(reference, 'FormattedIssueDateTime/DateTimeString')),
});

function required(node: XmlNode | undefined, path: string): string {
  const text = textAt(node, path);
  if (text === undefined) throw new Error(`The electronic invoice has no ${path}`);
  return text;
}

/** A decimal with at most two places in hundredths: minor units of an amount, basis points of a percentage. */
function minor(text: string): number {
  const [, sign = '', whole = '', places = ''] = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(text) ?? [];
  if (whole === '') throw new Error(`Not an amount with two places: ${text.slice(0, 40)}`);
  const value = Number(whole + places.padEnd(2, '0'));
  return sign && value !== 0 ? -value : value;
}

function localDate(text: string): LocalDate {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  if (!year) throw new Error(`Not a day in the format 102: ${text.slice(0, 40)}`);
  return `${year}-${month}-${day}`;
}
