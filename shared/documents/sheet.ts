import PDFDocument from 'pdfkit';
import type { LocalDate } from '../kernel/dates.ts';
import { drawable, visible } from './drawable.ts';
import { face } from './fonts.ts';
import type { Language } from './formats.ts';
import { openStructure, unstructured, type Structure } from './structure.ts';
import type { TextStyle } from './style.ts';
import { wrapText } from './wrap.ts';
import { escapeXmp } from './xmp.ts';

export type Align = 'left' | 'right' | 'center';

/** A box in millimetres from the page's top left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A document being drawn. Lengths are millimetres from the page's top left corner, font sizes points. */
export interface Sheet extends Pick<Structure, 'tag' | 'within' | 'artifact'> {
  /** Draws one line on a baseline; `x` is the left edge, right edge or centre. */
  text(content: string, x: number, baseline: number, style: TextStyle, align?: Align): void;
  width(content: string, style: TextStyle): number;
  /** Breaks a text into lines no wider than `width`; words that are wider are cut. */
  wrap(content: string, width: number, style: TextStyle): string[];
  rule(x1: number, y1: number, x2: number, y2: number, color: string, thickness?: number): void;
  fill(x: number, y: number, width: number, height: number, color: string): void;
  /** Fills boxes as one area, such as the squares of a code: no viewer draws seams between them. */
  fillBoxes(boxes: readonly Box[], color: string): void;
  /** Draws a JPEG in the box's top left corner, as large as fits, its proportions kept. */
  jpeg(bytes: Uint8Array, x: number, y: number, width: number, height: number): void;
  /** What is drawn meanwhile is a picture; `alt` says what it shows to those who do not see it. */
  figure(alt: string, box: Box, draw: () => void): void;
  addPage(): void;
  /** Draws on every page made so far, with its number counted from 1. */
  onEveryPage(draw: (page: number, pages: number) => void): void;
  /** Closes the document. @returns the whole PDF */
  finish(): Promise<Buffer>;
}

export interface SheetOptions {
  title: string;
  author: string;
  language: Language;
  /** Stands for the clock: the file's creation date and identity depend on nothing else. */
  createdOn: LocalDate;
  /** Size of every page in millimetres; A4 without it. */
  page?: { width: number; height: number };
  /** PDF/A-3a: every text stands in an element of the structure, all else is marked as ornament. 3b without it. */
  tagged?: boolean;
  /** A file that says the same as the document. */
  attachment?: { name: string; type: string; description: string; bytes: Uint8Array };
  /** Further descriptions for the XMP, each a whole `rdf:Description`. */
  xmp?: string;
}

const POINTS_PER_MM = 72 / 25.4;

/** Opens an empty PDF/A-3 document with its first page. The same calls make the same bytes. */
export function openSheet(options: SheetOptions): Sheet {
  const pdf = openDocument(options);
  const structure = options.tagged ? openStructure(pdf) : unstructured;
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  return {
    ...textTools(pdf, structure, options.tagged ? ' ' : ''),
    ...shapeTools(pdf, structure),
    tag: structure.tag,
    within: structure.within,
    artifact: structure.artifact,
    addPage: () => void pdf.addPage(),
    onEveryPage: (draw) => {
      const { count } = pdf.bufferedPageRange();
      for (let index = 0; index < count; index++) {
        pdf.switchToPage(index);
        draw(index + 1, count);
      }
    },
    finish: () => {
      structure.close();
      pdf.end();
      return done;
    },
  };
}

function openDocument(options: SheetOptions): PDFKit.PDFDocument {
  const created = new Date(`${options.createdOn}T00:00:00Z`);
  const pdf = new PDFDocument({
    size: options.page ? [options.page.width * POINTS_PER_MM, options.page.height * POINTS_PER_MM] : 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true, // "page x of y" is written when y is known
    pdfVersion: '1.7', // PDF/A-3 builds on 1.7; pdfkit's default would be 1.3
    subset: options.tagged ? 'PDF/A-3a' : 'PDF/A-3b',
    ...(options.tagged ? { tagged: true } : {}),
    lang: options.language,
    displayTitle: true,
    font: null as unknown as string, // else pdfkit opens Helvetica, which PDF/A does not allow
    info: {
      Title: visible(options.title),
      Author: visible(options.author),
      Creator: 'Kontor',
      Producer: 'Kontor',
      CreationDate: created,
    },
  });
  escapeXmp(pdf);
  if (options.xmp) (pdf as unknown as { appendXML(xml: string): void }).appendXML(options.xmp);
  if (options.attachment) attach(pdf, options.attachment, created);
  return pdf.addPage();
}

