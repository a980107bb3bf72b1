import { PDFDict, PDFName, PDFRawStream, PDFRef } from 'pdf-lib';
import { contentOf, dictAt, streamAt, type PdfFile } from './pdf-file.ts';

/** What a page shows, as its content stream says it. */
export interface PageContent {
  /** The pieces of text in the order in which they are drawn. */
  texts: string[];
  /** Pieces of content that belong to elements of the structure. */
  marks: number;
  /** Pieces of content that are neither in an element nor an artifact. */
  unmarked: number;
}

/**
 * Reads the pages of a document that was drawn here: fonts with two bytes a glyph and a table of what they mean.
 * @throws Error when a glyph means nothing
 */
export function readPages({ document }: PdfFile): PageContent[] {
  const fonts = new Map<string, string[]>();
  return document.getPages().map(({ node }) => {
    const resources = dictAt(node, 'Resources', 'Font');
    const content = node.lookup(PDFName.of('Contents'));
    const source = content instanceof PDFRawStream ? contentOf(content).toString('latin1') : '';
    return readContent(source, (name) => unicodeOf(resources, name, fonts));
  });
}

// marks with their dictionary, their ends, the choice of a font, text, pictures, and the painting of paths
const OPERATOR =
  /\/\w+ (?:<<([^>]*)>> )?(BDC|BMC)$|^(EMC)$|\/(\w+) [\d.]+ Tf$|^\[(.*)\] TJ$|^\/\w+ (Do)$|^(f\*?|S|s|B\*?|b\*?)$/gm;

function readContent(source: string, unicodeOfFont: (name: string) => string[]): PageContent {
  const page: PageContent = { texts: [], marks: 0, unmarked: 0 };
  let depth = 0;
  let unicode: string[] = [];
  for (const [, properties, begin, end, font, text, picture, paint] of source.matchAll(OPERATOR)) {
    if (begin) {
      depth += 1;
      if (properties?.includes('/MCID')) page.marks += 1;
    } else if (end) depth -= 1;
    else if (font) unicode = unicodeOfFont(font);
    else {
      if (depth === 0 && (text ?? picture ?? paint)) page.unmarked += 1;
      if (text) page.texts.push(decoded(text, unicode));
    }
  }
  return page;
}

function decoded(operand: string, unicode: readonly string[]): string {
  const glyphs = [...operand.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => hex).join('');
  return (glyphs.match(/.{4}/g) ?? [])
    .map((glyph) => {
      const character = unicode[parseInt(glyph, 16)];
      if (!character) throw new Error(`Glyph ${glyph} means nothing`);
      return character;
    })
    .join('');
}

function unicodeOf(resources: PDFDict | undefined, name: string, known: Map<string, string[]>): string[] {
  const ref = resources?.get(PDFName.of(name));
  const key = ref instanceof PDFRef ? ref.toString() : name;
  let unicode = known.get(key);
  if (!unicode) {
    unicode = readMeanings(streamAt(dictAt(resources, name), 'ToUnicode')?.toString('latin1') ?? '');
    known.set(key, unicode);
  }
  return unicode;
}

/** The texts of the glyphs of a font, by number. */
function readMeanings(table: string): string[] {
  const meanings: string[] = [];
  for (const [, from = '', , texts = ''] of table.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
    [...texts.matchAll(/<([^>]*)>/g)].forEach(([, units = ''], index) => {
      const codes = units.split(' ').map((unit) => parseInt(unit, 16));
      meanings[parseInt(from, 16) + index] = String.fromCharCode(...codes);
    });
  }
  return meanings;
}
