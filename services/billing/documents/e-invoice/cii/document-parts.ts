import type { InvoiceLine, InvoiceModel, InvoiceSection } from '../../invoice-model.ts';

export interface PlacedLine {
  line: InvoiceLine;
  section: InvoiceSection;
}

/** The content of a document as the XML divides it. */
export interface DocumentParts {
  model: InvoiceModel;
  /** UNTDID 1001. */
  typeCode: '380' | '381' | '384';
  /** -1 for a credit note: its kind says that it credits, so that what it credits is positive in the XML. */
  turn: 1 | -1;
  /** BG-25. */
  lines: readonly PlacedLine[];
  /** BG-20 and BG-21: surcharges and discounts on others of the document. */
  adjustments: readonly InvoiceLine[];
  /** VAT category O, which must not name a VAT id (BR-O-02 to 04). */
  outsideVat: boolean;
  /** What is to be paid in the end (BT-115), its sign turned already. */
  payableMinor: number;
  /** The buyer owes something. A correction demands nothing, nor does what was settled in full. */
  demandsPayment: boolean;
}

const TYPE_CODES = { invoice: '380', creditNote: '381', cancellation: '384' } as const;

/** Sorts the content of a document into lines, allowances and charges of the whole, and what follows from its kind. */
export function documentParts(model: InvoiceModel): DocumentParts {
  const all = model.sections.flatMap((section) => section.lines.map((line) => ({ line, section })));
  const lines = all.filter(({ line }) => !isAdjustment(line));
  // a document needs a line (BR-16): one that only has adjustments keeps them as lines
  const divided = lines.length > 0;
  const turn = model.kind === 'creditNote' ? -1 : 1;
  const payableMinor = turned(model.grossMinor - (model.prepaidMinor ?? 0), turn);
  return {
    model,
    typeCode: TYPE_CODES[model.kind],
    turn,
    lines: divided ? lines : all,
    adjustments: divided ? all.flatMap(({ line }) => (isAdjustment(line) ? [line] : [])) : [],
    outsideVat: model.vat.some(({ category }) => category === 'O'),
    payableMinor,
    demandsPayment: model.kind === 'invoice' && payableMinor > 0,
  };
}

/** An amount with its sign turned; never the negative zero. */
export const turned = (minor: number, turn: 1 | -1): number => (minor === 0 ? 0 : minor * turn);

/** What came to nothing is neither an allowance nor a charge, and one with allowances of its own can only be a line. */
const isAdjustment = ({ adjusts, netMinor, allowances }: InvoiceLine): boolean =>
  adjusts !== undefined && netMinor !== 0 && !allowances?.length;
