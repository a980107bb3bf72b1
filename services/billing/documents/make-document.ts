import { attachmentFindings } from './checks/attachment.ts';
import { assertPrintable } from './checks/glyphs.ts';
import { documentInvalid, type Check } from './checks/invalid.ts';
import { pdfFindings } from './checks/pdf-findings.ts';
import { openPdf } from './checks/pdf-file.ts';
import { readPages } from './checks/pdf-text.ts';
import { printFindings } from './checks/printed.ts';
import { totalsFindings } from './checks/totals.ts';
import { eInvoiceFile } from './e-invoice-file.ts';
import { validateCii, writeCii, type Finding } from './e-invoice/index.ts';
import { INVOICE_RENDERER_VERSION, invoiceModel, type InvoiceModel } from './invoice-model.ts';
import { renderInvoice } from './render-invoice.ts';

/** What a document is made of. */
export interface DocumentTask {
  /** Everything it says, not yet looked at. */
  content: unknown;
  /** JPEG; the one that the content names. */
  logo?: Uint8Array | undefined;
}

export interface MadeDocument {
  pdf: Uint8Array;
  xml: Uint8Array;
  /** The content as it was drawn, as JSON. */
  model: Uint8Array;
  rendererVersion: number;
  /** What was proven of it. */
  checks: Check[];
}

/**
 * Makes a document and proves it before it is released: nothing comes out that failed a check. Pure: the same content
 * gives the same bytes.
 * @throws AppError 422 `DOCUMENT_INVALID` with the check and its findings, `DOCUMENT_GLYPH_MISSING` with the field
 */
export async function makeDocument({ content, logo }: DocumentTask): Promise<MadeDocument> {
  const checks: Check[] = [];
  const pass = (check: Check, findings: readonly Finding[]) => {
    if (findings.length) throw documentInvalid(check, findings);
    checks.push(check);
  };
  const model = contentOf(content, pass);
  assertPrintable(model);
  pass('glyphs', []);
  const xml = writeCii(model);
  const bytes = Buffer.from(xml);
  const findings = validateCii(xml);
  pass('schema', findings.filter(isOfSchema));
  pass('rules', findings);
  const pdf = await renderInvoice(model, { logo, xml });
  const file = await openPdf(pdf);
  const pages = readPages(file);
  pass('pdf', pdfFindings(file, pages));
  pass('attachment', attachmentFindings(file, eInvoiceFile(model).name, bytes));
  pass('totals', totalsFindings(model, xml));
  pass('print', printFindings(model, pages));
  const json = Buffer.from(JSON.stringify(model));
  return { pdf, xml: bytes, model: json, rendererVersion: model.rendererVersion, checks };
}

const isOfSchema = ({ rule }: Finding): boolean => rule === 'XSD' || rule === 'XML';

/** The content as this version draws it, whichever was there when it was frozen. */
function contentOf(content: unknown, pass: (check: Check, findings: readonly Finding[]) => void): InvoiceModel {
  const parsed = invoiceModel.safeParse({ ...(content as object), rendererVersion: INVOICE_RENDERER_VERSION });
  const issues = parsed.success ? [] : parsed.error.issues;
  pass(
    'content',
    issues.map(({ path, message }) => ({ rule: 'content', path: path.join('.'), message })),
  );
  return parsed.data!;
}
