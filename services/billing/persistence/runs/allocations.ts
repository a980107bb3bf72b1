import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { FREIGHT_TYPES } from '../../domain/charge-types/index.ts';
import { plainDecimal, type AllocationGroup } from '../../domain/invoices/invoice-draft.ts';
import { collectedCharges, type Collection } from './collected-charges.ts';
import { takenBackFrom } from './standing-adjustments.ts';

export type { Collection } from './collected-charges.ts';

/**
 * Lines that are billed or approved; those of other drafts do not count, nor those of what is cancelled. A cancellation
 * has none itself, and what was credited of a line leaves its charges billed: tiers and minimums stay as they were.
 */
export const LIVE_LINES = sql`invoice_line l
    join invoice i on i.id = l.invoice_id and i.corrects_id is null
    join run_merchant m on m.id = i.run_merchant_id and (i.state = 'finalized' or (i.state = 'draft' and m.state = 'approved'))`;

/**
 * Every collected charge with its price: one row per charge, for tiers one per charge and tier touched. The same query
 * prices drafts, approvals and the running account, so they cannot differ.
 *
 * - Graduated: a rule counts on from what live lines of the same service month hold, then goes through the charges by
 *   service date and id; a new version within the month does not reset the counter, each unit takes the version of
 *   its own day. A negative charge takes back the last units. Where a document of the month was cancelled, each tier gets
 *   what it lacks of how all units are spread, so that the same charges come to the same total again.
 * - Volume: all units of the service month take the tier that their number reaches. Where it moved since lines were
 *   billed, their quantity is taken back at its price and billed again at the new one; no charge stands there.
 * - Free units are a first tier at zero.
 */
