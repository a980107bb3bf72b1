import type { InvoiceModel } from '../invoice-model.ts';
import { documentParts, turned } from './cii/document-parts.ts';
import { meansOf } from './cii/payment.ts';
import type { XmlTotals } from './read-totals.ts';

/** The figures that the XML of a document has to say; those of a credit note are turned to positive. */
export function totalsOf(model: InvoiceModel): XmlTotals {
  const parts = documentParts(model);
  const { typeCode, turn, payableMinor } = parts;
  return {
    number: model.number,
    issueDate: model.issueDate,
    typeCode,
    currency: model.currency,
    netMinor: turned(model.netMinor, turn),
    vat: model.vat.map(({ category, rateBasisPoints, basisMinor, vatMinor }) => ({
      ...{ category, rateBasisPoints, basisMinor: turned(basisMinor, turn), vatMinor: turned(vatMinor, turn) },
    })),
    vatMinor: turned(model.vatMinor, turn),
    grossMinor: turned(model.grossMinor, turn),
    prepaidMinor: model.prepaidMinor ?? 0,
    payableMinor,
    ...meansOf(parts),
    preceding: model.corrects ? [model.corrects] : (model.takesBackOf ?? []),
  };
}
