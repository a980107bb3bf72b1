import { withoutMissingGlyphs } from '../../../shared/documents/drawable.ts';
import type { Block } from '../../../shared/documents/flow.ts';
import { gap } from '../../../shared/documents/flow.ts';
import { face } from '../../../shared/documents/fonts.ts';
import { decimal } from '../../../shared/documents/formats.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { ascent, COLORS, LEFT, RIGHT, TYPE } from '../../../shared/documents/style.ts';
import { columns, headBlock, rowBlock } from '../../../shared/documents/table.ts';
import type { Cell, Column } from '../../../shared/documents/table.ts';
import type { PackedPiece, PackingList } from './packing-list-model.ts';
import type { PackingListTexts } from './packing-list-texts.ts';

/** Large enough to recognise the damage without the screen. */
const PHOTO = 22;
const PHOTO_INSET = 1.6;
/** The merchant ticks off what arrived. */
const TICK = 4.2;
const GRADES = ['A', 'B', 'C', 'D'] as const;

/** The pieces as a table with their total; the last piece stays with it. */
export function pieceBlocks(sheet: Sheet, list: PackingList, texts: PackingListTexts): Block[] {
  const withPhotos = list.pieces.some((piece) => piece.photo);
  const table = pieceColumns(texts, withPhotos);
  const head = headBlock(sheet, table);
  const rows = list.pieces.map((piece, index) => {
    const cells = pieceCells(list, piece, index, texts);
    if (!withPhotos) cells.splice(1, 1);
    const row = rowBlock(sheet, table, cells, withPhotos ? { height: PHOTO + 2 * (PHOTO_INSET - 1.25) } : {});
    return {
      ...row,
      repeat: [head],
      keepWithNext: index === list.pieces.length - 1,
      draw: (top: number) => {
        row.draw(top);
        if (withPhotos) drawPhoto(sheet, piece, table[1]!.left, top + PHOTO_INSET, texts);
        drawTick(sheet, table.at(-1)!.left, top + 1);
      },
    };
  });
  // the signatures never stand on a page without anything that was signed for
  return [
    head,
    ...rows,
    ...[totalBlock(sheet, list, texts), gap(8)].map((block) => ({ ...block, keepWithNext: true })),
  ];
}

function drawPhoto(sheet: Sheet, { photo }: PackedPiece, left: number, top: number, texts: PackingListTexts): void {
  if (photo) return sheet.jpeg(photo, left, top, PHOTO, PHOTO);
  sheet.fill(left, top, PHOTO, PHOTO, COLORS.tint);
  sheet.text(texts.noPhoto, left + PHOTO / 2, top + PHOTO / 2 + 1, TYPE.detail, 'center');
}

function drawTick(sheet: Sheet, left: number, top: number): void {
  const [right, bottom] = [left + TICK, top + TICK];
  const edges = [
    [left, top, right, top],
    [right, top, right, bottom],
    [right, bottom, left, bottom],
    [left, bottom, left, top],
  ] as const;
  for (const edge of edges) sheet.rule(...edge, COLORS.grey, 0.2);
}

function pieceColumns(texts: PackingListTexts, withPhotos: boolean): Column[] {
  return columns([
    { title: texts.columns.position, width: 7 },
    ...(withPhotos ? [{ title: texts.columns.photo, width: PHOTO }] : []),
    { title: texts.columns.article, width: 'rest' as const },
    { title: texts.columns.finding, width: withPhotos ? 54 : 62 },
    { title: texts.columns.quantity, width: 12, align: 'right' as const },
    { title: '', width: TICK },
  ]);
}

function pieceCells(list: PackingList, piece: PackedPiece, index: number, texts: PackingListTexts): Cell[] {
  // names and remarks come from shops and phones: a symbol the font lacks must not keep goods from leaving
  const free = (text: string) => withoutMissingGlyphs(text, face('regular'));
  const detail = (text: string) => ({ text: free(text), style: TYPE.detail });
  const { serialNumbers = [], batchNumber, photos = 0 } = piece;
  const finding = piece.foreign
    ? ''
    : [texts.grades[piece.grade], free(piece.reason)].filter((part) => part !== '').join(' · ');
  return [
    [{ text: String(index + 1), style: { ...TYPE.body, color: COLORS.grey } }],
    [],
    [
      { text: piece.foreign ? texts.foreign : free(piece.articleName || piece.articleCode), style: TYPE.strong },
      ...(piece.articleName && piece.articleCode ? [{ text: piece.articleCode, style: TYPE.body }] : []),
      ...(serialNumbers.length ? [detail(`${texts.serials} ${serialNumbers.join(', ')}`)] : []),
      ...(batchNumber ? [detail(`${texts.lot} ${batchNumber}`)] : []),
      detail([piece.returnNumber, ...(piece.orderNumber ? [texts.order(piece.orderNumber)] : [])].join(' · ')),
    ],
    [
      ...(finding ? [{ text: finding, style: TYPE.strong }] : []),
      ...(piece.note ? [{ text: free(piece.note), style: TYPE.body }] : []),
      ...(photos > 1 ? [detail(texts.photos(photos))] : []),
    ],
    [{ text: decimal(String(piece.quantity), list.language), style: TYPE.strong }],
    [],
  ];
}

function totalBlock(sheet: Sheet, list: PackingList, texts: PackingListTexts): Block {
  const count = (pieces: readonly PackedPiece[]) =>
    decimal(String(pieces.reduce((sum, piece) => sum + piece.quantity, 0)), list.language);
  const perGrade = GRADES.flatMap((grade) => {
    const pieces = list.pieces.filter((piece) => piece.grade === grade && !piece.foreign);
    return pieces.length ? [`${texts.grades[grade]} ${count(pieces)}`] : [];
  });
  const details = [texts.entries(list.pieces.length), ...perGrade].join('  ·  ');
  return {
    height: 11,
    draw: (top) => {
      const baseline = top + 3 + ascent(TYPE.heading.size);
      sheet.text(texts.total, LEFT, baseline, TYPE.heading);
      sheet.text(details, LEFT + 18, baseline, TYPE.label);
      sheet.text(texts.pieces(count(list.pieces)), RIGHT, baseline, { ...TYPE.heading, color: COLORS.ink }, 'right');
    },
  };
}

/** Where warehouse and merchant sign, and deviations are noted. */
export function confirmationBlock(sheet: Sheet, texts: PackingListTexts): Block {
  const width = 78;
  const height = 52;
  const field = (label: string, x: number, y: number, fieldWidth: number) => {
    sheet.rule(x, y, x + fieldWidth, y, COLORS.grey, 0.15);
    sheet.text(label, x, y + 3.4, TYPE.detail);
  };
  return {
    height,
    draw: (top) => {
      for (const [title, x] of [
        [texts.packed, LEFT],
        [texts.received, RIGHT - width],
      ] as const) {
        sheet.text(title, x, top + 3, TYPE.strong);
        field(texts.dateAndName, x, top + 15, width / 2 - 2);
        field(texts.signature, x + width / 2 + 2, top + 15, width / 2 - 2);
      }
      sheet.text(texts.deviations, LEFT, top + 27, TYPE.strong);
      for (const y of [36, 44, 52]) sheet.rule(LEFT, top + y, RIGHT, top + y, COLORS.faint, 0.15);
    },
  };
}
