import { formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../shared/persistence/sql.ts';
import type { ChargeFact } from '../domain/charge-fact.ts';
import { reversalOf } from '../domain/charge-types/index.ts';
import type { Rating } from '../domain/rating.ts';

const INSERT_ROWS = 2_500;

/** A charge as it is written; the names are those of the columns. */
interface NewCharge {
  id: string;
  merchant_id: string;
  source: string;
  source_event: string;
  charge_type: string;
  revision: number;
  stream: string;
  section: string;
  service_date: string;
  quantity: string;
  unit: string;
  unit_price: string | null;
  amount_minor: number | null;
  state: string;
  state_reason: string | null;
  rule_id: string | null;
  rule_key: string | null;
  version_id: string | null;
  attributes: unknown;
  reference: unknown;
  trace: unknown;
}

/**
 * Writes rated facts as charges. A fact that has its charge already (same source, event, type and revision) changes
 * nothing, so an event that comes again or to two consumers at once is charged once.
 * @returns how many were new
 */
export async function insertCharges(
  em: EntityManager,
  now: Date,
  rated: readonly { fact: ChargeFact; rating: Rating }[],
): Promise<number> {
  return insertRows(
    em,
    rated.map(({ fact, rating }) => ({
      id: uuidv7(now),
      merchant_id: fact.merchantId,
      source: fact.source,
      source_event: fact.sourceEvent,
      charge_type: fact.type.key,
      revision: fact.revision,
      stream: fact.type.stream,
      section: fact.type.section,
      service_date: fact.serviceDate,
      quantity: formatMicros(rating.quantityMicros),
      unit: fact.unit,
      unit_price: rating.unitPriceMicros === null ? null : formatMicros(rating.unitPriceMicros),
      amount_minor: fact.amountMinor ?? null,
      state: rating.matched ? 'accrued' : 'unrated',
      state_reason: null,
      rule_id: rating.matched?.ruleId ?? null,
      rule_key: rating.matched?.ruleKey ?? null,
      version_id: rating.matched?.versionId ?? null,
      attributes: fact.attributes,
      reference: fact.reference,
      trace: rating.trace,
    })),
  );
}

/**
 * Notes the highest revision of facts that can be corrected. The rows stay locked until the transaction ends, so two
 * revisions of one fact follow each other and each sees what the other wrote.
 */
export async function noteRevisions(
  em: EntityManager,
  source: string,
  facts: readonly { sourceEvent: string; merchantId: string; revision: number }[],
): Promise<void> {
  const latest = new Map<string, (typeof facts)[number]>();
  for (const fact of facts)
    if ((latest.get(fact.sourceEvent)?.revision ?? -1) < fact.revision) latest.set(fact.sourceEvent, fact);
  const noted = [...latest.values()];
  await rows(
    em,
    sql`insert into charge_source (source, source_event, merchant_id, revision)
        select ${source}, n.source_event, n.merchant_id, n.revision
        from unnest(${noted.map(({ sourceEvent }) => sourceEvent)}::uuid[], ${noted.map(({ merchantId }) => merchantId)}::uuid[],
          ${noted.map(({ revision }) => revision)}::integer[]) as n (source_event, merchant_id, revision)
        order by n.source_event
        on conflict (source, source_event) do update
          set revision = greatest(charge_source.revision, excluded.revision),
              -- what was taken for one merchant's may turn out to be another's
              merchant_id = case when excluded.revision > charge_source.revision then excluded.merchant_id else charge_source.merchant_id end`,
  );
}

/**
 * Gives each charge of an outdated revision its negative twin (billing.md, Corrections): same day, rule and version,
 * the quantity turned round. Whatever order the revisions arrive in, only the highest remains. A held or waived
 * charge gets a twin in the same state, so that what is not billed is not credited either.
 */
export async function reverseOutdated(
  em: EntityManager,
  now: Date,
  source: string,
  sourceEvents: readonly string[],
): Promise<number> {
  const reversal = reversalOf(source);
  const outdated = await rows<Omit<NewCharge, 'id'> & { trace: Record<string, unknown>; originalId: string }>(
    em,
    sql`select c.id as "originalId", c.merchant_id, ${reversal} as source, c.source_event, c.charge_type, c.revision, c.stream, c.section,
               c.service_date, (-c.quantity)::text as quantity, c.unit, c.unit_price, c.amount_minor, c.state, c.state_reason, c.rule_id, c.rule_key, c.version_id,
               c.attributes, c.reference, c.trace
        -- first which facts have a revision to replace: of new ones no charge is looked at
        from (select source, source_event, revision from charge_source
              where source = ${source} and source_event = any(${[...sourceEvents]}::uuid[]) and revision > 0 offset 0) s
        join charge c on c.source = s.source and c.source_event = s.source_event
        where c.revision < s.revision
          and not exists (select 1 from charge t where t.source = ${reversal} and t.source_event = c.source_event
                            and t.charge_type = c.charge_type and t.revision = c.revision)
        for update of c`,
  );
  return insertRows(
    em,
    outdated.map(({ originalId, trace, ...row }) => ({
      ...row,
      id: uuidv7(now),
      trace: { ...trace, quantity: formatMicros(parseMicros(row.quantity)), reversalOf: originalId },
    })),
  );
}

async function insertRows(em: EntityManager, charges: readonly NewCharge[]): Promise<number> {
  let inserted = 0;
  for (let start = 0; start < charges.length; start += INSERT_ROWS)
    inserted += await affected(
      em,
      sql`insert into charge (id, merchant_id, source, source_event, charge_type, revision, stream, section, service_date, currency,
            quantity, unit, unit_price, amount_minor, state, state_reason, rule_id, rule_key, version_id, attributes, reference, trace)
          select id, merchant_id, source, source_event, charge_type, revision, stream, section, service_date, 'EUR', quantity, unit,
                 unit_price, amount_minor, state, state_reason, rule_id, rule_key, version_id, attributes, reference, trace
          from jsonb_to_recordset(${JSON.stringify(charges.slice(start, start + INSERT_ROWS))}::jsonb) as n (
            id uuid, merchant_id uuid, source text, source_event uuid, charge_type text, revision integer, stream text, section text,
            service_date date, quantity numeric, unit text, unit_price numeric, amount_minor bigint, state text, state_reason text, rule_id uuid, rule_key text, version_id uuid,
            attributes jsonb, reference jsonb, trace jsonb)
          on conflict (source, source_event, charge_type, revision) do nothing`,
    );
  return inserted;
}