function attach(
  pdf: PDFKit.PDFDocument,
  { bytes, name, type, description }: NonNullable<SheetOptions['attachment']>,
  created: Date,
): void {
  const dates = { creationDate: created, modifiedDate: created };
  const options = { name, type, description, relationship: 'Alternative', ...dates };
  pdf.file(Buffer.from(bytes), options as PDFKit.Mixins.PDFAttachmentOptions);
}

/** @param after  follows every text: who hears or copies the lines of a paragraph must not get two words as one */
function textTools(
  pdf: PDFKit.PDFDocument,
  structure: Structure,
  after: string,
): Pick<Sheet, 'text' | 'width' | 'wrap'> {
  const use = (style: TextStyle) =>
    pdf.font(face(style.face).font as unknown as PDFKit.Mixins.PDFFontSource, style.face, style.size);
  const spacing = (style: TextStyle) => (style.tracking ? { characterSpacing: style.tracking } : {});
  const measured = new Map<string, number>();
  const measure = (content: string, style: TextStyle) =>
    use(style).widthOfString(drawable(content, face(style.face)), spacing(style)) / POINTS_PER_MM;
  // a document asks several times for each of its texts: for each spacing that is tried, and to draw it
  const width = (content: string, style: TextStyle) => {
    const key = `${style.face} ${style.size} ${style.tracking ?? 0} ${content}`;
    let found = measured.get(key);
    if (found === undefined) measured.set(key, (found = measure(content, style)));
    return found;
  };
  return {
    width,
    wrap: (content, limit, style) => wrapText(content, limit, (part) => width(part, style)),
    text: (content, x, baseline, style, align = 'left') => {
      const line = drawable(content, face(style.face)).trimEnd();
      if (line === '') return;
      const shift = align === 'left' ? 0 : width(line, style) / (align === 'center' ? 2 : 1);
      structure.text(() =>
        use(style)
          .fillColor(style.color)
          .text(line + after, (x - shift) * POINTS_PER_MM, baseline * POINTS_PER_MM, {
            lineBreak: false,
            baseline: 'alphabetic',
            ...spacing(style),
          }),
      );
    },
  };
}

type ShapeTools = Pick<Sheet, 'rule' | 'fill' | 'fillBoxes' | 'jpeg' | 'figure'>;

function shapeTools(pdf: PDFKit.PDFDocument, structure: Structure): ShapeTools {
  const points = (...lengths: number[]) => lengths.map((length) => length * POINTS_PER_MM) as [number, number];
  return {
    rule: (x1, y1, x2, y2, color, thickness = 0.15) =>
      structure.shape(() =>
        pdf
          .lineWidth(thickness * POINTS_PER_MM)
          .moveTo(...points(x1, y1))
          .lineTo(...points(x2, y2))
          .stroke(color),
      ),
    fill: (x, y, width, height, color) =>
      structure.shape(() => pdf.rect(...points(x, y), ...points(width, height)).fill(color)),
    fillBoxes: (boxes, color) =>
      structure.shape(() => {
        for (const { x, y, width, height } of boxes) pdf.rect(...points(x, y), ...points(width, height));
        pdf.fill(color);
      }),
    jpeg: (bytes, x, y, width, height) => {
      if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new RangeError('The picture is not a JPEG');
      structure.shape(() => pdf.image(Buffer.from(bytes), ...points(x, y), { fit: points(width, height) }));
    },
    figure: (alt, { x, y, width, height }, draw) => {
      const [left, top, right, bottom] = points(x, y, x + width, y + height) as number[];
      structure.tag('Figure', draw, { alt, bbox: [left!, top!, right!, bottom!] });
    },
  };
}
