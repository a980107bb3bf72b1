import { InvalidInput, invalidField, type FieldError } from '../../../shared/kernel/errors.ts';
import { addDays, isLocalDate, type LocalDate } from '../../../shared/kernel/dates.ts';
import { readEntry, type BankEntry } from './read-entry.ts';
import { minorOf } from './amounts.ts';
import { at, readXml, text, type XmlNode } from './read-xml.ts';

/** A statement of an account as the bank tells it. */
export interface Statement {
  statementId: string;
  iban: string;
  fromDate: string | null;
  toDate: string | null;
  openingMinor: number | null;
  closingMinor: number | null;
  /** What is booked; a batch that is told in detail is one entry for each of its transactions. */
  entries: BankEntry[];
  /** How many entries are announced only. */
  pending: number;
}

const MOST_ENTRIES = 20_000;

/** Some banks book what comes on a weekend or holiday on the next working day; Easter or Christmas take four days. */
const DAYS_AHEAD = 7;

/** What every entry is read with: the account it must be of, and the last day on which a bank may have booked it. */
export interface Reading {
  ownIban: string;
  lastDay: LocalDate;
}

/**
 * Reads a bank statement, camt.053 of any version from 001.02 on (ISO 20022, Bank to Customer Statement).
 * @param ownIban  of the account that it must be of
 * @param today    no booking is of a day that is still well to come
 * @throws InvalidInput with the path of what is wrong: `file`, `statements.0.account`, `statements.0.entries.3.amount`
 */
export function readStatements(bytes: Buffer, ownIban: string, today: LocalDate): Statement[] {
  const { root, namespace } = readXml(bytes);
  const found = at(root, 'Document/BkToCstmrStmt/Stmt');
  const another = namespace !== null && !namespace.includes('camt.053.');
  if (another || !found.length)
    throw invalidField('file', 'NOT_CAMT_053', 'This is no bank statement in the format camt.053');
  const errors: FieldError[] = [];
  const reading = { ownIban, lastDay: addDays(today, DAYS_AHEAD) };
  const statements = found.map((statement, index) => readStatement(statement, `statements.${index}`, reading, errors));
  if (statements.reduce((sum, { entries }) => sum + entries.length, 0) > MOST_ENTRIES)
    throw invalidField('file', 'TOO_MANY_ENTRIES', `The file has more than ${MOST_ENTRIES} entries`);
  if (errors.length) throw new InvalidInput(errors);
  return statements;
}

function readStatement(node: XmlNode, path: string, reading: Reading, errors: FieldError[]): Statement {
  const wrong = (field: string, code: string, message: string) =>
    void errors.push({ path: `${path}.${field}`, code, message });
  const iban = (text(node, 'Acct/Id/IBAN') ?? '').replaceAll(' ', '').toUpperCase();
  if (iban !== reading.ownIban)
    wrong('account', 'ANOTHER_ACCOUNT', `The statement is of ${iban || 'no IBAN'}, not of ${reading.ownIban}`);
  const currency = text(node, 'Acct/Ccy');
  if (currency !== null && currency !== 'EUR')
    wrong('currency', 'CURRENCY', `The account is in ${currency}, not in EUR`);
  const statementId = text(node, 'Id');
  if (!statementId) wrong('id', 'ID_MISSING', 'The statement has no id');
  const booked = at(node, 'Ntry').map((entry, index) => readEntry(entry, `${path}.entries.${index}`, reading, errors));
  return {
    ...{
      statementId: statementId ?? '',
      iban,
      fromDate: dayOf(node, 'FrToDt/FrDtTm'),
      toDate: dayOf(node, 'FrToDt/ToDtTm'),
    },
    openingMinor: balanceOf(node, ['OPBD', 'PRCD']),
    closingMinor: balanceOf(node, ['CLBD']),
    entries: booked.flatMap((entries) => entries ?? []),
    pending: booked.filter((entries) => entries === null).length,
  };
}

const dayOf = (node: XmlNode, path: string): string | null => {
  const day = text(node, path)?.slice(0, 10) ?? '';
  return isLocalDate(day) ? day : null;
};

/** A balance of the account by its code, negative when it owes the bank; `null` when it is not told. */
function balanceOf(node: XmlNode, codes: readonly string[]): number | null {
  const balances = at(node, 'Bal').filter((one) => codes.includes(text(one, 'Tp/CdOrPrtry/Cd') ?? ''));
  const amount = minorOf(text(balances[0], 'Amt') ?? '');
  return amount === null ? null : text(balances[0], 'CdtDbtInd') === 'DBIT' ? -amount : amount;
}
