import { uuidOf } from '../../../shared/kernel/ids.ts';
import type { DocumentLine, ImportedOrder, ImportedReturn } from './import-items.ts';
import type { MappingProfile } from './mapping-profile.ts';
import type { ReadLine } from './read-row.ts';

/** The rows of one document that belong to one merchant; the first of them gives the time. */
export interface Group {
  first: ReadLine;
  lines: DocumentLine[];
}

/** What a finished group is to the rest of the product. */
export function importedDocument(profile: MappingProfile, { first, lines }: Group): ImportedOrder | ImportedReturn {
  const { document, merchantNumber, country, customer } = first;
  const { currency } = profile;
  const weightGrams = weightOf(profile, lines);
  const common = { document, merchantNumber, externalNumber: document, country, currency, customer, lines };
  const content = [first.kind, document, merchantNumber, first.at.getTime(), country, currency, customer];
  const contentHash = uuidOf(JSON.stringify([content, weightGrams, profile.constants.carrier, lines.map(lineContent)]));
  return first.kind === 'return'
    ? { kind: 'return', ...common, announcedAt: first.at, contentHash }
    : {
        kind: 'order',
        ...common,
        orderedAt: first.at,
        shippedAt: first.at,
        weightGrams,
        carrier: profile.constants.carrier,
        contentHash,
      };
}

const lineContent = ({ ordinal, sku, name, quantity, unitPrice }: DocumentLine) => [
  ordinal,
  sku,
  name,
  quantity,
  unitPrice,
];

function weightOf({ constants }: MappingProfile, lines: readonly DocumentLine[]): number {
  if (constants.weightGrams !== undefined) return constants.weightGrams;
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0);
  return pieces * (constants.weightGramsPerPiece ?? 0);
}
