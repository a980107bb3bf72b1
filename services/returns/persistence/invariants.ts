import type { InvariantQueries } from '../../../shared/persistence/invariants.ts';
import { sql } from '../../../shared/persistence/sql.ts';
import {
  batchDispatchedV1,
  chargesMovedV1,
  itemSettledV1,
  quarantineAccruedV1,
  returnInspectedV1,
  returnReceivedV1,
} from '../../../shared/protocol/returns/events.ts';
import type { RETURNS_INVARIANTS } from '../../../shared/protocol/self-check/returns.ts';

const AFTER_INSPECTION = sql`('inspected', 'awaiting_decision', 'processing', 'completed')`;
const SETTLING = sql`('restock', 'restock_b', 'dispose')`;
const LEFT_THE_HOUSE = sql`('dispatched', 'delivered', 'confirmed', 'disputed', 'resolved')`;

/** What contradicts the invariants of returns, their goods and batches. */
export const returnsInvariants: InvariantQueries<typeof RETURNS_INVARIANTS> = {
  'I17.batch': () => sql`
    select i.id::text as id, i.state || ' in batch ' || b.number || ', which is ' || b.state as detail
    from returns.return_item i join returns.rtv_batch b on b.id = i.rtv_batch_id
    where b.state = 'cancelled' or (i.state = 'returned_to_merchant') <> (b.state in ${LEFT_THE_HOUSE})`,
  'I18.pieces': () => sql`
    select b.id::text as id, b.number || ' holds ' || coalesce(held.pieces, 0) || ' pieces, told were ' || (e.payload ->> 'pieces') as detail
    from returns.rtv_batch b
    join messaging.event e on e.type = ${batchDispatchedV1.type} and (e.payload ->> 'batchId')::uuid = b.id
    left join (select rtv_batch_id, sum(quantity) as pieces from returns.return_item where rtv_batch_id is not null group by 1) held
      on held.rtv_batch_id = b.id
    where coalesce(held.pieces, 0) <> (e.payload ->> 'pieces')::int`,
  'I19.graded': () => sql`
    select i.id::text as id, 'return ' || r.number || ' is ' || r.state || ', this item ' || i.state as detail
    from returns.return r join returns.return_item i on i.return_id = r.id
    where r.state in ${AFTER_INSPECTION} and i.state in ('expected', 'received')`,
  'I19.ended': () => sql`
    select i.id::text as id, 'return ' || r.number || ' is completed, this item ' || i.state as detail
    from returns.return r join returns.return_item i on i.return_id = r.id
    where r.state = 'completed' and i.state not in ('missing', 'restocked', 'returned_to_merchant', 'disposed', 'donated', 'expected', 'received')`,
  'I24.inspected': () => sql`
    select r.id::text as id, r.number || ' of revision ' || r.revision as detail from returns.return r
    where r.state in ${AFTER_INSPECTION} and not exists (select 1 from messaging.event e where e.type = ${returnInspectedV1.type}
      and (e.payload ->> 'returnId')::uuid = r.id and (e.payload ->> 'revision')::int = r.revision)`,
  // an undeliverable parcel is charged by its receipt, every other return by its inspection
  'I24.received': () => sql`
    select r.id::text as id, r.number || ', received on ' || r.received_on as detail from returns.return r
    where r.kind = 'undeliverable' and r.received_at is not null and r.merchant_id is not null and not exists (
      select 1 from messaging.event e where e.type = ${returnReceivedV1.type} and (e.payload ->> 'returnId')::uuid = r.id)`,
  'I24.charged': () => sql`
    select r.id::text as id, r.number || ' is charged as of correction ' || r.charge_revision as detail from returns.return r
    where r.state in ${AFTER_INSPECTION} and r.charge_revision > 0 and not exists (
      select 1 from messaging.event e where e.type in (${returnInspectedV1.type}, ${chargesMovedV1.type}) and (e.payload ->> 'returnId')::uuid = r.id
        and coalesce((e.payload ->> 'chargeRevision')::int, (e.payload ->> 'revision')::int) = r.charge_revision)`,
  // goods that went to another merchant since are told by what they were then
  'I24.quarantine': () => sql`
    select q.item_id || ':' || q.day as id, q.quantity || ' pieces of return ' || r.number as detail
    from returns.quarantine_day q join returns.return_item i on i.id = q.item_id join returns.return r on r.id = i.return_id and r.merchant_id = q.merchant_id
    where not exists (select 1 from messaging.event e where e.type = ${quarantineAccruedV1.type}
      and (e.payload ->> 'itemId')::uuid = q.item_id and (e.payload ->> 'day')::date = q.day)`,
  // what the inspection settled was told by it
  'I24.settled': () => sql`
    select i.id::text as id, i.quantity || ' pieces of return ' || r.number || ' are ' || i.state as detail
    from returns.return_item i join returns.return r on r.id = i.return_id
    where r.state in ${AFTER_INSPECTION} and i.state in ('restocked', 'disposed') and i.disposition in ${SETTLING}
      and not exists (select 1 from messaging.event e where e.type = ${itemSettledV1.type} and (e.payload ->> 'itemId')::uuid = i.id)
      and not exists (
        select 1 from messaging.event e cross join lateral jsonb_array_elements(e.payload -> 'items') as told (item)
        where e.type = ${returnInspectedV1.type} and (told.item ->> 'itemId')::uuid = i.id and told.item ->> 'disposition' in ${SETTLING})`,
  'I24.dispatched': () => sql`
    select b.id::text as id, b.number as detail from returns.rtv_batch b
    where b.state in ${LEFT_THE_HOUSE} and not exists (
      select 1 from messaging.event e where e.type = ${batchDispatchedV1.type} and (e.payload ->> 'batchId')::uuid = b.id)`,
  'I26.photos': () => sql`
    select r.id::text as id, r.number || ' counts ' || r.photo_count || ' photos of ' || count(p.id) as detail
    from returns.return r left join returns.photo p on p.return_id = r.id
    group by r.id having r.photo_count <> count(p.id)`,
  'I27.checks': () => sql`
    select c.item_id::text as id, 'checked in batch ' || b.number as detail
    from returns.rtv_check c join returns.rtv_batch b on b.id = c.batch_id join returns.return_item i on i.id = c.item_id
    where i.rtv_batch_id is distinct from c.batch_id`,
};
