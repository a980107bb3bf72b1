import { ROW_FAULTS, rowError, type CsvRow, type CsvSource, type ImportItem, type RowError } from './import-items.ts';
import type { MappingProfile } from './mapping-profile.ts';
import { importedDocument, type Group } from './imported-document.ts';
import { rowReader, type ReadLine } from './read-row.ts';

/** Documents whose rows may stand among each other: tills that were open at the same time write like that. */
const OPEN_DOCUMENTS = 8;
/** Ended documents remembered, so that one that appears again is noticed. */
const REMEMBERED_DOCUMENTS = 100_000;
const MAX_ROWS_PER_DOCUMENT = 5_000;

/**
 * Groups rows into orders and announced returns, one per document and merchant, in constant memory. Every row ends
 * in exactly one document or one error. Rows of a document must stand together, or at least among the rows of at
 * most seven others; a document that comes back later gives an error per row (within the last 100,000 documents;
 * beyond that the store finds the same number with other content).
 * @throws InvalidInput when the head lacks a column of the profile
 */
export async function* readDocuments(
  source: CsvSource,
  profile: MappingProfile,
): AsyncGenerator<ImportItem, void, undefined> {
  const grouping = documentGrouping(profile, source.header);
  for await (const row of source.rows) yield* grouping.add(row);
  yield* grouping.end();
}

/** The same, driven by hand: each call returns what became certain through it. */
export interface DocumentGrouping {
  add(row: CsvRow): ImportItem[];
  end(): ImportItem[];
}

interface OpenDocument {
  rows: number;
  country: string;
  customer: string | null;
  groups: Map<string, Group>;
  tooLong: boolean;
}

export function documentGrouping(profile: MappingProfile, header: readonly string[]): DocumentGrouping {
  const reader = rowReader(profile, header);
  const open = new Map<string, OpenDocument>();
  const ended = endedDocuments();
  let latest = '';

  function find(name: string, done: ImportItem[]): OpenDocument | null {
    let document = open.get(name);
    if (document && name === latest) return document;
    if (!document && ended.has(name)) return null;
    document ??= { rows: 0, country: '', customer: null, groups: new Map(), tooLong: false };
    // deleting first keeps the map in the order of last use
    open.delete(name);
    open.set(name, document);
    latest = name;
    if (open.size > OPEN_DOCUMENTS) close(open.keys().next().value!, done);
    return document;
  }

  function close(name: string, done: ImportItem[]): void {
    const document = open.get(name)!;
    open.delete(name);
    ended.add(name);
    for (const group of document.groups.values()) done.push(importedDocument(profile, group));
  }

  return {
    add(row) {
      const done: ImportItem[] = [];
      const name = reader.documentOf(row);
      const document = name === '' ? null : find(name, done);
      if (document) addRow(document, row, reader.read(row), profile, done);
      else
        done.push(
          name === '' ? unnamed(row, reader.read(row)) : rowError(row, 'DOCUMENT_REAPPEARS', profile.columns.document),
        );
      return done;
    },
    end() {
      const done: ImportItem[] = [];
      for (const name of [...open.keys()]) close(name, done);
      return done;
    },
  };
}

function unnamed(row: CsvRow, read: ReadLine | RowError): RowError {
  return read.kind === 'error' ? read : rowError(row, 'VALUE_MISSING', null);
}

function addRow(
  document: OpenDocument,
  row: CsvRow,
  read: ReadLine | RowError,
  profile: MappingProfile,
  done: ImportItem[],
): void {
  const ordinal = ++document.rows;
  if (ordinal > MAX_ROWS_PER_DOCUMENT) {
    if (!document.tooLong) done.push(...refuse(document));
    done.push(rowError(row, 'DOCUMENT_TOO_LONG', profile.columns.document));
  } else if (read.kind === 'error') {
    done.push(read);
  } else {
    const fault = inconsistency(document, read);
    if (fault) done.push(rowError(row, 'DOCUMENT_INCONSISTENT', profile.columns[fault] ?? null));
    else addLine(document, row, read, ordinal);
  }
}

function refuse(document: OpenDocument): RowError[] {
  const lines = [...document.groups.values()].flatMap((group) => group.lines);
  document.tooLong = true;
  document.groups.clear();
  const code = 'DOCUMENT_TOO_LONG';
  return lines.map(({ lineNo }) => ({
    kind: 'error',
    line: lineNo,
    column: null,
    code,
    message: ROW_FAULTS[code],
    raw: [],
  }));
}

function inconsistency(document: OpenDocument, read: ReadLine): 'country' | 'customer' | null {
  if (document.groups.size === 0) return null;
  if (read.country !== document.country) return 'country';
  return read.customer === document.customer ? null : 'customer';
}

function addLine(document: OpenDocument, row: CsvRow, read: ReadLine, ordinal: number): void {
  const key = `${read.kind} ${read.merchantNumber}`;
  let group = document.groups.get(key);
  if (!group) {
    group = { first: read, lines: [] };
    document.groups.set(key, group);
    document.country = read.country;
    document.customer = read.customer;
  }
  const { sku, name, quantity, unitPrice } = read;
  group.lines.push({ ordinal, lineNo: row.line, sku, name, quantity, unitPrice });
}

/** A set that forgets its oldest member. */
function endedDocuments(): { has(name: string): boolean; add(name: string): void } {
  const names = new Set<string>();
  return {
    has: (name) => names.has(name),
    add(name) {
      names.add(name);
      if (names.size > REMEMBERED_DOCUMENTS) names.delete(names.keys().next().value!);
    },
  };
}
