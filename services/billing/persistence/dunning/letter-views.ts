import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { DunningLetterView } from '../../../../shared/protocol/billing/dunning-views.ts';

const LETTERS = sql`
  select l.id, l.run_id as "runId", l.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName", l.number, l.level,
    l.issue_date as "issueDate", l.pay_by as "payBy", l.language, l.open_minor::float8 as "openMinor", l.claims_minor::float8 as "claimsMinor",
    l.total_minor::float8 as "totalMinor", l.state as document,
    (select coalesce(jsonb_agg(jsonb_build_object('invoiceId', s.invoice_id, 'number', i.number, 'level', s.level, 'openMinor', s.open_minor) order by i.due_date, i.number), '[]')
     from dunning_step s join invoice i on i.id = s.invoice_id where s.letter_id = l.id) as invoices
  from dunning_letter l join merchant_ref m on m.merchant_id = l.merchant_id`;

/** Users of a merchant see a letter once its document is there. */
export async function listLetters(
  em: EntityManager,
  filter: { limit: number; cursor?: string | undefined; merchantId?: string | undefined; readyOnly: boolean },
): Promise<Page<DunningLetterView>> {
  const after = readCursor(filter.cursor, ['day', 'id']);
  const found = await rows<DunningLetterView>(
    em,
    sql`${LETTERS}
        where ${filter.merchantId ? sql`l.merchant_id = ${filter.merchantId}` : sql`true`} and (${!filter.readyOnly} or l.state = 'ready')
          and ${after ? sql`(l.issue_date, l.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql`true`}
        order by l.issue_date desc, l.id desc limit ${filter.limit + 1}`,
  );
  return toPage(
    found,
    filter.limit,
    ({ issueDate, id }) => [issueDate, id],
    (letter) => letter,
  );
}

export const lettersOfRun = (em: EntityManager, runId: string): Promise<DunningLetterView[]> =>
  rows<DunningLetterView>(em, sql`${LETTERS} where l.run_id = ${runId} order by m.name, l.id`);

/** @throws NotFound while there is no document */
export async function archivedLetter(em: EntityManager, id: string): Promise<{ objectKey: string; number: string }> {
  const found = await firstRow<{ objectKey: string; number: string }>(
    em,
    sql`select object_key as "objectKey", number from dunning_letter where id = ${id} and state = 'ready'`,
  );
  if (!found) throw new NotFound('document');
  return found;
}
