import type { RawBuilder } from 'kysely';
import { formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { NOT_IN_CARDS } from '../../../shared/kernel/charge-reasons.ts';
import { affected, rows, sql } from '../../../shared/persistence/sql.ts';
import type { ChargeAttributes } from '../domain/charge-fact.ts';
import { CORRECTED_SOURCES, reversalOf } from '../domain/charge-types/index.ts';
import type { Rating } from '../domain/rating.ts';

const REVERSALS = CORRECTED_SOURCES.map(reversalOf);

/** Charges to price anew: the unbilled ones of some merchants, or of all, from a service date on. */
export interface ReratingScope {
  merchantIds: readonly string[] | 'all';
  from: LocalDate;
  /** What changed, for the trace and the audit: `rate-version standard-2026#2`. */
  cause: string;
}

const trackTwin = (
  source: string,
) => sql`t.source = ${sql.ref(source)}.source || '-reversal' and t.source_event = ${sql.ref(source)}.source_event
  and t.charge_type = ${sql.ref(source)}.charge_type and t.revision = ${sql.ref(source)}.revision`;

const MARK = (
  cause: string,
) => sql`state = 'unrated', state_reason = null, rule_id = null, rule_key = null, version_id = null, unit_price = null,
  trace = jsonb_strip_nulls(jsonb_build_object('reason', 'RERATING', 'cause', ${cause}::text, 'dropped', case when c.state = 'waived' then true end, 'measured', c.trace -> 'measured', 'quantity', c.trace -> 'quantity',
    'previous', case when c.rule_key is null then c.trace -> 'previous'
                     else jsonb_build_object('card', c.trace -> 'card', 'version', c.trace -> 'version', 'rule', c.rule_key) end))`;

/** Waived by no person, because cards that had priced it said nothing of it any more: they may say it again. */
const wasDropped = (table: string) =>
  sql`(${sql.ref(`${table}.state`)} = 'waived' and ${sql.ref(`${table}.state_reason`)} = ${NOT_IN_CARDS} and ${sql.ref(`${table}.trace`)} ? 'previous')`;

/**
 * Takes the price off unbilled charges, so that none can be approved at the old one; {@link nextMarked} finds them.
 * Held, waived and billed charges keep theirs (G8); what cards dropped is asked for again. A charge and its twin keep
 * theirs when one of them is billed: what is credited must be what was billed.
 */
export async function markForRerating(em: EntityManager, { merchantIds, from, cause }: ReratingScope): Promise<number> {
  const ids = merchantIds === 'all' ? [] : [...merchantIds];
  return affected(
    em,
    sql`update charge c set ${MARK(cause)}
        where c.line_id is null and (c.state in ('accrued', 'unrated') or ${wasDropped('c')}) and c.service_date >= ${from}
          and (${merchantIds === 'all'} or c.merchant_id = any(${ids}::uuid[]))
          and c.source <> all(${REVERSALS}::text[])
          and (c.source <> all(${[...CORRECTED_SOURCES]}::text[])
               or not exists (select 1 from charge t where ${trackTwin('c')} and t.line_id is not null))`,
  );
}

/** The same for one charge, which has just been released. */
export async function markOne(em: EntityManager, id: string, cause: string): Promise<void> {
  await rows(em, sql`update charge c set ${MARK(cause)} where c.id = ${id} and c.line_id is null`);
}

export interface MarkedCharge {
  id: string;
  merchantId: string;
  chargeType: string;
  serviceDate: LocalDate;
  unit: string;
  measured: string;
  amountMinor: number | null;
  attributes: ChargeAttributes;
  cause: string;
  previous: unknown;
  /** It was waived by itself, which nobody has to be told again. */
  wasDropped: boolean;
}

/** Locks the next charges that wait for their new price; two workers get different ones. */
export async function nextMarked(em: EntityManager, limit: number): Promise<MarkedCharge[]> {
  return rows<MarkedCharge>(
    em,
    sql`select id, merchant_id as "merchantId", charge_type as "chargeType", service_date as "serviceDate", unit,
               coalesce(trace ->> 'measured', quantity::text) as measured, amount_minor::float8 as "amountMinor", attributes, trace ->> 'cause' as cause, trace -> 'previous' as previous,
               coalesce((trace ->> 'dropped')::boolean, false) as "wasDropped"
        from charge
        where state = 'unrated' and trace ->> 'reason' = 'RERATING' and line_id is null and source <> all(${REVERSALS}::text[])
        order by merchant_id, id limit ${limit} for update skip locked`,
  );
}

/**
 * Writes new prices and passes them on to unbilled negative twins. What was dropped and comes back is to be
 * billed from now on: no run before could bill it.
 * @param isWaived  what there is nothing to charge for, as the cards are
 */
export async function saveRatings(
  em: EntityManager,
  ratings: readonly { charge: MarkedCharge; rating: Rating; isWaived: boolean }[],
): Promise<void> {
  const values = ratings.map(({ charge, rating, isWaived }) => ({
    id: charge.id,
    quantity: formatMicros(rating.quantityMicros),
    unit_price: rating.unitPriceMicros === null ? null : formatMicros(rating.unitPriceMicros),
    state: isWaived ? 'waived' : rating.matched ? 'accrued' : 'unrated',
    state_reason: isWaived ? NOT_IN_CARDS : null,
    rule_id: rating.matched?.ruleId ?? null,
    rule_key: rating.matched?.ruleKey ?? null,
    version_id: rating.matched?.versionId ?? null,
    comes_back: charge.wasDropped && !isWaived,
    trace: { ...rating.trace, cause: charge.cause, ...(charge.previous ? { previous: charge.previous } : {}) },
  }));
  await rows(
    em,
    sql`update charge c set quantity = n.quantity, unit_price = n.unit_price, state = n.state, state_reason = n.state_reason, rule_id = n.rule_id, rule_key = n.rule_key,
          version_id = n.version_id, trace = n.trace, ${releasedAt('c', sql`n.comes_back`)}
        from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as n (
          id uuid, quantity numeric, unit_price numeric, state text, state_reason text, rule_id uuid, rule_key text, version_id uuid, trace jsonb, comes_back boolean)
        where c.id = n.id`,
  );
  await rows(
    em,
    sql`update charge t set quantity = -c.quantity, unit_price = c.unit_price, state = c.state, state_reason = c.state_reason, rule_id = c.rule_id, rule_key = c.rule_key, version_id = c.version_id,
          trace = c.trace || jsonb_build_object('quantity', trim_scale(-c.quantity)::text, 'reversalOf', c.id),
          ${releasedAt('t', sql`c.state <> 'waived' and ${wasDropped('t')}`)}
        from charge c
        where c.id = any(${values.map(({ id }) => id)}::uuid[]) and c.source = any(${[...CORRECTED_SOURCES]}::text[])
          and ${trackTwin('c')} and t.line_id is null and (t.state in ('accrued', 'unrated') or ${wasDropped('t')})`,
  );
}

const releasedAt = (table: string, comesBack: RawBuilder<unknown>) =>
  sql`released_at = case when ${comesBack} then now() else ${sql.ref(`${table}.released_at`)} end`;

/** Reads a decimal of the database as millionths. */
export const measuredMicros = ({ measured }: MarkedCharge): bigint => parseMicros(measured);
