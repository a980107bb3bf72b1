import { invalidField } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { exportActions } from '../../../../shared/protocol/billing/export-actions.ts';
import type { ExportKind, ExportPreview } from '../../../../shared/protocol/billing/export-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { daysOf } from '../../domain/exports/periods.ts';
import { entryKey } from '../../domain/exports/plan-export.ts';
import { salesListRows } from '../../domain/exports/sales-list.ts';
import { exportFile, exportView, listExports as list } from '../../persistence/exports/exports.ts';
import { blockOf, exportFacts, planned } from './export-facts.ts';

type Actions = typeof exportActions;

export async function listExports(
  deps: BillingDeps,
  input: InputOf<Actions['listExports']>,
  actor: Actor,
): Promise<OutputOf<Actions['listExports']>> {
  assertHouse(actor);
  return read(deps, actor, (em) => list(em, input));
}

export async function getExport(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getExport']>> {
  assertHouse(actor);
  return read(deps, actor, (em) => exportView(em, id));
}

export async function getExportFile(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getExportFile']>> {
  assertHouse(actor);
  const { objectKey, filename } = await read(deps, actor, (em) => exportFile(em, id));
  return { objectKey, filename, contentType: contentTypeOf(filename), disposition: 'attachment' };
}

function contentTypeOf(filename: string): string {
  if (filename.endsWith('.zip')) return 'application/zip';
  return filename.startsWith('EXTF_') ? 'text/csv; charset=windows-1252' : 'text/csv; charset=utf-8';
}

/** Whether a kind is made of months only: a batch of postings is of one month (DATEV), and so are its debtors. */
export function assertPeriod(kind: ExportKind, period: string): void {
  if (period.includes('Q') && (kind === 'postings' || kind === 'debtors'))
    throw invalidField('period', 'MONTH_ONLY', 'This export is made of one month');
}

/**
 * What an export would hold now, with what was exported before and without. Writes nothing: merchants without debtor
 * number get theirs when the file is made.
 * @throws InvalidInput at `period`
 */
export async function previewExport(
  deps: BillingDeps,
  { kind, period }: InputOf<Actions['previewExport']>,
  actor: Actor,
): Promise<ExportPreview> {
  assertHouse(actor);
  assertPeriod(kind, period);
  const facts = await read(deps, actor, (em) => exportFacts(em, kind, period));
  const pending = facts.settings?.debtors.account ?? 'pending';
  const plan = planned(facts, false, pending);
  const inIt = new Set(plan.entries.map(({ document, month }) => entryKey(document.id, month)));
  return {
    ...{ kind, period, ...daysOf(period) },
    blockedBy: blockOf(facts, plan),
    sums: plan.sums,
    newSums: planned(facts, true, pending).sums,
    findings: plan.findings,
    repeats: facts.before.filter(({ invoiceId, month }) => inIt.has(entryKey(invoiceId, month))),
    salesList: salesListRows(plan.sales, plan.reported),
  };
}
