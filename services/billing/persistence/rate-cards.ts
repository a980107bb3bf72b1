import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { RateCardInput, RateCardView, RateVersionInput } from '../../../shared/protocol/billing/rate-card.ts';

type VersionView = RateCardView['versions'][number];
export interface CardHead extends Omit<RateCardView, 'versions' | 'createdAt'> {
  createdAt: string;
}

const HEAD = sql`c.id, c.code, c.name, c.currency, c.is_base as "isBase", c.merchant_id as "merchantId", c.created_at as "createdAt"`;

/** A card with all its versions and rules. */
export async function findRateCard(
  em: EntityManager,
  by: { id?: string; code?: string },
): Promise<RateCardView | undefined> {
  const head = await firstRow<CardHead>(
    em,
    sql`select ${HEAD} from rate_card c where ${by.id === undefined ? sql`c.code = ${by.code ?? ''}` : sql`c.id = ${by.id}`}`,
  );
  if (!head) return undefined;
  const versions = await rows<Omit<VersionView, 'createdAt'> & { createdAt: string }>(
    em,
    sql`select v.id, v.version, v.valid_from as "validFrom", v.created_by as "createdBy", v.created_at as "createdAt", v.adjustments, v.minimums,
               coalesce((select jsonb_agg(jsonb_build_object('key', r.key, 'chargeType', r.charge_type, 'priority', r.priority, 'conditions', r.conditions,
                  'model', r.model, 'label', r.label, 'unit', r.unit) order by r.id)
                from rate_rule r where r.version_id = v.id), '[]') as rules
        from rate_version v where v.card_id = ${head.id} order by v.version`,
  );
  return {
    ...head,
    createdAt: new Date(head.createdAt).toISOString(),
    versions: versions.map((version) => ({ ...version, createdAt: new Date(version.createdAt).toISOString() })),
  };
}

export interface CardSummary extends CardHead {
  versions: Omit<VersionView, 'rules' | 'adjustments' | 'minimums'>[];
}

/** Cards after a code, without rules. */
export async function listRateCardPage(
  em: EntityManager,
  after: string | undefined,
  limit: number,
): Promise<CardSummary[]> {
  return rows<CardSummary>(
    em,
    sql`select ${HEAD}, coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'version', v.version, 'validFrom', v.valid_from,
                 'createdBy', v.created_by, 'createdAt', to_char(v.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by v.version)
               from rate_version v where v.card_id = c.id), '[]') as versions
        from rate_card c where c.code > ${after ?? ''} order by c.code limit ${limit}`,
  );
}

/** @throws a unique violation for a code or base card that exists */
export async function insertCard(
  em: EntityManager,
  card: Pick<RateCardInput, 'code' | 'name' | 'currency' | 'isBase' | 'merchantId'> & { id: string },
  now: Date,
): Promise<void> {
  await rows(
    em,
    sql`insert into rate_card (id, merchant_id, code, name, currency, is_base, created_at)
        values (${card.id}, ${card.merchantId}, ${card.code}, ${card.name}, ${card.currency}, ${card.isBase}, ${now.toISOString()})`,
  );
}

/** Appends a version with its rules; the rules keep the order of the input by their ids. */
export async function insertVersion(
  em: EntityManager,
  card: { id: string; merchantId: string | null },
  { version, validFrom, rules, adjustments, minimums }: RateVersionInput,
  { by, now }: { by: string; now: Date },
): Promise<string> {
  const id = uuidv7(now);
  await rows(
    em,
    sql`insert into rate_version (id, card_id, merchant_id, version, valid_from, adjustments, minimums, created_by, created_at)
        values (${id}, ${card.id}, ${card.merchantId}, ${version}, ${validFrom}, ${JSON.stringify(adjustments)}::jsonb,
          ${JSON.stringify(minimums)}::jsonb, ${by}, ${now.toISOString()})`,
  );
  // one millisecond each, so that ids order the rules as they were written
  const values = rules.map((rule, index) => ({ ...rule, id: uuidv7(new Date(now.getTime() + index)) }));
  await rows(
    em,
    sql`insert into rate_rule (id, version_id, merchant_id, key, charge_type, priority, conditions, model, unit, label)
        select id, ${id}, ${card.merchantId}, key, "chargeType", priority, conditions, model, unit, label
        from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as n (id uuid, key text, "chargeType" text, priority integer,
          conditions jsonb, model jsonb, unit text, label jsonb)`,
  );
  return id;
}

/** Merchants whose contracts name a card; what a change of it can touch. */
export async function merchantsOfCard(em: EntityManager, code: string): Promise<string[]> {
  const found = await rows<{ merchantId: string }>(
    em,
    sql`select distinct merchant_id as "merchantId" from contract_ref where rate_card_code = ${code}`,
  );
  return found.map(({ merchantId }) => merchantId);
}
