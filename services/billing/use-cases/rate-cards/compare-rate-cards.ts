import { invalidField, NotFound } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { rateToolsActions } from '../../../../shared/protocol/billing/rate-tools-actions.ts';
import type { RateCardView } from '../../../../shared/protocol/billing/rate-card.ts';
import type { RateDiff } from '../../../../shared/protocol/billing/rate-tools-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { versionErrors } from '../../domain/rate-card.ts';
import { versionDiff } from '../../domain/rate-diff.ts';
import { versionWarnings } from '../../domain/rate-warnings.ts';
import { findRateCard } from '../../persistence/rate-cards.ts';

type Actions = typeof rateToolsActions;

/** What a save of a version would say, without saving it. @throws NotFound for a card */
export async function checkRateVersion(
  deps: BillingDeps,
  { cardId, version }: InputOf<Actions['checkRateVersion']>,
  actor: Actor,
): Promise<OutputOf<Actions['checkRateVersion']>> {
  const card = cardId === undefined ? undefined : await read(deps, actor, (em) => cardOr404(em, cardId));
  return {
    errors: versionErrors(version, ''),
    warnings: versionWarnings(version, { hasFallback: card?.isBase === false }),
  };
}

/**
 * What differs between two versions: of one card the last two, of two cards the last ones, unless they are named.
 * @throws NotFound for a card; InvalidInput for a version it does not have
 */
export async function diffRateCard(
  deps: BillingDeps,
  { id, from, to, otherId }: InputOf<Actions['diffRateCard']>,
  actor: Actor,
): Promise<RateDiff> {
  const { card, other } = await read(deps, actor, async (em) => {
    const found = await cardOr404(em, id);
    return { card: found, other: otherId === undefined ? found : await cardOr404(em, otherId) };
  });
  const right = versionOf(other, to, 'to');
  const before = other === card ? card.versions.filter(({ version }) => version < right.version).at(-1) : undefined;
  const left = versionOf(card, from ?? before?.version, 'from');
  return { from: side(card, left), to: side(other, right), ...versionDiff(left, right) };
}

type Version = RateCardView['versions'][number];

async function cardOr404(em: EntityManager, id: string): Promise<RateCardView> {
  const card = await findRateCard(em, { id });
  if (!card) throw new NotFound('rate card');
  return card;
}

function versionOf({ versions }: RateCardView, wanted: number | undefined, path: string): Version {
  const found = wanted === undefined ? versions.at(-1) : versions.find(({ version }) => version === wanted);
  if (!found) throw invalidField(path, 'VERSION_UNKNOWN', 'This card has no such version');
  return found;
}

const side = ({ id, code }: RateCardView, { version, validFrom }: Version) => ({
  cardId: id,
  ...{ code, version, validFrom },
});
