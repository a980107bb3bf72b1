import { XmlParseError } from 'libxml2-wasm';
import type { Finding } from './finding.ts';
import { withParsed } from './parsed.ts';
import { schemaFindings } from './schema.ts';

/**
 * What is wrong with an electronic invoice, by the schema of its profile and by the rules of EN 16931 and XRechnung.
 * Everything is read from the XML, nothing from what it was made of.
 * @param xml  a document in the syntax UN/CEFACT CII D16B
 * @returns    nothing when it may be sent
 */
export function validateCii(xml: string): Finding[] {
  try {
    return withParsed(xml, schemaFindings);
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    return [{ rule: 'XML', message: error.message.trim(), path: '/' }];
  }
}
