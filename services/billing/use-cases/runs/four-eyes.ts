import { AppError } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { preparedRows, startedRun } from '../../persistence/runs/preparers.ts';

/**
 * Where the issuer wants four eyes, nobody approves what they prepared: by starting the run, by having a draft made
 * anew, or by changing its charges or their prices since. The clock may start; a person approves (G3).
 * @returns merchants whose drafts this person may not approve; of the named ones there is none
 * @throws AppError 403 `FOUR_EYES` for whoever started the run, for a named row, and for an API key
 */
export async function barredByFourEyes(
  em: EntityManager,
  { id, merchantIds }: { id: string; merchantIds?: readonly string[] | undefined },
  actor: Actor,
): Promise<string[]> {
  if (!(await findIssuer(em))?.approval.fourEyes) return [];
  if (actor.kind !== 'user')
    throw new AppError(403, 'FOUR_EYES', 'A person must approve: the issuer asks for four eyes', { runId: id });
  if (await startedRun(em, id, actor.id)) throw fourEyes([]);
  const prepared = await preparedRows(em, id, actor.id);
  const named = merchantIds?.filter((merchantId) => prepared.includes(merchantId)) ?? [];
  if (named.length) throw fourEyes(named);
  return prepared;
}

export const fourEyes = (merchantIds: readonly string[]): AppError =>
  new AppError(
    403,
    'FOUR_EYES',
    merchantIds.length
      ? 'Somebody else must approve: you had these drafts made anew or changed their charges or prices'
      : 'Somebody else must approve: you started this run',
    { merchantIds },
  );
