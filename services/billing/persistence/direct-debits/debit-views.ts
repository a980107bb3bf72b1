import type { z } from 'zod';
import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { directDebitView } from '../../../../shared/protocol/billing/direct-debit-views.ts';
import { IS_UNDELIVERED } from './announcements.ts';

type View = z.output<typeof directDebitView>;

const debits = (today: string) => sql<View>`
  select d.invoice_id as "invoiceId", o.number, d.merchant_id as "merchantId", ref.number as "merchantNumber", ref.name as "merchantName",
    d.mandate_id as "mandateId", m.reference as "mandateReference", m.state as "mandateState", d.collect_on as "collectOn",
    o.open_minor::float8 as "openMinor",
    case when live.state = 'open' then 'collecting' when o.open_minor <= 0 or live.state = 'collected' then 'settled' when d.held_at is not null then 'held'
      when s.dispute = 'open' then 'disputed' when ${IS_UNDELIVERED} then 'undelivered' else 'announced' end as state,
    d.held_reason as "heldReason", d.returned_on as "returnedOn",
    (select c.return_reason from collection_item c where c.invoice_id = d.invoice_id and c.state = 'returned'
     order by c.returned_on desc, c.id desc limit 1) as "returnReason"
  from direct_debit d join mandate m on m.id = d.mandate_id join merchant_ref ref on ref.merchant_id = d.merchant_id
  join billing.open_item(${today}) o on o.invoice_id = d.invoice_id join billing.invoice_status s on s.invoice_id = d.invoice_id
  left join collection_item live on live.invoice_id = d.invoice_id and live.state in ('open', 'collected')`;

interface DebitFilter {
  limit: number;
  cursor?: string | undefined;
  merchantId?: string | undefined;
  state?: string | undefined;
}

export async function listDebits(em: EntityManager, filter: DebitFilter, today: string): Promise<Page<View>> {
  const after = readCursor(filter.cursor, ['day', 'id']);
  const found = await rows<View>(
    em,
    sql`select * from (${debits(today)}) t
        where ${filter.merchantId ? sql`"merchantId" = ${filter.merchantId}` : sql`true`} and ${filter.state ? sql`state = ${filter.state}` : sql`true`}
          and ${after ? sql`("collectOn", "invoiceId") > (${after[0]}::date, ${after[1]}::uuid)` : sql`true`}
        order by "collectOn", "invoiceId" limit ${filter.limit + 1}`,
  );
  return toPage(
    found,
    filter.limit,
    ({ collectOn, invoiceId }) => [collectOn, invoiceId],
    (row) => row,
  );
}

/** @throws NotFound */
export async function debitView(em: EntityManager, invoiceId: string, today: string): Promise<View> {
  const found = await firstRow<View>(em, sql`${debits(today)} where d.invoice_id = ${invoiceId}`);
  if (!found) throw new NotFound('direct debit');
  return found;
}

export const lockDebit = (em: EntityManager, invoiceId: string): Promise<{ id: string } | undefined> =>
  firstRow(em, sql`select invoice_id as id from direct_debit where invoice_id = ${invoiceId} for update`);

export async function setHold(
  em: EntityManager,
  invoiceId: string,
  hold: { by: string; at: Date; reason: string } | null,
): Promise<void> {
  await rows(
    em,
    sql`update direct_debit set held_at = ${hold?.at.toISOString() ?? null}, held_by = ${hold?.by ?? null}, held_reason = ${hold?.reason ?? null}
        where invoice_id = ${invoiceId}`,
  );
}
