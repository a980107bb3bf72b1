import type { RawBuilder } from 'kysely';
import type { InvariantQueries, ViolatingRow } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import { goodsInClosedV1 } from '../../../../shared/protocol/orders/goods-in.ts';
import { orderShippedV1, specialJobSignedOffV1 } from '../../../../shared/protocol/orders/events.ts';
import {
  batchDispatchedV1,
  quarantineAccruedV1,
  returnInspectedV1,
  returnReceivedV1,
} from '../../../../shared/protocol/returns/events.ts';
import type { BILLING_CHARGE_INVARIANTS } from '../../../../shared/protocol/self-check/billing-charges.ts';
import { CARRIER_LINE } from '../../domain/charge-types/carrier-surcharges.ts';
import { GOODS_IN } from '../../domain/charge-types/goods-in.ts';
import { reversalOf } from '../../domain/charge-types/index.ts';
import { INSPECTION } from '../../domain/charge-types/returns.ts';
import { SPECIAL_JOB } from '../../domain/charge-types/special-jobs.ts';
import { STORAGE } from '../../domain/charge-types/storage.ts';
import { LIVE_LINES } from '../runs/allocations.ts';
import { shipmentInvariants } from './shipment-invariants.ts';

/** What contradicts the invariants of charges. */
export const chargeInvariants: InvariantQueries<typeof BILLING_CHARGE_INVARIANTS> = {
  ...shipmentInvariants,
  'I1.charged': () =>
    sql`${shipments} union all ${others} union all ${inspections} union all ${corrected} union all ${deliveries}`,
  'I1.replaced': () => sql`
    select c.id::text as id, c.charge_type || ' of revision ' || c.revision || ', replaced by ' || s.revision as detail
    from charge_source s join charge c on c.source = s.source and c.source_event = s.source_event and c.revision < s.revision
    where s.source <> ${CARRIER_LINE} and not exists (
      select 1 from charge t where t.source = s.source || ${reversalOf('')}::text and t.source_event = c.source_event
        and t.charge_type = c.charge_type and t.revision = c.revision and t.merchant_id = c.merchant_id and t.quantity = -c.quantity)`,
  // a charge that tiers spread over lines of one invoice is linked to the first of them
  'I2.link': () => sql`
    select c.id::text as id, 'on the live line ' || l.id || ', linked to ' || coalesce(c.line_id::text, 'none') as detail
    from ${LIVE_LINES} join invoice_line_charge lc on lc.line_id = l.id join charge c on c.id = lc.charge_id
    left join invoice_line own on own.id = c.line_id
    where own.invoice_id is distinct from l.invoice_id
    union all
    select c.id::text, 'linked to line ' || c.line_id || ', which does not hold it'
    from charge c where c.line_id is not null
      and not exists (select 1 from invoice_line_charge lc where lc.line_id = c.line_id and lc.charge_id = c.id)
    union all
    select c.id::text, 'linked to line ' || c.line_id || ' of a row that is ' || m.state
    from charge c join invoice_line l on l.id = c.line_id join invoice i on i.id = l.invoice_id join run_merchant m on m.id = i.run_merchant_id
    where i.state <> 'finalized' and m.state <> 'approved'`,
  // a transaction that began before the approval may have committed after it, but none lives for two minutes
  'I13.unbilled': () => sql`
    select distinct on (c.id) c.id::text as id, c.charge_type || ' of ' || c.service_date || ', due on ' || m.cutoff as detail
    from run_merchant m join charge c on c.merchant_id = m.merchant_id and c.line_id is null and c.state = 'accrued'
      and c.stream = any(m.done_streams) and c.service_date <= m.cutoff
      and c.created_at < m.collected_at - interval '2 minutes'
    where m.state in ('finalized', 'delivered') and not c.late_exempt`,
  'I16.days': () => sql`
    select m.merchant_id || ':' || d.on_day::date as id, 'no stock is recorded for this day, billed with ' || m.cutoff as detail
    from run_merchant m
    join contract_ref c on c.merchant_id = m.merchant_id and c.storage_method is not null
    cross join lateral generate_series(
      greatest(c.starts_on, date_trunc('month', m.cutoff)::date, (select min(billing_starts_on) from issuer)),
      least(coalesce(c.ends_on, m.cutoff), m.cutoff), interval '1 day') as d (on_day)
    where m.state in ('finalized', 'delivered') and 'monthly' = any(m.done_streams)
      and not exists (select 1 from storage_header h where h.merchant_id = m.merchant_id and h.day = d.on_day::date)
    union all ${silentWarehouses}`,
  'I16.charged': () => sql`
    select h.id::text as id, h.merchant_id || ', ' || h.day as detail
    from storage_header h
    join contract_ref c on c.merchant_id = h.merchant_id and h.day between c.starts_on and coalesce(c.ends_on, h.day)
    where c.storage_method in ('binDay', 'palletDay', 'cubicMetreDay', 'pieceDay') and coalesce(to_jsonb(c) -> 'storage_age_bands', '[]') = '[]'
      -- who pays for a bin with goods of several merchants is a matter of its own
      and exists (select 1 from storage_line l where l.header_id = h.id and l.quantity > 0
            and (c.storage_method <> 'palletDay' or l.storage_type = 'pallet')
            and (c.storage_method <> 'cubicMetreDay' or l.volume_m3 > 0)
            and not exists (select 1 from storage_header other join storage_line shared on shared.header_id = other.id and shared.bin = l.bin
              where other.warehouse = h.warehouse and other.day = h.day and other.merchant_id <> h.merchant_id))
      and not exists (select 1 from charge k where k.source = ${STORAGE} and k.source_event = h.id)`,
  'I27.rates': () => sql`
    select v.id::text as id, 'version of another merchant than its card' as detail
    from rate_version v join rate_card c on c.id = v.card_id where v.merchant_id is distinct from c.merchant_id
    union all
    select r.id::text, 'rule of another merchant than its version'
    from rate_rule r join rate_version v on v.id = r.version_id where r.merchant_id is distinct from v.merchant_id`,
  // a twin is born waived with its original
  'I30.waived': () => sql`
    select c.id::text as id, coalesce(c.state_reason, '') as detail from charge c
    where c.state = 'waived' and c.source not like '%-reversal' and not exists (
      select 1 from messaging.audit_entry a where a.entity = 'charge' and a.entity_id = c.id::text and a.action = 'charge.waived')`,
};

