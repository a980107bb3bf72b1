import type { InvoiceModel } from '../../documents/invoice-model.ts';
import { unitCodeOf } from '../../domain/invoices/invoice-units.ts';
import { buyerOf, sellerOf } from '../../domain/invoices/parties.ts';
import type { Corrected, CorrectedContent } from '../../persistence/corrections/corrected-invoice.ts';
import type { Issuer } from '../../persistence/issuer.ts';

/** Contents of before had less than an electronic invoice needs. */
const FIRST_COMPLETE_VERSION = 2;

/**
 * The content of an original as its corrections mirror it. What a first version did not say yet, postal addresses by
 * their parts and codes of units, comes from the issuer, the merchant as it was frozen, and the lines.
 */
export function contentOfOriginal({ issuer, model, merchant, units }: CorrectedContent): {
  issuer: Issuer;
  model: InvoiceModel;
} {
  if (model.rendererVersion >= FIRST_COMPLETE_VERSION) return { issuer, model };
  const unitAt = new Map(units.map(({ position, unit }) => [position, unit]));
  const sections = model.sections.map((section) => ({
    ...section,
    lines: section.lines.map((line) => ({ ...line, unitCode: unitCodeOf(unitAt.get(line.position) ?? '') })),
  }));
  return {
    issuer,
    model: { ...model, seller: sellerOf(issuer.profile, issuer.logo), buyer: buyerOf(merchant), sections },
  };
}

/** What a correction says of its original, on paper and to others. @throws Error for a draft */
export function referenceOf({ id, number, issueDate }: Corrected) {
  if (number === null || issueDate === null) throw new Error(`Invoice ${id} has no number`);
  return { named: { number, issueDate }, announced: { invoiceId: id, number, issueDate } };
}
