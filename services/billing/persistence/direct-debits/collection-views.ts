import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readTimeCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { z } from 'zod';
import type {
  CollectionRunView,
  collectionItemView,
  collectionRunSummary,
} from '../../../../shared/protocol/billing/direct-debit-views.ts';
import type { Collection } from '../../documents/collection/collection-model.ts';

type Summary = z.output<typeof collectionRunSummary>;
type Item = z.output<typeof collectionItemView>;

const instant = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const RUN = sql`r.id, r.number, r.state, r.collect_until as "collectUntil", t.items, t.total as "totalMinor", r.created_by as "createdBy",
  ${instant('r.created_at')} as "createdAt", r.approved_by as "approvedBy", ${instant('r.submitted_at')} as "submittedAt", r.handed_in_on as "handedInOn",
  r.sha256, r.version`;
const RUNS = sql`collection_run r cross join lateral (
  select count(*)::integer as items, coalesce(sum(amount_minor), 0)::float8 as total from collection_item c
  where c.run_id = r.id and c.state <> 'removed') t`;

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
export async function runView(em: EntityManager, id: string, today: string): Promise<CollectionRunView> {
  const run = await firstRow<Summary>(em, sql`select ${RUN} from ${RUNS} where r.id = ${id}`);
  if (!run) throw new NotFound('collection run');
  const entries = await rows<Item>(
    em,
    sql`${items(today)} where c.run_id = ${id} and (c.state <> 'removed' or ${run.state === 'discarded'}) order by c.collect_on, i.number`,
  );
  return { ...run, entries };
}

/** @throws NotFound */
export async function itemView(em: EntityManager, id: string, today: string): Promise<Item> {
  const found = await firstRow<Item>(em, sql`${items(today)} where c.id = ${id}`);
  if (!found) throw new NotFound('collection');
  return found;
}

const items = (today: string) => sql<Item>`
  select c.id, c.invoice_id as "invoiceId", i.number, c.merchant_id as "merchantId", ref.number as "merchantNumber", ref.name as "merchantName",
    m.reference as "mandateReference", m.scheme, c.sequence, c.collect_on as "collectOn", c.amount_minor::float8 as "amountMinor",
    o.open_minor::float8 as "openMinor", c.state, c.returned_on as "returnedOn", c.return_reason as "returnReason",
    c.return_charge_minor::float8 as "returnChargeMinor"
  from collection_item c join invoice i on i.id = c.invoice_id join merchant_ref ref on ref.merchant_id = c.merchant_id
  join mandate m on m.id = c.mandate_id join billing.open_item(${today}) o on o.invoice_id = c.invoice_id`;

/** The collections of a run as its file tells them, in an order that does not change. */
export const collectionsOf = (em: EntityManager, runId: string): Promise<Collection[]> =>
  rows<Collection>(
    em,
    sql`select c.end_to_end_id as "endToEndId", c.amount_minor::float8 as "amountMinor", m.scheme, c.sequence, c.collect_on as "collectOn",
          m.reference as "mandateReference", m.signed_on as "signedOn", m.debtor_name as "debtorName", m.iban, m.bic, i.number as "invoiceNumber",
          b.model -> 'buyer' -> 'address' as address, coalesce(b.model -> 'buyer' ->> 'merchantNumber', ref.number) as "merchantNumber"
        from collection_item c join merchant_ref ref on ref.merchant_id = c.merchant_id join mandate m on m.id = c.mandate_id join invoice i on i.id = c.invoice_id
        left join invoice_document b on b.invoice_id = c.invoice_id and b.kind = 'pdf'
        where c.run_id = ${runId} and c.state <> 'removed' order by c.collect_on, i.number`,
  );
