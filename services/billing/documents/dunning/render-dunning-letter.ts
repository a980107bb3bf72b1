import { flow, gap, type Block } from '../../../../shared/documents/flow.ts';
import { date } from '../../../../shared/documents/formats.ts';
import { drawLetterHead, drawNextPageHead, NEXT_PAGE_TOP } from '../../../../shared/documents/letter.ts';
import { textBlock } from '../../../../shared/documents/paragraph.ts';
import { openSheet, type Sheet } from '../../../../shared/documents/sheet.ts';
import { TYPE } from '../../../../shared/documents/style.ts';
import type { Transfer } from '../giro-code.ts';
import { houseFoot } from '../house-foot.ts';
import { paymentReference } from '../invoice-payable.ts';
import { transferBox } from '../payment-box.ts';
import { airiest, type Spacing } from '../spacing.ts';
import type { DunningLetterModel } from './dunning-letter-model.ts';
import { invoiceBlocks } from './dunning-letter-table.ts';
import { DUNNING_LETTER_TEXTS, type DunningLetterTexts } from './dunning-letter-texts.ts';
import { sumsBlock } from './dunning-letter-sums.ts';

/** What a letter is drawn of. */
export interface LetterTask {
  /** Parsed by `dunningLetterModel`, so that its figures add up. */
  model: DunningLetterModel;
  /** JPEG; the one that the model names. */
  logo?: Uint8Array | undefined;
}

/**
 * Draws a dunning letter as tagged PDF/A-3a on A4 (DIN 5008 form B). Pure: the same task gives the same bytes.
 * @throws AppError `DOCUMENT_GLYPH_MISSING` (422) when a text has a character the font lacks
 */
export async function renderDunningLetter({ model, logo }: LetterTask): Promise<Buffer> {
  const { seller, buyer, language, issueDate } = model;
  const texts = DUNNING_LETTER_TEXTS[language];
  const title = `${texts.title(model.level)} ${model.number}`;
  const sheet = openSheet({ title, author: seller.name, language, createdOn: issueDate, tagged: true });
  const foot = houseFoot(sheet, seller, language);
  const top = drawHead(sheet, model, texts, title, logo);
  const frame = { top, nextTop: NEXT_PAGE_TOP, bottom: foot.top };
  flow(airiest(bodyOf(sheet, model, texts), frame), {
    ...frame,
    openPage: () => {
      sheet.addPage();
      return NEXT_PAGE_TOP;
    },
  });
  sheet.onEveryPage((page, count) => {
    foot.draw(page, count);
    if (page > 1)
      drawNextPageHead(sheet, title, `${date(issueDate, language)} · ${buyer.merchantNumber} · ${buyer.name}`);
  });
  return sheet.finish();
}

function drawHead(
  sheet: Sheet,
  model: DunningLetterModel,
  { labels }: DunningLetterTexts,
  title: string,
  logo: Uint8Array | undefined,
): number {
  const { seller, buyer, language } = model;
  return drawLetterHead(sheet, {
    sender: seller.name,
    logo,
    senderLine: [seller.name, ...seller.addressLines].join(' · '),
    recipient: [buyer.name, ...buyer.addressLines],
    title,
    info: [
      { label: labels.number, value: model.number, strong: true },
      { label: labels.issueDate, value: date(model.issueDate, language) },
      { label: labels.merchantNumber, value: buyer.merchantNumber },
      { label: labels.payBy, value: date(model.payBy, language), strong: true },
    ],
  });
}

/** Breaks between sums and payment where it must: either page is worth its sheet then. */
function bodyOf(sheet: Sheet, model: DunningLetterModel, texts: DunningLetterTexts): (spacing: Spacing) => Block[] {
  const { language, level, payBy: due, seller } = model;
  const opening = [
    textBlock(sheet, texts.greeting, TYPE.body, 2.5),
    textBlock(sheet, texts.intro(level), TYPE.body, 3),
  ];
  const sums = sumsBlock(sheet, model, texts);
  const closing = together([
    transferBox(sheet, transferOf(model), { due, language }),
    gap(5),
    textBlock(sheet, texts.closing(level), TYPE.body, 3),
    textBlock(sheet, texts.regards, TYPE.body, 0.5),
    textBlock(sheet, seller.name, TYPE.body, 0),
  ]);
  return ({ rowPad, beforeTotals, beforePayment }) => [
    ...opening,
    ...invoiceBlocks(sheet, model, texts, rowPad),
    ...together([gap(beforeTotals), sums]),
    gap(beforePayment),
    ...closing,
  ];
}

/** Blocks that stand on one page. */
const together = (blocks: readonly Block[]): Block[] =>
  blocks.map((block, index) => ({ ...block, keepWithNext: index < blocks.length - 1 }));

/** All of the letter at once; whoever pays one invoice only names that one, as it asked for. */
const transferOf = ({ totalMinor, currency, seller, buyer, invoices, number }: DunningLetterModel): Transfer => ({
  amountMinor: totalMinor,
  currency,
  payee: seller.name,
  bank: seller.bank,
  reference: paymentReference({ number: invoices.length === 1 ? invoices[0]!.number : number, buyer }),
});
