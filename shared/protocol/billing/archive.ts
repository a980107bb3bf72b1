import type { LocalDate } from '../../kernel/dates.ts';

/** What of a document could be proven: its files by their hash, its values too, or all of it by being made again. */
export type Proof = 'files' | 'values' | 'redrawn';

export interface ArchiveSelection {
  /** Issued on this day or later. */
  since?: LocalDate | undefined;
  /** So many, taken by chance; all without it. */
  sample?: number | undefined;
  /** What chance goes by. */
  salt: string;
}

export interface ArchiveReport {
  /** Documents by what could be proven of them. */
  proven: Record<Proof, number>;
  /** Read of PDFs and e-invoices. */
  bytes: number;
  /** What is not as it was archived, by the number of the document or series. */
  differences: { number: string; difference: string }[];
}

/** The archive of documents as the command that proves it sees it. */
export interface Archive {
  /** @param seen  told after every page how many documents were looked at */
  verify(selection: ArchiveSelection, seen: (documents: number) => void): Promise<ArchiveReport>;
  close(): Promise<void>;
}
