import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { CollectionRunView } from '../../../../shared/protocol/billing/direct-debit-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { reachableDay } from '../../domain/direct-debits/mandates.ts';
import type { Creditor } from '../../documents/collection/collection-model.ts';
import {
  discard,
  endingMandates,
  lockItems,
  lockRun,
  markApproved,
  markSubmitted,
  type LockedItem,
  type LockedRun,
} from '../../persistence/direct-debits/collection-runs.ts';
import { listRuns, runView } from '../../persistence/direct-debits/collection-views.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { ensureFile } from './collection-file.ts';
import { lapse } from './mandates.ts';

type Actions = typeof directDebitActions;

export const todayOf = ({ now, config }: Pick<BillingDeps, 'now' | 'config'>): string =>
  localDateOf(now(), config.KONTOR_ZONE);

export const listCollectionRuns = (
  deps: BillingDeps,
  input: InputOf<Actions['listCollectionRuns']>,
  actor: Actor,
): Promise<OutputOf<Actions['listCollectionRuns']>> => read(deps, actor, (em) => listRuns(em, input));

/** @throws NotFound */
export const getCollectionRun = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<CollectionRunView> =>
  read(deps, actor, (em) => runView(em, id, todayOf(deps)));

/** @throws NotFound; RuleViolation once the run is approved */
export async function removeCollectionItem(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<CollectionRunView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const found = await firstRow<{ runId: string; merchantId: string }>(
      em,
      sql`select run_id as "runId", merchant_id as "merchantId" from collection_item where id = ${id}`,
    );
    if (!found) throw new NotFound('collection');
    inState(await lockRun(em, found.runId), 'proposed');
    await firstRow(
      em,
      sql`update collection_item set state = 'removed' where id = ${id} and state = 'open' returning id`,
    );
    const { merchantId, runId } = found;
    audit({ action: 'collection.item-removed', entity: 'collection-item', entityId: id, merchantId });
    return runView(em, runId, todayOf(deps));
  });
}

/**
 * Approves what was seen. Everything is looked at once more while nobody pays these invoices: what was paid, held or
 * revoked meanwhile, or cannot be collected on its day any more, wants a new proposal. Then the file is written.
 * @throws NotFound; RuleViolation `COLLECTION_CHANGED`
 */
export async function approveCollection(
  deps: BillingDeps,
  { id, seen }: InputOf<Actions['approveCollection']>,
  actor: Actor,
): Promise<CollectionRunView> {
  const today = todayOf(deps);
  await transact(deps, actor, async (em, _announce, audit) => {
    inState(await lockRun(em, id), 'proposed');
    const items = await lockItems(em, id, today);
    assertUnchanged(items, seen, today);
    await markApproved(em, id, await theCreditor(em), actor.id, deps.now());
    audit({
      ...{ action: 'collection.approved', entity: 'collection-run', entityId: id, merchantId: null },
      after: seen,
    });
    return { id };
  });
  await ensureFile(deps, id, actor);
  return read(deps, actor, (em) => runView(em, id, today));
}

function assertUnchanged(
  items: readonly LockedItem[],
  seen: { items: number; totalMinor: number },
  today: string,
): void {
  const totalMinor = items.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const changed = items.filter(
    ({ sound, amountMinor, openMinor, collectOn }) =>
      !sound || amountMinor !== openMinor || collectOn !== reachableDay(collectOn, today),
  );
  if (!changed.length && items.length === seen.items && totalMinor === seen.totalMinor) return;
  throw new RuleViolation('COLLECTION_CHANGED', 'Something was paid or changed since; propose it anew', {
    invoiceIds: changed.map(({ invoiceId }) => invoiceId).slice(0, 100),
  });
}

async function theCreditor(em: EntityManager): Promise<Creditor> {
  const profile = (await findIssuer(em))?.profile;
  if (!profile?.sepaCreditorId) throw new RuleViolation('CREDITOR_ID_MISSING', 'The creditor identifier is gone');
  return { name: profile.name, iban: profile.bank.iban, bic: profile.bank.bic, creditorId: profile.sepaCreditorId };
}

/**
 * The bank has the file. Nothing is booked: the money comes with the statement, or by hand.
 * @throws NotFound; RuleViolation unless it is approved and its file is written
 */
export async function submitCollection(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<CollectionRunView> {
  await ensureFile(deps, id, actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    inState(await lockRun(em, id), 'approved');
    const ending = await endingMandates(em, id);
    await markSubmitted(em, id, actor.id, deps.now());
    for (const mandate of ending)
      await lapse(em, audit, mandate, { by: actor.id, at: deps.now(), reason: 'last collection' });
    audit({ action: 'collection.submitted', entity: 'collection-run', entityId: id, merchantId: null });
    return runView(em, id, todayOf(deps));
  });
}

/** @throws NotFound; RuleViolation once the bank has the file */
export async function discardCollection(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<CollectionRunView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    inState(await lockRun(em, id), 'proposed', 'approved');
    await discard(em, id);
    audit({ action: 'collection.discarded', entity: 'collection-run', entityId: id, merchantId: null });
    return runView(em, id, todayOf(deps));
  });
}

export function inState(run: LockedRun, ...states: LockedRun['state'][]): void {
  if (!states.includes(run.state))
    throw new RuleViolation('COLLECTION_STATE', `The collection run is ${run.state}`, { state: run.state });
}
