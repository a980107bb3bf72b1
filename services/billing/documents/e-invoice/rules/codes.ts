import type { Finding } from '../finding.ts';
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
  /** Name of the element. */
  element?: string;
  /** Name of its parent, where others have the name too. */
  parent?: string;
  attribute?: string;
}

const RULES: readonly CodeRule[] = [
  { rule: 'BR-CL-01', parent: 'ExchangedDocument', element: 'TypeCode', codes: DOCUMENT_TYPES },
  { rule: 'BR-CL-03', attribute: 'currencyID', codes: CURRENCIES },
  { rule: 'BR-CL-04', element: 'InvoiceCurrencyCode', codes: CURRENCIES },
  { rule: 'BR-CL-08', element: 'SubjectCode', codes: NOTE_SUBJECTS },
  { rule: 'BR-CL-14', element: 'CountryID', codes: COUNTRIES },
  { rule: 'BR-CL-16', parent: 'SpecifiedTradeSettlementPaymentMeans', element: 'TypeCode', codes: PAYMENT_MEANS },
  { rule: 'BR-CL-17', parent: 'CategoryTradeTax', element: 'CategoryCode', codes: VAT_CATEGORIES },
  { rule: 'BR-CL-18', parent: 'ApplicableTradeTax', element: 'CategoryCode', codes: VAT_CATEGORIES },
  { rule: 'BR-CL-22', element: 'ExemptionReasonCode', codes: EXEMPTION_REASONS },
  { rule: 'BR-CL-23', attribute: 'unitCode', codes: UNITS },
  {
    rule: 'BR-CL-25',
    parent: 'URIUniversalCommunication',
    element: 'URIID',
    attribute: 'schemeID',
    codes: ELECTRONIC_ADDRESSES,
  },
];

/** BR-CL: codes are of their lists. */
export function* codes({ elements }: XmlInvoice): Generator<Finding> {
  for (const node of elements)
    for (const { rule, codes: allowed, element, parent, attribute } of RULES) {
      if (element !== undefined && element !== node.name) continue;
      if (parent !== undefined && parent !== node.parent?.name) continue;
      const code = attribute === undefined ? node.text.trim() : node.attributes[attribute];
      if (code !== undefined && !allowed.has(code))
        yield finding(rule, `${code || 'Nothing'} is no code of its list`, node);
    }
}
