import type { Finding } from '../finding.ts';
import type { XmlNode } from '../xml-tree.ts';
import {
  COUNTRIES,
  CURRENCIES,
  DOCUMENT_TYPES,
  ELECTRONIC_ADDRESSES,
  EXEMPTION_REASONS,
  NOTE_SUBJECTS,
  PAYMENT_MEANS,
  UNITS,
  VAT_CATEGORIES,
} from './code-lists.ts';
import { finding, type XmlInvoice } from './invoice.ts';

interface CodeRule {
  rule: string;
  codes: ReadonlySet<string>;
  /** Name of the element, with its parent where others have the name too. */
  element?: string;
  attribute?: string;
}

const RULES: readonly CodeRule[] = [
  { rule: 'BR-CL-01', element: 'ExchangedDocument/TypeCode', codes: DOCUMENT_TYPES },
  { rule: 'BR-CL-03', attribute: 'currencyID', codes: CURRENCIES },
  { rule: 'BR-CL-04', element: 'InvoiceCurrencyCode', codes: CURRENCIES },
  { rule: 'BR-CL-08', element: 'SubjectCode', codes: NOTE_SUBJECTS },
  { rule: 'BR-CL-14', element: 'CountryID', codes: COUNTRIES },
  { rule: 'BR-CL-16', element: 'SpecifiedTradeSettlementPaymentMeans/TypeCode', codes: PAYMENT_MEANS },
  { rule: 'BR-CL-17', element: 'CategoryTradeTax/CategoryCode', codes: VAT_CATEGORIES },
  { rule: 'BR-CL-18', element: 'ApplicableTradeTax/CategoryCode', codes: VAT_CATEGORIES },
  { rule: 'BR-CL-22', element: 'ExemptionReasonCode', codes: EXEMPTION_REASONS },
  { rule: 'BR-CL-23', attribute: 'unitCode', codes: UNITS },
  { rule: 'BR-CL-25', element: 'URIUniversalCommunication/URIID', attribute: 'schemeID', codes: ELECTRONIC_ADDRESSES },
];

/** BR-CL: codes are of their lists. */
export function* codes({ elements }: XmlInvoice): Generator<Finding> {
  for (const node of elements)
    for (const { rule, codes: allowed, element, attribute } of RULES) {
      if (element !== undefined && !isAt(node, element)) continue;
      const code = attribute === undefined ? node.text.trim() : node.attributes[attribute];
      if (code !== undefined && !allowed.has(code))
        yield finding(rule, `${code || 'Nothing'} is no code of its list`, node);
    }
}

const isAt = ({ name, parent }: XmlNode, element: string): boolean =>
  element === name || element === `${parent?.name ?? ''}/${name}`;
