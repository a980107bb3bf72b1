import { flow, type Block } from '../../../shared/documents/flow.ts';
import { date, period } from '../../../shared/documents/formats.ts';
import { drawLetterHead, drawNextPageHead, NEXT_PAGE_TOP } from '../../../shared/documents/letter.ts';
import { textBlock } from '../../../shared/documents/paragraph.ts';
import { openSheet } from '../../../shared/documents/sheet.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { TYPE } from '../../../shared/documents/style.ts';
import { eInvoiceParts } from './e-invoice-file.ts';
import { houseFoot } from './house-foot.ts';
import { annexBlocks } from './invoice-annex.ts';
import type { InvoiceModel } from './invoice-model.ts';
import { sectionBlocks } from './invoice-table.ts';
import { INVOICE_TEXTS } from './invoice-texts.ts';
import type { InvoiceTexts } from './invoice-texts.ts';
import { closingBlocks } from './invoice-totals.ts';
import { airiest, type Spacing } from './spacing.ts';

/** What goes into the file beside the content. */
export interface InvoiceFiles {
  /** JPEG. */
  logo?: Uint8Array | undefined;
  /** The e-invoice; a document without it is a drawing only. */
  xml?: string | undefined;
}

/**
 * Draws a document as tagged PDF/A-3a on A4 (DIN 5008 form B, § 14 Abs. 4 UStG) with its e-invoice inside. Pure: the
 * same model gives the same bytes.
 * @param model  parsed by `invoiceModel`, so that its figures add up
 * @throws AppError `DOCUMENT_GLYPH_MISSING` (422) when a text has a character the font lacks; the document is to be
 *         parked, not printed with a gap
 */
export async function renderInvoice(model: InvoiceModel, { logo, xml }: InvoiceFiles = {}): Promise<Buffer> {
  const texts = INVOICE_TEXTS[model.language];
  const title = `${texts.title[model.kind]} ${model.number}`;
  const sheet = openSheet({
    title,
    author: model.seller.name,
    language: model.language,
    createdOn: model.issueDate,
    tagged: true,
    ...(xml === undefined ? {} : eInvoiceParts(model, title, xml)),
  });
  const foot = houseFoot(sheet, model.seller, model.language);
  const openPage = () => {
    sheet.addPage();
    return NEXT_PAGE_TOP;
  };
  const top = drawHead(sheet, model, texts, title, logo);
  const frame = { top, nextTop: NEXT_PAGE_TOP, bottom: foot.top };
  flow(airiest(bodyOf(sheet, model, texts), frame), { ...frame, openPage });
  if (model.annex?.length || model.annexOmitted)
    flow(annexBlocks(sheet, model, texts), { top: openPage(), bottom: foot.top, openPage });
  const { name, merchantNumber } = model.buyer;
  sheet.onEveryPage((page, count) => {
    foot.draw(page, count);
    if (page > 1)
      drawNextPageHead(sheet, title, `${date(model.issueDate, model.language)} · ${merchantNumber} · ${name}`);
  });
  return sheet.finish();
}

function bodyOf(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): (spacing: Spacing) => Block[] {
  const intro = introBlocks(sheet, model, texts);
  return (spacing) => [
    ...intro,
    ...sectionBlocks(sheet, model, texts, spacing),
    ...closingBlocks(sheet, model, texts, spacing),
  ];
}

function introBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): Block[] {
  const { servicePeriod, language, corrects, reason } = model;
  const original = corrects && { number: corrects.number, date: date(corrects.issueDate, language) };
  const intro = texts.intro[model.kind](period(servicePeriod.from, servicePeriod.to, language), original);
  return [
    textBlock(sheet, intro, TYPE.body, reason ? 1 : 3),
    ...(reason ? [textBlock(sheet, texts.reason(reason), TYPE.body, 3)] : []),
  ];
}

/** Begins with a member state (EL is Greece, XI Northern Ireland, Directive 2006/112/EC Art. 215). */
const EU_VAT_ID = /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)/;
const isEuVatId = (vatId: string | undefined): boolean => vatId !== undefined && EU_VAT_ID.test(vatId);

/** Of a public buyer (KoSIT, format of the Leitweg-ID). */
const ROUTE_ID = /^\d{2,12}(-[A-Za-z0-9]{1,30})?-\d{2}$/;

function drawHead(
  sheet: Sheet,
  model: InvoiceModel,
  texts: InvoiceTexts,
  title: string,
  logo: Uint8Array | undefined,
): number {
  const { seller, buyer, language, kind, corrects } = model;
  const isRouteId = buyer.buyerReference !== undefined && ROUTE_ID.test(buyer.buyerReference);
  return drawLetterHead(sheet, {
    sender: seller.name,
    logo,
    senderLine: [seller.name, ...seller.addressLines].join(' · '),
    recipient: [buyer.name, ...buyer.addressLines],
    title,
    info: [
      { label: texts.number[kind], value: model.number, strong: true },
      { label: texts.issueDate[kind], value: date(model.issueDate, language) },
      {
        label: texts.corrects,
        value: corrects && texts.correctsOf(corrects.number, date(corrects.issueDate, language)),
      },
      { label: texts.servicePeriod, value: period(model.servicePeriod.from, model.servicePeriod.to, language) },
      { label: texts.merchantNumber, value: buyer.merchantNumber },
      { label: isEuVatId(buyer.vatId) ? texts.buyerVatId : texts.buyerTaxId, value: buyer.vatId },
      { label: texts.orderReference, value: buyer.orderReference },
      { label: isRouteId ? texts.routeId : texts.buyerReference, value: buyer.buyerReference },
      { label: texts.payment.due, value: kind === 'invoice' ? date(model.dueDate, language) : undefined },
    ],
  });
}
