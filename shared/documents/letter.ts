import type { Align, Sheet } from './sheet.ts';
import { fitted } from './table.ts';
import { COLORS, LEFT, pitch, RIGHT, TYPE } from './style.ts';
import type { TextStyle } from './style.ts';

/** What the first page of a business letter shows above its text. */
export interface LetterHead {
  /** Name of the sender, set as its word mark where there is no logo. */
  sender: string;
  logo?: Uint8Array | undefined;
  /** Sender in one line, small above the address, as it shows in the window. */
  senderLine: string;
  /** Name and address, one line each. */
  recipient: readonly string[];
  /** Reference data beside the address; empty values are left out. */
  info: readonly { label: string; value: string | undefined; strong?: boolean }[];
  title: string;
}

// DIN 5008 form B: the address field begins 45 mm from the top and 20 mm from the left, 85 mm × 45 mm.
// Its upper 17.7 mm are the return line, the lower 27.3 mm the address, here from its first to its last baseline.
const ADDRESS = { first: 67.3, last: 89.5, width: 80 };
const SENDER_LINE = 60.2;
const LOGO = { x: LEFT, y: 13, width: 90, height: 22 };
const INFO = { left: 118, valueLeft: 150, top: 50 };
const TITLE = 104;
const FOLDS = [105, 210];
const PUNCH = 148.5;
const SHRINK_LIMIT = 0.8;

/**
 * Draws the head of the first page.
 * @returns where the text begins, in millimetres
 */
export function drawLetterHead(sheet: Sheet, head: LetterHead): number {
  const { sender, senderLine, logo } = head;
  if (logo) sheet.figure(sender, LOGO, () => sheet.jpeg(logo, LOGO.x, LOGO.y, LOGO.width, LOGO.height));
  else sheet.tag('P', () => drawWordMark(sheet, sender));
  sheet.tag('P', () => drawInOneLine(sheet, senderLine, LEFT, SENDER_LINE, ADDRESS.width, TYPE.sender));
  sheet.rule(LEFT, SENDER_LINE + 1.1, LEFT + ADDRESS.width, SENDER_LINE + 1.1, COLORS.faint);
  drawAddress(sheet, head.recipient);
  const infoEnd = drawInfo(sheet, head.info);
  for (const y of FOLDS) sheet.rule(4, y, 8, y, COLORS.faint);
  sheet.rule(4, PUNCH, 10, PUNCH, COLORS.faint);
  const title = Math.max(TITLE, infoEnd + 10);
  const lines = sheet.wrap(head.title, RIGHT - LEFT, TYPE.title);
  sheet.tag('H1', () =>
    lines.forEach((line, index) => sheet.text(line, LEFT, title + index * pitch(TYPE.title.size), TYPE.title)),
  );
  return title + (lines.length - 1) * pitch(TYPE.title.size) + 4;
}

function drawWordMark(sheet: Sheet, name: string): void {
  sheet.fill(LEFT, 17, 9, 1.2, COLORS.accent);
  drawInOneLine(sheet, name, LEFT, 25.5, RIGHT - LEFT, TYPE.issuer);
}

function drawAddress(sheet: Sheet, recipient: readonly string[]): void {
  const lines = recipient.flatMap((line) => sheet.wrap(line, ADDRESS.width, TYPE.address));
  const step = Math.min(pitch(TYPE.address.size), (ADDRESS.last - ADDRESS.first) / Math.max(1, lines.length - 1));
  const style: TextStyle = { ...TYPE.address, size: Math.min(TYPE.address.size, step / pitch(1)) };
  sheet.tag('P', () => lines.forEach((line, index) => sheet.text(line, LEFT, ADDRESS.first + index * step, style)));
}

function drawInfo(sheet: Sheet, info: LetterHead['info']): number {
  let y = INFO.top + 3;
  for (const { label, value, strong } of info) {
    if (!value) continue;
    const style = strong ? TYPE.strong : TYPE.body;
    sheet.tag('P', () => {
      sheet.text(label, INFO.left, y, TYPE.label);
      for (const line of value.split('\n').flatMap((part) => setInfo(sheet, part, style))) {
        sheet.text(line.text, INFO.valueLeft, y, line.style);
        y += pitch(style.size);
      }
    });
    y += 0.7;
  }
  return y;
}

