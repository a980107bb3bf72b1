import { invalidField } from '../../../shared/kernel/errors.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import { toPage, type Page } from '../../../shared/persistence/page.ts';
import { assertSeesMerchant, isStaff, soleMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { decisionActions, OpenDecision } from '../../../shared/protocol/returns/decision-actions.ts';
import { openDecision } from '../decision-views.ts';
import { itemOf } from '../domain/items.ts';
import { assertNotLocked } from '../domain/lock.ts';
import { findQuestions } from '../persistence/decisions.ts';
import { lockReturn, type LoadedReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { assertDistinct, decideOn, type PlacedDecision } from './decide.ts';
import { asRules, keep, momentOf, worksHere } from './steps.ts';

type Actions = typeof decisionActions;
type Given = InputOf<Actions['decideItems']>['decisions'][number];

const MOST_RETURNS = 100;

/** What merchants are asked, the earliest deadline first. @throws NotFound for a merchant out of scope */
export async function listDecisions(
  deps: ReturnsDeps,
  { merchantId, returnId, cursor, limit }: InputOf<Actions['listDecisions']>,
  actor: Actor,
): Promise<Page<OpenDecision>> {
  if (merchantId) assertSeesMerchant(actor, merchantId);
  return read(deps, actor, async (em) =>
    toPage(
      await findQuestions(em, { merchantId: merchantId ?? soleMerchant(actor), returnId, cursor, limit }),
      limit,
      ({ item }) => [item.decisionDueAt!.toISOString(), item.id],
      (question) => openDecision(question, deps.photoLinks),
    ),
  );
}

/**
 * Decides on many items in one transaction, all of them or none. The returns are locked in the order of their ids, so
 * that two such requests wait for each other instead of standing still; each then finds the batch that is open by now.
 * @throws NotFound when one return or item is out of scope @throws RuleViolation when one is not to be decided; both
 *         name its place in `errors` @throws InvalidInput `TOO_MANY_RETURNS`, `DUPLICATE`
 */
export async function decideItems(
  deps: ReturnsDeps,
  { decisions }: InputOf<Actions['decideItems']>,
  actor: Actor,
): Promise<OutputOf<Actions['decideItems']>> {
  const byReturn = grouped(decisions);
  return asRules(
    transact(deps, actor, async (em, announce, audit) => {
      const loaded: LoadedReturn[] = [];
      for (const returnId of byReturn.keys()) loaded.push(await lockReturn(em, returnId));
      const moment = momentOf(deps, actor);
      const kept = [];
      for (const one of loaded) {
        const { parcel } = one;
        if (worksHere(actor)) assertNotLocked(parcel, actor.id, moment.at);
        const by = isStaff(actor) ? 'house' : 'merchant';
        const outcome = await decideOn({ ...one, em, announce, moment }, byReturn.get(parcel.id)!, by);
        kept.push(await keep(em, announce, audit, parcel, outcome, moment.at));
      }
      const after = new Map(kept.map((parcel) => [parcel.id, parcel]));
      return {
        items: decisions.map(({ returnId, itemId }) => {
          const { state, disposition } = itemOf(after.get(returnId)!, itemId);
          return { returnId, itemId, state, disposition };
        }),
        returns: kept.map(({ id, version, state, decisionDueAt }) => ({
          ...{ returnId: id, version, state },
          decisionDueAt: decisionDueAt?.toISOString() ?? null,
        })),
      };
    }),
  );
}

/** By return, in the order of their ids. */
function grouped(decisions: readonly Given[]): Map<string, PlacedDecision[]> {
  assertDistinct(decisions);
  const byReturn = Map.groupBy(
    decisions.map(({ returnId, ...decision }, index) => ({
      returnId,
      decision: { ...decision, place: `decisions.${index}` },
    })),
    ({ returnId }) => returnId,
  );
  if (byReturn.size > MOST_RETURNS)
    throw invalidField('decisions', 'TOO_MANY_RETURNS', `At most ${MOST_RETURNS} returns at once`);
  return new Map(
    [...byReturn]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([returnId, given]) => [returnId, given.map(({ decision }) => decision)]),
  );
}
