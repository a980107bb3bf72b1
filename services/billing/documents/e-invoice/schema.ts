import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XmlDocument, XmlValidateError, XsdValidator, xmlCleanupInputProvider } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import type { Finding } from './finding.ts';

const SCHEMA = fileURLToPath(new URL('./schema/Factur-X_1.07.3_EN16931.xsd', import.meta.url));

let validator: XsdValidator | undefined;

/** What the schema of Factur-X, profile EN 16931, finds in a document; it is read once per process. */
export function schemaFindings(document: XmlDocument): Finding[] {
  validator ??= openSchema();
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map(({ message, xpath, line }) => ({
      ...{ rule: 'XSD', message: message.trim(), path: xpath ?? `line ${line}` },
    }));
  }
}

function openSchema(): XsdValidator {
  // only the schema may read files: no document can name one while it is parsed
  xmlRegisterFsInputProviders();
  try {
    return XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(SCHEMA), { url: SCHEMA }));
  } finally {
    xmlCleanupInputProvider();
  }
}
