import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { csvLine } from '../../../shared/csv/safe-cell.ts';

export interface ReportedRow {
  line: number;
  column: string | null;
  code: string;
  message: string;
  /** The cells as they stood; empty when they were let go already. */
  raw: readonly string[];
}

/** The error report of an import, on its way into the store line by line. */
export interface Report {
  add: (row: ReportedRow) => Promise<void>;
  /** Completes the file; before this nobody sees it. */
  close: () => Promise<void>;
  /** Leaves nothing behind. */
  discard: () => Promise<void>;
}

export async function openReport(store: ObjectStore, key: string, header: readonly string[]): Promise<Report> {
  const body = new PassThrough();
  const stop = new AbortController();
  // whoever writes next gets the error of the store
  body.on('error', () => undefined);
  const stored = store.put(key, body, { signal: stop.signal });
  stored.catch(() => undefined);
  const write = async (text: string): Promise<void> => {
    if (body.destroyed) await stored;
    if (!body.write(text)) await Promise.race([once(body, 'drain'), stored]);
  };
  // the mark of UTF-8 makes spreadsheets read umlauts
  await write(`\ufeff${csvLine(['line', 'column', 'code', 'message', ...header])}`);
  return {
    add: ({ line, column, code, message, raw }) => write(csvLine([String(line), column ?? '', code, message, ...raw])),
    close: async () => {
      body.end();
      await stored;
    },
    discard: async () => {
      stop.abort(new Error('The import ended early'));
      body.destroy();
      await stored.catch(() => undefined);
    },
  };
}
