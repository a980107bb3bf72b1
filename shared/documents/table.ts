import type { Block } from './flow.ts';
import type { Align, Sheet } from './sheet.ts';
import type { Part } from './structure.ts';
import { ascent, COLORS, LEFT, pitch, RIGHT, TYPE } from './style.ts';
import type { TextStyle } from './style.ts';

/** A column between `left` and `right`, in millimetres. */
export interface Column {
  title: string;
  left: number;
  right: number;
  align: 'left' | 'right';
}

/** Texts of a cell, one below the other; each is wrapped to the column. */
export type Cell = readonly { text: string; style: TextStyle }[];

const PAD = 1.25;
const BASELINE = 0.75;

/**
 * Columns from widths in millimetres, filling the text area.
 * @param specs  one column has width `rest` and takes what the others leave; `gutter` lies right of each column
 */
export function columns(
  specs: readonly { title: string; width: number | 'rest'; align?: 'left' | 'right' }[],
  gutter = 3,
): Column[] {
  const fixed = specs.reduce((sum, spec) => sum + (spec.width === 'rest' ? 0 : spec.width), 0);
  const rest = RIGHT - LEFT - fixed - gutter * (specs.length - 1);
  let left = LEFT;
  return specs.map(({ title, width, align = 'left' }) => {
    const right = left + (width === 'rest' ? rest : width);
    const column = { title, left, right, align };
    left = right + gutter;
    return column;
  });
}

/** Its rows are drawn one by one; in the structure of the document they stand in this. */
export const tablePart = (): Part => ({ role: 'Table' });

/** The head of a table: column titles over a rule. */
export function headBlock(sheet: Sheet, table: readonly Column[], part: Part = tablePart()): Block {
  const height = pitch(TYPE.columnHead.size) + 2.2;
  const title = (column: Column, top: number) => {
    const x = column.align === 'right' ? column.right : column.left;
    sheet.text(column.title, x, top + ascent(TYPE.columnHead.size), TYPE.columnHead, column.align);
  };
  return {
    height,
    keepWithNext: true,
    draw: (top) => {
      inRow(sheet, part, () => {
        for (const column of table) sheet.tag('TH', () => title(column, top), { scope: 'Column' });
      });
      sheet.rule(LEFT, top + height - 0.9, RIGHT, top + height - 0.9, COLORS.accent, 0.35);
    },
  };
}

/** Draws a row of a table; its cells are the elements opened meanwhile. */
export const inRow = (sheet: Sheet, part: Part, draw: () => void): void =>
  sheet.within(part, () => sheet.tag('TR', draw));

/** A block as it is drawn again on the next page: seen, but not said twice. */
export const repeated = (sheet: Sheet, block: Block): Block => ({
  ...block,
  draw: (top) => sheet.artifact(() => block.draw(top)),
});

export interface RowOptions {
  /** Above and below the texts, in millimetres. */
  pad?: number;
  /** Least height between the pads, in millimetres. */
  height?: number;
  part?: Part;
  /** Without a hairline below: the next row belongs to it. */
  open?: boolean;
}

/** A row of cells with a hairline below. Left-aligned texts wrap, right-aligned ones (figures) shrink to fit. */
export function rowBlock(
  sheet: Sheet,
  table: readonly Column[],
  cells: readonly Cell[],
  { pad = PAD, height: least = 0, part = tablePart(), open = false }: RowOptions = {},
): Block {
  const set = table.map((column, index) => setCell(sheet, column, cells[index] ?? []));
  const height = Math.max(least, ...set.map((lines) => lines.reduce((sum, line) => sum + line.pitch, 0))) + 2 * pad;
  return {
    height,
    draw: (top) => {
      inRow(sheet, part, () =>
        set.forEach((lines, index) => sheet.tag('TD', () => drawLines(sheet, table[index]!, lines, top + pad))),
      );
      if (!open) sheet.rule(LEFT, top + height, RIGHT, top + height, COLORS.faint, 0.12);
    },
  };
}

interface SetLine {
  text: string;
  style: TextStyle;
  pitch: number;
}

function setCell(sheet: Sheet, column: Column, cell: Cell): SetLine[] {
  const width = column.right - column.left;
  return cell.flatMap(({ text, style }) =>
    column.align === 'right'
      ? [{ text, style: fitted(sheet, text, width, style), pitch: pitch(style.size) }]
      : sheet.wrap(text, width, style).map((line) => ({ text: line, style, pitch: pitch(style.size) })),
  );
}

function drawLines(sheet: Sheet, column: Column, lines: readonly SetLine[], top: number): void {
  const align: Align = column.align;
  let y = top;
  for (const line of lines) {
    // all first lines of a row share the baseline of body text, also where a figure was shrunk
    sheet.text(line.text, align === 'right' ? column.right : column.left, y + line.pitch * BASELINE, line.style, align);
    y += line.pitch;
  }
}

/** The style, made smaller until the text fits in one line. For figures, which may be neither cut nor wrapped. */
export function fitted(sheet: Sheet, text: string, width: number, style: TextStyle): TextStyle {
  const natural = sheet.width(text, style);
  return natural <= width ? style : { ...style, size: (style.size * width) / natural };
}
