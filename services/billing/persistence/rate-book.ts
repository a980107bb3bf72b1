import { askTogether } from '../../../shared/persistence/ask.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { RateBook, RateCard, RatedContract, RateRule, RateVersion } from '../domain/rating.ts';

/** What a version says, per version id. Versions never change, so what was read once stays right. */
export type RuleCache = Map<string, VersionContent>;
type VersionContent = Pick<RateVersion, 'rules' | 'adjustments' | 'minimums'>;

/** Name of the lock that {@link lockBookForRating} and {@link lockBookForChange} take. */
export const BOOK_LOCK = 'billing.rate-book';

/**
 * Holds prices still until the transaction ends: everyone who rates shares the lock, everyone who changes what prices
 * depend on takes it alone. So no charge is rated by a book that was replaced while it was being written, and a
 * re-rating sees every charge of the old one.
 */
async function lockBook(em: EntityManager, mode: 'shared' | 'alone'): Promise<void> {
  const key = sql`hashtextextended(${BOOK_LOCK}, 0)`;
  await rows(
    em,
    mode === 'alone' ? sql`select pg_advisory_xact_lock(${key})` : sql`select pg_advisory_xact_lock_shared(${key})`,
  );
}

/** Taken before cards, versions, merchants or contracts change. */
export const lockBookForChange = (em: EntityManager): Promise<void> => lockBook(em, 'alone');

/** Taken before contracts are read to make charges of them. */
export const lockBookForRating = (em: EntityManager): Promise<void> => lockBook(em, 'shared');

interface FoundContract {
  merchantId: string;
  startsOn: string | null;
  endsOn: string | null;
  rateCardCode: string | null;
}

interface FoundVersion {
  code: string;
  merchantId: string | null;
  isBase: boolean;
  id: string;
  version: number;
  validFrom: string;
}

/** What {@link bookOf} makes a book of; asked once the book is locked. */
export const bookQuestions = (merchantIds: readonly string[]) => ({
  contracts: sql<FoundContract>`
    select m.merchant_id as "merchantId", c.starts_on as "startsOn", c.ends_on as "endsOn", c.rate_card_code as "rateCardCode"
    from merchant_ref m left join contract_ref c using (merchant_id)
    where m.merchant_id = any(${[...merchantIds]}::uuid[]) order by c.starts_on desc`,
  versions: sql<FoundVersion>`
    select c.code, c.merchant_id as "merchantId", c.is_base as "isBase", v.id, v.version, v.valid_from as "validFrom"
    from rate_card c join rate_version v on v.card_id = c.id
    where c.is_base or c.code in (select rate_card_code from contract_ref where merchant_id = any(${[...merchantIds]}::uuid[]))
    order by v.valid_from desc, v.version desc`,
});

/** Everything that prices charges of these merchants, in two statements, and two more for versions not seen before. */
export async function loadRateBook(
  em: EntityManager,
  cache: RuleCache,
  merchantIds: readonly string[],
): Promise<RateBook> {
  await lockBookForRating(em);
  return bookOf(em, cache, await askTogether(em, bookQuestions(merchantIds)));
}

/** The book as it was found; reads the rules of versions that were not seen before. */
export async function bookOf(
  em: EntityManager,
  cache: RuleCache,
  { contracts, versions }: { contracts: readonly FoundContract[]; versions: readonly FoundVersion[] },
): Promise<RateBook> {
  await cacheRules(
    em,
    cache,
    versions.map(({ id }) => id).filter((id) => !cache.has(id)),
  );
  const merchants = Map.groupBy(contracts, ({ merchantId }) => merchantId);
  return {
    merchants: new Map(
      [...merchants].map(([id, found]) => [
        id,
        found.filter((contract): contract is RatedContract & FoundContract => contract.startsOn !== null),
      ]),
    ),
    ...cardsOf(cache, versions),
  };
}

function cardsOf(cache: RuleCache, found: readonly FoundVersion[]): Pick<RateBook, 'cards' | 'base'> {
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
