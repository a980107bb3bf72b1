import { flow, gap, type Block } from '../../../../shared/documents/flow.ts';
import { amount, date, groupedIban, money } from '../../../../shared/documents/formats.ts';
import { drawLetterHead, drawNextPageHead, footOf, NEXT_PAGE_TOP } from '../../../../shared/documents/letter.ts';
import { textBlock } from '../../../../shared/documents/paragraph.ts';
import { openSheet, type Sheet } from '../../../../shared/documents/sheet.ts';
import { ascent, COLORS, pitch, RIGHT, TYPE, type TextStyle } from '../../../../shared/documents/style.ts';
import { columns, headBlock, rowBlock } from '../../../../shared/documents/table.ts';
import type { DunningLetterModel } from './dunning-letter-model.ts';
import { DUNNING_LETTER_TEXTS, type DunningLetterTexts } from './dunning-letter-texts.ts';

/**
 * Draws a dunning letter as PDF/A-3b on A4 (DIN 5008 form B). Pure: the same model gives the same bytes.
 * @param model  parsed by `dunningLetterModel`, so that its figures add up
 * @throws AppError `DOCUMENT_GLYPH_MISSING` (422) when a text has a character the font lacks
 */
export async function renderDunningLetter(model: DunningLetterModel): Promise<Buffer> {
  const texts = DUNNING_LETTER_TEXTS[model.language];
  const title = texts.title(model.level);
  const { seller, buyer } = model;
  const sheet = openSheet({ title, author: seller.name, language: model.language, createdOn: model.issueDate });
  let pages = 1;
  const foot = footOf(sheet, footColumns(model, texts), (page) => texts.page(page, pages));
  const top = drawHead(sheet, model, texts, title);
  flow(bodyOf(sheet, model, texts), {
    top,
    bottom: foot.top,
    openPage: () => {
      sheet.addPage();
      return NEXT_PAGE_TOP;
    },
  });
  sheet.onEveryPage((page, count) => {
    pages = count;
    foot.draw(page);
    if (page > 1)
      drawNextPageHead(sheet, `${title} ${model.number}`, `${date(model.issueDate, model.language)} · ${buyer.name}`);
  });
  return sheet.finish();
}

function drawHead(sheet: Sheet, model: DunningLetterModel, texts: DunningLetterTexts, title: string): number {
  const { seller, buyer, language } = model;
  return drawLetterHead(sheet, {
    sender: seller.name,
    senderLine: [seller.name, ...seller.addressLines].join(' · '),
    recipient: [buyer.name, ...buyer.addressLines],
    title,
    info: [
      { label: texts.labels.number, value: model.number, strong: true },
      { label: texts.labels.issueDate, value: date(model.issueDate, language) },
      { label: texts.labels.merchantNumber, value: buyer.merchantNumber },
      { label: texts.labels.payBy, value: date(model.payBy, language), strong: true },
    ],
  });
}

function bodyOf(sheet: Sheet, model: DunningLetterModel, texts: DunningLetterTexts): Block[] {
  const { bank } = model.seller;
  const [ask, ...rest] = texts.closing(model);
  const claims = model.claimsMinor > 0;
  const lumpSum = model.invoices.some(({ lumpSumMinor }) => lumpSumMinor > 0);
  const interest = model.invoices.some(({ interestMinor }) => interestMinor > 0);
  const notes = [
    ...(interest ? [texts.interestNote(model.asOf)] : []),
    ...(lumpSum ? [texts.lumpSumNote] : []),
    ...(claims ? [texts.claimsNote] : []),
  ];
  const purpose = model.invoices.length === 1 ? model.invoices[0]!.number : model.number;
  return [
    textBlock(sheet, texts.greeting, TYPE.body, 2.5),
    textBlock(sheet, texts.intro(model), TYPE.body, 4),
    ...invoiceBlocks(sheet, model, texts),
    ...sumBlocks(sheet, model, texts),
    gap(5),
    textBlock(sheet, ask!, TYPE.strong, 2),
    textBlock(sheet, texts.payment({ ...bank, iban: groupedIban(bank.iban) }, purpose), TYPE.body, 4),
    ...rest.map((text) => textBlock(sheet, text, TYPE.body, 4)),
    textBlock(sheet, texts.regards, TYPE.body, 1),
    textBlock(sheet, model.seller.name, TYPE.body, 4),
    ...(notes.length ? [textBlock(sheet, notes.join(' '), TYPE.detail)] : []),
  ];
}

