import type { LocalDate } from '../../kernel/dates.ts';

/** What of a document could be proven: its files by their hash, its values too, or all of it by being made again. */
export type Proof = 'files' | 'values' | 'redrawn';

/** What was archived beside invoices and their corrections, proven by hash alone. */
export type FileKind = 'dunningLetter' | 'collectionFile' | 'export';

export interface ArchiveSelection {
  /** Issued or made on this day or later. */
  since?: LocalDate | undefined;
  /** So many documents, and files of each kind, taken by chance; all without it. */
  sample?: number | undefined;
  /** What chance goes by. */
  salt: string;
}

export interface ArchiveReport {
  /** Documents by what could be proven of them. */
  proven: Record<Proof, number>;
  /** Files of each kind whose bytes were looked at. */
  files: Record<FileKind, number>;
  /** Read of PDFs, e-invoices and those files. */
  bytes: number;
  /** What is not as it was archived, by the number of the document or series, or the name of the file. */
  differences: { number: string; difference: string }[];
}

/** The archive of documents and files as the command that proves it sees it. */
export interface Archive {
  /** @param seen  told after every page how many documents and files were looked at */
  verify(selection: ArchiveSelection, seen: (documents: number) => void): Promise<ArchiveReport>;
  close(): Promise<void>;
}
