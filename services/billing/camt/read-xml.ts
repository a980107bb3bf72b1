import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { cut } from '../../../shared/kernel/cut.ts';
import { invalidField } from '../../../shared/kernel/errors.ts';

/** An element: its text and attributes, and its children by name, each a list. */
export interface XmlNode {
  [name: string]: readonly (XmlNode | string)[] | string;
}

/** What banks write in; the standard asks for UTF-8. */
const ENCODINGS = new Set(['utf-8', 'iso-8859-1', 'iso-8859-15', 'windows-1252']);
const DEEPEST = 40;
const LONGEST_MESSAGE = 200;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  // nothing is looked up or put in place of anything: a statement needs no entities but those of XML itself
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  maxNestedTags: DEEPEST,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/** An XML file: its elements, whatever prefixes they have, and the namespace of the outermost one if it names any. */
export interface XmlFile {
  namespace: string | null;
  root: XmlNode;
}

/**
 * Reads an XML file of a stranger: no document types, so no entities and nothing to fetch, and nothing deep.
 * @throws InvalidInput at `file`: `NOT_XML`, `XML_DOCTYPE`
 */
export function readXml(bytes: Buffer): XmlFile {
  const text = decoded(bytes);
  if (/<!(?!--|\[CDATA\[)/.test(text))
    throw refused('XML_DOCTYPE', 'The file has a document type, which no statement has');
  const wrong = XMLValidator.validate(text);
  if (wrong !== true)
    throw refused('NOT_XML', `This is not an XML file: line ${wrong.err.line}, ${brief(wrong.err.msg)}`);
  try {
    return { namespace: namespaceOf(text), root: parser.parse(text) as XmlNode };
  } catch (error) {
    throw refused('NOT_XML', `This file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** All elements at a path below an element, in their order: `at(entry, 'NtryDtls/TxDtls')`. */
export function at(node: XmlNode | undefined, path: string): XmlNode[] {
  let found: (XmlNode | string)[] = node ? [node] : [];
  for (const name of path.split('/'))
    found = found.flatMap((one) => (typeof one === 'object' && Array.isArray(one[name]) ? one[name] : []));
  return found.map((one) => (typeof one === 'string' ? { '#text': one } : one));
}

/** The texts at a path; what is empty is left out. */
export const texts = (node: XmlNode | undefined, path: string): string[] =>
  at(node, path)
    .map((one) => plain(one['#text']))
    .filter((text) => text !== '');

/** The text of the first of some paths that says something. */
export const text = (node: XmlNode | undefined, ...paths: string[]): string | null =>
  paths.flatMap((path) => texts(node, path))[0] ?? null;

export const attribute = (node: XmlNode, name: string): string | null => plain(node[`@${name}`]) || null;

/** The validator names every element that is still open, of a cut file or a crafted one any number of them. */
const brief = (message: string): string =>
  cut(message.startsWith("Invalid '[") ? 'the file ends within an element' : message, LONGEST_MESSAGE);

const ROOT = /<(?:([\w.-]+):)?[\w.-]+(\s[^>]*)?>/y;

function namespaceOf(xml: string): string | null {
  ROOT.lastIndex = rootIn(xml);
  const [, prefix, attributes] = ROOT.exec(xml) ?? [];
  const name = prefix ? `xmlns:${prefix.replaceAll('.', '\\.')}` : 'xmlns';
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes ?? '')?.[1]?.trim() || null;
}

const ASIDE = [
  ['<!--', '-->'],
  ['<?', '?>'],
] as const;

/**
 * Where the outermost element begins, behind declarations and comments; -1 for nowhere. Mark by mark, because an expression
 * for comments goes through all the rest of the file for each one that has no end.
 */
function rootIn(xml: string): number {
  let from = xml.indexOf('<');
  while (from >= 0) {
    const aside = ASIDE.find(([begin]) => xml.startsWith(begin, from));
    if (!aside) break;
    const end = xml.indexOf(aside[1], from + aside[0].length);
    from = end < 0 ? end : xml.indexOf('<', end);
  }
  return from;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text with what XML itself writes for its own signs, and without what no text has. */
function plain(value: unknown): string {
  if (typeof value !== 'string') return '';
  return (
    value
      .replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (all, decimal, hex, named) =>
        named ? NAMED[named]! : signOf(decimal ? Number(decimal) : parseInt(hex, 16), all),
      )
      .normalize('NFC')
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u001F\u007F]+/g, ' ')
      .toWellFormed()
      .trim()
  );
}

const signOf = (code: number, otherwise: string): string => (code <= 0x10ffff ? String.fromCodePoint(code) : otherwise);

function decoded(bytes: Buffer): string {
  const head = bytes.subarray(0, 200).toString('latin1');
  const label = (/^[^<]*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? 'utf-8').toLowerCase();
  if (!ENCODINGS.has(label)) throw refused('NOT_XML', `The file is written in ${label}; UTF-8 is expected`);
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw refused('NOT_XML', `The file is not written in ${label}, as it says`);
  }
}

const refused = (code: string, message: string) => invalidField('file', code, message);
