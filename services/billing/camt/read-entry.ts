import { isLocalDate } from '../../../shared/kernel/dates.ts';
import { cut } from '../../../shared/kernel/cut.ts';
import type { FieldError } from '../../../shared/kernel/errors.ts';
import { minorOf } from './amounts.ts';
import type { Reading } from './read-statements.ts';
import { at, attribute, text, texts, type XmlNode } from './read-xml.ts';

/** One movement of money as the bank tells it. */
export interface BankEntry {
  /** Reference of the bank; some give none. */
  reference: string | null;
  /** Negative for money that went out. */
  amountMinor: number;
  /** What of the money that went out is the bank's own charge, as for a direct debit that came back. */
  chargeMinor: number | null;
  bookingDate: string;
  valueDate: string;
  counterpartyName: string | null;
  counterpartyIban: string | null;
  remittance: string;
  endToEndId: string | null;
  mandateId: string | null;
  /** Why a direct debit came back, such as `AC04`. */
  returnReason: string | null;
  /** The bank takes back what it booked. */
  reversal: boolean;
  bookingText: string | null;
}

/** What banks write where there is none. */
const NO_REFERENCE = /^(NOTPROVIDED|NONREF|NOREF|KEINE ANGABE)$/i;
const LONGEST = { name: 140, iban: 34, reference: 70, text: 140, remittance: 1_000 };

/**
 * The transactions of an entry: each of its details where they add up to it, otherwise the entry as a whole.
 * @param path    for what is wrong
 * @param errors  gets it
 * @returns `null` for what the bank has not booked yet
 */
export function readEntry(entry: XmlNode, path: string, reading: Reading, errors: FieldError[]): BankEntry[] | null {
  // the status is a text up to version 001.07 and an element with a code from 001.08 on
  const status = text(entry, 'Sts/Cd', 'Sts');
  if (status !== null && status !== 'BOOK') return null;
  const wrong = (field: string, code: string, message: string) =>
    void errors.push({ path: `${path}.${field}`, code, message });
  const amount = amountOf(at(entry, 'Amt')[0]);
  if (amount === null) wrong('amount', 'AMOUNT', 'The amount cannot be read');
  else if (amount.currency !== 'EUR') wrong('amount', 'CURRENCY', `The amount is in ${amount.currency}, not in EUR`);
  const [booked, valued] = [dayOf(entry, 'BookgDt'), dayOf(entry, 'ValDt')];
  // interest is counted by it, so that no other day stands in for one that cannot be read
  if (valued === UNREADABLE) wrong('valueDate', 'DATE', 'The value date cannot be read');
  const bookingDate = booked ?? valued;
  if (bookingDate === null || booked === UNREADABLE)
    wrong('bookingDate', 'DATE', 'The day of the booking is missing or cannot be read');
  else if (bookingDate > reading.lastDay) wrong('bookingDate', 'DAY_TO_COME', 'That day is still to come');
  const direction = text(entry, 'CdtDbtInd');
  if (direction !== 'CRDT' && direction !== 'DBIT')
    wrong('creditDebit', 'DIRECTION', 'Whether it came or went is missing');
  if (!amount?.minor || bookingDate === null) return [];
  const whole = {
    ...amount,
    sign: direction === 'DBIT' ? -1 : 1,
    bookingDate,
    valueDate: valued ?? bookingDate,
  };
  return detailsOf(entry, whole.minor).map(({ detail, minor }) =>
    transactionOf(entry, detail, { ...whole, minor }, reading.ownIban),
  );
}

/** The details of an entry with their amounts, or none of them with that of the entry. */
function detailsOf(entry: XmlNode, minor: number): { detail: XmlNode | undefined; minor: number }[] {
  const details = at(entry, 'NtryDtls/TxDtls');
  if (details.length < 2) return [{ detail: details[0], minor }];
  const priced = details.map((detail) => ({ detail, minor: detailMinor(detail) ?? 0 }));
  if (isWhole(priced, minor)) return priced;
  // some banks tell what each return was and what they took for it, and book both as one
  const charged = priced.map((one) => ({ ...one, minor: one.minor + toldCharge(one.detail) }));
  return isWhole(charged, minor) ? charged : [{ detail: undefined, minor }];
}

const isWhole = (priced: readonly { minor: number }[], minor: number): boolean =>
  priced.every((one) => one.minor > 0) && priced.reduce((sum, one) => sum + one.minor, 0) === minor;

/** From 001.04 on a detail has an amount of its own; before, the amount of the transaction stands among others. */
function detailMinor(detail: XmlNode): number | null {
  const found = [...at(detail, 'Amt'), ...at(detail, 'AmtDtls/TxAmt/Amt'), ...at(detail, 'AmtDtls/InstdAmt/Amt')][0];
  return euroOf(found);
}

/**
 * The charges of the bank as a detail tells them: in records from 001.03 on, or each by itself before. What is told as not
 * part of the amount is an entry of its own.
 */
