import fs from 'node:fs';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

const SCHEMA = new URL('./schema/pain.008.001.08.xsd', import.meta.url);

/**
 * What the schema has against a file; nothing of it leaves the house before this is empty.
 * @returns one line per finding
 */
export function schemaFindings(xml: string): string[] {
  const schema = XmlDocument.fromBuffer(fs.readFileSync(SCHEMA));
  try {
    const validator = XsdValidator.fromDoc(schema);
    try {
      return findingsOf(xml, validator);
    } finally {
      validator.dispose();
    }
  } finally {
    schema.dispose();
  }
}

function findingsOf(xml: string, validator: XsdValidator): string[] {
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromString(xml);
    validator.validate(document);
    return [];
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n').filter(Boolean);
  } finally {
    document?.dispose();
  }
}
