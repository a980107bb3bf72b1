import { XmlElement, type XmlDocument, type XmlTreeNode } from 'libxml2-wasm';

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
  const children: XmlNode[] = [];
  const node: XmlNode = { name: element.name, parent, attributes: attributesOf(element), children, text: '' };
  for (let child: XmlTreeNode | null = element.firstChild; child; child = child.next)
    if (child instanceof XmlElement) children.push(readNode(child, node));
  if (children.length === 0) node.text = element.content;
  return node;
}

const attributesOf = (element: XmlElement): Record<string, string> =>
  Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));

/** All elements at a path of names such as `A/B`, below every element on the way. */
export function all(node: XmlNode | undefined, path: string): XmlNode[] {
  let found = node ? [node] : [];
  for (const name of path.split('/'))
    found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  return found;
}

/** The first element at a path. */
export function one(node: XmlNode | undefined, path: string): XmlNode | undefined {
  let found = node;
  for (const name of path.split('/')) found = found?.children.find((child) => child.name === name);
  return found;
}

/** The text of the first element at a path, without white space around it; `undefined` when it is empty or absent. */
export const textAt = (node: XmlNode | undefined, path: string): string | undefined =>
  one(node, path)?.text.trim() || undefined;

/** An element and everything below it. */
export function within(node: XmlNode, found: XmlNode[] = []): XmlNode[] {
  found.push(node);
  for (const child of node.children) within(child, found);
  return found;
}

/** Where an element stands: names from below the root, those that repeat among their siblings counted from 1. */
export function pathOf(node: XmlNode): string {
  const { parent, name } = node;
  if (!parent) return '';
  const alike = parent.children.filter((sibling) => sibling.name === name);
  return `${pathOf(parent)}/${name}${alike.length > 1 ? `[${alike.indexOf(node) + 1}]` : ''}`;
}
