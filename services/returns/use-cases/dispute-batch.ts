import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchView } from '../../../shared/protocol/returns/batch-views.ts';
import { openDisputes, resolveDisputes } from '../domain/batch-disputes.ts';
import { advanceBatch } from '../domain/batch-states.ts';
import { insertDisputes, saveResolutions } from '../persistence/batch-disputes.ts';
import { disputesOf } from '../persistence/batch-contents.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeBatch } from './batch-steps.ts';

type Actions = typeof returnsActions;

/**
 * The merchant misses pieces, or got damaged or wrong ones (C8). Disputing what is still on its way says that it was
 * delivered; while the batch is disputed more can be added.
 * @throws RuleViolation `RTV_BATCH_TRANSITION_NOT_ALLOWED`; further errors: domain/batch-disputes.ts
 */
export const disputeBatch = (
  deps: ReturnsDeps,
  { id, items: complaints }: InputOf<Actions['disputeBatch']>,
  actor: Actor,
): Promise<BatchView> =>
  changeBatch(deps, actor, id, 'rtv-batch.disputed', async ({ em, batch, items, moment }) => {
    if (batch.state !== 'disputed') {
      const onItsWay = batch.state === 'dispatched';
      const state = advanceBatch(batch.state, ...(onItsWay ? ['delivered' as const] : []), 'disputed');
      Object.assign(batch, { state, deliveredAt: batch.deliveredAt ?? moment.at, disputedAt: moment.at });
    }
    const opened = openDisputes(complaints, items, await disputesOf(em, id), {
      at: moment.at,
      newId: () => uuidv7(moment.at),
    });
    await insertDisputes(em, batch, opened, moment.by);
    return { detail: { disputes: complaints } };
  });

/**
 * Settles disputed pieces; with the last one the batch is resolved. A credit is written by finance, who finds the
 * outcome here.
 * @throws RuleViolation `RTV_BATCH_NOT_DISPUTED`; further errors: domain/batch-disputes.ts
 */
export const resolveBatch = (
  deps: ReturnsDeps,
  { id, resolutions }: InputOf<Actions['resolveBatch']>,
  actor: Actor,
): Promise<BatchView> =>
  changeBatch(deps, actor, id, 'rtv-batch.dispute-settled', async ({ em, batch, moment }) => {
    if (batch.state !== 'disputed')
      throw new RuleViolation('RTV_BATCH_NOT_DISPUTED', 'Nothing of this batch is disputed', { state: batch.state });
    const disputes = await disputesOf(em, id);
    const settled = resolveDisputes(resolutions, disputes, moment.at);
    await saveResolutions(em, settled, moment.by);
    const open = disputes.filter(({ outcome }) => outcome === null).length - settled.length;
    if (open === 0) Object.assign(batch, { state: advanceBatch(batch.state, 'resolved'), resolvedAt: moment.at });
    return { detail: { resolutions, open } };
  });
