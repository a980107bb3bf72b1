import { amountCell } from '../../../../shared/csv/amount-cell.ts';
import { csvLine } from '../../../../shared/csv/safe-cell.ts';
import type { ArchivedFile, IssuedDocument } from '../../domain/exports/issued-document.ts';

export interface NamedFile {
  name: string;
  kind: 'pdf' | 'xml';
  archived: ArchivedFile;
}

export interface NamedDocument {
  document: IssuedDocument;
  files: NamedFile[];
}

/** The files of documents under names that are no path anywhere and differ where upper and lower case are the same. */
export function namedFiles(documents: readonly IssuedDocument[]): NamedDocument[] {
  const taken = new Set<string>();
  return documents.map((document) => {
    const plain = document.number.replaceAll(/[^A-Za-z0-9._-]/g, '-').replaceAll(/\.{2,}|^\./g, '-');
    let name = plain;
    for (let next = 2; taken.has(name.toLowerCase()); next += 1) name = `${plain}_${next}`;
    taken.add(name.toLowerCase());
    const { pdf, xml } = document.document;
    const files: NamedFile[] = [
      ...(pdf ? [{ name: `${name}.pdf`, kind: 'pdf' as const, archived: pdf }] : []),
      ...(xml ? [{ name: `${name}.xml`, kind: 'xml' as const, archived: xml }] : []),
    ];
    return { document, files };
  });
}

const COLUMNS = [
  ...['Nummer', 'Art', 'Datum', 'Händlernummer', 'Händler', 'Netto', 'USt', 'Brutto'],
  ...['PDF', 'SHA-256 der PDF', 'XML', 'SHA-256 der XML'],
];
const KINDS = { invoice: 'Rechnung', cancellation: 'Stornorechnung', creditNote: 'Rechnungskorrektur' };

/** What lies in the bundle, for German spreadsheets: a line per document with its sums and the hash of each file. */
export function indexOf(named: readonly NamedDocument[]): Buffer {
  const lines = named.map(({ document, files }) => {
    const [pdf, xml] = (['pdf', 'xml'] as const).map((kind) => files.find((file) => file.kind === kind));
    const { number, kind, issueDate, merchantNumber, merchantName, netMinor, vatMinor, grossMinor } = document;
    return [
      ...[
        number,
        KINDS[kind],
        issueDate,
        merchantNumber,
        merchantName,
        ...[netMinor, vatMinor, grossMinor].map((minor) => amountCell(minor, ',')),
      ],
      ...[pdf?.name ?? '', pdf?.archived.sha256 ?? '', xml?.name ?? '', xml?.archived.sha256 ?? ''],
    ];
  });
  return Buffer.from(`\ufeff${[COLUMNS, ...lines].map((cells) => csvLine(cells, ';')).join('')}`);
}
