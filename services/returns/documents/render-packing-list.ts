import { flow } from '../../../shared/documents/flow.ts';
import { date, decimal } from '../../../shared/documents/formats.ts';
import { drawLetterHead, drawNextPageHead, footOf, NEXT_PAGE_TOP } from '../../../shared/documents/letter.ts';
import { textBlock } from '../../../shared/documents/paragraph.ts';
import { openSheet } from '../../../shared/documents/sheet.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { RIGHT, TYPE } from '../../../shared/documents/style.ts';
import { drawQrCode } from './barcodes.ts';
import { confirmationBlock, pieceBlocks } from './packing-list-blocks.ts';
import type { PackingList } from './packing-list-model.ts';
import { PACKING_LIST_TEXTS } from './packing-list-texts.ts';
import type { PackingListTexts } from './packing-list-texts.ts';

/** Millimetres. */
const QR = 20;

/**
 * Draws the list that travels with a batch back to its merchant, as PDF/A-3b on A4. Pure: the same list gives the same
 * bytes. Characters the font lacks are shown as `□` in names, reasons and notes.
 * @throws AppError `DOCUMENT_GLYPH_MISSING` (422) when a number, code or address has such a character
 * @throws RangeError when a photo is not a JPEG
 */
export async function renderPackingList(list: PackingList): Promise<Buffer> {
  const texts = PACKING_LIST_TEXTS[list.language];
  const title = `${texts.title} ${list.batchNumber}`;
  const { fulfiller, merchant } = list;
  const sheet = openSheet({ title, author: fulfiller.name, language: list.language, createdOn: list.closedOn });
  let pages = 1;
  const foot = footOf(sheet, footColumns(list, texts), (page) => texts.page(page, pages));
  const blocks = [
    textBlock(sheet, texts.intro, TYPE.body, 3),
    ...pieceBlocks(sheet, list, texts),
    confirmationBlock(sheet, texts),
  ];
  flow(blocks, {
    top: drawHead(sheet, list, texts, title),
    bottom: foot.top,
    openPage: () => {
      sheet.addPage();
      return NEXT_PAGE_TOP;
    },
  });
  sheet.onEveryPage((page, count) => {
    pages = count;
    foot.draw(page);
    if (page > 1) drawNextPageHead(sheet, title, `${merchant.merchantNumber} · ${merchant.name}`);
  });
  return sheet.finish();
}

function drawHead(sheet: Sheet, list: PackingList, texts: PackingListTexts, title: string): number {
  const { fulfiller, merchant, dispatch = {}, language } = list;
  if (list.code) drawQrCode(sheet, list.code, RIGHT - QR, 16, QR);
  return drawLetterHead(sheet, {
    sender: fulfiller.name,
    senderLine: [fulfiller.name, ...fulfiller.addressLines].join(' · '),
    recipient: [merchant.name, ...merchant.addressLines],
    title,
    info: [
      { label: texts.batchNumber, value: list.batchNumber, strong: true },
      { label: texts.closedOn, value: date(list.closedOn, language) },
      { label: texts.merchantNumber, value: merchant.merchantNumber },
      { label: texts.dispatchedOn, value: dispatch.dispatchedOn && date(dispatch.dispatchedOn, language) },
      { label: texts.carrier, value: dispatch.carrier },
      { label: texts.tracking, value: dispatch.trackingNumbers?.join('\n') },
      { label: texts.parcels, value: dispatch.parcels?.toString() },
      { label: texts.weight, value: weight(list) },
    ],
  });
}

const weight = ({ dispatch, language }: PackingList): string | undefined =>
  dispatch?.weightGrams === undefined
    ? undefined
    : `${decimal((dispatch.weightGrams / 1000).toFixed(3), language)}\u00A0kg`;

function footColumns({ fulfiller }: PackingList, texts: PackingListTexts): { width: number; lines: string[] }[] {
  const contact = [
    ...(fulfiller.phone ? [`${texts.phone} ${fulfiller.phone}`] : []),
    ...(fulfiller.email ? [fulfiller.email] : []),
  ];
  return [
    { width: 1, lines: [[fulfiller.name, ...fulfiller.addressLines].join(' · ')] },
    ...(contact.length ? [{ width: 1, lines: [contact.join(' · ')] }] : []),
  ];
}
