import { ParseOption, XmlDocument } from 'libxml2-wasm';

/**
 * Parses a document, hands it over, and frees it in the end: its memory is not that of JavaScript.
 * @throws XmlParseError when it is not well-formed
 */
export function withParsed<T>(xml: string, use: (document: XmlDocument) => T): T {
  const document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE });
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}
