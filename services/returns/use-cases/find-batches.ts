import { read } from '../../../shared/messaging/transact.ts';
import { toPage, type Page } from '../../../shared/persistence/page.ts';
import { assertSeesMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchSummary, BatchView } from '../../../shared/protocol/returns/views.ts';
import { findBatch, findBatches, itemsOfBatch } from '../persistence/batches.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { soleMerchant } from './steps.ts';
import { batchSummary, batchView, createdCursor } from '../views.ts';

type Actions = typeof returnsActions;

/** One batch with its items. @throws NotFound */
export const getBatch = (deps: ReturnsDeps, { id }: InputOf<Actions['getBatch']>, actor: Actor): Promise<BatchView> =>
  read(deps, actor, async (em) => batchView(await findBatch(em, id), await itemsOfBatch(em, id)));

/** @throws NotFound for a merchant out of scope */
export async function listBatches(
  deps: ReturnsDeps,
  input: InputOf<Actions['listBatches']>,
  actor: Actor,
): Promise<Page<BatchSummary>> {
  if (input.merchantId) assertSeesMerchant(actor, input.merchantId);
  const filter = { ...input, merchantId: input.merchantId ?? soleMerchant(actor) };
  return read(deps, actor, async (em) =>
    toPage(
      await findBatches(em, filter),
      input.limit,
      ({ batch }) => createdCursor(batch),
      ({ batch, pieces }) => batchSummary(batch, pieces),
    ),
  );
}
