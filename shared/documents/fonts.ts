import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import type { Font, Glyph, GlyphRun } from 'fontkit';

export type FaceName = 'regular' | 'bold';

/** A typeface ready to be drawn with, shared by all documents of the process. */
export interface Face {
  /** What pdfkit embeds; its `layout` sets words made of figures with equal widths. */
  font: Font;
  /** Whether the character can be drawn; false would print an empty box. */
  covers(codePoint: number): boolean;
}

const FILES: Record<FaceName, string> = {
  regular: '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  bold: '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
};

// Ligatures and contextual forms are off: they map several characters to one glyph, which garbles copied text.
const TEXT = { kern: true, liga: false, clig: false, calt: false, ccmp: false, rlig: false, rclt: false };
const FIGURES = { ...TEXT, tnum: true };

// Equal widths make columns of figures, but tear apart the hyphens of `RE-2026-000412`. A negative figure shows a true
// minus and stays a hyphen to those who copy it: spreadsheets read no other.
const FIGURE = /^-?€?[\d.,]+\s?$/;

/** What stands there means nothing outside the font, and PDF/A-3a wants a meaning for every character. */
const isPrivate = (codePoint: number): boolean => (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000;

const NOTDEF = 0;
const FIRST_PRINTABLE = 0x20;

const faces = new Map<FaceName, Face>();

/** The face of that name. Parsed at its first use and kept: parsing costs more than a page of text. */
export function face(name: FaceName): Face {
  let found = faces.get(name);
  if (!found) {
    found = openFace(FILES[name]);
    faces.set(name, found);
  }
  return found;
}

function openFace(file: string): Face {
  const font = create(readFileSync(createRequire(import.meta.url).resolve(file))) as Font;
  font.layout = rememberingLayout(font.layout.bind(font));
  const covered = new Map<number, boolean>();
  return {
    font,
    covers: (codePoint) => {
      let covers = covered.get(codePoint);
      if (covers === undefined) {
        // the font has blank glyphs for some control characters, and pictures at places that Unicode leaves to each font
        covers =
          codePoint >= FIRST_PRINTABLE && !isPrivate(codePoint) && font.glyphForCodePoint(codePoint).id !== NOTDEF;
        covered.set(codePoint, covers);
      }
      return covers;
    },
  };
}

/** Words that are remembered, of each face; documents of a house share most of theirs. */
const MOST_WORDS = 10_000;

// Setting a word costs more than drawing it, and pdfkit remembers words for one document only.
function rememberingLayout(plainLayout: Font['layout']): Font['layout'] {
  const words = new Map<string, GlyphRun>();
  return (text) => {
    let run = words.get(text);
    if (!run) {
      const isFigure = FIGURE.test(text);
      run = withCodePoints(plainLayout(isFigure ? text.replace('-', '−') : text, isFigure ? FIGURES : TEXT), text);
      if (words.size >= MOST_WORDS) words.clear();
      words.set(text, run);
    }
    return copyOf(run);
  };
}

// pdfkit scales the positions in place
const copyOf = ({ glyphs, positions }: GlyphRun): GlyphRun =>
  ({
    glyphs,
    positions: positions.map((position) => ({ ...position })),
    get advanceWidth() {
      return this.positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
    },
  }) as GlyphRun;

// fontkit loses the character of a substituted glyph, so that figures could not be searched or copied, and gives a
// glyph shared by two characters (Ω the letter, Ω the ohm) the one that first asked for it in the process, so that the
// bytes of a document would depend on the documents before it. Without ligatures glyphs and characters go in step.
function withCodePoints(run: GlyphRun, text: string): GlyphRun {
  const characters = Array.from(text);
  if (characters.length !== run.glyphs.length) throw new Error(`"${text}" was not set character by character`);
  run.glyphs = run.glyphs.map(
    ({ id, advanceWidth }, index) =>
      ({ id, advanceWidth, codePoints: [characters[index]!.codePointAt(0)!] }) as unknown as Glyph,
  );
  return run;
}
