import { visible, withoutMissingGlyphs } from '../../../../shared/documents/drawable.ts';
import { face } from '../../../../shared/documents/fonts.ts';
import { amount, date, decimal, groupedIban, money, period, price } from '../../../../shared/documents/formats.ts';
import type { Finding } from '../e-invoice/index.ts';
import type { InvoiceModel } from '../invoice-model.ts';
import { owedMinor, paymentReference } from '../invoice-payable.ts';
import type { PageContent } from './pdf-text.ts';

interface Value {
  path: string;
  text: string;
}

/**
 * What of the content cannot be read on the pages. The lines are looked for one after the other, value by value, in the
 * order of the document, whatever stands between them; so it holds for drawings of another version too.
 */
export function printFindings(model: InvoiceModel, pages: readonly PageContent[]): Finding[] {
  const text = condensed(pages.map(({ texts }) => texts.join('')).join(''));
  const missing = ({ path, text: value }: Value): Finding => ({
    ...{ rule: 'print', path, message: `"${value}" is not on paper` },
  });
  const anywhere = frameValues(model).filter((value) => !text.includes(condensed(value.text)));
  let at = 0;
  for (const value of orderedValues(model)) {
    const needle = condensed(value.text);
    const found = text.indexOf(needle, at);
    if (found < 0) return [...anywhere.map(missing), missing(value)];
    at = found + needle.length;
  }
  return anywhere.map(missing);
}

/** Lines break where they must, so blanks count for nothing. */
const condensed = (text: string): string => visible(text).replace(/[\s\u00A0\u202F\u2007]/g, '');

/** What stands around the lines. */
function frameValues(model: InvoiceModel): Value[] {
  const { language, seller, buyer, corrects, directDebit } = model;
  const value = (path: string, text: string | undefined): Value[] => (text ? [{ path, text }] : []);
  const owed = owedMinor(model);
  return [
    ...value('number', model.number),
    ...value('issueDate', date(model.issueDate, language)),
    ...value('servicePeriod', period(model.servicePeriod.from, model.servicePeriod.to, language)),
    ...[seller.name, ...seller.addressLines].flatMap((text, index) => value(`seller.${index}`, text)),
    ...[buyer.name, ...buyer.addressLines].flatMap((text, index) => value(`buyer.${index}`, text)),
    ...value('seller.vatId', seller.vatId),
    ...value('seller.taxNumber', seller.taxNumber),
    ...value('buyer.vatId', buyer.vatId),
    ...value('buyer.buyerReference', buyer.buyerReference),
    ...value('corrects.number', corrects?.number),
    ...value('reason', model.reason),
    ...model.taxNotes.flatMap((note, index) => value(`taxNotes.${index}`, note)),
    ...(owed > 0
      ? [
          ...value('payable', money(owed, model.currency, language)),
          ...value('iban', groupedIban(directDebit?.iban ?? seller.bank.iban)),
          ...value('mandateReference', directDebit?.mandateReference),
          ...value('reference', paymentReference(model)),
        ]
      : []),
  ];
}

/** The lines with their sections, then the tax and the totals, then the annex. */
function* orderedValues(model: InvoiceModel): Iterable<Value> {
  const { language, currency } = model;
  for (const [index, section] of model.sections.entries()) {
    yield { path: `sections.${index}`, text: section.title };
    for (const line of section.lines) {
      const path = `line ${line.position}`;
      yield { path, text: line.description };
      if (line.detail) yield { path, text: withoutMissingGlyphs(line.detail, face('regular')) };
      for (const { reason } of line.allowances ?? []) yield { path, text: reason };
      yield { path, text: decimal(line.quantity, language) + line.unit };
      yield { path, text: price(line.unitPrice, language) };
      yield { path, text: amount(line.netMinor, language) };
    }
  }
  for (const [index, { basisMinor, vatMinor }] of model.vat.entries())
    yield { path: `vat.${index}`, text: amount(basisMinor, language) + amount(vatMinor, language) };
  for (const path of ['netMinor', 'vatMinor', 'grossMinor'] as const)
    yield { path, text: money(model[path], currency, language) };
  for (const { rows, title } of model.annex ?? [])
    for (const { reference, description, quantity } of rows) {
      const shown = withoutMissingGlyphs(reference, face('regular'));
      yield { path: `annex ${title}`, text: shown + description + decimal(quantity, language) };
    }
}