/** Days that other warehouses told of, after one that held goods and fell silent. */
const silentWarehouses: RawBuilder<ViolatingRow> = sql`
  select h.merchant_id || ':' || d.on_day::date || ':' || h.warehouse, 'no stock is recorded for this warehouse, billed with ' || m.cutoff
  from (select *, lead(day) over (partition by merchant_id, warehouse order by day) as next_day from storage_header) h
  join contract_ref c on c.merchant_id = h.merchant_id and c.storage_method is not null
  join run_merchant m on m.merchant_id = h.merchant_id and m.cutoff > h.day and m.state in ('finalized', 'delivered') and 'monthly' = any(m.done_streams)
  cross join lateral generate_series(
    greatest(h.day + 1, c.starts_on, date_trunc('month', m.cutoff)::date, (select min(billing_starts_on) from issuer)),
    least(h.next_day - 1, c.ends_on, m.cutoff), interval '1 day') as d (on_day)
  where h.next_day is distinct from h.day + 1 and exists (select 1 from storage_line l where l.header_id = h.id)
    and exists (select 1 from storage_header o where o.merchant_id = h.merchant_id and o.day = d.on_day::date)`;

/** Events that this service has handled. */
const handled = (consumer: string, type: string) => sql`messaging.delivery d join messaging.event e on e.id = d.event_id
  where d.consumer = ${consumer} and d.done_at is not null and e.type = ${type}`;

/**
 * Asked for each event by the key of charges: `offset 0` keeps the planner from joining the tables as a whole, for which
 * it takes a loop over all charges of a source as long as its statistics do not know that source.
 */
const charged = (source: string, sourceEvent: RawBuilder<unknown>, also: RawBuilder<unknown>) => sql`exists (
  select 1 from charge c where c.source = ${source} and c.source_event = (${sourceEvent})::uuid and ${also} offset 0)`;

const isCharged = (source: string, sourceEvent: RawBuilder<unknown>, chargeType: RawBuilder<unknown>) =>
  charged(source, sourceEvent, sql`c.charge_type = ${chargeType}`);

const ofRevision = sql`c.revision = (e.payload ->> 'revision')::int`;

