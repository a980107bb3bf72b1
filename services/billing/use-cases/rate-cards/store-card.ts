import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type {
  RateCardInput,
  RateCardView,
  RateVersionInput,
  RateWarning,
  SavedRateCard,
} from '../../../../shared/protocol/billing/rate-card.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { versionWarnings } from '../../domain/rate-warnings.ts';
import { findRateCard, insertCard, insertVersion, merchantsOfCard } from '../../persistence/rate-cards.ts';
import { rerate } from '../charges/rerate-charges.ts';

/** The transaction a card is stored in; it has taken the rate book for change. */
export interface StoreTx {
  deps: BillingDeps;
  em: EntityManager;
  audit: Audit;
  actor: Actor;
}

/** Stores a new card with its versions and re-rates what is not billed. */
export async function storeCard({ deps, em, audit, actor }: StoreTx, input: RateCardInput): Promise<RateCardView> {
  const card = { ...input, id: input.id ?? uuidv7(deps.now()) };
  await insertCard(em, card, deps.now());
  const ascending = card.versions.toSorted((left, right) => left.version - right.version);
  for (const version of ascending) await insertVersion(em, card, version, { by: actor.id, now: deps.now() });
  audit({
    action: 'rate-card.created',
    entity: 'rateCard',
    entityId: card.id,
    merchantId: card.merchantId,
    after: { code: card.code, versions: ascending.map(({ version, validFrom }) => ({ version, validFrom })) },
  });
  await rerate(deps, em, audit, {
    merchantIds: card.isBase ? 'all' : await merchantsOfCard(em, card.code),
    from: ascending.map(({ validFrom }) => validFrom).toSorted()[0]!,
    cause: `rate card ${card.code} created`,
  });
  return (await findRateCard(em, { id: card.id }))!;
}

/** Appends versions to a card and re-rates what is not billed from the first of their days on. */
export async function storeVersions(
  { deps, em, audit, actor }: StoreTx,
  card: RateCardView,
  versions: readonly RateVersionInput[],
): Promise<RateCardView> {
  for (const version of versions) {
    await insertVersion(em, card, version, { by: actor.id, now: deps.now() });
    audit({
      action: 'rate-card.version-added',
      entity: 'rateCard',
      entityId: card.id,
      merchantId: card.merchantId,
      after: { version: version.version, validFrom: version.validFrom },
    });
  }
  await rerate(deps, em, audit, {
    merchantIds: card.isBase ? 'all' : await merchantsOfCard(em, card.code),
    from: versions.map(({ validFrom }) => validFrom).toSorted()[0]!,
    cause: `rate version ${versions.map(({ version }) => `${card.code}#${version}`).join(', ')}`,
  });
  return (await findRateCard(em, { id: card.id }))!;
}

/** The number that the next version of a card has. */
export const nextVersion = ({ versions }: Pick<RateCardView, 'versions'>): number =>
  Math.max(...versions.map(({ version }) => version)) + 1;

/** @throws RuleViolation for a second base card of the currency */
export async function assertNoOtherBase(
  em: EntityManager,
  { isBase, currency }: Pick<RateCardInput, 'isBase' | 'currency'>,
): Promise<void> {
  if (!isBase) return;
  const base = await firstRow<{ code: string }>(
    em,
    sql`select code from rate_card where is_base and currency = ${currency}`,
  );
  if (base) throw new RuleViolation('BASE_CARD_EXISTS', `The base card is ${base.code}`, { code: base.code });
}

/** A saved card with what of its versions is worth a look. */
export const withWarnings = (card: RateCardView, warnings: RateWarning[]): SavedRateCard => ({ ...card, warnings });

/** Warnings about all versions of a card, by their place in it. */
export const cardWarnings = ({
  isBase,
  versions,
}: {
  isBase: boolean;
  versions: readonly Pick<RateVersionInput, 'rules'>[];
}): RateWarning[] =>
  versions.flatMap((version, index) => versionWarnings(version, { hasFallback: !isBase, path: `versions.${index}.` }));
