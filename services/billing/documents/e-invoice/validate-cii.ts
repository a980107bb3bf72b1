import { XmlParseError } from 'libxml2-wasm';
import type { Finding } from './finding.ts';
import { withParsed } from './parsed.ts';
import { codes } from './rules/codes.ts';
import { conditions } from './rules/conditions.ts';
import { decimals } from './rules/decimals.ts';
import { house } from './rules/house.ts';
import { invoiceOf, type Check } from './rules/invoice.ts';
import { peppol } from './rules/peppol.ts';
import { presence } from './rules/presence.ts';
import { sums } from './rules/sums.ts';
import { vatOutside } from './rules/vat-outside.ts';
import { vat } from './rules/vat.ts';
import { xrechnung } from './rules/xrechnung.ts';
import { schemaFindings } from './schema.ts';
import { readTree } from './xml-tree.ts';

const CHECKS: readonly Check[] = [
  presence,
  conditions,
  sums,
  vat,
  vatOutside,
  decimals,
  codes,
  xrechnung,
  peppol,
  house,
];

/**
 * What is wrong with an electronic invoice, by the schema of its profile and by the rules of EN 16931 and XRechnung.
 * Everything is read from the XML, nothing from what it was made of.
 * @param xml  a document in the syntax UN/CEFACT CII D16B
 * @returns    nothing when it may be sent; else the findings of the schema first
 */
export function validateCii(xml: string): Finding[] {
  try {
    return withParsed(xml, (document) => {
      const invoice = invoiceOf(readTree(document));
      return [...schemaFindings(document), ...CHECKS.flatMap((check) => [...check(invoice)])];
    });
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    return [{ rule: 'XML', message: error.message.trim(), path: '/' }];
  }
}