function invoiceBlocks(sheet: Sheet, model: DunningLetterModel, texts: DunningLetterTexts): Block[] {
  const { language } = model;
  const table = columns([
    { title: texts.columns.invoice, width: 'rest' },
    { title: texts.columns.dueDate, width: 24 },
    { title: texts.columns.level, width: 36 },
    { title: texts.columns.open, width: 24, align: 'right' },
    { title: texts.columns.claims, width: 32, align: 'right' },
  ]);
  const head = headBlock(sheet, table);
  const rows = model.invoices.map((invoice, index) => ({
    ...rowBlock(sheet, table, [
      [
        { text: invoice.number, style: TYPE.strong },
        { text: texts.issuedOn(invoice.issueDate), style: TYPE.detail },
      ],
      [{ text: date(invoice.dueDate, language), style: TYPE.body }],
      [{ text: texts.levelName(invoice.level), style: TYPE.body }],
      [{ text: amount(invoice.openMinor, language), style: TYPE.body }],
      [{ text: amount(invoice.interestMinor + invoice.lumpSumMinor, language), style: TYPE.body }],
    ]),
    repeat: [head],
    // the sums never stand on a page of their own
    keepWithNext: index === model.invoices.length - 1,
  }));
  return [head, ...rows];
}

function sumBlocks(sheet: Sheet, model: DunningLetterModel, texts: DunningLetterTexts): Block[] {
  const sum = (of: (invoice: DunningLetterModel['invoices'][number]) => number) =>
    model.invoices.reduce((total, invoice) => total + of(invoice), 0);
  const parts: [string, number][] = [
    [texts.sums.open, model.openMinor],
    [texts.sums.interest, sum(({ interestMinor }) => interestMinor)],
    [texts.sums.lumpSum, sum(({ lumpSumMinor }) => lumpSumMinor)],
    [texts.sums.fee, model.feeMinor],
    [texts.sums.earlier, model.earlierClaimsMinor],
  ];
  const shown = parts.filter(([, minor], index) => index === 0 || minor > 0);
  return [
    { ...gap(2.5), keepWithNext: true },
    ...shown.map(([label, minor]) => sumBlock(sheet, label, amount(minor, model.language), TYPE.body)),
    {
      ...sumBlock(sheet, texts.sums.total, money(model.totalMinor, model.currency, model.language), TYPE.total, true),
      keepWithNext: false,
    },
  ];
}

const SUM_LEFT = 100;

function sumBlock(sheet: Sheet, label: string, figure: string, style: TextStyle, ruled = false): Block {
  const above = ruled ? 1.4 : 0;
  return {
    height: pitch(style.size) + 0.6 + above,
    keepWithNext: true,
    draw: (top) => {
      if (ruled) sheet.rule(SUM_LEFT, top + 0.5, RIGHT, top + 0.5, COLORS.accent, 0.35);
      sheet.text(label, SUM_LEFT, top + above + ascent(style.size), style);
      sheet.text(figure, RIGHT, top + above + ascent(style.size), style, 'right');
    },
  };
}

function footColumns({ seller }: DunningLetterModel, { foot }: DunningLetterTexts) {
  const labelled = (label: string, value: string | undefined) => (value ? [`${label} ${value}`] : []);
  const register = [seller.registerCourt, seller.registerNumber].filter(Boolean).join(', ');
  const { bank, managingDirectors } = seller;
  return [
    { width: 32, lines: [seller.name, ...seller.addressLines] },
    {
      width: 44,
      lines: [
        ...labelled(foot.vatId, seller.vatId),
        ...labelled(foot.taxNumber, seller.taxNumber),
        ...(register ? [register] : []),
        ...labelled(foot.directors(managingDirectors.length), managingDirectors.join(', ')),
      ],
    },
    {
      width: 36,
      lines: [
        ...labelled(foot.phone, seller.phone),
        ...[seller.email, seller.web].filter((line) => line !== undefined),
      ],
    },
    { width: 44, lines: [bank.name, `IBAN ${groupedIban(bank.iban)}`, `BIC ${bank.bic}`] },
  ].filter(({ lines }) => lines.length > 0);
}
