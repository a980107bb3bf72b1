import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readTimeCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { z } from 'zod';
import type {
  DunningRunView,
  dunningRunSummary,
  InvoiceFault,
  LetterFault,
} from '../../../../shared/protocol/billing/dunning-views.ts';
import type { Judgement } from '../../domain/dunning/levels.ts';
import { lettersOfRun } from './letter-views.ts';

type Summary = z.output<typeof dunningRunSummary>;

export interface ProposedRow {
  invoiceId: string;
  merchantId: string;
  judgement: Judgement;
  /** How far the letters before had come. */
  lastLevel: number | null;
  daysOverdue: number;
  openMinor: number;
  interestMinor: number;
  /** What the merchant has with the house; it would pay of the invoice where that is touched, which is then not selected. */
  freeMinor: number;
  touched: boolean;
  /** What is wrong with the letter before; the invoice is then not selected. */
  lastLetter: LetterFault | null;
  /** Why the merchant may not know the invoice, which is then not selected. */
  undelivered: InvoiceFault | null;
}

export async function insertRun(
  em: EntityManager,
  run: { id: string; asOf: string; by: string; at: Date },
  proposed: readonly ProposedRow[],
): Promise<void> {
  await rows(
    em,
    sql`insert into dunning_run (id, as_of, state, created_by, created_at) values (${run.id}, ${run.asOf}, 'proposed', ${run.by}, ${run.at.toISOString()})`,
  );
  const values = proposed.map(({ judgement, ...row }) => ({ ...row, ...judgement }));
  await rows(
    em,
    sql`insert into dunning_row (run_id, invoice_id, merchant_id, level, hindrance, last_level, days_overdue, open_minor, interest_minor, free_minor, last_letter, undelivered, selected)
        select ${run.id}, (v ->> 'invoiceId')::uuid, (v ->> 'merchantId')::uuid, (v ->> 'level')::integer, v ->> 'hindrance', (v ->> 'lastLevel')::integer, (v ->> 'daysOverdue')::integer,
          (v ->> 'openMinor')::bigint, (v ->> 'interestMinor')::bigint, (v ->> 'freeMinor')::bigint, v ->> 'lastLetter', v ->> 'undelivered',
          v ->> 'level' is not null and v ->> 'lastLetter' is null and v ->> 'undelivered' is null and not (v ->> 'touched')::boolean
        from jsonb_array_elements(${JSON.stringify(values)}::jsonb) v`,
  );
}

/** Nobody else takes a step with it until the commit. @throws NotFound */
export async function lockRun(em: EntityManager, id: string): Promise<{ id: string; asOf: string; state: string }> {
  const found = await firstRow<{ id: string; asOf: string; state: string }>(
    em,
    sql`select id, as_of as "asOf", state from dunning_run where id = ${id} for update`,
  );
  if (!found) throw new NotFound('dunning run');
  return found;
}

export async function select(em: EntityManager, id: string, invoiceIds: readonly string[], selected: boolean) {
  return rows<{ id: string }>(
    em,
    sql`update dunning_row set selected = ${selected} where run_id = ${id} and invoice_id = any(${[...invoiceIds]}::uuid[]) and level is not null
        returning invoice_id as id`,
  );
}

export interface SelectedRow {
  invoiceId: string;
  merchantId: string;
  level: number;
  freeMinor: number;
  lastLetter: LetterFault | null;
  undelivered: InvoiceFault | null;
}

export const selectedRows = (em: EntityManager, id: string): Promise<SelectedRow[]> =>
  rows<SelectedRow>(
    em,
    sql`select invoice_id as "invoiceId", merchant_id as "merchantId", level, free_minor::float8 as "freeMinor", last_letter as "lastLetter", undelivered
        from dunning_row where run_id = ${id} and selected order by merchant_id, invoice_id`,
  );

/** Ends a proposal: what was issued, what changed meanwhile, and what nobody wanted. */
export async function closeRun(
  em: EntityManager,
  id: string,
  issued: readonly string[],
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await rows(
    em,
    sql`update dunning_row set outcome = case when invoice_id = any(${[...issued]}::uuid[]) then 'issued' when selected then 'changed' else 'deselected' end
        where run_id = ${id} and level is not null`,
  );
  await rows(
    em,
    sql`update dunning_run set state = 'issued', issued_by = ${by}, issued_at = ${at.toISOString()}, version = version + 1 where id = ${id}`,
  );
}

export async function discardRun(em: EntityManager, id: string): Promise<void> {
  await rows(em, sql`update dunning_run set state = 'discarded', version = version + 1 where id = ${id}`);
}

const instant = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const RUN = sql`r.id, r.as_of as "asOf", r.state, r.created_by as "createdBy", ${instant('r.created_at')} as "createdAt",
  ${instant('r.issued_at')} as "issuedAt", (select count(*)::integer from dunning_letter l where l.run_id = r.id) as letters, t.selected,
  t.open as "openMinor", r.version`;
const RUNS = sql`dunning_run r cross join lateral (
  select count(*)::integer as selected, coalesce(sum(open_minor), 0)::float8 as open from dunning_row d where d.run_id = r.id and d.selected) t`;

export async function listRuns(
  em: EntityManager,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Summary>> {
  const after = readTimeCursor(cursor);
  const found = await rows<Summary & { key: string }>(
    em,
    sql`select ${RUN}, r.created_at::text as key from ${RUNS}
        where ${after ? sql`(r.created_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
        order by r.created_at desc, r.id desc limit ${limit + 1}`,
  );
  return toPage(
    found,
    limit,
    ({ key, id }) => [key, id],
    ({ key: _, ...run }) => run,
  );
}

/** @throws NotFound */
export async function runView(em: EntityManager, id: string): Promise<Omit<DunningRunView, 'baseRateMissing'>> {
  const run = await firstRow<Summary>(em, sql`select ${RUN} from ${RUNS} where r.id = ${id}`);
  if (!run) throw new NotFound('dunning run');
  const found = await rows<DunningRunView['rows'][number]>(
    em,
    sql`select d.invoice_id as "invoiceId", i.number, d.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName",
          i.due_date as "dueDate", d.days_overdue as "daysOverdue", d.open_minor::float8 as "openMinor", d.level, d.hindrance, d.last_level as "lastLevel",
          d.interest_minor::float8 as "interestMinor", d.free_minor::float8 as "freeMinor", d.last_letter as "lastLetter", d.undelivered, d.selected, d.outcome
        from dunning_row d join invoice i on i.id = d.invoice_id join merchant_ref m on m.merchant_id = d.merchant_id
        where d.run_id = ${id} order by m.name, i.due_date, i.number`,
  );
  return { ...run, rows: found, issued: await lettersOfRun(em, id) };
}
