import { Readable } from 'node:stream';
import { readRows } from '../csv/read-rows.ts';
import type { CsvRow, CsvSource } from '../domain/import-items.ts';
import type { MappingProfile } from '../domain/mapping-profile.ts';
import { documentGrouping } from '../domain/read-documents.ts';
import type { SyncDeps } from '../sync.deps.ts';

/** How far the reading of a file has come. */
export interface Position {
  bytesRead: number;
  rowsRead: number;
}

/** A file being read; close it when reading ends early. */
export interface OpenSource extends CsvSource {
  close: () => void;
}

/**
 * Opens a stored file as rows and keeps `position` up to date.
 * @throws InvalidInput (path `file`) also while iterating
 */
export async function openSource(
  deps: Pick<SyncDeps, 'store'>,
  key: string,
  profile: MappingProfile,
  position: Position,
): Promise<OpenSource> {
  const { stream } = await deps.store.get(key);
  const { header, rows } = await readRows(countedBytes(stream, position), profile.delimiter);
  return { header, rows: countedRows(rows, position), close: () => void stream.destroy() };
}

/**
 * Reads a file without doing anything: what is wrong with it as a whole shows before something is stored.
 * @param mostRows  where to stop; everything without it
 * @param pause     called every thousand rows; what it throws ends the reading
 * @returns rows read
 * @throws InvalidInput for a broken file, or one that lacks a column of the profile
 */
export async function checkSource(
  deps: Pick<SyncDeps, 'store'>,
  key: string,
  profile: MappingProfile,
  { mostRows = Infinity, pause = () => undefined as void } = {},
): Promise<number> {
  const position = { bytesRead: 0, rowsRead: 0 };
  const { header, rows, close } = await openSource(deps, key, profile, position);
  try {
    documentGrouping(profile, header);
    const reading = rows[Symbol.asyncIterator]();
    while (position.rowsRead < mostRows && !(await reading.next()).done) if (position.rowsRead % 1_000 === 0) pause();
    return position.rowsRead;
  } finally {
    close();
  }
}

function countedBytes(source: Readable, position: Position): Readable {
  async function* counted(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      position.bytesRead += chunk.length;
      yield chunk;
    }
  }
  return Readable.from(counted(), { objectMode: false });
}

async function* countedRows(rows: AsyncIterable<CsvRow>, position: Position): AsyncGenerator<CsvRow, void, undefined> {
  for await (const row of rows) {
    position.rowsRead += 1;
    yield row;
  }
}
