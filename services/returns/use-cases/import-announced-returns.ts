import { localDateOf } from '../../../shared/kernel/dates.ts';
import { read, transact, type Announce } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import { returnProgressedV1 } from '../../../shared/protocol/returns/events.ts';
import { contentHashes, insertAnnounced, type ImportedReturn } from '../persistence/imports.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { withMerchants } from './with-merchants.ts';

type Outcome = OutputOf<typeof returnsActions.importAnnouncedReturns>;

/**
 * Records announced returns of an import, all in one transaction. One that exists with the same content is left
 * alone, one with other content is a conflict and nothing of it is changed. Announcing costs nobody anything. A dry run
 * tells what would happen and writes nothing.
 */
export const importAnnouncedReturns = (
  deps: ReturnsDeps,
  { returns, dryRun }: InputOf<typeof returnsActions.importAnnouncedReturns>,
  actor: Actor,
): Promise<Outcome> => (dryRun ? read(deps, actor, (em) => wouldHappen(em, returns)) : record(deps, returns, actor));

async function wouldHappen(em: EntityManager, returns: readonly ImportedReturn[]): Promise<Outcome> {
  const hashOf = await contentHashes(em, returns);
  const existing = returns.filter((given) => hashOf(given) !== undefined);
  const conflicts = existing.filter((given) => hashOf(given) !== given.contentHash);
  return {
    created: returns.length - existing.length,
    unchanged: existing.length - conflicts.length,
    conflicts: conflicts.map(({ merchantId, externalNumber }) => ({ merchantId, externalNumber })),
  };
}

const record = (deps: ReturnsDeps, returns: readonly ImportedReturn[], actor: Actor): Promise<Outcome> =>
  withMerchants(
    deps,
    actor,
    () => returns.map(({ merchantId }) => merchantId),
    () =>
      transact(deps, actor, async (em, announce, audit) => {
        const at = deps.now();
        const year = localDateOf(at, deps.config.KONTOR_ZONE).slice(0, 4);
        const created = await insertAnnounced(em, firstOfEach(returns), { at, year });
        const hashOf = await contentHashes(em, returns);
        const outcome: Outcome = { created: created.size, unchanged: 0, conflicts: [] };
        const news = new Map(created);
        for (const given of returns) {
          const number = news.get(given.returnId);
          if (number !== undefined && hashOf(given) === given.contentHash) {
            news.delete(given.returnId);
            announceImported(announce, given, number);
          } else if (hashOf(given) === given.contentHash) outcome.unchanged += 1;
          else outcome.conflicts.push({ merchantId: given.merchantId, externalNumber: given.externalNumber });
        }
        for (const [merchantId, group] of Map.groupBy(returns, (given) => given.merchantId)) {
          const count = group.filter(({ returnId }) => created.has(returnId)).length;
          if (count)
            audit({
              action: 'returns.imported',
              entity: 'merchant',
              entityId: merchantId,
              merchantId,
              after: { count },
            });
        }
        return outcome;
      }),
  );

function announceImported(announce: Announce, { returnId, merchantId }: ImportedReturn, number: string): void {
  announce(returnProgressedV1, {
    returnId,
    merchantId,
    number,
    version: 1,
    state: 'announced',
    kind: 'withdrawal',
    orderNumber: null,
    receivedOn: null,
    inspectedOn: null,
  });
}

/** A return that is named twice is made once; the second is compared with the first. */
const firstOfEach = (returns: readonly ImportedReturn[]): ImportedReturn[] => [
  ...new Map(returns.toReversed().map((given) => [given.returnId, given])).values(),
];
