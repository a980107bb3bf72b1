import { read } from '../../../shared/messaging/transact.ts';
import { toPage, type Page } from '../../../shared/persistence/page.ts';
import { assertSeesMerchant, soleMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchSummary, BatchView } from '../../../shared/protocol/returns/batch-views.ts';
import { batchSummary } from '../batch-views.ts';
import { figuresOf } from '../persistence/batch-contents.ts';
import { findBatch, findBatches } from '../persistence/batches.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { createdCursor } from '../views.ts';
import { viewOf } from './batch-steps.ts';

type Actions = typeof returnsActions;

/** One batch with its items. @throws NotFound */
export const getBatch = (deps: ReturnsDeps, { id }: InputOf<Actions['getBatch']>, actor: Actor): Promise<BatchView> =>
  read(deps, actor, async (em) => viewOf(deps, em, await findBatch(em, id), actor));

/** @throws NotFound for a merchant out of scope */
export async function listBatches(
  deps: ReturnsDeps,
  input: InputOf<Actions['listBatches']>,
  actor: Actor,
): Promise<Page<BatchSummary>> {
  if (input.merchantId) assertSeesMerchant(actor, input.merchantId);
  const filter = { ...input, merchantId: input.merchantId ?? soleMerchant(actor) };
  return read(deps, actor, async (em) => {
    const found = await findBatches(em, filter);
    const figures = await figuresOf(
      em,
      found.map(({ id }) => id),
    );
    return toPage(found, input.limit, createdCursor, (batch) =>
      batchSummary(batch, figures.get(batch.id)!, deps.config.KONTOR_ZONE),
    );
  });
}
