import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import PDFDocument from 'pdfkit';
import { openPdf } from '../../services/billing/documents/checks/pdf-file.ts';
import { readPages } from '../../services/billing/documents/checks/pdf-text.ts';
import { drawingOf, textOrigins } from '../../test/support/pdf.ts';

/** What the pages of a document show, without how it came about. */
interface Drawn {
  texts: { page: number; text: string; x: number; y: number; size: number; isBold: boolean }[];
  /** Filled boxes: those of the code among them. */
  boxes: number[][];
  rules: number[][];
}

/** Reads what a document of the product shows. */
export async function drawnIn(pdf: Buffer): Promise<Drawn> {
  const pages = readPages(await openPdf(pdf));
  const origins = textOrigins(pdf);
  const source = drawingOf(pdf);
  const faces = [...source.matchAll(/Tm\n\/(\w+) [\d.]+ Tf/g)].map(([, name]) => name);
  const texts = pages.flatMap(({ texts: ofPage }, page) => ofPage.map((text) => ({ page, text })));
  if (texts.length !== origins.length) throw new Error('The pages were not read as they were drawn');
  const numbers = (pattern: RegExp) => [...source.matchAll(pattern)].map((found) => found.slice(1).map(Number));
  return {
    texts: texts.map((text, index) => ({ ...text, ...origins[index]!, isBold: faces[index] === 'F2' })),
    boxes: numbers(/^([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re$/gm),
    rules: numbers(/^([\d.-]+) ([\d.-]+) m\n([\d.-]+) ([\d.-]+) l$/gm),
  };
}

const open = (file: string) =>
  create(readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`)));
const fonts = [open('400Regular/Inter_400Regular.ttf'), open('600SemiBold/Inter_600SemiBold.ttf')];

const POINTS_PER_MM = 72 / 25.4;

/** Draws the same with pdfkit alone: fonts opened once, no structure, no e-invoice, no check. */
export function drawBare({ texts, boxes, rules }: Drawn): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: 0, font: null as unknown as string, autoFirstPage: false });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve) => pdf.on('end', () => resolve(Buffer.concat(chunks))));
  let page = -1;
  for (const { page: on, text, x, y, size, isBold } of texts) {
    if (on !== page) {
      pdf.addPage();
      page = on;
    }
    pdf
      .font(fonts[isBold ? 1 : 0] as unknown as PDFKit.Mixins.PDFFontSource, isBold ? 'bold' : 'regular', size)
      .fillColor('#1A2226')
      .text(text, x * POINTS_PER_MM, y * POINTS_PER_MM, { lineBreak: false, baseline: 'alphabetic' });
  }
  for (const [x, y, width, height] of boxes) pdf.rect(x!, y!, width!, height!).fill('#000000');
  for (const [x1, y1, x2, y2] of rules) pdf.moveTo(x1!, y1!).lineTo(x2!, y2!).stroke('#C8D0D4');
  pdf.end();
  return done;
}
