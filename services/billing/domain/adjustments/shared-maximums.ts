import type { AllocationGroup } from '../invoices/invoice-draft.ts';
import { adjustmentLines, type AdjustmentBasis, type BilledAdjustments } from './adjustment-lines.ts';
import type { AppliedAdjustment } from './applied-adjustments.ts';

/** Surcharges and discounts of documents that share the room under a monthly maximum. */
export interface Sharing {
  lines: AllocationGroup[];
  /** Whether the maximum holds when these documents are issued and the others are carried over. */
  holds: (issued: ReadonlySet<string>) => boolean;
}

/**
 * The ways in which the documents of one row can use up a monthly maximum, the usual one first; one of them holds. What
 * is carried over uses up nothing and makes no room, so it has to come after what is issued.
 * @param bases       in the order in which groups use up a maximum on one document
 * @param documentOf  the document on which what is taken of a basis stands
 */
export function* sharings(
  bases: readonly AdjustmentBasis[],
  applied: readonly AppliedAdjustment[],
  billed: BilledAdjustments,
  documentOf: (basis: AdjustmentBasis) => string,
): Generator<Sharing> {
  const documents = [...new Set(bases.map(documentOf))];
  const of = (document: string) => bases.filter((basis) => documentOf(basis) === document);
  yield {
    lines: adjustmentLines(bases, applied, billed),
    holds: (issued) => new Set(documents.map((document) => issued.has(document))).size < 2,
  };
  for (const order of ordersOf(documents))
    yield {
      lines: adjustmentLines(order.flatMap(of), applied, billed),
      holds: (issued) =>
        order.every((document, index) => index === 0 || !issued.has(document) || issued.has(order[index - 1]!)),
    };
  // each would come to something after the other alone, so none does
  yield { lines: documents.flatMap((document) => adjustmentLines(of(document), applied, billed)), holds: () => true };
}

/** Every order of the documents of a row, of which there are four at most; the given one first. */
const ordersOf = (documents: readonly string[]): string[][] =>
  documents.length < 2
    ? [[...documents]]
    : documents.flatMap((first) => ordersOf(documents.filter((one) => one !== first)).map((rest) => [first, ...rest]));
