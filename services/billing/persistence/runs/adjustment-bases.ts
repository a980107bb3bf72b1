import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import {
  adjustedMonth,
  type AdjustmentBasis,
  type BilledAdjustments,
} from '../../domain/adjustments/adjustment-lines.ts';
import type { AppliedAdjustment } from '../../domain/adjustments/applied-adjustments.ts';
import type { BilledMonth } from '../../domain/adjustments/minimum-lines.ts';
import { chargeGroup } from '../../../../shared/protocol/billing/rate-adjustment.ts';
import { FREIGHT_TYPES } from '../../domain/charge-types/index.ts';
import { plainDecimal } from '../../domain/invoices/invoice-draft.ts';
import { allocation, LIVE_LINES, type Collection } from './allocations.ts';

const groupOf = (table: string) =>
  sql`case when ${sql.ref(`${table}.charge_type`)} = any(${[...FREIGHT_TYPES]}::text[]) then 'freight' else ${sql.ref(`${table}.section`)} end`;

/** What surcharges and discounts apply to among the collected charges, each price rounded once as on a line. */
export async function adjustmentBases(
  em: EntityManager,
  collection: Collection,
  applied: readonly AppliedAdjustment[],
): Promise<AdjustmentBasis[]> {
  if (!applied.length) return [];
  const scopes = applied.map(({ versionId, adjustment, from, to, billedOn }) => ({
    version_id: versionId,
    billed_on: billedOn ?? null,
    key: adjustment.key,
    from_day: from,
    to_day: to,
    everything: !adjustment.groups && !adjustment.chargeTypes && !adjustment.rules,
    groups: adjustment.groups ?? [],
    charge_types: adjustment.chargeTypes ?? [],
    rules: adjustment.rules ?? [],
  }));
  const found = await rows<Omit<AdjustmentBasis, 'basisMinor'> & { basisMinor: string }>(
    em,
    sql`with ${allocation(collection)},
        scope as (
          select * from jsonb_to_recordset(${JSON.stringify(scopes)}::jsonb) as s (version_id uuid, billed_on uuid, key text, from_day date, to_day date,
            everything boolean, groups text[], charge_types text[], rules text[])),
        priced as (
          select s.version_id, s.key, a.stream, a.section, ${groupOf('a')} as "group", a.service_month, a.unit, sum(a.quantity) as quantity,
                 round(sum(a.quantity) * a.unit_price * 100 / a.base_quantity) as net,
                 min(a.service_date) as first_day, max(a.service_date) as last_day, bool_and(a.late) as late
          from scope s join allocated a on a.service_date between s.from_day and s.to_day and a.taken_back_from is not distinct from s.billed_on
            and (s.everything or ${groupOf('a')} = any(s.groups) or a.charge_type = any(s.charge_types) or a.rule_key = any(s.rules))
          group by s.version_id, s.key, a.kind, a.own_charge, a.stream, a.section, a.charge_type, a.version_id, a.rule_key, a.tier_from, a.unit_price,
                   a.base_quantity, a.service_month, a.unit)
        select version_id as "versionId", key, stream, section, "group", service_month as "serviceMonth", unit, sum(net)::text as "basisMinor",
               sum(quantity) as quantity, case when bool_and(late) then min(first_day) end as "lateFrom",
               case when bool_and(late) then max(last_day) end as "lateTo"
        from priced group by version_id, key, stream, section, "group", service_month, unit
        -- the order in which groups use up a monthly maximum
        order by service_month, array_position(${[...chargeGroup.options]}::text[], "group"), min(first_day), version_id, unit`,
  );
  return found.map((basis) => ({
    ...basis,
    basisMinor: Number(basis.basisMinor),
    quantity: plainDecimal(basis.quantity),
  }));
}

/** Net of the live lines of some service months, by what minimums count, and by key for what was paid for them and how. */
export async function billedMonths(
  em: EntityManager,
  merchantId: string,
  months: readonly string[],
): Promise<BilledMonth[]> {
  if (!months.length) return [];
  return rows<BilledMonth>(
    em,
    sql`select l.service_month as "serviceMonth",
               case when l.kind = 'minimum' then 'minimum' else coalesce(l.detail ->> 'group', ${groupOf('l')}) end as "group",
               case when l.kind = 'minimum' then l.rule_key else '' end as key, sum(l.net_minor)::float8 as "netMinor",
               (array_agg(p.paid_for order by m.cutoff desc, i.created_at desc, i.id desc) filter (where p.paid_for is not null))[1] as "paidFor"
        from ${LIVE_LINES}
        left join lateral (
          select jsonb_build_object('minimum', of_version.minimum, 'versionId', v.id, 'targetMinor', (l.detail ->> 'minimumMinor')::bigint,
                   'beside', jsonb_path_query_array(v.minimums, '$[*].key')) as paid_for
          from rate_version v cross join jsonb_array_elements(v.minimums) as of_version (minimum)
          where l.kind = 'minimum' and v.id = l.version_id and of_version.minimum ->> 'key' = l.rule_key) p on true
        where l.merchant_id = ${merchantId} and l.service_month = any(${[...months]}::text[])
        group by 1, 2, 3 order by max(m.cutoff), max(i.created_at), 3`,
  );
}

/** Net of the live surcharges and discounts of some service months that have a maximum, by key and month. */
export async function billedAdjustments(
  em: EntityManager,
  merchantId: string,
  months: readonly string[],
): Promise<BilledAdjustments> {
  if (!months.length) return new Map();
  const found = await rows<{ key: string; serviceMonth: string; netMinor: number; uncappedMinor: number }>(
    em,
    sql`select l.rule_key as key, l.service_month as "serviceMonth", sum(l.net_minor)::float8 as "netMinor",
               sum((l.detail ->> 'uncappedMinor')::bigint)::float8 as "uncappedMinor"
        from ${LIVE_LINES}
        where l.merchant_id = ${merchantId} and l.detail ? 'uncappedMinor' and l.service_month = any(${[...months]}::text[])
        group by 1, 2`,
  );
  return new Map(found.map(({ key, serviceMonth, ...billed }) => [adjustedMonth(key, serviceMonth), billed]));
}
