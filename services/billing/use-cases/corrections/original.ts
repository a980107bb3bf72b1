import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { InvoiceModel } from '../../documents/invoice-model.ts';
import { unitCodeOf } from '../../domain/invoices/invoice-units.ts';
import { buyerOf, sellerOf } from '../../domain/invoices/parties.ts';
import { partyFindings } from '../../domain/runs/content-findings.ts';
import type { Corrected, CorrectedContent } from '../../persistence/corrections/corrected-invoice.ts';
import type { Issuer } from '../../persistence/issuer.ts';
import { glyphs } from '../invoices/printable.ts';

interface Original {
  issuer: Issuer;
  model: InvoiceModel;
  /** Texts may differ from those that were booked. */
  isParked: boolean;
}

/** Contents of before had less than an electronic invoice needs. */
const FIRST_COMPLETE_VERSION = 2;

/**
 * The content of an original as its corrections mirror it. What a first version did not say yet, postal addresses by
 * their parts and codes of units, comes from the issuer, the merchant as it was frozen, and the lines. An original whose
 * document could not be made is in nobody's hands: its corrections are of what can be made.
 * @throws RuleViolation by the finding of a run that says what such a document still lacks
 */
export async function contentOfOriginal(content: CorrectedContent): Promise<Original> {
  const { issuer, merchant, isParked } = content;
  const model = completed(content);
  if (isParked) return { issuer, isParked, model: await makeable(content, model) };
  if (content.model.rendererVersion >= FIRST_COMPLETE_VERSION) return { issuer, isParked, model };
  const parties = { seller: sellerOf(issuer.profile, issuer.logo), buyer: buyerOf(merchant) };
  return { issuer, isParked, model: { ...model, ...parties } };
}

/** With the codes of units that a first version did not have. */
function completed({ model, units }: CorrectedContent): InvoiceModel {
  if (model.rendererVersion >= FIRST_COMPLETE_VERSION) return model;
  const unitAt = new Map(units.map(({ position, unit }) => [position, unit]));
  const sections = model.sections.map((section) => ({
    ...section,
    lines: section.lines.map((line) => ({ ...line, unitCode: unitCodeOf(unitAt.get(line.position) ?? '') })),
  }));
  return { ...model, sections };
}

/**
 * Seller and buyer by the records of now, under the VAT id that was reported with the original; in the texts of lines, which no
 * record changes any more, a sign for what cannot be printed.
 */
async function makeable({ issuer, current }: CorrectedContent, model: InvoiceModel): Promise<InvoiceModel> {
  const lines = linesOf(model).map(({ vatCategory: category }) => ({ category }));
  const [lack] = partyFindings({ merchant: current, issuer: issuer.profile, lines });
  if (lack) throw new RuleViolation(lack.code, lack.message, lack.data);
  const { vatId } = model.buyer;
  const { madePrintable } = await glyphs();
  return {
    ...model,
    seller: sellerOf(issuer.profile, issuer.logo),
    buyer: { ...buyerOf(current), ...(vatId ? { vatId } : {}) },
    ...madePrintable({ taxNotes: model.taxNotes, sections: model.sections, vat: model.vat }),
  };
}

export const linesOf = ({ sections }: Pick<InvoiceModel, 'sections'>) => sections.flatMap(({ lines }) => lines);

/** What a correction says of its original, on paper and to others. @throws Error for a draft */
export function referenceOf({ id, number, issueDate }: Corrected) {
  if (number === null || issueDate === null) throw new Error(`Invoice ${id} has no number`);
  return { named: { number, issueDate }, announced: { invoiceId: id, number, issueDate } };
}
