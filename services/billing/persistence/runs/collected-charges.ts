import { sql } from '../../../../shared/persistence/sql.ts';
import type { DuePeriod, HoldsBefore } from '../../domain/runs/periods.ts';
import { takenBackFrom } from './standing-adjustments.ts';
import { isHeldBack } from './too-old.ts';

/** Which charges a draft collects: all unbilled ones up to the cut-off. There is no lower bound (billing.md). */
export interface Collection {
  merchantId: string;
  cutoff: string;
  due: readonly DuePeriod[];
  /** Leaves out what the run that bills a stream will hold as too old; a draft holds it before it collects. */
  holdsBefore?: HoldsBefore;
  /** Charges to price in place of the unbilled ones, as if nothing of their months had been billed (what-if). */
  supposed?: SupposedCharges;
}

/** Charges that stand nowhere, with what their rules say; the names are those of the query. */
export interface SupposedCharges {
  charges: readonly {
    id: string;
    stream: string;
    section: string;
    charge_type: string;
    rule_id: string;
    service_date: string;
    quantity: string;
    own_price: string | null;
  }[];
  rules: readonly {
    rule_id: string;
    version_id: string;
    card_id: string;
    rule_key: string;
    unit: string;
    model: unknown;
  }[];
}

/**
 * The collected charges with what their rules say of the price. A rule is read once, not with each of its charges:
 * taking values out of JSON is what costs here.
 */
export function collectedCharges({ merchantId, cutoff, due, holdsBefore, supposed }: Collection) {
  return sql`
  period as (
    select * from unnest(${due.map(({ stream }) => stream)}::text[], ${due.map(({ from }) => from)}::date[]) as p (stream, from_day)
  ),
  ${supposed ? supposedCharges(supposed) : unbilledCharges(merchantId, cutoff, holdsBefore)},
  price as materialized (
    select r.*, coalesce((r.model ->> 'unitPrice')::numeric, (r.model ->> 'amount')::numeric) as unit_price,
           coalesce((r.model ->> 'perDaysOfMonth')::boolean, false) as per_days_of_month,
           coalesce((r.model ->> 'baseQuantity')::numeric, 1) as base_quantity,
           case when r.model ? 'tiers' then r.model -> 'tiers'
                when r.model ? 'freeQuantity' then jsonb_build_array(
                  jsonb_build_object('upTo', r.model -> 'freeQuantity', 'unitPrice', '0'),
                  jsonb_build_object('upTo', null, 'unitPrice', r.model -> 'unitPrice')) end as tiers
    from rule r
  ),
  collected as (
    select f.id, f.stream, f.section, f.charge_type, f.version_id, f.rule_key, f.service_month, f.service_date, f.quantity,
           r.unit, r.label, r.model, r.card_id, f.service_date < p.from_day as late, case when f.own_price is not null then f.id end as own_charge,
           f.reference, f.taken_back_from, coalesce(f.own_price, r.unit_price) as unit_price,
           case when r.per_days_of_month then extract(day from (date_trunc('month', f.service_date) + interval '1 month - 1 day'))
                else r.base_quantity end as base_quantity,
           r.tiers
    from found f join price r on r.rule_id = f.rule_id join period p on p.stream = f.stream
  )`;
}

/** The charges a draft collects. */
const unbilledCharges = (merchantId: string, cutoff: string, holdsBefore?: HoldsBefore) => sql`
  found as materialized (
    select c.id, c.stream, c.section, c.charge_type, c.rule_id, c.version_id, c.rule_key, c.service_month, c.service_date, c.quantity,
           c.unit_price as own_price, case when c.unit_price is not null then c.reference ->> 'number' end as reference,
           ${takenBackFrom('c')} as taken_back_from
    from charge c where c.merchant_id = ${merchantId} and c.line_id is null and c.state = 'accrued' and c.service_date <= ${cutoff}
      ${holdsBefore ? sql`and not ${isHeldBack('c', holdsBefore)}` : sql``}
  ),
  rule as (
    select r.id as rule_id, r.unit, r.label, r.model, v.card_id
    from (select distinct rule_id from found) f join rate_rule r on r.id = f.rule_id join rate_version v on v.id = r.version_id
  )`;

const supposedCharges = ({ charges, rules }: SupposedCharges) => sql`
  given as (
    select * from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r (rule_id uuid, version_id uuid, card_id uuid, rule_key text, unit text, model jsonb)
  ),
  found as materialized (
    select c.id, c.stream, c.section, c.charge_type, c.rule_id, r.version_id, r.rule_key, to_char(c.service_date, 'YYYY-MM') as service_month,
           c.service_date, c.quantity, c.own_price, null::text as reference, null::uuid as taken_back_from
    from jsonb_to_recordset(${JSON.stringify(charges)}::jsonb) as c (id uuid, stream text, section text, charge_type text, rule_id uuid,
      service_date date, quantity numeric, own_price numeric)
    join given r using (rule_id)
  ),
  rule as (
    select rule_id, unit, '{"de": "", "en": ""}'::jsonb as label, model, card_id from given
  )`;
