import type { InvoiceLine } from '../documents/invoice-model.ts';
import type { ArchivedLine, ArchivedRow, ArchivedVat } from './archived-documents.ts';

/** Lines of a content, with more in each than rows are held against. */
interface Content {
  sections?: { lines?: InvoiceLine[] }[];
  vat?: ArchivedVat[];
}

/**
 * What an archived content and the rows of lines and VAT do not say alike: the words, quantity, price, amount and VAT of
 * each line, by its position, and the basis and tax of each rate.
 */
export function partDifferences(
  { lines, vat }: Pick<ArchivedRow, 'lines' | 'vat'>,
  content: Record<string, unknown>,
): string[] {
  const { sections = [], vat: taxes = [] } = content as Content;
  const saidLines = sections.flatMap((section) => section.lines ?? []);
  return [...apart(saidLines.map(told).map(lineOf), lines.map(lineOf)), ...apart(taxes.map(vatOf), vat.map(vatOf))].map(
    ([name, said, kept]) => `${name}: content has ${said ?? 'nothing'}, the row ${kept ?? 'nothing'}`,
  );
}

type Named = readonly [name: string, value: string];

/** A line of a content in the words of its row. */
const told = ({ description, baseQuantity = '1', ...line }: InvoiceLine): ArchivedLine => ({
  ...line,
  label: description,
  baseQuantity,
});

const lineOf = (line: ArchivedLine): Named => [
  `line ${line.position}`,
  `${line.quantity} at ${line.unitPrice} per ${line.baseQuantity} for ${line.netMinor}, ${line.vatCategory} ${line.vatRateBasisPoints}: ${line.label.trim()}`,
];
const vatOf = ({ category, rateBasisPoints, basisMinor, vatMinor }: ArchivedVat): Named => [
  `VAT ${category} ${rateBasisPoints}`,
  `${vatMinor} of ${basisMinor}`,
];

function apart(said: readonly Named[], kept: readonly Named[]): [string, string | undefined, string | undefined][] {
  const [told, stored] = [new Map(said), new Map(kept)];
  return [...new Set([...told.keys(), ...stored.keys()])]
    .map((name): [string, string | undefined, string | undefined] => [name, told.get(name), stored.get(name)])
    .filter(([, one, other]) => one !== other);
}