const shipmentId = sql`e.payload ->> 'shipmentId'`;

/** Picks and parcels of a shipment; what else it may cost depends on it. */
const shipments: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'shipment ' || (${shipmentId}) || ' has no ' || wanted.charge_type as detail
  from (select e.* from ${handled('billing.charge-shipments', orderShippedV1.type)}) e
  cross join lateral (values ('pack', true), ('freight', true), ('pick_first', (e.payload ->> 'firstShipment')::boolean),
    ('pick_further', (e.payload ->> 'pieces')::int > case when (e.payload ->> 'firstShipment')::boolean then 1 else 0 end)
  ) as wanted (charge_type, is_wanted)
  where wanted.is_wanted and not ${isCharged('orders.shipment', shipmentId, sql`wanted.charge_type`)}`;

const others: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'undeliverable parcel without charge' as detail
  from (select e.* from ${handled('billing.charge-undeliverables', returnReceivedV1.type)}) e
  where e.payload ->> 'kind' = 'undeliverable' and not ${isCharged('returns.receipt', sql`e.payload ->> 'returnId'`, sql`'return_undeliverable'`)}
  union all
  select e.id::text, 'dispatched batch without ' || wanted.charge_type
  from (select e.* from ${handled('billing.charge-batches', batchDispatchedV1.type)}) e
  cross join (values ('rtv_handling'), ('rtv_freight')) as wanted (charge_type)
  where not ${isCharged('returns.batch', sql`e.payload ->> 'batchId'`, sql`wanted.charge_type`)}
  union all
  select e.id::text, 'day of quarantine without charge'
  from (select e.* from ${handled('billing.charge-quarantine', quarantineAccruedV1.type)}) e
  where not exists (select 1 from charge c where c.source = 'returns.quarantine' and c.merchant_id = e.merchant_id
    and c.service_date = (e.payload ->> 'day')::date and c.reference ->> 'itemId' = e.payload ->> 'itemId')`;

const inspectionRevision = sql`coalesce((e.payload ->> 'chargeRevision')::int, (e.payload ->> 'revision')::int)`;

/** Parcels and pieces of an inspection that nothing has replaced; one whose earlier charges stay adds to them only. */
const inspections: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'inspection without ' || wanted.charge_type as detail
  from (select e.* from ${handled('billing.charge-inspections', returnInspectedV1.type)}) e
  join charge_source s on s.source = ${INSPECTION} and s.source_event = (e.payload ->> 'returnId')::uuid and s.revision = ${inspectionRevision}
  cross join lateral (values ('return_parcel', (e.payload ->> 'parcels')::int),
    ('return_item', (select sum((i ->> 'quantity')::int) from jsonb_array_elements(e.payload -> 'items') as i))) as wanted (charge_type, quantity)
  where e.payload ->> 'kind' <> 'undeliverable' and e.payload ->> 'reopenedCharges' is distinct from 'keep' and wanted.quantity > 0
    and not ${charged(INSPECTION, sql`s.source_event`, sql`c.charge_type = wanted.charge_type and c.revision = s.revision`)}`;

/** A delivery can be charged in several ways, of which the cards choose; in none it is not. */
const deliveries: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'delivery without charge' as detail
  from (select e.* from ${handled('billing.charge-goods-in', goodsInClosedV1.type)}) e
  where not ${charged(GOODS_IN, sql`e.payload ->> 'goodsInId'`, ofRevision)}`;

/** What can be corrected has a row with its highest revision, and of that its charge unless it came to nothing. */
const corrected: RawBuilder<ViolatingRow> = sql`
  select e.id::text as id, 'inspection that was never noted' as detail
  from (select e.* from ${handled('billing.charge-inspections', returnInspectedV1.type)}) e
  where not exists (select 1 from charge_source s where s.source = ${INSPECTION} and s.source_event = (e.payload ->> 'returnId')::uuid
    and (e.payload ->> 'reopenedCharges' = 'keep' or s.revision >= ${inspectionRevision}))
  union all
  select e.id::text, 'special job without charge'
  from (select e.* from ${handled('billing.charge-special-jobs', specialJobSignedOffV1.type)}) e
  where (e.payload ->> 'quantity')::numeric <> 0
    and not ${charged(SPECIAL_JOB, sql`e.payload ->> 'specialJobId'`, ofRevision)}`;
