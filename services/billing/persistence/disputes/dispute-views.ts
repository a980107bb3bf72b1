import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { LineDisputeSummary, LineDisputeView } from '../../../../shared/protocol/billing/disputes-views.ts';

/** What corrections left of a line `l` of an invoice `i`; nothing of a cancelled one. */
export const LEFT_OF_LINE = sql`case when i.state = 'finalized' then l.net_minor + coalesce((
  select sum(c.net_minor) from invoice_line c join invoice n on n.id = c.invoice_id and n.state = 'finalized'
  where c.corrects_line_id = l.id), 0) else 0 end`;

const SUMMARY = sql`d.id, d.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName",
  d.invoice_id as "invoiceId", i.number as "invoiceNumber", i.currency, d.line_id as "lineId", l.position, l.label, l.service_month as "serviceMonth",
  l.net_minor::float8 as "lineNetMinor", (${LEFT_OF_LINE})::float8 as "remainingNetMinor", d.reason, d.disputed_net_minor::float8 as "disputedNetMinor",
  d.state, d.opened_at as "openedAt", d.settled_at as "settledAt", d.answer, d.credited_net_minor::float8 as "creditedNetMinor",
  last.position as "messageCount", last.at as "lastMessageAt",
  case when d.state = 'open' then case last.side when 'merchant' then 'house' else 'merchant' end end as "waitsFor",
  case when n.id is not null then jsonb_build_object('id', n.id, 'number', n.number) end as "creditNote"`;
const SOURCE = sql`line_dispute d join invoice i on i.id = d.invoice_id join invoice_line l on l.id = d.line_id
  join merchant_ref m on m.merchant_id = d.merchant_id left join invoice n on n.id = d.credit_note_id
  cross join lateral (select position, side, at from line_dispute_message where dispute_id = d.id order by position desc limit 1) last`;

type Instants = 'openedAt' | 'settledAt' | 'lastMessageAt';
type Row = Omit<LineDisputeSummary, Instants> & { openedAt: Date; settledAt: Date | null; lastMessageAt: Date };

const iso = (at: Date | string): string => new Date(at).toISOString();
const summaryOf = (row: Row): LineDisputeSummary => ({
  ...row,
  openedAt: iso(row.openedAt),
  lastMessageAt: iso(row.lastMessageAt),
  settledAt: row.settledAt && iso(row.settledAt),
});

export interface DisputeFilter {
  limit: number;
  cursor?: string | undefined;
  merchantId?: string | undefined;
  invoiceId?: string | undefined;
  /** `settled` is every state but `open`. */
  state?: LineDisputeSummary['state'] | 'settled' | undefined;
}

/** Open ones oldest first, as a worklist is worked; all others newest first. */
export async function listDisputes(em: EntityManager, filter: DisputeFilter): Promise<Page<LineDisputeSummary>> {
  const after = readCursor(filter.cursor, ['instant', 'id']);
  const oldestFirst = filter.state === 'open';
  const is = (value: string | undefined, column: string) =>
    value === undefined ? sql`true` : sql`${sql.ref(column)} = ${value}`;
  const state = filter.state === 'settled' ? sql`d.state <> 'open'` : is(filter.state, 'd.state');
  const beyond = after
    ? sql`(d.opened_at, d.id) ${oldestFirst ? sql`>` : sql`<`} (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : sql`true`;
  const order = oldestFirst ? sql`d.opened_at, d.id` : sql`d.opened_at desc, d.id desc`;
  const found = await rows<Row>(
    em,
    sql`select ${SUMMARY} from ${SOURCE}
        where ${is(filter.merchantId, 'd.merchant_id')} and ${is(filter.invoiceId, 'd.invoice_id')} and ${state} and ${beyond}
        order by ${order} limit ${filter.limit + 1}`,
  );
  return toPage(found, filter.limit, ({ openedAt, id }) => [iso(openedAt), id], summaryOf);
}

/** @throws NotFound */
export async function disputeView(em: EntityManager, id: string): Promise<LineDisputeView> {
  const head = await firstRow<Row>(em, sql`select ${SUMMARY} from ${SOURCE} where d.id = ${id}`);
  if (!head) throw new NotFound('line dispute');
  const messages = await rows<Omit<LineDisputeView['messages'][number], 'at'> & { at: Date }>(
    em,
    sql`select id, position, side, text, at from line_dispute_message where dispute_id = ${id} order by position`,
  );
  return { ...summaryOf(head), messages: messages.map((message) => ({ ...message, at: iso(message.at) })) };
}
