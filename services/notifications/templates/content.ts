import type { Language } from '../../../shared/documents/formats.ts';

/** A picture that travels with the mail; `cid` names its attachment. */
export interface Picture {
  cid: string;
  alt: string;
  /** Where it is shown larger. */
  url?: string;
}

/** Label and value. */
export type Fact = readonly [label: string, value: string];

/** An address made here, never one that somebody wrote. */
export interface Link {
  label: string;
  url: string;
}

/** A line of a {@link Block} card. */
export interface Entry {
  title: string;
  badge: { text: string; tone: Tone };
  /** Beside the badge. */
  detail: string;
  /** A free text of the warehouse, quoted. */
  note: string;
  outcome: Fact;
}

export type Tone = 'good' | 'fair' | 'poor' | 'bad' | 'plain';

/** The parts a mail is made of. All text is plain; HTML and the text alternative are both made from them. */
export type Block =
  | { type: 'paragraph'; text: string }
  /** `aboutPictures`: left out of the text alternative, which has none. */
  | { type: 'hint'; text: string; aboutPictures?: true }
  | { type: 'figure'; label: string; value: string; detail: string }
  | { type: 'facts'; facts: readonly Fact[] }
  | { type: 'heading'; text: string }
  | ({ type: 'button' } & Link)
  | { type: 'links'; links: readonly Link[] }
  | {
      type: 'card';
      title: string;
      detail: string;
      entries: readonly Entry[];
      pictures: readonly Picture[];
      picturesNote: string;
      link: Link;
    }
  | {
      type: 'item';
      title: string;
      detail: string;
      badge: { text: string; tone: Tone };
      facts: readonly Fact[];
      /** A free text of the warehouse, quoted. */
      note: string;
      pictures: readonly Picture[];
      /** What is said where pictures cannot be seen, or not all are there. */
      picturesNote: string;
    }
  | { type: 'pictures'; pictures: readonly Picture[]; picturesNote: string }
  | {
      type: 'table';
      head: readonly string[];
      rows: readonly (readonly string[])[];
      numeric: readonly boolean[];
      /** Per cent of the table for each column, so that one long word does not squeeze the others. */
      widths: readonly number[];
    };

export interface Content {
  language: Language;
  issuerName: string;
  subject: string;
  /** What a list of mails shows beside the subject. */
  preheader: string;
  heading: string;
  blocks: readonly Block[];
  /** Who sent this and to whom. */
  footer: string;
}

/** Text without signs that could turn the reading direction of what follows (security.md 57). */
export const plain = (text: string): string => text.toWellFormed().replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '');

// eslint-disable-next-line no-control-regex
const BREAKS = /[\s\u0000-\u001F\u007F-\u009F]+/g;

/** Text for a header: one line, without control signs. */
export const headerLine = (text: string): string => plain(text).replaceAll(BREAKS, ' ').trim();
