import { describe, expect, test } from '@jest/globals';
import { drawable, withoutMissingGlyphs } from '../../../shared/documents/drawable.ts';
import { face } from '../../../shared/documents/fonts.ts';
import { flow } from '../../../shared/documents/flow.ts';
import type { Block } from '../../../shared/documents/flow.ts';
import { wrapText } from '../../../shared/documents/wrap.ts';

const regular = face('regular');

describe('texts on paper', () => {
  test.each([
    ['Müller', 'Mu\u0308ller', 'Müller'],
    ['a no-break space', '1\u00A0€', '1 €'],
    ['line feeds and tabs', 'a\t\n b', 'a b'],
    ['a direction override', 'fdp\u202Eexe', 'fdpexe'],
    ['Polish, Greek and Cyrillic', 'Łódź Αθήνα Київ', 'Łódź Αθήνα Київ'],
    ['markup', '<b>&amp;"', '<b>&amp;"'],
  ])('%s', (_, text, expected) => expect(drawable(text, regular)).toBe(expected));

  test.each([
    ['Becher 漢', '漢', 'U+6F22'],
    ['Gruß 😀', '😀', 'U+1F600'],
    ['a\u0000b', '\u0000', 'U+0000'],
  ])('%p cannot be printed', (text, character, codePoint) => {
    expect(() => drawable(text, regular)).toThrow(
      expect.objectContaining({ type: 'DOCUMENT_GLYPH_MISSING', data: { text, character, codePoint } }),
    );
    expect(withoutMissingGlyphs(text, regular)).toBe(text.replace(character, '□'));
  });

  test('columns of figures have digits of one width, and a minus', () => {
    const width = (text: string) => regular.font.layout(text).advanceWidth;
    expect(width('111,11')).toBe(width('888,88'));
    expect(width('-1')).toBeGreaterThan(width('1'));
  });

  test('figures can be searched and copied', () => {
    const copied = regular.font.layout('-1.234,56').glyphs.flatMap((glyph) => glyph.codePoints);
    expect(String.fromCodePoint(...copied)).toBe('-1.234,56');
  });
});

describe('wrapping', () => {
  const wrap = (text: string, limit: number) => wrapText(text, limit, (part) => Array.from(part).length);
  test.each<[string, number, string[]]>([
    ['', 5, ['']],
    ['ab cd ef', 5, ['ab cd', 'ef']],
    ['ab   cd', 5, ['ab cd']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['ab abcdefgh', 3, ['ab', 'abc', 'def', 'gh']],
    ['Set-Bildung', 6, ['Set-', 'Bildun', 'g']],
    ['RE-2026-1', 6, ['RE-202', '6-1']],
    ['5\u00A0kg ab', 5, ['5\u00A0kg', 'ab']],
    ['ab\ncd', 9, ['ab', 'cd']],
    ['😀😀😀', 2, ['😀😀', '😀']],
  ])('%p in %i', (text, limit, lines) => expect(wrap(text, limit)).toEqual(lines));
});

describe('flow over pages', () => {
  /** Draws blocks named by letters on pages of the given height; each page is the letters drawn on it. */
  const pagesOf = (blocks: (Partial<Block> & { name: string })[], height: number): string[] => {
    const pages = [''];
    const named = blocks.map(({ name, ...block }) => ({
      height: 10,
      draw: () => void (pages[pages.length - 1] += name),
      ...block,
    }));
    flow(named, { top: 0, bottom: height, openPage: () => pages.push('') * 0 });
    return pages;
  };
  const head: Block = { height: 10, draw: () => {} };

  test('a block that does not fit opens a page', () =>
    expect(pagesOf([{ name: 'a' }, { name: 'b' }, { name: 'c' }], 20)).toEqual(['ab', 'c']));

  test('a heading goes with its first row', () =>
    expect(pagesOf([{ name: 'a' }, { name: 'H', keepWithNext: true }, { name: 'b' }], 20)).toEqual(['a', 'Hb']));

  test('the table head is repeated and takes its room', () => {
    const row = { repeat: [head] };
    expect(pagesOf([{ name: 'a' }, { name: 'b', ...row }, { name: 'c', ...row }, { name: 'd', ...row }], 20)).toEqual([
      'a' + 'b',
      'c',
      'd',
    ]);
  });

  test('a chain or block higher than the page does not run in circles', () => {
    expect(pagesOf([{ name: 'a', keepWithNext: true }, { name: 'b', keepWithNext: true }, { name: 'c' }], 20)).toEqual([
      'ab',
      'c',
    ]);
    expect(pagesOf([{ name: 'a', height: 90 }, { name: 'b' }], 20)).toEqual(['a', 'b']);
  });
});