export const allocation = (collection: Collection) => {
  const { merchantId, supposed } = collection;
  const lines = supposed ? NO_LINES : LIVE_LINES;
  return sql`
  ${collectedCharges(collection)},
  billed as (
    select v.card_id, l.rule_key, l.service_month, sum(l.quantity) as quantity
    from ${lines} join rate_version v on v.id = l.version_id
    where l.merchant_id = ${merchantId} and l.tier_from is not null
    group by 1, 2, 3
  ),
  ${cancelledTiers(collection)},
  counted as (
    select c.*, coalesce(b.quantity, 0) + sum(c.quantity) over upto - c.quantity as counter_from,
           coalesce(b.quantity, 0) + sum(c.quantity) over upto as counter_to,
           coalesce(b.quantity, 0) + sum(c.quantity) over month as month_total
    from collected c left join billed b using (card_id, rule_key, service_month)
    where c.tiers is not null
    window month as (partition by c.card_id, c.rule_key, c.service_month), upto as (month order by c.service_date, c.id)
  ),
  -- lines of a volume price whose month grows now, by the price they were billed at
  volume_billed as (
    select g.stream, l.section, l.charge_type, l.version_id, l.rule_key, l.service_month, g.late, l.unit, r.label, r.model -> 'tiers' as tiers,
           min(l.tier_from) as tier_from, (array_agg(l.tier_to order by l.tier_from))[1] as tier_to, l.unit_price, l.base_quantity, g.card_id, g.month_total, sum(l.quantity) as live
    from (select card_id, rule_key, service_month, min(stream) as stream, max(month_total) as month_total, bool_and(late) as late
          from counted where model ->> 'type' = 'volume' group by 1, 2, 3) g
    join rate_version v on v.card_id = g.card_id
    join rate_rule r on r.version_id = v.id and r.key = g.rule_key and r.model ->> 'type' = 'volume'
    join (select l.* from ${lines} where l.merchant_id = ${merchantId} and l.tier_from is not null) l
      on l.version_id = v.id and l.rule_key = g.rule_key and l.service_month = g.service_month
    group by g.stream, l.section, l.charge_type, l.version_id, l.rule_key, l.service_month, g.late, l.unit, r.label, r.model,
             l.unit_price, l.base_quantity, g.card_id, g.month_total
    having sum(l.quantity) <> 0
  ),
  -- by the days and invoices of what is billed, because surcharges and discounts go by them
  volume_moved as (
    select b.*, d.service_date, d.quantity, d.taken_back_from, t.from_quantity as new_from, t.to_quantity as new_to, t.unit_price as new_price
    from volume_billed b cross join lateral (${tierAt(sql`b.tiers`, sql`b.month_total`)}) t
    cross join lateral (${volumeDays('b', merchantId)}) d
    where t.unit_price <> b.unit_price
  ),
  allocated as materialized ( -- joined to lines or scopes it would be priced again for each of them
    select 'charges' as kind, id, own_charge, case when own_charge is not null then reference end as own_reference, stream, section, charge_type,
           version_id, rule_key, service_month, service_date, late, unit, label, null::numeric as tier_from, null::numeric as tier_to,
           quantity, unit_price, base_quantity, taken_back_from
    from collected where tiers is null
    union all
    select 'charges', c.id, null, null, c.stream, c.section, c.charge_type, c.version_id, c.rule_key, c.service_month, c.service_date, c.late,
           c.unit, c.label, tier.from_quantity, tier.to_quantity,
           sign(c.quantity) * (least(greatest(c.counter_from, c.counter_to), coalesce(tier.to_quantity, 'infinity'))
             - greatest(least(c.counter_from, c.counter_to), case when tier.ordinal = 1 then '-infinity' else tier.from_quantity end)),
           tier.unit_price, c.base_quantity, c.taken_back_from
    from counted c cross join lateral (${tiersOf(sql`c.tiers`)}) tier
    where c.model ->> 'type' <> 'volume' and (c.card_id, c.rule_key, c.service_month) not in (select card_id, rule_key, service_month from cancelled)
      and least(greatest(c.counter_from, c.counter_to), coalesce(tier.to_quantity, 'infinity'))
        > greatest(least(c.counter_from, c.counter_to), case when tier.ordinal = 1 then '-infinity' else tier.from_quantity end)
    union all
    select 'charges', c.id, null, null, c.stream, c.section, c.charge_type, c.version_id, c.rule_key, c.service_month, c.service_date, c.late,
           c.unit, c.label, part.from_quantity, part.to_quantity, part.quantity, part.unit_price, c.base_quantity, c.taken_back_from
    from counted c join cancelled x using (card_id, rule_key, service_month) left join billed b using (card_id, rule_key, service_month)
    cross join lateral billing.tier_parts(c.tiers, x.live, c.counter_from - coalesce(b.quantity, 0), c.counter_to - coalesce(b.quantity, 0),
      c.month_total - coalesce(b.quantity, 0)) part
    where c.model ->> 'type' <> 'volume'
    union all
    select 'charges', c.id, null, null, c.stream, c.section, c.charge_type, c.version_id, c.rule_key, c.service_month, c.service_date, c.late,
           c.unit, c.label, tier.from_quantity, tier.to_quantity, c.quantity, tier.unit_price, c.base_quantity, c.taken_back_from
    from counted c cross join lateral (${tierAt(sql`c.tiers`, sql`c.month_total`)}) tier
    where c.model ->> 'type' = 'volume'
    union all
    select 'volumeBack', null, null, null, stream, section, charge_type, version_id, rule_key, service_month, service_date, late, unit, label,
           tier_from, tier_to, -quantity, unit_price, base_quantity, taken_back_from
    from volume_moved
    union all
    select 'volumeAgain', null, null, null, stream, section, charge_type, version_id, rule_key, service_month, service_date, late, unit, label,
           new_from, new_to, quantity, new_price, base_quantity, taken_back_from
    from volume_moved
  )`;
};

/** What is live of each tier in months of which a document was cancelled; nothing of what is only supposed. */
const cancelledTiers = ({ merchantId, supposed }: Collection) => sql`
  cancelled as (
    select month.*, coalesce((
        select jsonb_agg(jsonb_build_object('from', l.tier_from, 'to', l.tier_to, 'quantity', l.quantity)) from ${LIVE_LINES} join rate_version v on v.id = l.version_id
        where l.merchant_id = ${merchantId} and l.tier_from is not null
          and (v.card_id, l.rule_key, l.service_month) = (month.card_id, month.rule_key, month.service_month)), '[]') as live
    from (select distinct v.card_id, l.rule_key, l.service_month from invoice i join invoice_line l on l.invoice_id = i.id join rate_version v on v.id = l.version_id
          where ${!supposed} and i.merchant_id = ${merchantId} and i.state = 'cancelled' and l.tier_from is not null) month
  )`;

/**
 * The days and invoices of what stands at a price of a volume rule and moves. What others took back of a document that
 * was cancelled since has the days of that document; where neither fits, it is of the month as a whole.
 */
