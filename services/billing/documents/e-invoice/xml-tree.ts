import { XmlDocument, XmlElement, type XmlTreeNode } from 'libxml2-wasm';

/** A parsed element. Names are without prefix: the schema has made sure of the namespaces. */
export interface XmlNode {
  name: string;
  parent: XmlNode | undefined;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlNode[];
  /** The text of an element without children, as it stands. */
  text: string;
}

/** Reads a parsed document into plain objects, which outlive it. */
export const readTree = (document: XmlDocument): XmlNode => readNode(document.root, undefined);

function readNode(element: XmlElement, parent: XmlNode | undefined): XmlNode {
  const node: XmlNode & { children: XmlNode[] } = {
    ...{ name: element.name, parent, attributes: attributesOf(element), children: [], text: '' },
  };
  for (let child: XmlTreeNode | null = element.firstChild; child; child = child.next)
    if (child instanceof XmlElement) node.children.push(readNode(child, node));
  if (node.children.length === 0) node.text = element.content;
  return node;
}

const attributesOf = (element: XmlElement): Record<string, string> =>
  Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));

/** All elements at a path of names such as `A/B`, below every element on the way. */
export function all(node: XmlNode, path: string): XmlNode[] {
  let found = [node];
  for (const name of path.split('/'))
    found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  return found;
}

/** The first element at a path. */
export const one = (node: XmlNode | undefined, path: string): XmlNode | undefined => node && all(node, path)[0];

/** The text of the first element at a path, without white space around it; `undefined` when it is empty or absent. */
export const textAt = (node: XmlNode | undefined, path: string): string | undefined =>
  one(node, path)?.text.trim() || undefined;
