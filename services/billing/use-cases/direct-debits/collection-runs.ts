import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { invalidField, NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact, type Announce } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import { directDebitAnnouncedV1 } from '../../../../shared/protocol/billing/direct-debit-events.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { CollectionRunView } from '../../../../shared/protocol/billing/direct-debit-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { dayToCollect } from '../../domain/direct-debits/mandates.ts';
import type { Creditor } from '../../documents/collection/collection-model.ts';
import { announceAnew } from '../../persistence/direct-debits/announcements.ts';
import {
  discard,
  endingMandates,
  lockRun,
  markApproved,
  markSubmitted,
  removeItem,
  wasCollected,
  type LockedRun,
} from '../../persistence/direct-debits/collection-runs.ts';
import { lockItems, type LockedItem } from '../../persistence/direct-debits/locked-items.ts';
import { listRuns, runView } from '../../persistence/direct-debits/collection-views.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { ensureFile } from './collection-file.ts';
import { lapse, maskedIban } from './mandates.ts';

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
    await removeItem(em, id);
    const { merchantId, runId } = found;
    audit({ action: 'collection.item-removed', entity: 'collection-item', entityId: id, merchantId });
    return runView(em, runId, todayOf(deps));
  });
}

/**
 * Approves what was seen. Everything is looked at once more while nobody pays these invoices: what was paid, held or
 * revoked meanwhile, or cannot be collected on its day any more, wants a new proposal. Then the file is written. Merchants
 * are told of a day that is not the one they know, or of more than they know.
 * @throws NotFound; RuleViolation `COLLECTION_CHANGED`
 */
export async function approveCollection(
  deps: BillingDeps,
  { id, seen }: InputOf<Actions['approveCollection']>,
  actor: Actor,
): Promise<CollectionRunView> {
  const today = todayOf(deps);
  await transact(deps, actor, async (em, announce, audit) => {
    inState(await lockRun(em, id), 'proposed');
    const items = await lockItems(em, id, { today, zone: deps.config.KONTOR_ZONE });
    assertUnchanged(items, today, seen);
    const creditor = await theCreditor(em);
    await markApproved(em, id, creditor, actor.id, deps.now());
    await tellAnew({ em, announce }, items, creditor, today);
    audit({
      ...{ action: 'collection.approved', entity: 'collection-run', entityId: id, merchantId: null },
      after: seen,
    });
    return { id };
  });
  await ensureFile(deps, id, actor);
  return read(deps, actor, (em) => runView(em, id, today));
}

/**
 * A pre-notification is needed wherever the day is not that of the invoice any more, or the amount is higher (EPC016-06,
 * 4.3.4).
 */
async function tellAnew(
  { em, announce }: { em: EntityManager; announce: Announce },
  items: readonly LockedItem[],
  { name: issuerName, creditorId }: Creditor,
  today: string,
): Promise<void> {
  const anew = items.filter((item) => !dayToCollect(item, today).isAnnounced);
  const announcements = await announceAnew(em, anew);
  for (const { invoiceId, merchantId, number, amountMinor, collectOn, mandateReference, iban } of anew)
    announce(directDebitAnnouncedV1, {
      ...{ invoiceId, merchantId, invoiceNumber: number, currency: 'EUR', amountMinor, collectOn, issuerName },
      ...{ mandateReference, creditorId, iban: maskedIban(iban), announcement: announcements.get(invoiceId)! },
    });
}

/**
 * @param day   by which the days of collection can still be reached
 * @param seen  what somebody had in front of them
 */
function assertUnchanged(
  items: readonly LockedItem[],
  day: string,
  seen?: { items: number; totalMinor: number },
): void {
  const totalMinor = items.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const changed = items.filter(
    (item) =>
      !item.sound || item.amountMinor !== item.openMinor || item.collectOn !== dayToCollect(item, day).collectOn,
  );
  if (!changed.length && (!seen || (items.length === seen.items && totalMinor === seen.totalMinor))) return;
  const listed = changed.slice(0, 100);
  throw new RuleViolation('COLLECTION_CHANGED', 'Something was paid or changed since; propose it anew', {
    invoiceIds: listed.map(({ invoiceId }) => invoiceId),
    numbers: listed.map(({ number }) => number),
  });
}

async function theCreditor(em: EntityManager): Promise<Creditor> {
  const profile = (await findIssuer(em))?.profile;
  if (!profile?.sepaCreditorId) throw new RuleViolation('CREDITOR_ID_MISSING', 'The creditor identifier is gone');
  return { name: profile.name, iban: profile.bank.iban, bic: profile.bank.bic, creditorId: profile.sepaCreditorId };
}

/**
 * The bank has the file. Nothing is booked: the money comes with the statement, or by hand. What was paid, held or revoked
 * since the approval, or was handed in too late, is refused: such a file is discarded and proposed anew. Once an entry of
 * the bank came of it there is nothing left to refuse.
 * @throws NotFound; InvalidInput for a day to come or before the approval; RuleViolation unless it is approved,
 *   `COLLECTION_CHANGED`
 */
export async function submitCollection(
  deps: BillingDeps,
  { id, handedInOn = todayOf(deps) }: InputOf<Actions['submitCollection']>,
  actor: Actor,
): Promise<CollectionRunView> {
  const today = todayOf(deps);
  if (handedInOn > today) throw invalidField('handedInOn', 'DAY_TO_COME', 'That day is still to come');
  await ensureFile(deps, id, actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const run = await lockRun(em, id);
    inState(run, 'approved');
    if (handedInOn < localDateOf(new Date(run.approvedAt!), deps.config.KONTOR_ZONE))
      throw invalidField('handedInOn', 'BEFORE_APPROVAL', 'There was no file to hand in by then');
    const items = await lockItems(em, id, { today, zone: deps.config.KONTOR_ZONE });
    if (!(await wasCollected(em, id))) assertUnchanged(items, handedInOn);
    const ending = await endingMandates(em, id);
    await markSubmitted(em, id, { by: actor.id, at: deps.now(), handedInOn });
    for (const mandate of ending)
      await lapse(em, audit, mandate, { by: actor.id, at: deps.now(), reason: 'last collection' });
    audit({
      ...{ action: 'collection.submitted', entity: 'collection-run', entityId: id, merchantId: null },
      after: { handedInOn },
    });
    return runView(em, id, today);
  });
}

/** @throws NotFound; RuleViolation once the bank has the file, `COLLECTION_BOOKED` where only its entries say so */
export async function discardCollection(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<CollectionRunView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    inState(await lockRun(em, id), 'proposed', 'approved');
    await discard(em, id);
    // asked afterwards: whoever books an entry meanwhile waits for the items, or was waited for
    if (await wasCollected(em, id))
      throw new RuleViolation('COLLECTION_BOOKED', 'Entries of the bank came of this file; note that the bank has it');
    audit({ action: 'collection.discarded', entity: 'collection-run', entityId: id, merchantId: null });
    return runView(em, id, todayOf(deps));
  });
}

export function inState(run: LockedRun, ...states: LockedRun['state'][]): void {
  if (!states.includes(run.state))
    throw new RuleViolation('COLLECTION_STATE', `The collection run is ${run.state}`, { state: run.state });
}
