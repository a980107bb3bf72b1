import type { Posting } from '../domain/exports/postings.ts';
import { cut, dayMonth, dayMonthYear, decimalComma, extfFile, type Cells, type Head } from './extf.ts';
import { POSTING_COLUMNS } from './posting-columns.ts';

const LONGEST_TEXT = 60;

/** A Buchungsstapel: category 21, version 13. The accounts post the VAT by themselves, so there is no BU-Schlüssel. */
export const postingsFile = (head: Omit<Head, 'category'>, postings: readonly Posting[]): Buffer =>
  extfFile(
    { ...head, category: { number: 21, name: 'Buchungsstapel', version: 13 } },
    POSTING_COLUMNS,
    postings.map((posting) => cellsOf(posting, head.settings.locked)),
  );

const cellsOf = (posting: Posting, locked: boolean): Cells => ({
  'Umsatz (ohne Soll/Haben-Kz)': decimalComma(posting.amountMinor),
  'Soll/Haben-Kennzeichen': posting.amountMinor > 0 ? 'S' : 'H',
  'WKZ Umsatz': 'EUR',
  Konto: posting.account,
  'Gegenkonto (ohne BU-Schlüssel)': posting.contraAccount,
  Belegdatum: dayMonth(posting.date),
  'Belegfeld 1': posting.reference,
  Buchungstext: cut(posting.text, LONGEST_TEXT),
  ...(posting.vatId === null ? {} : { 'EU-Land u. UStID (Bestimmung)': posting.vatId.slice(0, 15) }),
  Festschreibung: locked ? '1' : '0',
  Leistungsdatum: dayMonthYear(posting.suppliedOn),
  'Datum Zuord. Steuerperiode': dayMonthYear(posting.taxedOn),
  ...(posting.dueOn === null ? {} : { Fälligkeit: dayMonthYear(posting.dueOn) }),
});
