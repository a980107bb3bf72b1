import { NotFound } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { affected, firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { BankEntryView, BankStatementView } from '../../../../shared/protocol/billing/bank-actions.ts';
import type { Statement } from '../../camt/read-statements.ts';
import { withKeys, type KeyedEntry } from './entry-keys.ts';
import { instantOf, settling, type Booking } from './settling.ts';

export interface BankFile {
  sha256: string;
  filename: string | null;
}

/**
 * Stores a statement and those of its entries that no statement told before.
 * @returns how many entries are new, and those that are taken as known without a reference of the bank
 */
export async function storeStatement(
  em: EntityManager,
  statement: Statement,
  file: BankFile,
  { by, at }: Booking,
): Promise<{ added: number; takenAsKnown: KeyedEntry[] }> {
  const { iban, statementId, fromDate, toDate, openingMinor, closingMinor } = statement;
  await rows(
    em,
    sql`insert into bank_account_statement (id, iban, statement_id, from_date, to_date, opening_minor, closing_minor, file_sha256, filename, imported_by, imported_at)
        values (${uuidv7(at)}, ${iban}, ${statementId}, ${fromDate}, ${toDate}, ${openingMinor}, ${closingMinor}, ${file.sha256}, ${file.filename}, ${by},
          ${at.toISOString()}) on conflict (iban, statement_id) do nothing`,
  );
  const keyed = await withKeys(em, statement);
  const stored = keyed.map((entry, position) => ({ ...entry, id: uuidv7(at), position }));
  const added = await affected(
    em,
    sql`insert into bank_entry (id, statement_id, iban, entry_key, position, amount_minor, currency, booking_date, value_date, counterparty_name, counterparty_iban,
          remittance, end_to_end_id, mandate_id, return_reason, reversal, bank_reference, booking_text, charge_minor)
        select e.id, s.id, ${iban}, e.key, e.position, e."amountMinor", 'EUR', e."bookingDate", e."valueDate", e."counterpartyName", e."counterpartyIban",
          e.remittance, e."endToEndId", e."mandateId", e."returnReason", e.reversal, e.reference, e."bookingText", e."chargeMinor"
        from jsonb_to_recordset(${JSON.stringify(stored)}::jsonb) as e (id uuid, key text, position integer, "amountMinor" bigint, "bookingDate" date, "valueDate" date,
          "counterpartyName" text, "counterpartyIban" text, remittance text, "endToEndId" text, "mandateId" text, "returnReason" text, reversal boolean,
          reference text, "bookingText" text, "chargeMinor" bigint)
        cross join bank_account_statement s where s.iban = ${iban} and s.statement_id = ${statementId}
        on conflict (iban, entry_key) do nothing`,
  );
  return { added, takenAsKnown: keyed.filter((entry) => entry.takenAsKnown) };
}

export async function listStatements(
  em: EntityManager,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<BankStatementView>> {
  const after = readCursor(cursor, ['instant', 'id']);
  const found = await rows<BankStatementView>(
    em,
    sql`select s.id, s.iban, s.statement_id as "statementId", s.from_date as "fromDate", s.to_date as "toDate", s.opening_minor::float8 as "openingMinor",
          s.closing_minor::float8 as "closingMinor", s.filename, s.imported_by as "importedBy", ${instantOf('s.imported_at')} as "importedAt", e.entries, e.open as "openEntries"
        from bank_account_statement s cross join lateral (
          select count(*)::int as entries, count(*) filter (where ${STATES.open})::int as open from bank_entry e where e.statement_id = s.id) e
        where ${after ? sql`(s.imported_at, s.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
        order by s.imported_at desc, s.id desc limit ${limit + 1}`,
  );
  return toPage(
    found,
    limit,
    ({ importedAt, id }) => [importedAt, id],
    (row) => row,
  );
}

export type StoredEntry = Omit<BankEntryView, 'suggestions'>;

const BOOKED = sql`exists (select 1 from payment b where b.bank_entry_id = e.id and b.voided_at is null)`;
const STATES = {
  open: sql`e.dismissed_at is null and not ${BOOKED}`,
  booked: BOOKED,
  dismissed: sql`e.dismissed_at is not null`,
};
const VIEW = sql`e.id, s.statement_id as "statementId", e.amount_minor::float8 as "amountMinor", e.currency, e.booking_date as "bookingDate",
  e.value_date as "valueDate", e.counterparty_name as "counterpartyName", e.counterparty_iban as "counterpartyIban", e.remittance,
  e.end_to_end_id as "endToEndId", e.mandate_id as "mandateId", e.return_reason as "returnReason", e.charge_minor::float8 as "chargeMinor", e.reversal, e.booking_text as "bookingText",
  e.dismiss_reason as "dismissReason", p.id as "paymentId",
  case when e.dismissed_at is not null then 'dismissed' when p.id is not null then 'booked' else 'open' end as state`;
const SOURCE = sql`bank_entry e join bank_account_statement s on s.id = e.statement_id
  left join payment p on p.bank_entry_id = e.id and p.voided_at is null`;

export interface EntryFilter {
  limit: number;
  cursor?: string | undefined;
  state?: BankEntryView['state'] | undefined;
  statementId?: string | undefined;
  q?: string | undefined;
}

export async function listEntries(em: EntityManager, filter: EntryFilter): Promise<Page<StoredEntry>> {
  const after = readCursor(filter.cursor, ['day', 'id']);
  const { state, statementId, q } = filter;
  const found = await rows<StoredEntry>(
    em,
    sql`select ${VIEW} from ${SOURCE}
        where ${state ? STATES[state] : sql`true`} and ${statementId === undefined ? sql`true` : sql`e.statement_id = ${statementId}`}
          and ${q === undefined ? sql`true` : sql`strpos(lower(concat_ws(' ', e.counterparty_name, e.counterparty_iban, e.remittance)), lower(${q}::text)) > 0`}
          and ${after ? sql`(e.booking_date, e.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql`true`}
        order by e.booking_date desc, e.id desc limit ${filter.limit + 1}`,
  );
  return toPage(
    found,
    filter.limit,
    ({ bookingDate, id }) => [bookingDate, id],
    (row) => row,
  );
}

/** Entries in the order of their ids. @param lock  nobody else decides about them until the commit */
export const findEntries = (em: EntityManager, ids: readonly string[], lock: boolean): Promise<StoredEntry[]> =>
  rows(
    em,
    sql`select ${VIEW} from ${SOURCE} where e.id = any(${ids}::uuid[]) order by e.id ${lock ? sql`for update of e` : sql``}`,
  );

/** @throws NotFound */
export async function lockEntry(em: EntityManager, id: string): Promise<StoredEntry> {
  const [found] = await findEntries(em, [id], true);
  if (!found) throw new NotFound('bank entry');
  return found;
}

/** @throws RuleViolation when it is booked */
export async function setDismissed(
  em: EntityManager,
  id: string,
  reason: string | null,
  { by, at }: Booking,
): Promise<void> {
  const values = reason === null ? sql`null, null, null` : sql`${at.toISOString()}, ${by}, ${reason}`;
  await settling(() =>
    rows(em, sql`update bank_entry set (dismissed_at, dismissed_by, dismiss_reason) = row(${values}) where id = ${id}`),
  );
}

/** Says that a recorded payment is this entry. @throws RuleViolation when the amounts differ by more than a charge */
export async function setEntry(em: EntityManager, paymentId: string, entryId: string): Promise<number> {
  return settling(() =>
    affected(em, sql`update payment set bank_entry_id = ${entryId} where id = ${paymentId} and bank_entry_id is null`),
  );
}

/** The account that the house is paid on, `undefined` until it is set up. */
export async function ownIban(em: EntityManager): Promise<string | undefined> {
  const found = await firstRow<{ iban: string }>(
    em,
    sql`select profile -> 'bank' ->> 'iban' as iban from issuer limit 1`,
  );
  return found?.iban;
}
