import { formatMicros, MICROS, parseMicros } from '../../../../shared/kernel/decimal.ts';
import { InvalidInput, invalidField, type FieldError } from '../../../../shared/kernel/errors.ts';
import { lineNetMinor, vatMinor } from '../../../../shared/kernel/money.ts';
import type { VatClass } from '../invoices/vat.ts';

/** A line of an invoice with what earlier credit notes left of it; the sign is that of the line. */
export interface CreditableLine extends VatClass {
  id: string;
  position: number;
  quantity: string;
  unitPrice: string;
  baseQuantity: string;
  netMinor: number;
  remainingNetMinor: number;
  /** Of what was taken by quantity. */
  remainingQuantity: string;
  /** Amounts were taken of it, so that the quantity left does not say what is left. */
  hasAmounts: boolean;
}

/** What earlier credit notes left of an invoice. */
export interface Creditable {
  lines: readonly CreditableLine[];
  vat: readonly (VatClass & { remainingBasisMinor: number; remainingVatMinor: number })[];
  remainingGrossMinor: number;
}

/** What is to be taken of a line: of its quantity at its price, or of its net. Positive takes of what was billed. */
export interface CreditRequest {
  lineId: string;
  quantity?: string | undefined;
  netMinor?: number | undefined;
}

/** A credit note in figures, all of them as they are stored: negative where something was billed. */
export interface CreditAmounts {
  lines: {
    original: CreditableLine;
    position: number;
    isAmount: boolean;
    quantity: string;
    unitPrice: string;
    baseQuantity: string;
    netMinor: number;
  }[];
  vat: (VatClass & { basisMinor: number; vatMinor: number; remainder?: true })[];
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
}

/**
 * What a partial credit comes to. A quantity is credited at the price of its line and rounded like a line; the rest of a
 * quantity takes the rest of the line, so that no cent is left. The tax is rounded per category and rate like that of any
 * document, at most what is left of it, and whatever takes the rest of a basis takes the rest of its tax.
 * @throws InvalidInput naming the line that has less left, or `lines` where the document has
 */
export function creditAmounts(creditable: Creditable, asked: readonly CreditRequest[]): CreditAmounts {
  const errors: FieldError[] = [];
  const found = asked.flatMap((request, index) => {
    const original = creditable.lines.find(({ id }) => id === request.lineId);
    const refuse = (code: string, message: string, field = '') =>
      void errors.push({ path: `lines.${index}${field}`, code, message });
    if (!original) return (refuse('LINE_NOT_FOUND', 'The invoice has no such line', '.lineId'), []);
    if (asked.findIndex(({ lineId }) => lineId === request.lineId) < index)
      return (refuse('LINE_TWICE', 'The line is named already', '.lineId'), []);
    const line = lineOf(original, request, refuse);
    return line ? [line] : [];
  });
  if (errors.length) throw new InvalidInput(errors);
  const lines = found
    .toSorted((a, b) => a.original.position - b.original.position)
    .map((line, index) => ({ ...line, position: index + 1 }));
  const vat = vatOf(creditable, lines);
  const netMinor = sum(vat.map(({ basisMinor }) => basisMinor));
  const tax = sum(vat.map((entry) => entry.vatMinor));
  const grossMinor = netMinor + tax;
  if (grossMinor >= 0) throw invalidField('lines', 'NOTHING_CREDITED', 'A credit note gives something back');
  if (-grossMinor > creditable.remainingGrossMinor) throw exceeded();
  return { lines, vat, netMinor, vatMinor: tax, grossMinor };
}

type CreditLine = Omit<CreditAmounts['lines'][number], 'position'>;
type Refuse = (code: string, message: string, field?: string) => void;

function lineOf(
  original: CreditableLine,
  { quantity, netMinor }: CreditRequest,
  refuse: Refuse,
): CreditLine | undefined {
  if ((quantity === undefined) === (netMinor === undefined))
    return void refuse('QUANTITY_OR_AMOUNT', 'Either a quantity or an amount is credited');
  const nothing = (field: string) =>
    refuse('NOTHING_CREDITED', 'Something is credited, with the sign that the line has', field);
  if (netMinor !== undefined) {
    if (!isTowards(netMinor, original.netMinor)) return void nothing('.netMinor');
    return isPartOf(netMinor, original.remainingNetMinor)
      ? amountLine(original, netMinor)
      : void refuse('CREDIT_EXCEEDS_LINE', `${original.remainingNetMinor} of the line are left`, '.netMinor');
  }
  const micros = parseMicros(quantity!);
  const left = parseMicros(original.remainingQuantity);
  const exceeds = () =>
    refuse('CREDIT_EXCEEDS_LINE', `${original.remainingQuantity} of the line are left`, '.quantity');
  if (!isTowards(micros, parseMicros(original.quantity))) return void nothing('.quantity');
  if (!isPartOf(micros, left)) return void exceeds();
  const { unitPrice, baseQuantity, remainingNetMinor, hasAmounts } = original;
  const net = lineNetMinor(micros, parseMicros(unitPrice), parseMicros(baseQuantity));
  if (net !== 0 && remainingNetMinor === 0)
    return void refuse('NOTHING_LEFT_OF_LINE', 'The amount of the line is credited as a whole', '.quantity');
  if (micros === left && !hasAmounts && net !== remainingNetMinor) return amountLine(original, remainingNetMinor);
  if (net !== 0 && !isPartOf(net, remainingNetMinor))
    return void refuse('CREDIT_EXCEEDS_LINE', `${remainingNetMinor} of the amount of the line are left`, '.quantity');
  const [isAmount, netOfLine] = [false, 0 - net];
  return { original, isAmount, quantity: formatMicros(-micros), unitPrice, baseQuantity, netMinor: netOfLine };
}

const amountLine = (original: CreditableLine, netMinor: number): CreditLine => ({
  ...{ original, isAmount: true, quantity: '-1', baseQuantity: '1' },
  unitPrice: formatMicros(BigInt(netMinor) * (MICROS / 100n)),
  netMinor: 0 - netMinor,
});

/** Something, and not of the other sign. */
const isTowards = (part: number | bigint, whole: number | bigint): boolean => (whole < 0 ? part < 0 : part > 0);

/** Something, of the same sign and not more. */
const isPartOf = (part: number | bigint, whole: number | bigint): boolean =>
  whole > 0 ? part > 0 && part <= whole : part < 0 && part >= whole;

function vatOf({ vat }: Creditable, lines: readonly CreditLine[]): CreditAmounts['vat'] {
  return vat.flatMap(({ category, rateBasisPoints, remainingBasisMinor, remainingVatMinor }) => {
    const members = lines.filter(
      ({ original }) => original.category === category && original.rateBasisPoints === rateBasisPoints,
    );
    if (!members.length) return [];
    const basisMinor = sum(members.map(({ netMinor }) => netMinor));
    if (basisMinor !== 0 && !isPartOf(0 - basisMinor, remainingBasisMinor)) throw exceeded();
    const rounded = vatMinor(basisMinor, rateBasisPoints);
    const isRest = 0 - basisMinor === remainingBasisMinor || Math.abs(rounded) > Math.abs(remainingVatMinor);
    const tax = isRest ? 0 - remainingVatMinor : rounded;
    const remainder = tax === rounded ? {} : ({ remainder: true } as const);
    return [{ category, rateBasisPoints, basisMinor, vatMinor: tax, ...remainder }];
  });
}

const exceeded = () =>
  invalidField('lines', 'CREDIT_EXCEEDS_INVOICE', 'Together that is more than is left of the invoice');

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
