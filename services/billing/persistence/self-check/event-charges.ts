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
import { INSPECTION, SETTLED_ITEM } from '../../domain/charge-types/returns.ts';
import { SHIPMENT } from '../../domain/charge-types/shipments.ts';
import { SPECIAL_JOB } from '../../domain/charge-types/special-jobs.ts';
import { charged, handled, payloadNumber, payloadText, sqlUuidOf } from './asked-by-key.ts';

/**
 * Events that were handled and lack a charge of their merchant, day and quantity. A charge is never deleted, so one that
 * was replaced is there beside its twin. What is optional is not asked for: whether the cards price it is not told by
 * the event.
 */
export const unchargedEvents = (): RawBuilder<ViolatingRow> => sql`
  ${shipments('billing.charge-shipments', orderShippedV1.type)}
  union all ${shipments('billing.charge-corrected-shipments', shipmentCorrectedV1.type)}
  union all ${others} union all ${inspections} union all ${settled} union all ${moved} union all ${corrected} union all ${deliveries}`;

export const revision = sql`coalesce(${payloadNumber('revision')}, 0)`;
export const chargeRevision = sql`coalesce(${payloadNumber('chargeRevision')}, ${payloadNumber('revision')})`;
const isWanted = sql`c.charge_type = wanted.charge_type`;
const isOfMerchant = sql`c.merchant_id = e.merchant_id`;
/** What a charge `c` was measured at, whatever its rule bills of it; what the event does not tell is not compared. */
const isMeasured = (quantity: RawBuilder<unknown>) =>
  sql`coalesce((c.trace ->> 'measured')::numeric, c.quantity) = coalesce(${quantity}, (c.trace ->> 'measured')::numeric, c.quantity)`;
/** @param day  the field of the payload that bears the service date */
const isAsTold = (day: string, quantity: RawBuilder<unknown>) =>
  sql`${isOfMerchant} and c.service_date = coalesce((${payloadText(day)})::date, c.service_date) and ${isMeasured(quantity)}`;
const isAsWanted = (day: string) => sql`${isWanted} and ${isAsTold(day, sql`wanted.quantity`)}`;
const isReturn = sql`${payloadText('kind')} <> 'undeliverable'`;
const shipmentId = payloadText('shipmentId');
export const scanned = sql`coalesce(e.payload -> 'packaging', '[]')`;
/** Of a `kind` of {@link scanned}. */
export const packagingEvent = sqlUuidOf(sql`'packaging'`, shipmentId, sql`kind ->> 'code'`);

/** Picks, parcels and packaging of a shipment, under the revision it was told with. */
const shipments = (consumer: string, type: string): RawBuilder<ViolatingRow> => sql`
  select e.id::text as id, 'shipment ' || ${shipmentId} || ' has no ' || wanted.charge_type || coalesce(' ' || wanted.code, '') as detail
  from ${handled(consumer, type)}
  cross join lateral (
    select charge_type, null as code, quantity, ${shipmentId}::uuid as source_event
    from (values ('pack', ${payloadNumber('parcels')}), ('freight', ${payloadNumber('parcels')}),
      ('material', case when jsonb_array_length(${scanned}) = 0 then ${payloadNumber('parcels')} end),
      ('pick_first', (e.payload ->> 'firstShipment')::boolean::int),
      ('pick_further', ${payloadNumber('pieces')} - (e.payload ->> 'firstShipment')::boolean::int)
    ) as always (charge_type, quantity) where quantity > 0
    union all
    select 'packaging', kind ->> 'code', (kind ->> 'quantity')::int, ${packagingEvent}
    from jsonb_array_elements(${scanned}) as kind) as wanted
  where not ${charged(SHIPMENT, sql`wanted.source_event`, sql`${isAsWanted('serviceDate')} and c.revision = ${revision}`)}`;

