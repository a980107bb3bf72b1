import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../../shared/persistence/sql.ts';
import { plainDecimal, type AllocationGroup } from '../../domain/invoices/invoice-draft.ts';
import type { DuePeriod } from '../../domain/runs/periods.ts';

/** Which charges a draft collects: all unbilled ones up to the cut-off. There is no lower bound (billing.md). */
export interface Collection {
  merchantId: string;
  cutoff: string;
  due: readonly DuePeriod[];
}

/**
 * Every collected charge with its price: one row per charge, for graduated rules one per charge and tier touched.
 * A graduated rule counts on from what live lines of the same service month already hold, then goes through the
 * charges by service date and id; a new version within the month does not reset the counter, each unit takes the
 * version of its own day. A negative charge takes back the last units. The same query prices drafts, approvals and
 * the running account, so they cannot differ.
 */
const allocation = ({ merchantId, cutoff, due }: Collection) => sql`
  period as (
    select * from unnest(${due.map(({ stream }) => stream)}::text[], ${due.map(({ from }) => from)}::date[]) as p (stream, from_day)
  ),
  collected as (
    select c.id, c.stream, c.section, c.charge_type, c.version_id, c.rule_key, c.service_month, c.service_date, c.quantity,
           r.unit, r.label, r.model, v.card_id, c.service_date < p.from_day as late
    from charge c
    join period p on p.stream = c.stream
    join rate_rule r on r.id = c.rule_id
    join rate_version v on v.id = c.version_id
    where c.merchant_id = ${merchantId} and c.line_id is null and c.state = 'accrued' and c.service_date <= ${cutoff}
  ),
  billed as (
    select v.card_id, l.rule_key, l.service_month, sum(l.quantity) as quantity
    from invoice_line l
    join invoice i on i.id = l.invoice_id
    join run_merchant m on m.id = i.run_merchant_id
    join rate_version v on v.id = l.version_id
    where l.merchant_id = ${merchantId} and l.tier_from is not null
      and (i.state = 'finalized' or (i.state = 'draft' and m.state = 'approved'))
    group by 1, 2, 3
  ),
  counted as (
    select c.*, coalesce(b.quantity, 0) + sum(c.quantity) over upto - c.quantity as counter_from,
           coalesce(b.quantity, 0) + sum(c.quantity) over upto as counter_to
    from collected c left join billed b using (card_id, rule_key, service_month)
    where c.model ->> 'type' = 'graduated'
    window upto as (partition by c.card_id, c.rule_key, c.service_month order by c.service_date, c.id)
  ),
  allocated as (
    select id, stream, section, charge_type, version_id, rule_key, service_month, service_date, late, unit, label,
           null::numeric as tier_from, null::numeric as tier_to, quantity,
           coalesce(model ->> 'unitPrice', model ->> 'amount')::numeric as unit_price,
           case when (model ->> 'perDaysOfMonth')::boolean
                then extract(day from (date_trunc('month', service_date) + interval '1 month - 1 day'))
                else coalesce((model ->> 'baseQuantity')::numeric, 1) end as base_quantity
    from collected where model ->> 'type' <> 'graduated'
    union all
    select c.id, c.stream, c.section, c.charge_type, c.version_id, c.rule_key, c.service_month, c.service_date, c.late, c.unit, c.label,
           tier.from_quantity, tier.to_quantity,
           sign(c.quantity) * (least(greatest(c.counter_from, c.counter_to), coalesce(tier.to_quantity, 'infinity'))
             - greatest(least(c.counter_from, c.counter_to), case when tier.ordinal = 1 then '-infinity' else tier.from_quantity end)),
           tier.unit_price, coalesce((c.model ->> 'baseQuantity')::numeric, 1)
    from counted c
    cross join lateral (
      select t.ordinal, (t.tier ->> 'unitPrice')::numeric as unit_price, (t.tier ->> 'upTo')::numeric as to_quantity,
             coalesce(lag((t.tier ->> 'upTo')::numeric) over (order by t.ordinal), 0) as from_quantity
      from jsonb_array_elements(c.model -> 'tiers') with ordinality as t (tier, ordinal)
    ) tier
    where least(greatest(c.counter_from, c.counter_to), coalesce(tier.to_quantity, 'infinity'))
        > greatest(least(c.counter_from, c.counter_to), case when tier.ordinal = 1 then '-infinity' else tier.from_quantity end)
  )`;

