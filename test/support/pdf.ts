import { spawnSync } from 'node:child_process';
import { inflateSync } from 'node:zlib';

/** Whether poppler-utils are installed; `.ci/run` installs them. Tests that need them are reported as skipped else. */
export const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined;

/** The text of a PDF page after page (separated by form feeds), set as on paper, no-break spaces made plain. */
export function textOf(pdf: Buffer): string {
  const { status, stdout, stderr } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  if (status !== 0) throw new Error(`pdftotext: ${stderr}`);
  return stdout.replaceAll('\u00A0', ' ');
}

/** The lines of a text with runs of spaces made single. */
export const linesOf = (text: string): string[] => text.split(/[\n\f]/).map((line) => line.trim().replace(/ +/g, ' '));

export const pageCountOf = (pdf: Buffer): number => [...source(pdf).matchAll(/\/Type \/Page\n/g)].length;

/** The file as latin-1 text, streams as they are. */
export const source = (pdf: Buffer): string => pdf.toString('latin1');

/** Everything the pages draw: their content streams inflated and joined. */
export function drawingOf(pdf: Buffer): string {
  const streams = source(pdf).matchAll(/\/Filter \/FlateDecode\n>>\nstream\n([\s\S]*?)\nendstream/g);
  return [...streams]
    .map(([, bytes = '']) => inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1'))
    .filter((content) => content.includes(' Tf\n'))
    .join('\n');
}

/** Where each piece of text begins: its baseline from the page's top left corner, in millimetres. */
export function textOrigins(pdf: Buffer): { x: number; y: number; size: number }[] {
  return [...drawingOf(pdf).matchAll(/1 0 0 1 ([\d.-]+) ([\d.-]+) Tm\n\/\w+ ([\d.]+) Tf/g)].map(([, x, y, size]) => ({
    x: (Number(x) * 25.4) / 72,
    y: 297 - (Number(y) * 25.4) / 72,
    size: Number(size),
  }));
}