const others: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'undeliverable parcel without charge' as detail
  from ${handled('billing.charge-undeliverables', returnReceivedV1.type)}
  where not ${isReturn} and not ${charged('returns.receipt', payloadText('returnId'), sql`c.charge_type = 'return_undeliverable' and ${isAsTold('receivedOn', sql`1`)}`)}
  union all
  select e.id::text, 'dispatched batch without ' || wanted.charge_type
  from ${handled('billing.charge-batches', batchDispatchedV1.type)}
  cross join lateral (values ('rtv_handling', ${payloadNumber('pieces')}), ('rtv_freight', ${payloadNumber('parcels')})) as wanted (charge_type, quantity)
  where not ${charged('returns.batch', payloadText('batchId'), isAsWanted('dispatchedOn'))}
  union all
  select e.id::text, 'day of quarantine without charge'
  from ${handled('billing.charge-quarantine', quarantineAccruedV1.type)}
  where not ${charged(
    'returns.quarantine',
    sqlUuidOf(sql`'quarantine_storage'`, payloadText('itemId'), payloadText('day')),
    isAsTold('day', payloadNumber('quantity')),
  )}`;

/** What a list of goods counts for, as column `goods` of its sums. */
const sums = (quantityOf: Record<string, RawBuilder<unknown>>) => sql`cross join lateral (
    select ${sql.join(
      Object.entries(quantityOf).map(
        ([name, which]) => sql`sum((i ->> 'quantity')::int) filter (where ${which}) as ${sql.ref(name)}`,
      ),
    )}, bool_or(jsonb_array_length(coalesce(i -> 'photos', '[]')) > 0) as has_photos
    from jsonb_array_elements(e.payload -> 'items') as i) goods`;

/** An inspection that nothing has replaced; one whose earlier charges stay adds to them only. */
const inspections: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'inspection without ' || wanted.charge_type as detail
  from ${handled('billing.charge-inspections', returnInspectedV1.type)}
  cross join lateral (
    select * from charge_source where source = ${INSPECTION} and source_event = (e.payload ->> 'returnId')::uuid and revision = ${chargeRevision} offset 0) s
  ${sums({
    pieces: sql`true`,
    restocked: sql`i ->> 'disposition' in ('restock', 'restock_b')`,
    disposed: sql`i ->> 'disposition' = 'dispose'`,
  })}
  cross join lateral (values ('return_parcel', case when ${isReturn} then ${payloadNumber('parcels')} end),
    ('return_item', case when ${isReturn} then goods.pieces end),
    ('return_photo', case when goods.has_photos or jsonb_array_length(coalesce(e.payload -> 'photos', '[]')) > 0 then 1 end),
    ('return_restock', goods.restocked), ('return_disposal', goods.disposed)) as wanted (charge_type, quantity)
  where e.payload ->> 'reopenedCharges' is distinct from 'keep' and wanted.quantity > 0
    and not ${charged(INSPECTION, sql`s.source_event`, sql`${isAsWanted('inspectedOn')} and c.revision = s.revision`)}`;

/** Decisions after the inspection that were not charged with it. */
const settled: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'decision after the inspection without ' || wanted.charge_type as detail
  from ${handled('billing.charge-settled-items', itemSettledV1.type)}
  cross join lateral (select case e.payload ->> 'disposition' when 'dispose' then 'return_disposal' else 'return_restock' end) as wanted (charge_type)
  where e.payload ->> 'chargedBefore' is distinct from 'true'
    and not ${charged(
      SETTLED_ITEM,
      payloadText('itemId'),
      sql`${isWanted} and ${isAsTold('settledOn', payloadNumber('quantity'))} and c.revision = ${chargeRevision}`,
    )}`;

/** What stays of a return that charged goods have left. */
const moved: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'return that goods have left without ' || wanted.charge_type as detail
  from ${handled('billing.correct-moved-goods', chargesMovedV1.type)}
  ${sums({
    pieces: sql`true`,
    restocked: sql`i ->> 'chargedAs' = 'restock'`,
    disposed: sql`i ->> 'chargedAs' = 'dispose'`,
  })}
  cross join lateral (values ('return_parcel', case when ${isReturn} then ${payloadNumber('parcels')} end),
    ('return_item', case when ${isReturn} then goods.pieces end),
    ('return_photo', case when e.payload ->> 'photographed' = 'true' then 1 end),
    ('return_restock', goods.restocked), ('return_disposal', goods.disposed)) as wanted (charge_type, quantity)
  where wanted.quantity > 0
    and not ${charged(INSPECTION, payloadText('returnId'), sql`${isAsWanted('chargedOn')} and c.revision = ${payloadNumber('chargeRevision')}`)}`;

/** A delivery can be charged in several ways, of which the cards choose; in none it is not. */
const deliveries: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'delivery without charge' as detail
  from ${handled('billing.charge-goods-in', goodsInClosedV1.type)}
  where not ${charged(GOODS_IN, payloadText('goodsInId'), sql`${isOfMerchant} and c.revision = ${revision}`)}`;

/** What can be corrected has a row with its highest revision, and of that its charge unless it came to nothing. */
const corrected: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'inspection that was never noted' as detail
  from ${handled('billing.charge-inspections', returnInspectedV1.type)}
  where not exists (select 1 from charge_source s where s.source = ${INSPECTION} and s.source_event = (e.payload ->> 'returnId')::uuid
    and (e.payload ->> 'reopenedCharges' = 'keep' or s.revision >= ${chargeRevision}) offset 0)
  union all
  select e.id::text, 'special job without charge'
  from ${handled('billing.charge-special-jobs', specialJobSignedOffV1.type)}
  where (e.payload ->> 'quantity')::numeric <> 0
    and not ${charged(
      SPECIAL_JOB,
      payloadText('specialJobId'),
      sql`${isAsTold('serviceDate', sql`(e.payload ->> 'quantity')::numeric`)} and c.revision = ${revision}`,
    )}`;