/** The collected charges summed up to what one invoice line is made of. */
export async function priceUnbilled(em: EntityManager, collection: Collection): Promise<AllocationGroup[]> {
  const found = await rows<Omit<AllocationGroup, 'chargeCount'> & { chargeCount: string }>(
    em,
    sql`with ${allocation(collection)}
        select stream, section, charge_type as "chargeType", version_id as "versionId", rule_key as "ruleKey", tier_from as "tierFrom",
               tier_to as "tierTo", unit_price as "unitPrice", base_quantity as "baseQuantity", service_month as "serviceMonth", unit, label,
               sum(quantity) as quantity, count(*) as "chargeCount", coalesce(sum(quantity) filter (where late), 0) as "lateQuantity",
               min(service_date) filter (where late) as "lateFrom", max(service_date) filter (where late) as "lateTo"
        from allocated
        group by stream, section, charge_type, version_id, rule_key, tier_from, tier_to, unit_price, base_quantity, service_month, unit, label`,
  );
  return found.map((group) => ({
    ...group,
    tierFrom: group.tierFrom && plainDecimal(group.tierFrom),
    tierTo: group.tierTo && plainDecimal(group.tierTo),
    unitPrice: plainDecimal(group.unitPrice),
    baseQuantity: plainDecimal(group.baseQuantity),
    quantity: plainDecimal(group.quantity),
    lateQuantity: plainDecimal(group.lateQuantity),
    chargeCount: Number(group.chargeCount),
  }));
}

/**
 * Writes which charge stands on which line, with its quantity there, and links each charge to its (first) line: from
 * now on it is billed. The link is the uniqueness: a charge that someone else linked, held or waived since changes
 * fewer rows than expected.
 * @returns how many charges were linked
 */
export async function linkCharges(em: EntityManager, collection: Collection, runMerchantId: string): Promise<number> {
  return affected(
    em,
    sql`with ${allocation(collection)},
        placed as (
          select l.id as line_id, l.position, a.id as charge_id, a.quantity, a.late
          from allocated a
          join invoice i on i.run_merchant_id = ${runMerchantId} and i.state = 'draft' and i.split in ('all', a.stream)
          join invoice_line l on l.invoice_id = i.id and l.section = a.section and l.charge_type = a.charge_type
            and l.version_id = a.version_id and l.rule_key = a.rule_key and l.tier_from is not distinct from a.tier_from
            and l.unit_price = a.unit_price and l.base_quantity = a.base_quantity and l.service_month = a.service_month),
        history as (
          insert into invoice_line_charge (line_id, charge_id, merchant_id, quantity, late)
          select line_id, charge_id, ${collection.merchantId}, quantity, late from placed)
        update charge c set line_id = linked.line_id
        from (select distinct on (charge_id) charge_id, line_id from placed order by charge_id, position) linked
        -- num_nulls instead of IS NULL keeps the planner on the primary key: the index of unbilled charges would be
        -- walked once per charge while the table's statistics are still those of an empty one
        where c.id = linked.charge_id and num_nulls(c.line_id) = 1 and c.state = 'accrued'`,
  );
}

/** Lines whose quantity is not the sum of their linked charges, and charges counted: both must agree before approval. */
export async function checkLinks(
  em: EntityManager,
  runMerchantId: string,
): Promise<{ charges: number; wrongLines: number }> {
  const [found] = await rows<{ charges: string; wrongLines: string }>(
    em,
    sql`with linked as (
          select l.id, l.quantity, coalesce(sum(lc.quantity), 0) as charged
          from invoice i join invoice_line l on l.invoice_id = i.id left join invoice_line_charge lc on lc.line_id = l.id
          where i.run_merchant_id = ${runMerchantId} and i.state = 'draft' group by l.id, l.quantity)
        select (select count(distinct lc.charge_id) from invoice i join invoice_line l on l.invoice_id = i.id
                join invoice_line_charge lc on lc.line_id = l.id where i.run_merchant_id = ${runMerchantId} and i.state = 'draft') as charges,
               (select count(*) from linked where quantity <> charged) as "wrongLines"`,
  );
  return { charges: Number(found!.charges), wrongLines: Number(found!.wrongLines) };
}
