import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { answeredBefore, read, transact } from '../../../../shared/messaging/transact.ts';
import { nameOfActor } from '../../../../shared/moleculer/name-of-actor.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { exportActions } from '../../../../shared/protocol/billing/export-actions.ts';
import type { ExportView } from '../../../../shared/protocol/billing/export-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import {
  exportView,
  insertEntries,
  insertExport,
  lockExports,
  type MadeExport,
} from '../../persistence/exports/exports.ts';
import { assertNotBlocked, exportFacts, planned, type PlannedExport } from './export-facts.ts';
import { storeFile } from './export-file.ts';
import { giveMissingAccounts } from './give-accounts.ts';
import { assertPeriod } from './read-exports.ts';

type Input = InputOf<(typeof exportActions)['makeExport']>;

/**
 * Makes the file of a period, keeps it, and records it with its documents. What was exported before is in it again
 * unless only what is new is asked for; the record names for each document the export that had it first.
 * @throws InvalidInput at `period`, or at `onlyNew` for the EC sales list, in which a part replaces the total; RuleViolation why there is nothing to be made, or `EXPORT_OVERTAKEN` when only what
 * is new was asked for and somebody exported some of it meanwhile
 */
export async function makeExport(deps: BillingDeps, input: Input, actor: Actor): Promise<ExportView> {
  assertHouse(actor);
  const { kind, period, onlyNew } = input;
  assertPeriod(kind, period);
  if (kind === 'ecSales' && onlyNew)
    throw invalidField('onlyNew', 'TOTALS_ONLY', 'An EC sales list tells the total per VAT id and period');
  const madeByName = await nameOfActor(deps, actor);
  if (kind === 'postings' || kind === 'debtors') await giveMissingAccounts(deps, input, actor);
  const facts = await read(deps, actor, (em) => exportFacts(em, kind, period));
  const earlier = await answeredBefore<ExportView>(deps, actor);
  if (earlier) return earlier.answer;
  const plan = planned(facts, onlyNew);
  assertNotBlocked(facts, plan);
  const id = uuidv7(deps.now());
  const file = await storeFile(deps, id, facts, plan, onlyNew);
  const made = { id, kind, period, onlyNew, madeBy: actor.id, madeByName, madeAt: deps.now(), file };
  return record(deps, { ...made, sums: plan.sums, findings: plan.findings }, plan, actor);
}

function record(deps: BillingDeps, made: MadeExport, plan: PlannedExport, actor: Actor): Promise<ExportView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    await lockExports(em, made.kind);
    await insertExport(em, made);
    const entries = plan.entries.map(({ document, month, account }) => ({
      ...{ invoiceId: document.id, merchantId: document.merchantId, month, account: account ?? null },
    }));
    const repeats = await insertEntries(em, made, entries);
    if (made.onlyNew && repeats > 0)
      throw new RuleViolation('EXPORT_OVERTAKEN', 'Some of it was exported meanwhile; look again', { repeats });
    const { kind, period, onlyNew, file, sums } = made;
    audit({
      action: 'export.made',
      entity: 'export',
      entityId: made.id,
      merchantId: null,
      after: { kind, period, onlyNew, sha256: file.sha256, documents: sums.documents, repeats },
    });
    return exportView(em, made.id);
  });
}
