import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { readCursor } from '../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Decision } from '../domain/decision.ts';
import type { Item, Photo } from '../domain/model.ts';
import type { ReturnReason } from '../domain/default-reasons.ts';
import { showsItem } from './photos.ts';
import { itemOfRow, photoOf, type JsonRow } from './rows.ts';

/** An open question with its return. */
export interface Question {
  item: Item;
  photos: Photo[];
  returnId: string;
  returnNumber: string;
  merchantId: string;
  orderNumber: string | null;
  /** The merchant's own. */
  reasons: ReturnReason[];
}

type QuestionRow = Omit<Question, 'item' | 'photos'> & { item: JsonRow; photos: JsonRow[] };

interface QuestionFilter {
  merchantId?: string | undefined;
  returnId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Open questions, the earliest deadline first; one more than asked. */
export async function findQuestions(
  em: EntityManager,
  { merchantId, returnId, cursor, limit }: QuestionFilter,
): Promise<Question[]> {
  const after = readCursor(cursor, ['instant', 'id']);
  const found = await rows(
    em,
    sql<QuestionRow>`
      select to_jsonb(i) as item, r.id as "returnId", r.number as "returnNumber", r.merchant_id as "merchantId",
        r.order_number as "orderNumber", coalesce(m.return_policy -> 'reasons', '[]') as reasons,
        (select coalesce(jsonb_agg(to_jsonb(p) order by p.uploaded_at, p.id), '[]') from returns.photo p
          where p.return_id = r.id and ${showsItem}) as photos
      from returns.return_item i join returns.return r on r.id = i.return_id
        join returns.merchant_ref m on m.merchant_id = r.merchant_id
      where i.state = 'disposition_proposed' and i.asked_at is not null and r.state = 'awaiting_decision'
        ${merchantId === undefined ? sql`` : sql`and i.merchant_id = ${merchantId}`}
        ${returnId === undefined ? sql`` : sql`and i.return_id = ${returnId}`}
        ${after ? sql`and (i.decision_due_at, i.id) > (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql``}
      order by i.decision_due_at, i.id limit ${limit + 1}`,
  );
  return found.map((row) => ({ ...row, item: itemOfRow(row.item), photos: row.photos.map(photoOf) }));
}

/** Returns of which a question is overdue, in the order of their deadlines. */
export async function overdueReturns(
  em: EntityManager,
  { at, after, limit }: { at: Date; after?: { dueAt: string; id: string } | undefined; limit: number },
): Promise<{ id: string; dueAt: string }[]> {
  return rows(
    em,
    sql<{ id: string; dueAt: string }>`select id, decision_due_at::text as "dueAt" from returns.return
      where decision_due_at <= ${at.toISOString()}::timestamptz and state = 'awaiting_decision'
        ${after ? sql`and (decision_due_at, id) > (${after.dueAt}::timestamptz, ${after.id}::uuid)` : sql``}
      order by decision_due_at, id limit ${limit}`,
  );
}

/** Whether nobody else is working on the return; it is then ours until the transaction ends. */
export async function claimReturn(em: EntityManager, id: string): Promise<boolean> {
  const claimed = await firstRow(em, sql`select 1 from returns.return where id = ${id} for update skip locked`);
  return claimed !== undefined;
}

/** The merchant of a return, for whoever has a link to it. */
export async function merchantOfReturn(em: EntityManager, returnId: string): Promise<string | undefined> {
  const found = await firstRow<{ merchantId: string | null }>(
    em,
    sql`select merchant_id as "merchantId" from returns.return where id = ${returnId}`,
  );
  return found?.merchantId ?? undefined;
}

/** How a link was answered. */
export interface LinkAnswer {
  contentHash: string;
  answeredAt: Date;
}

export async function findAnswer(
  em: EntityManager,
  returnId: string,
  revision: number,
): Promise<LinkAnswer | undefined> {
  const found = await firstRow<{ contentHash: string; answeredAt: string }>(
    em,
    sql`select content_hash as "contentHash", answered_at as "answeredAt" from returns.decision_answer
        where return_id = ${returnId} and revision = ${revision}`,
  );
  return found && { ...found, answeredAt: new Date(found.answeredAt) };
}

export async function insertAnswer(
  em: EntityManager,
  { contentHash, answeredAt }: LinkAnswer,
  of: { returnId: string; revision: number; merchantId: string; decisions: readonly Decision[] },
): Promise<void> {
  await rows(
    em,
    sql`insert into returns.decision_answer (return_id, revision, merchant_id, content_hash, decisions, answered_at)
        values (${of.returnId}, ${of.revision}, ${of.merchantId}, ${contentHash}, ${JSON.stringify(of.decisions)}::jsonb,
          ${answeredAt.toISOString()}::timestamptz)`,
  );
}
