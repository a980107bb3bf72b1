import type { Finding } from '../finding.ts';
import { XRECHNUNG } from '../cii/profile.ts';
import { all, one, pathOf, textAt, within, type XmlNode } from '../xml-tree.ts';

/** The parts of a document that rules ask about, by the groups of EN 16931. What is missing is `undefined`. */
export interface XmlInvoice {
  root: XmlNode;
  /** The root and all below it. */
  elements: XmlNode[];
  header: XmlNode | undefined;
  /** BG-25. */
  lines: XmlNode[];
  agreement: XmlNode | undefined;
  seller: XmlNode | undefined;
  buyer: XmlNode | undefined;
  delivery: XmlNode | undefined;
  settlement: XmlNode | undefined;
  /** BG-16. */
  means: XmlNode[];
  /** BG-20 and BG-21. */
  adjustments: XmlNode[];
  /** BG-23. */
  taxes: XmlNode[];
  terms: XmlNode | undefined;
  /** BG-22. */
  sums: XmlNode | undefined;
  isXRechnung: boolean;
  /** A credit note (381) that names what it corrects (BG-3): its tax may be the rest of that of its original. */
  mayTakeRest: boolean;
}

/** Finds what contradicts some rules. */
export type Check = (invoice: XmlInvoice) => Iterable<Finding>;

export function invoiceOf(root: XmlNode): XmlInvoice {
  const transaction = one(root, 'SupplyChainTradeTransaction');
  const agreement = one(transaction, 'ApplicableHeaderTradeAgreement');
  const settlement = one(transaction, 'ApplicableHeaderTradeSettlement');
  const header = one(root, 'ExchangedDocument');
  return {
    root,
    elements: within(root),
    header,
    lines: all(transaction, 'IncludedSupplyChainTradeLineItem'),
    agreement,
    seller: one(agreement, 'SellerTradeParty'),
    buyer: one(agreement, 'BuyerTradeParty'),
    delivery: one(transaction, 'ApplicableHeaderTradeDelivery'),
    settlement,
    means: all(settlement, 'SpecifiedTradeSettlementPaymentMeans'),
    adjustments: all(settlement, 'SpecifiedTradeAllowanceCharge'),
    taxes: all(settlement, 'ApplicableTradeTax'),
    terms: one(settlement, 'SpecifiedTradePaymentTerms'),
    sums: one(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation'),
    isXRechnung: textAt(root, 'ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID') === XRECHNUNG,
    mayTakeRest: textAt(header, 'TypeCode') === '381' && one(settlement, 'InvoiceReferencedDocument') !== undefined,
  };
}

/** @param at  the element, or its parent with the name of what is missing in it */
export const finding = (rule: string, message: string, at: XmlNode | undefined, missing = ''): Finding => ({
  ...{ rule, message },
  path: [at ? pathOf(at) : '', missing].filter(Boolean).join('/') || '/',
});

/** BG-20 and BG-27 take off, BG-21 and BG-28 add. */
export const isCharge = (adjustment: XmlNode): boolean => textAt(adjustment, 'ChargeIndicator/Indicator') === 'true';

export const lineAdjustments = (line: XmlNode): XmlNode[] =>
  all(line, 'SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge');

/** BT-131. */
export const LINE_NET = 'SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount';

/** BT-31 (VA) and BT-32 (FC) of the seller, BT-48 (VA) of the buyer. */
export const taxRegistrations = (party: XmlNode | undefined, ...schemes: string[]): XmlNode[] =>
  all(party, 'SpecifiedTaxRegistration/ID').filter(
    ({ attributes, text }) => schemes.includes(attributes['schemeID'] ?? '') && text.trim() !== '',
  );
