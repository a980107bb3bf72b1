import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { RateBook, RateCard, RatedContract, RateRule, RateVersion } from '../domain/rating.ts';

/** What a version says, per version id. Versions never change, so what was read once stays right. */
export type RuleCache = Map<string, VersionContent>;
type VersionContent = Pick<RateVersion, 'rules' | 'adjustments' | 'minimums'>;

const LOCK = 'billing.rate-book';

/**
 * Holds prices still until the transaction ends: everyone who rates shares the lock, everyone who changes what prices
 * depend on takes it alone. So no charge is rated by a book that was replaced while it was being written, and a
 * re-rating sees every charge of the old one.
 */
async function lockBook(em: EntityManager, mode: 'shared' | 'alone'): Promise<void> {
  const key = sql`hashtextextended(${LOCK}, 0)`;
  await rows(
    em,
    mode === 'alone' ? sql`select pg_advisory_xact_lock(${key})` : sql`select pg_advisory_xact_lock_shared(${key})`,
  );
}

/** Taken before cards, versions, merchants or contracts change. */
export const lockBookForChange = (em: EntityManager): Promise<void> => lockBook(em, 'alone');

/** Taken before contracts are read to make charges of them. */
export const lockBookForRating = (em: EntityManager): Promise<void> => lockBook(em, 'shared');

/** Everything that prices charges of these merchants, in at most five statements. */
export async function loadRateBook(
  em: EntityManager,
  cache: RuleCache,
  merchantIds: readonly string[],
): Promise<RateBook> {
  await lockBookForRating(em);
  const contracts = await rows<{
    merchantId: string;
    startsOn: string | null;
    endsOn: string | null;
    rateCardCode: string | null;
  }>(
    em,
    sql`select m.merchant_id as "merchantId", c.starts_on as "startsOn", c.ends_on as "endsOn", c.rate_card_code as "rateCardCode"
        from merchant_ref m left join contract_ref c using (merchant_id)
        where m.merchant_id = any(${[...merchantIds]}::uuid[]) order by c.starts_on desc`,
  );
  const codes = [...new Set(contracts.flatMap(({ rateCardCode }) => rateCardCode ?? []))];
  const { cards, base } = await loadCards(em, cache, codes);
  const merchants = Map.groupBy(contracts, ({ merchantId }) => merchantId);
  return {
    merchants: new Map(
      [...merchants].map(([id, found]) => [
        id,
        found.filter((contract): contract is RatedContract & typeof contract => contract.startsOn !== null),
      ]),
    ),
    cards,
    base,
  };
}

async function loadCards(
  em: EntityManager,
  cache: RuleCache,
  codes: readonly string[],
): Promise<Pick<RateBook, 'cards' | 'base'>> {
  const found = await rows<{
    code: string;
    merchantId: string | null;
    isBase: boolean;
    id: string;
    version: number;
    validFrom: string;
  }>(
    em,
    sql`select c.code, c.merchant_id as "merchantId", c.is_base as "isBase", v.id, v.version, v.valid_from as "validFrom"
        from rate_card c join rate_version v on v.card_id = c.id
        where c.is_base or c.code = any(${[...codes]}::text[]) order by v.valid_from desc, v.version desc`,
  );
  await cacheRules(
    em,
    cache,
    found.map(({ id }) => id).filter((id) => !cache.has(id)),
  );
  const cards = new Map<string, RateCard>();
  let base: RateCard | undefined;
  for (const [code, versions] of Map.groupBy(found, (row) => row.code)) {
    const card: RateCard = {
      code,
      merchantId: versions[0]!.merchantId,
      versions: versions.map(({ id, version, validFrom }) => ({ id, version, validFrom, ...cache.get(id)! })),
    };
    cards.set(code, card);
    if (versions[0]!.isBase) base = card;
  }
  return { cards, base };
}

async function cacheRules(em: EntityManager, cache: RuleCache, versionIds: readonly string[]): Promise<void> {
  if (!versionIds.length) return;
  const found = await rows<RateRule & { versionId: string; chargeType: string }>(
    em,
    sql`select id, version_id as "versionId", key, charge_type as "chargeType", priority, conditions, model, unit
        from rate_rule where version_id = any(${[...versionIds]}::uuid[]) order by priority desc, key`,
  );
  const extras = await rows<{ id: string } & Omit<VersionContent, 'rules'>>(
    em,
    sql`select id, adjustments, minimums from rate_version where id = any(${[...versionIds]}::uuid[])`,
  );
  const byVersion = Map.groupBy(found, ({ versionId }) => versionId);
  for (const { id, adjustments, minimums } of extras)
    cache.set(id, {
      rules: Map.groupBy(byVersion.get(id) ?? [], ({ chargeType }) => chargeType),
      adjustments,
      minimums,
    });
}
