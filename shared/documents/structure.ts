/** The roles of a structure element (ISO 32000-1, 14.8.4) that documents here are made of. */
export type Role = 'Document' | 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure';

export interface RoleOptions {
  /** What a figure shows, for those who do not see it. */
  alt?: string;
  /** Left, top, right and bottom of a figure in points from the page's top left corner. */
  bbox?: readonly [number, number, number, number];
  /** What a header cell is the head of. */
  scope?: 'Column' | 'Row';
  /** How many columns a cell takes. */
  columns?: number;
}

/** An element that is filled by blocks drawn one after the other, such as a table over several pages. */
export interface Part {
  role: Role;
}

/** The logical structure of a document beside its drawing: what is a heading, a cell, a figure, or mere ornament. */
export interface Structure {
  /** What is drawn meanwhile belongs to a new element, the next one of the element that is open. */
  tag(role: Role, draw: () => void, options?: RoleOptions): void;
  /** What is drawn meanwhile belongs to a part, which stands where it was first drawn. */
  within(part: Part, draw: () => void): void;
  /** What is drawn meanwhile is no content: page heads and feet, a head that is repeated. */
  artifact(draw: () => void): void;
  /** A piece of text; it is marked as the content of the element that is open. */
  text(draw: () => void): void;
  /** Lines and areas: an artifact, unless it is the drawing of a figure. */
  shape(draw: () => void): void;
  /** Writes the structure into the file. */
  close(): void;
}

/** For documents without structure: everything is drawn and nothing marked. */
export const unstructured: Structure = {
  tag: (_role, draw) => draw(),
  within: (_part, draw) => draw(),
  artifact: (draw) => draw(),
  text: (draw) => draw(),
  shape: (draw) => draw(),
  close: () => {},
};

interface Element {
  role: Role;
  options: RoleOptions;
  kids: (Element | PDFKit.PDFStructureContent)[];
}

const isElement = (kid: Element['kids'][number]): kid is Element => 'role' in kid;

/**
 * Marks all content of a document as PDF/A-3a wants it: every text stands in an element, all else is an artifact.
 * The elements are kept until the end, because a table goes on over pages and pdfkit can write an element only once.
 */
export function openStructure(pdf: PDFKit.PDFDocument): Structure {
  const root: Element = { role: 'Document', options: {}, kids: [] };
  const parts = new Map<Part, Element>();
  let open = root;
  // one mark around all that is drawn: of an artifact or of a figure
  let marked = false;
  const inside = (element: Element, draw: () => void) => {
    const before = open;
    open = element;
    draw();
    open = before;
  };
  const opened = (role: Role, options: RoleOptions = {}) => {
    const element: Element = { role, options, kids: [] };
    open.kids.push(element);
    return element;
  };
  const asOne = (begin: () => void, draw: () => void) => {
    begin();
    marked = true;
    draw();
    marked = false;
    pdf.endMarkedContent();
  };
  const artifact = (draw: () => void) => (marked ? draw() : asOne(() => pdf.markContent('Artifact'), draw));
  const content = () => void open.kids.push(pdf.markStructureContent(open.role));
  return {
    tag: (role, draw, options) => {
      if (marked) return draw();
      inside(opened(role, options), () => (role === 'Figure' ? asOne(content, draw) : draw()));
    },
    within: (part, draw) => {
      if (marked) return draw();
      if (!parts.has(part)) parts.set(part, opened(part.role));
      inside(parts.get(part)!, draw);
    },
    artifact,
    text: (draw) => {
      if (marked) return draw();
      if (open === root) throw new Error('A text of a tagged document stands in no element');
      content();
      draw();
      pdf.endMarkedContent();
    },
    shape: artifact,
    close: () => void pdf.addStructure(written(pdf, root)),
  };
}

// a child that has ended is written at once when it gets its parent
function written(pdf: PDFKit.PDFDocument, { role, options, kids }: Element): PDFKit.PDFStructureElement {
  const { alt, bbox } = options;
  const element = pdf.struct(role, { ...(alt ? { alt } : {}), ...(bbox ? { bbox: [...bbox] } : {}) });
  const attributes = tableAttributes(options);
  if (attributes) (element as unknown as { dictionary: { data: object } }).dictionary.data = { S: role, A: attributes };
  for (const kid of kids) element.add(isElement(kid) ? written(pdf, kid) : kid);
  element.end();
  return element;
}

const tableAttributes = ({ scope, columns }: RoleOptions) =>
  scope || columns
    ? { O: 'Table', ...(scope ? { Scope: scope } : {}), ...(columns ? { ColSpan: columns } : {}) }
    : undefined;
