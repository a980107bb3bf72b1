import type { Block } from '../../../shared/documents/flow.ts';
import { decimal } from '../../../shared/documents/formats.ts';
import { drawInOneLine } from '../../../shared/documents/letter.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { ascent, COLORS, LEFT, pitch, RIGHT, TYPE } from '../../../shared/documents/style.ts';
import type { TextStyle } from '../../../shared/documents/style.ts';
import { columns, headBlock, rowBlock } from '../../../shared/documents/table.ts';
import { drawCode128 } from './barcodes.ts';
import type { ReturnSlip } from './return-slip-model.ts';
import type { ReturnSlipTexts } from './return-slip-texts.ts';

const TICK = 4.6;
const REASON_FIELD = 18;
const BLANK_ROWS = 4;
const ROW = 8;

/** What comes back: ticked and given a reason by the consumer; blank rows where nothing was announced. */
export function itemBlocks(sheet: Sheet, slip: ReturnSlip, texts: ReturnSlipTexts): Block[] {
  const table = columns([
    { title: texts.comesBack, width: 12 },
    { title: texts.article, width: 'rest' },
    { title: texts.quantity, width: 16, align: 'right' },
    { title: texts.reason, width: REASON_FIELD },
  ]);
  const head = headBlock(sheet, table);
  const blank = { articleCode: '', articleName: '', quantity: 0, reason: null };
  const items = slip.items.length ? slip.items : Array.from({ length: BLANK_ROWS }, () => blank);
  const rows = items.map(({ articleCode, articleName, quantity, reason }) => {
    const cells = [
      [],
      [
        { text: articleName || articleCode, style: TYPE.strong },
        ...[articleName && articleCode, reason].flatMap((text) => (text ? [{ text, style: TYPE.detail }] : [])),
      ],
      [{ text: quantity ? decimal(String(quantity), slip.language) : '', style: TYPE.strong }],
      [],
    ];
    const row = rowBlock(sheet, table, cells, { height: ROW });
    return {
      ...row,
      repeat: [head],
      draw: (top: number) => {
        row.draw(top);
        box(sheet, table[0]!.left, top + 1.6, TICK, TICK);
        if (!quantity)
          sheet.rule(table[1]!.left, top + row.height - 2.4, table[2]!.right, top + row.height - 2.4, COLORS.grey, 0.2);
        sheet.rule(table[3]!.left, top + row.height - 2.4, RIGHT, top + row.height - 2.4, COLORS.grey, 0.2);
      },
    };
  });
  return [head, ...rows];
}

/** The reasons with their numbers, in three columns. */
export function reasonsBlock(sheet: Sheet, { reasons }: ReturnSlip, texts: ReturnSlipTexts): Block[] {
  if (!reasons.length) return [];
  const perColumn = Math.ceil(reasons.length / 3);
  const width = (RIGHT - LEFT) / 3;
  const step = pitch(TYPE.body.size) + 0.3;
  return [
    {
      height: 5 + perColumn * step,
      draw: (top) => {
        sheet.text(texts.reasons, LEFT, top + ascent(TYPE.strong.size), TYPE.strong);
        reasons.forEach((reason, index) => {
          const x = LEFT + Math.floor(index / perColumn) * width;
          const y = top + 5 + (index % perColumn) * step + ascent(TYPE.body.size);
          sheet.text(String(index + 1), x + 4.5, y, TYPE.strong, 'right');
          drawInOneLine(sheet, reason, x + 6.5, y, width - 9, TYPE.body);
        });
      },
    },
  ];
}

const FIELD = { width: 148, height: 92 };
/** Largest first; an address is wrapped and made smaller, but never cut off. */
const ADDRESS_SIZES = [15, 13, 11, 9];
const ADDRESS_HEIGHT = 46;

/** As large as the label of a carrier (A6 on its side); what is printed in it serves where there is none. */
export function labelBlock(sheet: Sheet, slip: ReturnSlip, texts: ReturnSlipTexts): Block {
  const left = LEFT + (RIGHT - LEFT - FIELD.width) / 2;
  return {
    height: FIELD.height + 5,
    draw: (top) => {
      sheet.text(texts.label, left, top + 2.6, TYPE.detail);
      dashedBox(sheet, left, top + 4.4, FIELD.width, FIELD.height);
      sheet.text(texts.to, left + 12, top + 20, TYPE.label);
      drawAddress(sheet, slip.addressLines, left + 12, top + 28, FIELD.width - 24);
      drawCode128(sheet, slip.code, { x: left + 8, y: top + 74, width: FIELD.width - 16, height: 14 }, 0.4);
      sheet.text(slip.code, left + FIELD.width / 2, top + 93, TYPE.strong, 'center');
    },
  };
}

function drawAddress(sheet: Sheet, lines: readonly string[], x: number, top: number, width: number): void {
  for (const size of ADDRESS_SIZES) {
    const set = lines.flatMap((line, index) => {
      const style: TextStyle = { ...TYPE.address, size, ...(index === 0 ? { face: 'bold' } : {}) };
      return sheet.wrap(line, width, style).map((text) => ({ text, style }));
    });
    const step = pitch(size) * 1.1;
    if (set.length * step > ADDRESS_HEIGHT && size !== ADDRESS_SIZES.at(-1)) continue;
    return set.forEach(({ text, style }, index) => sheet.text(text, x, top + index * step, style));
  }
}

function box(sheet: Sheet, x: number, y: number, width: number, height: number): void {
  for (const [x1, y1, x2, y2] of edges(x, y, width, height)) sheet.rule(x1, y1, x2, y2, COLORS.grey, 0.25);
}

/** Where to cut. */
function dashedBox(sheet: Sheet, x: number, y: number, width: number, height: number): void {
  const dash = 3;
  for (const [x1, y1, x2, y2] of edges(x, y, width, height)) {
    const length = Math.hypot(x2 - x1, y2 - y1);
    for (let at = 0; at < length; at += 2 * dash) {
      const [from, to] = [at / length, Math.min(at + dash, length) / length];
      sheet.rule(
        x1 + (x2 - x1) * from,
        y1 + (y2 - y1) * from,
        x1 + (x2 - x1) * to,
        y1 + (y2 - y1) * to,
        COLORS.grey,
        0.2,
      );
    }
  }
}

const edges = (x: number, y: number, width: number, height: number): [number, number, number, number][] => [
  [x, y, x + width, y],
  [x + width, y, x + width, y + height],
  [x + width, y + height, x, y + height],
  [x, y + height, x, y],
];
