import { withoutMissingGlyphs } from '../../../shared/documents/drawable.ts';
import { flow, gap } from '../../../shared/documents/flow.ts';
import { face } from '../../../shared/documents/fonts.ts';
import { drawInOneLine, drawNextPageHead, NEXT_PAGE_TOP } from '../../../shared/documents/letter.ts';
import { openSheet } from '../../../shared/documents/sheet.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { COLORS, LEFT, pitch, RIGHT, TYPE } from '../../../shared/documents/style.ts';
import { drawCode128, drawQrCode } from './barcodes.ts';
import { itemBlocks, labelBlock, reasonsBlock } from './return-slip-blocks.ts';
import type { ReturnSlip } from './return-slip-model.ts';
import { RETURN_SLIP_TEXTS, type ReturnSlipTexts } from './return-slip-texts.ts';

const BOTTOM = 284;
const QR = 27;
const BARS = { width: 78, height: 13, module: 0.33 };

/**
 * Draws the sheet a consumer puts into the parcel, on A4: codes of the return, what comes back and why, and a field
 * for the label of the carrier that is an address where there is none. Pure: the same slip gives the same bytes.
 * Characters the font lacks are shown as `□`.
 */
export async function renderReturnSlip(given: ReturnSlip): Promise<Buffer> {
  const slip = printable(given);
  const texts = RETURN_SLIP_TEXTS[slip.language];
  const title = `${texts.title} ${slip.code}`;
  const sheet = openSheet({ title, author: slip.shop, language: slip.language, createdOn: slip.printedOn });
  const blocks = [
    ...itemBlocks(sheet, slip, texts),
    gap(3),
    ...reasonsBlock(sheet, slip, texts),
    gap(5),
    labelBlock(sheet, slip, texts),
  ];
  flow(blocks, {
    top: drawHead(sheet, slip, texts),
    bottom: BOTTOM,
    openPage: () => {
      sheet.addPage();
      return NEXT_PAGE_TOP;
    },
  });
  sheet.onEveryPage((page, pages) => {
    if (page > 1) drawNextPageHead(sheet, title, slip.shop);
    if (pages > 1) sheet.text(texts.page(page, pages), RIGHT, 291, TYPE.footer, 'right');
  });
  return sheet.finish();
}

/** Names come from shops: a symbol the font lacks must not keep a consumer from sending goods back. */
function printable(slip: ReturnSlip): ReturnSlip {
  const free = (text: string) => withoutMissingGlyphs(text, face('regular'));
  return {
    ...slip,
    shop: free(slip.shop),
    orderNumber: slip.orderNumber === null ? null : free(slip.orderNumber),
    addressLines: slip.addressLines.map(free),
    reasons: slip.reasons.map(free),
    items: slip.items.map((item) => ({
      ...item,
      articleCode: free(item.articleCode),
      articleName: free(item.articleName),
      reason: item.reason === null ? null : free(item.reason),
    })),
  };
}

/** @returns where the items begin */
function drawHead(sheet: Sheet, slip: ReturnSlip, texts: ReturnSlipTexts): number {
  const width = RIGHT - QR - 6 - LEFT;
  sheet.fill(LEFT, 17, 9, 1.2, COLORS.accent);
  sheet.text(texts.title, LEFT, 26, { ...TYPE.title, size: 22 });
  drawInOneLine(sheet, texts.boughtFrom(slip.shop), LEFT, 33, width, TYPE.heading);
  drawQrCode(sheet, slip.code, RIGHT - QR, 16, QR);
  drawCode128(sheet, slip.code, { x: LEFT - 3, y: 37.5, ...BARS }, BARS.module);
  sheet.text(slip.code, LEFT - 3 + BARS.width / 2, 55, { ...TYPE.strong, size: 11 }, 'center');
  const facts = [
    [texts.returnNumber, slip.returnNumber],
    ...(slip.orderNumber === null ? [] : [[texts.orderNumber, slip.orderNumber]]),
  ] as [string, string][];
  facts.forEach(([label, value], index) => {
    const y = 49 + index * 6;
    sheet.text(label, LEFT + BARS.width + 4, y, TYPE.label);
    drawInOneLine(sheet, value, LEFT + BARS.width + 30, y, RIGHT - LEFT - BARS.width - 30, TYPE.strong);
  });
  return drawSteps(sheet, texts, 64);
}

function drawSteps(sheet: Sheet, texts: ReturnSlipTexts, top: number): number {
  let y = top;
  texts.steps.forEach((step, index) => {
    sheet.text(`${index + 1}`, LEFT, y, { ...TYPE.heading, size: 11 });
    const lines = sheet.wrap(step, RIGHT - LEFT - 8, TYPE.body);
    lines.forEach((line, row) => sheet.text(line, LEFT + 8, y + row * pitch(TYPE.body.size), TYPE.body));
    y += lines.length * pitch(TYPE.body.size) + 1.2;
  });
  return y + 1;
}
