import { sql } from '../../../../shared/persistence/sql.ts';
import { CONSUMERS } from '../../../../shared/protocol/consumers.ts';

/** Events of a merchant that happened by the end of the cut-off day and have not reached billing. */
export interface EventsOnTheWay {
  /** They will, by themselves. */
  pending: number;
  /** Someone must look at them: they failed too often. */
  parked: number;
}

/**
 * How many events a draft waits for: those that become charges, and those that tell of contracts, taxes, users, returns
 * and jobs. Its index is `delivery_pending_since`, one range per consumer.
 * @param endOfCutoff  the first instant after the cut-off day
 */
export const eventsOnTheWay = (merchantId: string, endOfCutoff: Date) =>
  sql<EventsOnTheWay>`select count(*) filter (where parked_at is null) as pending, count(*) filter (where parked_at is not null) as parked
        from (select d.parked_at from messaging.delivery d join messaging.event e on e.id = d.event_id
              where d.consumer = any(${BEFORE_DRAFT}::text[]) and d.done_at is null and d.occurred_at < ${endOfCutoff.toISOString()}
                and ${ofMerchant(merchantId)} limit 1000) waiting`;

/** What billing hears of its documents once they are issued; everything else it listens to may change what is due. */
const AFTER_ISSUE: readonly string[] = ['billing.note-invoice-delivery'] satisfies (keyof typeof CONSUMERS)[];
const BEFORE_DRAFT = Object.keys(CONSUMERS).filter(
  (name) => name.startsWith('billing.') && !AFTER_ISSUE.includes(name),
);

/**
 * Who may log in is told of a person and names no merchant of its own: it concerns those it names and those that the
 * person was for before.
 */
const ofMerchant = (merchantId: string) =>
  sql`(e.merchant_id = ${merchantId} or (e.merchant_id is null and (
        e.payload -> 'merchantIds' @> to_jsonb(${merchantId}::text)
        or exists (select 1 from merchant_access a where a.merchant_ids @> array[${merchantId}::uuid] and a.user_id::text = e.payload ->> 'userId'))))`;