// A parcel number set a little smaller is read more surely than one broken in two.
function setInfo(sheet: Sheet, text: string, style: TextStyle): { text: string; style: TextStyle }[] {
  const width = RIGHT - INFO.valueLeft;
  const smaller = fitted(sheet, text, width, style);
  if (smaller.size >= style.size * SHRINK_LIMIT) return [{ text, style: smaller }];
  return sheet.wrap(text, width, style).map((line) => ({ text: line, style }));
}

const FOOT = { bottom: 287, columnGap: 3, pitch: 3.05 };

/** The foot of every page, set once so that its height is known before the text. */
export interface Foot {
  /** Text must end here. */
  top: number;
  draw(page: number): void;
}

/**
 * Sets the legal details of the sender in columns.
 * @param columns    `width` is the share of the text area; the very first line, the name, is set strong
 * @param pageLabel  "Seite 1 von 2"; drawn above the columns on the right
 */
export function footOf(
  sheet: Sheet,
  columns: readonly { width: number; lines: readonly string[] }[],
  pageLabel: (page: number) => string,
): Foot {
  const shares = columns.reduce((sum, column) => sum + column.width, 0);
  const perShare = (RIGHT - LEFT - FOOT.columnGap * (columns.length - 1)) / shares;
  let left = LEFT;
  const set = columns.flatMap((column, columnIndex) => {
    const lines = column.lines.flatMap((line, index) => {
      const style = columnIndex + index === 0 ? TYPE.footerStrong : TYPE.footer;
      return sheet.wrap(line, column.width * perShare, style).map((text) => ({ text, style }));
    });
    const placed = lines.map((line, row) => ({ ...line, x: left, row }));
    left += column.width * perShare + FOOT.columnGap;
    return placed;
  });
  const first = FOOT.bottom - FOOT.pitch * Math.max(0, ...set.map(({ row }) => row));
  const rule = first - 4.2;
  return {
    top: rule - 8,
    draw: (page) => {
      sheet.artifact(() => sheet.text(pageLabel(page), RIGHT, rule - 2, TYPE.footer, 'right'));
      sheet.rule(LEFT, rule, RIGHT, rule, COLORS.faint, 0.2);
      const details = () => {
        for (const { text, x, row, style } of set) sheet.text(text, x, first + row * FOOT.pitch, style);
      };
      // the law wants them in the document, so they are said once
      if (page === 1) sheet.tag('P', details);
      else sheet.artifact(details);
    },
  };
}

/** Top of the text on following pages, below their head line. */
export const NEXT_PAGE_TOP = 30;

/** The head line of following pages: which document this is, when the sheets get mixed. */
export function drawNextPageHead(sheet: Sheet, left: string, right: string): void {
  const half = (RIGHT - LEFT) / 2 - 3;
  sheet.artifact(() => {
    sheet.fill(LEFT, 15.2, 5, 0.8, COLORS.accent);
    drawInOneLine(sheet, left, LEFT, 21, half, TYPE.strong);
    drawInOneLine(sheet, right, RIGHT, 21, half, TYPE.label, 'right');
    sheet.rule(LEFT, 24, RIGHT, 24, COLORS.faint, 0.2);
  });
}

/** Draws a long name smaller, a very long one cut: in full it stands in the address and in the foot. */
export function drawInOneLine(
  sheet: Sheet,
  text: string,
  x: number,
  baseline: number,
  width: number,
  style: TextStyle,
  align: Align = 'left',
): void {
  const smaller = fitted(sheet, text, width, style);
  if (smaller.size >= style.size * SHRINK_LIMIT) return sheet.text(text, x, baseline, smaller, align);
  const least = { ...style, size: style.size * SHRINK_LIMIT };
  const [start = ''] = sheet.wrap(text, width - sheet.width('…', least), least);
  sheet.text(`${start}…`, x, baseline, least, align);
}
