/** Changes an XML file as its text, for tests that break it. Throws when there is nothing to change. */
export type XmlEdit = (xml: string) => string;

/**
 * Where an element stands: names without prefix, each searched for behind the opening tag of the one before it, as in
 * `SellerTradeParty PostalTradeAddress CityName`.
 */
function locate(xml: string, path: string): { start: number; opened: number; closing: number; end: number } {
  let [start, opened, tag] = [0, 0, ''];
  for (const name of path.split(' ')) {
    const found = new RegExp(`<([a-z]+:${name})[ >]`).exec(xml.slice(opened));
    if (!found) throw new Error(`There is no ${path}`);
    start = opened + found.index;
    opened = xml.indexOf('>', start) + 1;
    tag = found[1]!;
  }
  const closing = xml.indexOf(`</${tag}>`, opened);
  return { start, opened, closing, end: closing + `</${tag}>\n`.length };
}

export const drop =
  (path: string): XmlEdit =>
  (xml) => {
    const { start, end } = locate(xml, path);
    return xml.slice(0, start) + xml.slice(end);
  };

/** Replaces what is between the tags. */
export const put =
  (path: string, content: string): XmlEdit =>
  (xml) => {
    const { opened, closing } = locate(xml, path);
    return xml.slice(0, opened) + content + xml.slice(closing);
  };

/** Sets an attribute, or takes it away. */
export const attribute =
  (path: string, name: string, value?: string): XmlEdit =>
  (xml) => {
    const { start, opened } = locate(xml, path);
    const without = xml.slice(start, opened - 1).replace(new RegExp(` ${name}="[^"]*"`), '');
    return `${xml.slice(0, start)}${without}${value === undefined ? '' : ` ${name}="${value}"`}>${xml.slice(opened)}`;
  };

/** Adds XML as the first child. */
export const add =
  (path: string, content: string): XmlEdit =>
  (xml) => {
    const { opened } = locate(xml, path);
    return `${xml.slice(0, opened)}\n${content}${xml.slice(opened)}`;
  };

export const both =
  (...edits: XmlEdit[]): XmlEdit =>
  (xml) =>
    edits.reduce((edited, edit) => edit(edited), xml);

/** What is between the tags, `undefined` when there is no such element. */
export function textIn(xml: string, path: string): string | undefined {
  try {
    const { opened, closing } = locate(xml, path);
    return xml.slice(opened, closing);
  } catch {
    return undefined;
  }
}
