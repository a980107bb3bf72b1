import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { DunningLetterView } from '../../../../shared/protocol/billing/dunning-views.ts';

/** Whether the letter `l` has arrived: as long as one recipient has it. None while there is no document. */
const LETTER_DELIVERY = sql`case when l.state = 'ready' then coalesce(
  (select max(k.outcome) from dunning_delivery k where k.merchant_id = l.merchant_id and k.letter_id = l.id), 'queued') end`;

/** Why what the letter `l` threatened with cannot follow yet. */
export const LETTER_FAULT = sql`case when l.state <> 'ready' then 'notMade' else case ${LETTER_DELIVERY} when 'queued' then 'notSent' when 'bounced' then 'bounced' end end`;

const LETTERS = sql`
  select l.id, l.run_id as "runId", l.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName", l.number, l.level,
    l.issue_date as "issueDate", l.pay_by as "payBy", l.language, l.open_minor::float8 as "openMinor", l.claims_minor::float8 as "claimsMinor",
    l.total_minor::float8 as "totalMinor", l.state as document, l.error as "documentError", l.finding as "documentFinding", ${LETTER_DELIVERY} as delivery,
    (select coalesce(jsonb_agg(jsonb_build_object('invoiceId', s.invoice_id, 'number', i.number, 'level', s.level, 'openMinor', s.open_minor) order by i.due_date, i.number), '[]')
     from dunning_step s join invoice i on i.id = s.invoice_id where s.letter_id = l.id) as invoices
  from dunning_letter l join merchant_ref m on m.merchant_id = l.merchant_id`;

interface LetterFilter {
  limit: number;
  cursor?: string | undefined;
  merchantId?: string | undefined;
  document?: string | undefined;
  delivery?: string | undefined;
  readyOnly: boolean;
}

/** Users of a merchant see a letter once its document is there. */
export async function listLetters(em: EntityManager, filter: LetterFilter): Promise<Page<DunningLetterView>> {
  const after = readCursor(filter.cursor, ['day', 'id']);
  const found = await rows<DunningLetterView>(
    em,
    sql`${LETTERS}
        where ${filter.merchantId ? sql`l.merchant_id = ${filter.merchantId}` : sql`true`} and (${!filter.readyOnly} or l.state = 'ready')
          and ${filter.document ? sql`l.state = ${filter.document}` : sql`true`} and ${filter.delivery ? sql`${LETTER_DELIVERY} = ${filter.delivery}` : sql`true`}
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

/** @throws NotFound, for users of a merchant also while there is no document */
export async function letterView(em: EntityManager, id: string, readyOnly: boolean): Promise<DunningLetterView> {
  const found = await firstRow<DunningLetterView>(
    em,
    sql`${LETTERS} where l.id = ${id} and (${!readyOnly} or l.state = 'ready')`,
  );
  if (!found) throw new NotFound('dunning letter');
  return found;
}

/** @throws NotFound while there is no document */
export async function archivedLetter(em: EntityManager, id: string): Promise<{ objectKey: string; number: string }> {
  const found = await firstRow<{ objectKey: string; number: string }>(
    em,
    sql`select object_key as "objectKey", number from dunning_letter where id = ${id} and state = 'ready'`,
  );
  if (!found) throw new NotFound('document');
  return found;
}
