import { NO_BREAK_SPACES, visible } from '../../../../../shared/documents/drawable.ts';

/** Written elements, each on lines of its own; what is absent is left out. */
export type Part = string | undefined | readonly Part[];

/** An element of a text, absent when nothing of the text is left: an empty element says nothing (PEPPOL-EN16931-R008). */
export function leaf(name: string, text: string | undefined, attributes: Record<string, string> = {}): Part {
  const content = text === undefined ? '' : escaped(xmlText(text));
  return content === '' ? undefined : `<${name}${attributesOf(attributes)}>${content}</${name}>\n`;
}

/** An element of others, absent when there are none of them. */
export function group(name: string, ...parts: readonly Part[]): Part {
  const content = joined(parts);
  return content === '' ? undefined : `<${name}>\n${content}</${name}>\n`;
}

/** The whole file: UTF-8 without a mark, lines end with LF. */
export const xmlFile = (name: string, namespaces: Record<string, string>, ...parts: readonly Part[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attributesOf(namespaces)}>\n${joined(parts)}</${name}>\n`;

/** Most texts are codes and figures, which nothing has to be done about. */
const PLAIN = /^[A-Za-z0-9.:#-]+$/;

/**
 * A text as the XML has it: normalised like on paper, without the characters XML 1.0 forbids even when escaped (section
 * 2.2). Paper cannot show those either, so that a document with one of them is parked (`drawable`).
 */
export function xmlText(text: string): string {
  if (PLAIN.test(text)) return text;
  return withoutForbidden(visible(text.toWellFormed())).replace(NO_BREAK_SPACES, ' ').trim();
}

const LAST_CONTROL = 0x1f;
const isForbidden = (unit: number): boolean => unit <= LAST_CONTROL || unit === 0xfffe || unit === 0xffff;

function withoutForbidden(text: string): string {
  let kept = '';
  let from = 0;
  for (let at = 0; at < text.length; at++)
    if (isForbidden(text.charCodeAt(at))) {
      kept += text.slice(from, at);
      from = at + 1;
    }
  return kept + text.slice(from);
}

function joined(parts: readonly Part[]): string {
  let content = '';
  for (const part of parts) if (part !== undefined) content += typeof part === 'string' ? part : joined(part);
  return content;
}

function attributesOf(attributes: Record<string, string>): string {
  let written = '';
  for (const name in attributes) written += ` ${name}="${escaped(xmlText(attributes[name]!))}"`;
  return written;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
