import { createHash } from 'node:crypto';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { BankEntry } from '../../camt/read-entry.ts';
import type { Statement } from '../../camt/read-statements.ts';
import { areApart, type StatementSpan } from '../../domain/payments/statements-apart.ts';

export interface KeyedEntry extends BankEntry {
  key: string;
  /** Another statement told the same, and no reference of the bank says whether it is the same. */
  takenAsKnown: boolean;
}

/**
 * What tells an entry from all others of its account: the reference of the bank with day and amount, or all that is
 * told of it; and which of several equal ones it is within its statement. Without reference it is counted on after those
 * of statements that surely have no entry in common with this one. The charge, which is part of the amount, is left out
 * of it: what was stored before charges were read is known by the rest.
 */
export async function withKeys(em: EntityManager, statement: Statement): Promise<KeyedEntry[]> {
  const told = await tellers(em, statement);
  const seen = new Map<string, number>();
  return statement.entries.map((entry) => {
    const same = sameness(entry);
    const before = seen.get(same) ?? (entry.reference ? 0 : toldApart(same, statement, told));
    seen.set(same, before + 1);
    const key = keyOf(same, before + 1);
    return { ...entry, key, takenAsKnown: !entry.reference && told.has(key) };
  });
}

function sameness({ reference, bookingDate, amountMinor, chargeMinor: _, ...told }: BankEntry): string {
  return JSON.stringify([reference, bookingDate, amountMinor, ...(reference ? [] : Object.values(told))]);
}

const keyOf = (same: string, ordinal: number): string =>
  createHash('sha256').update(`${same} ${ordinal}`).digest('hex');

/** How many equal entries other statements told that cannot be those of this one. */
function toldApart(same: string, statement: Statement, told: ReadonlyMap<string, StatementSpan>): number {
  for (let count = 0; ; count += 1) {
    const teller = told.get(keyOf(same, count + 1));
    if (!teller || !areApart(teller, statement)) return count;
  }
}

/** Of the days of a statement the entries without reference that others told first, by their keys. */
async function tellers(
  em: EntityManager,
  { iban, statementId, entries }: Statement,
): Promise<ReadonlyMap<string, StatementSpan>> {
  const days = [...new Set(entries.flatMap(({ reference, bookingDate }) => (reference ? [] : [bookingDate])))];
  if (!days.length) return new Map();
  const found = await rows<StatementSpan & { key: string }>(
    em,
    sql`select e.entry_key as key, s.from_date as "fromDate", s.to_date as "toDate", s.opening_minor::float8 as "openingMinor", s.closing_minor::float8 as "closingMinor"
        from bank_entry e join bank_account_statement s on s.id = e.statement_id
        where e.iban = ${iban} and e.booking_date = any(${days}::date[]) and e.bank_reference is null and s.statement_id <> ${statementId}`,
  );
  return new Map(found.map(({ key, ...span }) => [key, span]));
}
