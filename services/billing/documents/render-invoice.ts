import { flow, pagesOf } from '../../../shared/documents/flow.ts';
import { date, groupedIban, period } from '../../../shared/documents/formats.ts';
import { drawLetterHead, drawNextPageHead, footOf, NEXT_PAGE_TOP } from '../../../shared/documents/letter.ts';
import type { Foot } from '../../../shared/documents/letter.ts';
import { textBlock } from '../../../shared/documents/paragraph.ts';
import { openSheet } from '../../../shared/documents/sheet.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { TYPE } from '../../../shared/documents/style.ts';
import { annexBlocks } from './invoice-annex.ts';
import { SPACINGS } from './invoice-spacing.ts';
import type { InvoiceModel } from './invoice-model.ts';
import { sectionBlocks } from './invoice-table.ts';
import { INVOICE_TEXTS } from './invoice-texts.ts';
import type { InvoiceTexts } from './invoice-texts.ts';
import { closingBlocks } from './invoice-totals.ts';

/**
 * Draws an invoice as PDF/A-3b on A4 (DIN 5008 form B, § 14 Abs. 4 UStG). Pure: the same model gives the same bytes.
 * @param model  parsed by `invoiceModel`, so that its figures add up
 * @throws AppError `DOCUMENT_GLYPH_MISSING` (422) when a text has a character the font lacks; the document is to be
 *         parked, not printed with a gap
 */
export async function renderInvoice(model: InvoiceModel): Promise<Buffer> {
  const texts = INVOICE_TEXTS[model.language];
  const title = `${texts.title[model.kind]} ${model.number}`;
  const sheet = openSheet({
    title,
    author: model.seller.name,
    language: model.language,
    createdOn: model.issueDate,
  });
  let pages = 1;
  const foot = footOf(sheet, footColumns(model, texts), (page) => texts.page(page, pages));
  const openPage = () => {
    sheet.addPage();
    return NEXT_PAGE_TOP;
  };
  const top = drawHead(sheet, model, texts, title);
  const { from, to } = model.servicePeriod;
  const intro = textBlock(sheet, texts.intro(period(from, to, model.language)), TYPE.body, 3);
  const frame = { top, nextTop: NEXT_PAGE_TOP, bottom: foot.top };
  const bodies = SPACINGS.map((spacing) => [
    intro,
    ...sectionBlocks(sheet, model, texts, spacing),
    ...closingBlocks(sheet, model, texts, spacing),
  ]);
  const fewest = Math.min(...bodies.map((body) => pagesOf(body, frame)));
  flow(
    bodies.find((body) => pagesOf(body, frame) === fewest)!,
    { ...frame, openPage },
  );
  if (model.annex?.length) drawAnnex(sheet, model, texts, foot, openPage);
  const { name, merchantNumber } = model.buyer;
  sheet.onEveryPage((page, count) => {
    pages = count;
    foot.draw(page);
    if (page > 1)
      drawNextPageHead(sheet, title, `${date(model.issueDate, model.language)} · ${merchantNumber} · ${name}`);
  });
  return sheet.finish();
}

/** Begins with a member state (EL is Greece, XI Northern Ireland, Directive 2006/112/EC Art. 215). */
const EU_VAT_ID = /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)/;
const isEuVatId = (vatId: string | undefined): boolean => vatId !== undefined && EU_VAT_ID.test(vatId);

function drawHead(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts, title: string): number {
  const { seller, buyer, language } = model;
  return drawLetterHead(sheet, {
    sender: seller.name,
    senderLine: [seller.name, ...seller.addressLines].join(' · '),
    recipient: [buyer.name, ...buyer.addressLines],
    title,
    info: [
      { label: texts.number, value: model.number, strong: true },
      { label: texts.issueDate, value: date(model.issueDate, language) },
      { label: texts.servicePeriod, value: period(model.servicePeriod.from, model.servicePeriod.to, language) },
      { label: texts.merchantNumber, value: buyer.merchantNumber },
      { label: isEuVatId(buyer.vatId) ? texts.buyerVatId : texts.buyerTaxId, value: buyer.vatId },
      { label: texts.orderReference, value: buyer.orderReference },
      { label: texts.payment.due, value: date(model.dueDate, language) },
    ],
  });
}

function drawAnnex(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts, foot: Foot, openPage: () => number): void {
  const title = textBlock(sheet, texts.annex.title(model.number), { ...TYPE.title, size: 13 }, 2);
  const blocks = [{ ...title, keepWithNext: true }, ...annexBlocks(sheet, model, texts)];
  flow(blocks, { top: openPage(), bottom: foot.top, openPage });
}

/** The details a German company must print on its letters (§ 35a GmbHG, § 14 UStG), in four columns. */
function footColumns({ seller }: InvoiceModel, { foot }: InvoiceTexts): { width: number; lines: string[] }[] {
  const labelled = (label: string, value: string | undefined) => (value ? [`${label} ${value}`] : []);
  const { bank, managingDirectors } = seller;
  const register = [seller.registerCourt, seller.registerNumber?.replaceAll(' ', '\u00A0')].filter(Boolean).join(', ');
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
