import { parseMicros } from '../../../shared/kernel/decimal.ts';
import { lineNetMinor, vatMinor } from '../../../shared/kernel/money.ts';

interface SumsLine {
  quantity: string;
  unitPrice: string;
  baseQuantity?: string | undefined;
  netMinor: number;
  vatRateBasisPoints: number;
  vatCategory: string;
  allowances?: readonly { kind: 'allowance' | 'charge'; amountMinor: number }[] | undefined;
}

/** The figures of an invoice, without its texts. */
export interface InvoiceSums {
  sections: readonly { lines: readonly SumsLine[]; subtotalMinor: number }[];
  vat: readonly {
    category: string;
    rateBasisPoints: number;
    basisMinor: number;
    vatMinor: number;
    remainder?: true | undefined;
  }[];
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
}

export interface SumError {
  path: (string | number)[];
  message: string;
}

/**
 * Where the figures of an invoice contradict each other (billing.md, Lines, rounding, tax; EN 16931 BR-CO-10 to 17).
 * The last guard before paper: an invoice that does not add up must not be drawn.
 * @returns nothing when every line, subtotal, tax and total follows from the others
 */
export function sumErrors(sums: InvoiceSums): SumError[] {
  const errors: SumError[] = [];
  const expectSame = (path: SumError['path'], actual: number, expected: number) => {
    if (actual !== expected) errors.push({ path, message: `is ${actual}, the others make ${expected}` });
  };
  sums.sections.forEach(({ lines, subtotalMinor }, s) => {
    lines.forEach((line, l) => expectSame(['sections', s, 'lines', l, 'netMinor'], line.netMinor, netOf(line)));
    expectSame(['sections', s, 'subtotalMinor'], subtotalMinor, total(lines.map((line) => line.netMinor)));
  });
  const basisOf = basisByRate(sums);
  sums.vat.forEach((vat, v) => {
    const key = rateKey(vat.category, vat.rateBasisPoints);
    expectSame(['vat', v, 'basisMinor'], vat.basisMinor, basisOf.get(key) ?? 0);
    if (!vat.remainder) expectSame(['vat', v, 'vatMinor'], vat.vatMinor, vatMinor(vat.basisMinor, vat.rateBasisPoints));
    basisOf.delete(key);
  });
  for (const key of basisOf.keys()) errors.push({ path: ['vat'], message: `has no entry for ${key}` });
  expectSame(['netMinor'], sums.netMinor, total(sums.sections.map((section) => section.subtotalMinor)));
  expectSame(['vatMinor'], sums.vatMinor, total(sums.vat.map((vat) => vat.vatMinor)));
  expectSame(['grossMinor'], sums.grossMinor, sums.netMinor + sums.vatMinor);
  return errors;
}

const netOf = ({ quantity, unitPrice, baseQuantity, allowances = [] }: SumsLine): number =>
  lineNetMinor(parseMicros(quantity), parseMicros(unitPrice), parseMicros(baseQuantity ?? '1')) +
  total(allowances.map(({ kind, amountMinor }) => (kind === 'charge' ? amountMinor : -amountMinor)));

const rateKey = (category: string, rateBasisPoints: number): string => `${category} ${rateBasisPoints}`;

function basisByRate({ sections }: InvoiceSums): Map<string, number> {
  const basis = new Map<string, number>();
  for (const line of sections.flatMap((section) => section.lines)) {
    const key = rateKey(line.vatCategory, line.vatRateBasisPoints);
    basis.set(key, (basis.get(key) ?? 0) + line.netMinor);
  }
  return basis;
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
