import { read } from '../../../shared/messaging/transact.ts';
import { toPage, type Page } from '../../../shared/persistence/page.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { assertSeesMerchant, soleMerchant } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnSummary, ReturnView } from '../../../shared/protocol/returns/views.ts';
import { lockAt } from '../domain/lock.ts';
import { lookUpBatches, lookUpItems } from '../persistence/labels.ts';
import { findReturns, returnCursor } from '../persistence/list-filters.ts';
import { lookUpArticles, lookUpOrders, lookUpReturns } from '../persistence/lists.ts';
import { findReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { returnSummary, returnView } from '../views.ts';

type Actions = typeof returnsActions;

/** One return with its items and photos. @throws NotFound */
export const getReturn = (
  deps: ReturnsDeps,
  { id }: InputOf<Actions['getReturn']>,
  actor: Actor,
): Promise<ReturnView> =>
  read(deps, actor, async (em) => {
    const { parcel, photos } = await findReturn(em, id);
    return returnView({ ...parcel, lock: lockAt(parcel.lock, deps.now()) }, photos, deps.photoLinks, actor);
  });

/** @throws NotFound for a merchant out of scope */
export async function listReturns(
  deps: ReturnsDeps,
  input: InputOf<Actions['listReturns']>,
  actor: Actor,
): Promise<Page<ReturnSummary>> {
  if (input.merchantId) assertSeesMerchant(actor, input.merchantId);
  const filter = { ...input, merchantId: input.merchantId ?? soleMerchant(actor) };
  return read(deps, actor, async (em) =>
    toPage(await findReturns(em, filter, deps.now()), input.limit, returnCursor(input.sort), returnSummary),
  );
}

/** Whatever a scanned code belongs to (A1). Nothing found is an answer too: the parcel is recorded blind. */
export const lookupReturns = (
  deps: ReturnsDeps,
  { code }: InputOf<Actions['lookupReturns']>,
  actor: Actor,
): Promise<OutputOf<Actions['lookupReturns']>> =>
  read(deps, actor, async (em) => ({
    returns: (await lookUpReturns(em, code)).map(returnSummary),
    orders: await lookUpOrders(em, code),
    articles: await lookUpArticles(em, code, deps.pictureLinks),
    items: await lookUpItems(em, code),
    batches: await lookUpBatches(em, code),
  }));
