import { date, money } from '../../../../../shared/documents/formats.ts';
import { INVOICE_TEXTS } from '../../invoice-texts.ts';
import type { InvoiceModel } from '../../invoice-model.ts';
import { isExempt } from './taxes.ts';
import { XML_TEXTS } from './texts.ts';
import { group, leaf, type Part } from './xml.ts';

/** UNTDID 4451. */
const SUBJECT = { general: 'AAI', tax: 'TXD', company: 'REG' } as const;

/** BG-1: what has no element of its own. */
export const notes = (model: InvoiceModel): Part => [
  note(model.reason, SUBJECT.general),
  taxTexts(model).map((text) => note(text, SUBJECT.tax)),
  note(carriedOver(model), SUBJECT.general),
  note(company(model), SUBJECT.company),
];

const note = (text: string | undefined, subject: string): Part =>
  text === undefined
    ? undefined
    : group('ram:IncludedNote', leaf('ram:Content', text), leaf('ram:SubjectCode', subject));

/** What the breakdown does not say already: taxed amounts must not give a reason there (BR-S-10, BR-Z-10). */
function taxTexts({ vat, taxNotes }: InvoiceModel): string[] {
  const ofTaxed = vat.flatMap(({ category, note: text }) => (text === undefined || isExempt(category) ? [] : [text]));
  return [...new Set([...ofTaxed, ...taxNotes])];
}

function carriedOver({ carriedOver: carried, currency, language }: InvoiceModel): string | undefined {
  if (!carried) return undefined;
  return INVOICE_TEXTS[language].carriedOver(
    date(carried.cutoff, language),
    money(carried.netMinor, currency, language),
  );
}

/** What a company must say on its letters (§ 35a GmbHG). */
function company({ seller, language }: InvoiceModel): string | undefined {
  const { registerCourt, registerNumber, managingDirectors } = seller;
  const register = [registerCourt, registerNumber].filter(Boolean).join(', ');
  const directors = managingDirectors.length
    ? `${XML_TEXTS[language].directors(managingDirectors.length)}: ${managingDirectors.join(', ')}`
    : '';
  const parts = [register, directors].filter(Boolean);
  return parts.length ? [seller.name, ...parts].join(' · ') : undefined;
}