function toldCharge(detail: XmlNode | undefined): number {
  const records = [...at(detail, 'Chrgs/Rcrd'), ...at(detail, 'Chrgs')].filter((one) => at(one, 'Amt').length > 0);
  const included = records.filter((one) => !['false', '0'].includes(text(one, 'ChrgInclInd') ?? ''));
  const sum = included.reduce((minor, one) => minor + (euroOf(at(one, 'Amt')[0]) ?? 0), 0);
  return included.length < records.length ? sum : (euroOf(at(detail, 'Chrgs/TtlChrgsAndTaxAmt')[0]) ?? sum);
}

/** What of an amount that went out is the bank's: what it tells, or what is more than the transaction was of. */
function chargeOf(detail: XmlNode | undefined, minor: number, sign: number): number | null {
  if (sign > 0) return null;
  const original = euroOf([...at(detail, 'AmtDtls/InstdAmt/Amt'), ...at(detail, 'AmtDtls/TxAmt/Amt')][0]);
  const charge = original !== null && original < minor ? minor - original : original === minor ? 0 : toldCharge(detail);
  return charge > 0 && charge < minor ? charge : null;
}

function euroOf(node: XmlNode | undefined): number | null {
  const amount = amountOf(node);
  return amount?.currency === 'EUR' ? amount.minor : null;
}

function transactionOf(
  entry: XmlNode,
  detail: XmlNode | undefined,
  { minor, sign, ...days }: { minor: number; sign: number; bookingDate: string; valueDate: string },
  ownIban: string,
): BankEntry {
  const reference = text(detail, 'Refs/AcctSvcrRef') ?? text(entry, 'AcctSvcrRef');
  const endToEndId = text(detail, 'Refs/EndToEndId');
  return {
    ...{
      reference: referenceOf(reference),
      amountMinor: sign * minor,
      chargeMinor: chargeOf(detail, minor, sign),
      bookingDate: days.bookingDate,
      valueDate: days.valueDate,
    },
    ...counterparty(detail, sign > 0 ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr'], ownIban),
    remittance: cut(remittanceOf(entry, detail), LONGEST.remittance),
    endToEndId: referenceOf(endToEndId),
    mandateId: referenceOf(text(detail, 'Refs/MndtId')),
    returnReason: text(detail, 'RtrInf/Rsn/Cd', 'RtrInf/Rsn/Prtry')?.slice(0, 35) ?? null,
    // a boolean of XML is also written as a digit
    reversal: ['true', '1'].includes(text(entry, 'RvslInd') ?? ''),
    bookingText: cutOrNull(text(entry, 'AddtlNtryInf') ?? text(detail, 'AddtlTxInf'), LONGEST.text),
  };
}

/** Text without form, or the reference of a creditor (RF…), which stands for it. */
const remittanceOf = (entry: XmlNode, detail: XmlNode | undefined): string =>
  [
    ...texts(detail, 'RmtInf/Ustrd'),
    ...texts(detail, 'RmtInf/Strd/CdtrRefInf/Ref'),
    ...texts(detail, 'RmtInf/Strd/AddtlRmtInf'),
    ...(detail ? [] : texts(entry, 'NtryDtls/TxDtls/RmtInf/Ustrd')),
  ].join(' ');

/** The other side: who paid what came, who got what went. What comes back has the parties of what it was. */
function counterparty(detail: XmlNode | undefined, sides: readonly string[], ownIban: string) {
  const parties = sides.map((side) => ({
    // from 001.08 on a party stands one level deeper
    name: text(
      detail,
      `RltdPties/${side}/Nm`,
      `RltdPties/${side}/Pty/Nm`,
      `RltdPties/Ultmt${side}/Nm`,
      `RltdPties/Ultmt${side}/Pty/Nm`,
    ),
    iban: text(detail, `RltdPties/${side}Acct/Id/IBAN`)?.replaceAll(' ', '').toUpperCase() ?? null,
  }));
  const others = parties.filter(({ name, iban }) => iban !== ownIban && (name !== null || iban !== null));
  const other = others.find(({ iban }) => iban !== null) ?? others[0];
  return {
    counterpartyName: cutOrNull(other?.name ?? null, LONGEST.name),
    counterpartyIban: cutOrNull(other?.iban ?? null, LONGEST.iban),
  };
}

function amountOf(node: XmlNode | undefined): { minor: number; currency: string } | null {
  const minor = node ? minorOf(String(node['#text'] ?? '').trim()) : null;
  return minor === null ? null : { minor, currency: attribute(node!, 'Ccy') ?? 'no currency' };
}

/** Before every day, so that it is never one to come. */
const UNREADABLE = '';

/** @returns `null` where none is told */
const dayOf = (entry: XmlNode, path: string): string | null => {
  const day = text(entry, `${path}/Dt`, `${path}/DtTm`)?.slice(0, 10) ?? null;
  return day === null || isLocalDate(day) ? day : UNREADABLE;
};

const referenceOf = (value: string | null): string | null =>
  value === null || NO_REFERENCE.test(value) ? null : cut(value, LONGEST.reference);
const cutOrNull = (value: string | null, longest: number): string | null =>
  value === null ? null : cut(value, longest);