const volumeDays = (table: string, merchantId: string) => {
  const of = (column: string) => sql.ref(`${table}.${column}`);
  const isSame = sql`l.merchant_id = ${merchantId} and l.version_id = ${of('version_id')} and l.rule_key = ${of('rule_key')} and l.service_month = ${of('service_month')}`;
  return sql`
      select service_date, taken_back_from, quantity from (
        select *, rank() over (order by source) as best from (
          select 1 as source, c.service_date, coalesce(${takenBackFrom('c')}, l.invoice_id) as taken_back_from, sum(c.quantity) as quantity,
                 sum(sum(c.quantity)) over () as total
          from charge c join invoice_line l on l.id = c.line_id where ${isSame} group by 2, 3
          union all
          select 2, c.service_date, l.invoice_id, -sum(lc.quantity), -sum(sum(lc.quantity)) over ()
          from invoice_line l join invoice i on i.id = l.invoice_id and i.state = 'cancelled' join invoice_line_charge lc on lc.line_id = l.id join charge c on c.id = lc.charge_id
          where ${isSame} and l.unit_price = ${of('unit_price')} group by 2, 3
          union all
          select 3, (${of('service_month')} || '-01')::date, null, ${of('live')}, ${of('live')}) found
        where total = ${of('live')} or (source = 1 and (${of('card_id')}, ${of('rule_key')}, ${of('service_month')}) not in (select card_id, rule_key, service_month from cancelled))
      ) days where best = 1 and quantity <> 0`;
};

const NO_LINES = sql`(select * from invoice_line where false) l`;

/** The tiers of a model with their bounds. */
function tiersOf(tiers: ReturnType<typeof sql>) {
  return sql`
      select t.ordinal, (t.tier ->> 'unitPrice')::numeric as unit_price, (t.tier ->> 'upTo')::numeric as to_quantity,
             coalesce(lag((t.tier ->> 'upTo')::numeric) over (order by t.ordinal), 0) as from_quantity
      from jsonb_array_elements(${tiers}) with ordinality as t (tier, ordinal)`;
}

/** The tier that a number of units reaches; what is below zero belongs to the first one. */
function tierAt(tiers: ReturnType<typeof sql>, units: ReturnType<typeof sql>) {
  return sql`
      select reached.* from (${tiersOf(tiers)}) reached
      where reached.to_quantity is null or ${units} <= reached.to_quantity order by reached.ordinal limit 1`;
}

/** The collected charges summed up to what one invoice line is made of, and the invoices of which they take something back. */
export async function priceUnbilled(
  em: EntityManager,
  collection: Collection,
): Promise<{ groups: AllocationGroup[]; takenBackFrom: string[] }> {
  const found = await rows<
    Omit<AllocationGroup, 'chargeCount'> & { chargeCount: string; takenBackFrom: string[] | null }
  >(
    em,
    sql`with ${allocation(collection)}
        select kind, own_charge as "ownCharge", own_reference as "ownReference", stream, section, charge_type as "chargeType", version_id as "versionId",
               rule_key as "ruleKey", tier_from as "tierFrom", tier_to as "tierTo", unit_price as "unitPrice", base_quantity as "baseQuantity",
               service_month as "serviceMonth", unit, label, charge_type = any(${[...FREIGHT_TYPES]}::text[]) as "isFreight",
               sum(quantity) as quantity, count(id) as "chargeCount", coalesce(sum(quantity) filter (where late), 0) as "lateQuantity",
               min(service_date) filter (where late) as "lateFrom", max(service_date) filter (where late) as "lateTo",
               array_agg(distinct taken_back_from::text) filter (where taken_back_from is not null) as "takenBackFrom"
        from allocated
        group by kind, own_charge, own_reference, stream, section, charge_type, version_id, rule_key, tier_from, tier_to, unit_price, base_quantity,
                 service_month, unit, label`,
  );
  const groups = found.map(({ takenBackFrom: _, ...group }) => ({
    ...group,
    tierFrom: group.tierFrom && plainDecimal(group.tierFrom),
    tierTo: group.tierTo && plainDecimal(group.tierTo),
    unitPrice: plainDecimal(group.unitPrice),
    baseQuantity: plainDecimal(group.baseQuantity),
    quantity: plainDecimal(group.quantity),
    lateQuantity: plainDecimal(group.lateQuantity),
    chargeCount: Number(group.chargeCount),
  }));
  return { groups, takenBackFrom: [...new Set(found.flatMap((group) => group.takenBackFrom ?? []))] };
}
