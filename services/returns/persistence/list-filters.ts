import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { readCursor } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnState } from '../domain/model.ts';
import { GONE, UNDER_INSPECTION } from '../domain/return-states.ts';
import { headsOf, summaryColumns, type ReturnHead, type SummaryRow } from './lists.ts';

export type ReturnFilter = InputOf<typeof returnsActions.listReturns>;

/** What is to be done with a return, as the desks show it. */
const GROUPS: Record<NonNullable<ReturnFilter['group']>, readonly ReturnState[]> = {
  toReceive: ['announced', 'in_transit'],
  toInspect: UNDER_INSPECTION,
  toDecide: ['awaiting_decision'],
  inProgress: ['inspected', 'processing'],
  done: ['completed', ...GONE],
};

type Sort = ReturnFilter['sort'];

const SORTS: Record<
  Sort,
  { column: 'created_at' | 'received_at' | 'inspection_due_at'; key: keyof ReturnHead; down: boolean }
> = {
  createdAt: { column: 'created_at', key: 'createdAt', down: false },
  '-createdAt': { column: 'created_at', key: 'createdAt', down: true },
  receivedAt: { column: 'received_at', key: 'receivedAt', down: false },
  '-receivedAt': { column: 'received_at', key: 'receivedAt', down: true },
  inspectionDueAt: { column: 'inspection_due_at', key: 'inspectionDueAt', down: false },
};

/**
 * One more than asked, in the order of the list. Sorted by an instant, the list holds only returns that have it.
 * @param now  what is overdue at this instant (B14)
 */
export async function findReturns(em: EntityManager, filter: ReturnFilter, now: Date): Promise<ReturnHead[]> {
  const { column, down } = SORTS[filter.sort];
  const by = sql.ref(`r.${column}`);
  const direction = sql.raw(down ? 'desc' : 'asc');
  const conditions = [...filtersOf(filter, now), ...placeOf(filter), sql`${by} is not null`];
  return headsOf(
    await rows(
      em,
      // the page is cut before its rows are made into what is answered, or every row that is sorted would be
      sql<SummaryRow>`select ${summaryColumns} from (
          select r.* from returns.return r where ${sql.join(conditions, sql` and `)}
          order by ${by} ${direction}, r.id ${direction} limit ${filter.limit + 1}) r
        order by ${by} ${direction}, r.id ${direction}`,
    ),
  );
}

/** The place of a row in a list. */
export const returnCursor =
  (sort: Sort) =>
  (head: ReturnHead): string[] => [(head[SORTS[sort].key] as Date).toISOString(), head.id];

/** Written out, so that the indexes of what is rare are found by it. */
const MATCHED: Record<NonNullable<ReturnFilter['matchState']>, ReturnType<typeof sql>> = {
  unknown_merchant: sql`r.merchant_id is null`,
  unmatched: sql`r.match_state = 'unmatched'`,
  matched: sql`r.match_state = 'matched'`,
};

function filtersOf(filter: ReturnFilter, now: Date) {
  const { merchantId, state, matchState, kind, group, parentId, orderId, q } = filter;
  return [
    ...(merchantId ? [sql`r.merchant_id = ${merchantId}`] : []),
    ...(state ? [stateIn([state])] : []),
    ...(matchState ? [MATCHED[matchState]] : []),
    ...(kind ? [sql`r.kind = ${kind}`] : []),
    ...(group ? [stateIn(GROUPS[group])] : []),
    ...(parentId ? [sql`r.parent_id = ${parentId}`] : []),
    ...(orderId ? [sql`r.order_id = ${orderId}`] : []),
    ...(filter.overdue === 'true'
      ? [sql`r.state in ('received', 'inspecting') and r.inspection_due_at < ${now.toISOString()}::timestamptz`]
      : []),
    ...(q ? [contains(q)] : []),
  ];
}

/** Written out for the same reason: open work has indexes of its own (migrations, list indexes). */
const stateIn = (states: readonly ReturnState[]) =>
  sql`r.state in (${sql.join(states.map((state) => sql.lit(state)))})`;

function placeOf({ cursor, sort }: ReturnFilter) {
  const after = readCursor(cursor, ['instant', 'id']);
  const { column, down } = SORTS[sort];
  return after
    ? [
        sql`(${sql.ref(`r.${column}`)}, r.id) ${sql.raw(down ? '<' : '>')} (${after[0]!}::timestamptz, ${after[1]!}::uuid)`,
      ]
    : [];
}

/** Part of a number, in any case; no pattern, so nothing in it has a meaning. The line break keeps numbers apart. */
const contains = (q: string) => sql`(
  position(lower(${q}) in lower(concat_ws(chr(10), r.number, r.external_number, r.order_number, r.tracking_number))) > 0
  or exists (select 1 from returns.return_parcel c where c.return_id = r.id and position(lower(${q}) in lower(c.tracking_number)) > 0)
  or exists (select 1 from returns.merchant_ref m where m.merchant_id = r.merchant_id and position(lower(${q}) in lower(m.name)) > 0))`;
