import type { RawBuilder } from 'kysely';
import type { ViolatingRow } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import { goodsInClosedV1 } from '../../../../shared/protocol/orders/goods-in.ts';
import {
  orderShippedV1,
  shipmentCorrectedV1,
  specialJobSignedOffV1,
} from '../../../../shared/protocol/orders/events.ts';
import {
  batchDispatchedV1,
  chargesMovedV1,
  itemSettledV1,
  quarantineAccruedV1,
  returnInspectedV1,
  returnReceivedV1,
} from '../../../../shared/protocol/returns/events.ts';
import { GOODS_IN } from '../../domain/charge-types/goods-in.ts';
import { reversalOf } from '../../domain/charge-types/index.ts';
import { INSPECTION, SETTLED_ITEM } from '../../domain/charge-types/returns.ts';
import { SHIPMENT } from '../../domain/charge-types/shipments.ts';
import { SOFTWARE_FEE, SOFTWARE_USERS } from '../../domain/charge-types/software-fee.ts';
import { SPECIAL_JOB } from '../../domain/charge-types/special-jobs.ts';
import { STORAGE } from '../../domain/charge-types/storage.ts';
import { sqlUuidOf } from './asked-by-key.ts';
import { chargeRevision, packagingEvent, revision, scanned } from './event-charges.ts';

/**
 * Charges that nothing caused: without an event, a day of stock, a month or an original of their merchant. Surcharges
 * of carriers and fees of shipments that were called back have invariants of their own (I1.carrier, I1.called-back).
 */
export const causelessCharges = (): RawBuilder<ViolatingRow> => sql`
  ${ofEvents} union all ${ofStock} union all ${ofMonths} union all ${twins}`;

/** Events by the key of their charges. */
const keys = (source: string, id: string, revised: RawBuilder<unknown>, ...types: readonly string[]) => sql`
  select ${source}::text as source, (e.payload ->> ${sql.lit(id)})::uuid as source_event, e.merchant_id, ${revised} as revision
  from messaging.event e where e.type in (${sql.join([...types])})`;

const ONCE = sql`0`;

const told: RawBuilder<unknown> = sql.join(
  [
    keys(SHIPMENT, 'shipmentId', revision, orderShippedV1.type, shipmentCorrectedV1.type),
    sql`select ${SHIPMENT}::text, ${packagingEvent}, e.merchant_id, ${revision}
      from messaging.event e cross join lateral jsonb_array_elements(${scanned}) as kind
      where e.type in (${orderShippedV1.type}, ${shipmentCorrectedV1.type})`,
    keys('returns.receipt', 'returnId', ONCE, returnReceivedV1.type),
    keys('returns.batch', 'batchId', ONCE, batchDispatchedV1.type),
    sql`select 'returns.quarantine', ${sqlUuidOf(sql`'quarantine_storage'`, sql`e.payload ->> 'itemId'`, sql`e.payload ->> 'day'`)}, e.merchant_id, 0
      from messaging.event e where e.type = ${quarantineAccruedV1.type}`,
    keys(INSPECTION, 'returnId', chargeRevision, returnInspectedV1.type, chargesMovedV1.type),
    keys(SETTLED_ITEM, 'itemId', chargeRevision, itemSettledV1.type),
    keys(GOODS_IN, 'goodsInId', revision, goodsInClosedV1.type),
    keys(SPECIAL_JOB, 'specialJobId', revision, specialJobSignedOffV1.type),
  ],
  sql` union all `,
);

const SOURCES = [
  ...[SHIPMENT, 'returns.receipt', 'returns.batch', 'returns.quarantine'],
  ...[INSPECTION, SETTLED_ITEM, GOODS_IN, SPECIAL_JOB],
];

/** As a difference of two sets: a loop over events for each charge is what the planner takes before it knows the tables. */
const ofEvents: RawBuilder<ViolatingRow> = sql`
  select c.id::text as id, c.charge_type || ' of ' || c.service_date || ', no event of the merchant made it' as detail
  from (select source, source_event, merchant_id, revision from charge where source in (${sql.join(SOURCES)}) except (${told})) lacking
  join charge c using (source, source_event, merchant_id, revision)`;

/** A day, or an age band of one, refers to the record of the day; a month to itself. */
const ofStock: RawBuilder<ViolatingRow> = sql`
  select c.id::text, c.charge_type || ' of ' || c.service_date || ', no stock of the merchant made it'
  from charge c
  where c.source = ${STORAGE} and c.reference ? 'id' and (
    c.source_event not in ((c.reference ->> 'id')::uuid,
      coalesce(${sqlUuidOf(sql`'storage-age'`, sql`c.reference ->> 'id'`, sql`c.attributes ->> 'ageDaysOver'`)}, (c.reference ->> 'id')::uuid))
    or (c.reference ->> 'number' = c.reference ->> 'from' and not exists (
      select 1 from storage_header h where h.id = (c.reference ->> 'id')::uuid and h.merchant_id = c.merchant_id and h.day = c.service_date)))`;

/** The fee of a month, and of its users, is made of merchant and month. */
const ofMonths: RawBuilder<ViolatingRow> = sql`
  select c.id::text, c.charge_type || ' of ' || c.service_date || ', of another merchant or month'
  from charge c
  where c.source in (${SOFTWARE_FEE}, ${SOFTWARE_USERS})
    and c.source_event <> ${sqlUuidOf(sql`c.charge_type`, sql`c.merchant_id::text`, sql`to_char(c.service_date, 'YYYY-MM')`)}`;

const twins: RawBuilder<ViolatingRow> = sql`
  select c.id::text, c.charge_type || ' of ' || c.service_date || ', takes back what was never charged'
  from charge c
  where c.source like ${`%${reversalOf('')}`} and not exists (
    select 1 from charge o where o.source = left(c.source, ${sql.lit(-reversalOf('').length)}) and o.source_event = c.source_event
      and o.charge_type = c.charge_type and o.revision = c.revision and o.merchant_id = c.merchant_id and o.service_date = c.service_date offset 0)`;
