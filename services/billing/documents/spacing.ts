import { pagesOf, type Block } from '../../../shared/documents/flow.ts';

/** White space of a document's body; millimetres. */
export interface Spacing {
  /** Above and below the texts of a row. */
  rowPad: number;
  aboveHeading: number;
  afterSection: number;
  beforeTotals: number;
  /** Between the last figure or remark and the payment box. */
  beforePayment: number;
}

/** From airy to tight: the first one that needs no more pages than the tightest is taken. */
const SPACINGS: readonly Spacing[] = [
  { rowPad: 1.25, aboveHeading: 3.2, afterSection: 1.5, beforeTotals: 5, beforePayment: 12 },
  { rowPad: 1.25, aboveHeading: 3.2, afterSection: 1, beforeTotals: 3, beforePayment: 5.7 },
  { rowPad: 1, aboveHeading: 2.4, afterSection: 0.8, beforeTotals: 3, beforePayment: 5.7 },
  { rowPad: 0.8, aboveHeading: 2, afterSection: 0.5, beforeTotals: 2.5, beforePayment: 5.7 },
];

/** The body with the most white space that needs no more pages than the tightest. */
export function airiest(
  bodyOf: (spacing: Spacing) => Block[],
  frame: { top: number; nextTop: number; bottom: number },
): Block[] {
  const tightest = bodyOf(SPACINGS.at(-1)!);
  const fewest = pagesOf(tightest, frame);
  for (const spacing of SPACINGS.slice(0, -1)) {
    const body = bodyOf(spacing);
    if (pagesOf(body, frame) === fewest) return body;
  }
  return tightest;
}
