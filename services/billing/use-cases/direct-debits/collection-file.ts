import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../../shared/persistence/transaction.ts';
import { serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { pain008 } from '../../documents/collection/pain008.ts';
import { findRun, keepFile } from '../../persistence/direct-debits/collection-runs.ts';
import { collectionsOf } from '../../persistence/direct-debits/collection-views.ts';

/**
 * Writes the file of an approved run, unless that was done: from frozen rows, so that doing it again, after a crash or
 * by two at once, gives the same bytes. It is checked against the schema before anybody gets it.
 * @returns its key in the object store
 * @throws NotFound; RuleViolation for a run that is not approved
 */
export async function ensureFile(deps: BillingDeps, id: string, { requestId }: Actor): Promise<string> {
  const actor = serviceActor('billing', requestId);
  const { run, collections } = await read(deps, actor, async (em) => ({
    run: await findRun(em, id),
    collections: await collectionsOf(em, id),
  }));
  if (run.objectKey) return run.objectKey;
  if (run.state !== 'approved' || !run.creditor || !run.approvedAt)
    throw new RuleViolation('COLLECTION_STATE', `The collection run is ${run.state}`, { state: run.state });
  const { number, creditor } = run;
  const xml = pain008({ number, createdAt: new Date(run.approvedAt), creditor, collections });
  const { schemaFindings } = await import('../../documents/collection/check-file.ts');
  const findings = schemaFindings(xml);
  if (findings.length) throw new Error(`The file of ${number} is not valid: ${findings.slice(0, 3).join('; ')}`);
  const stored = await deps.store.putContent('collections', Buffer.from(xml, 'utf8'), 'xml');
  await inTransaction(deps.orm, 'staff', (em) => keepFile(em, id, stored));
  return stored.key;
}

/** @throws as {@link ensureFile} */
export async function getCollectionFile(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<typeof directDebitActions.getCollectionFile>> {
  const objectKey = await ensureFile(deps, id, actor);
  const { number } = await read(deps, actor, (em) => findRun(em, id));
  return { objectKey, contentType: 'application/xml', filename: `${number}.xml`, disposition: 'attachment' };
}
