import { addDays, localDateOf } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import { invoiceFinalizedV1 } from '../../../../shared/protocol/billing/events.ts';
import type { IssuerProfile } from '../../../../shared/protocol/billing/issuer.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { invoiceContent } from '../../domain/invoices/invoice-content.ts';
import { formatNumber } from '../../domain/invoices/number.ts';
import { rowPeriods, type DuePeriod } from '../../domain/runs/periods.ts';
import { INVOICE_RENDERER_VERSION } from '../../documents/invoice-model.ts';
import {
  draftsOfRow,
  freezeInvoice,
  insertDocument,
  linesOf,
  takeNumber,
  vatOf,
  type InvoiceHead,
} from '../../persistence/runs/finalized-invoices.ts';
import { updateRow, type RunRow } from '../../persistence/runs/run-rows.ts';
import type { StepTx } from './work-row.ts';

interface Issuer {
  id: string;
  profile: IssuerProfile;
  numberPattern: string;
}

/**
 * Gives the approved invoices of a row their numbers and freezes them. Everything else is done before the counter row
 * is locked, so that the lock lasts one statement and the commit (T3). The document is rendered after the commit.
 */
export async function finalizeRow(deps: BillingDeps, { em, announce, audit }: StepTx, row: RunRow): Promise<void> {
  const issuer = await firstRow<Issuer>(em, sql`select id, profile, number_pattern as "numberPattern" from issuer`);
  const drafts = await draftsOfRow(em, row.id);
  const merchant = row.merchantFrozen;
  if (!issuer || !merchant || !drafts.length)
    throw new Error(`Row ${row.id} is approved without issuer, frozen merchant or draft`);
  const contents: Record<string, unknown>[] = [];
  for (const draft of drafts) contents.push(await contentOf(em, row, draft, issuer.profile));
  await updateRow(em, row, {
    state: 'finalized',
    finalizedAt: deps.now(),
    doneStreams: drafts.flatMap((draft) => periodsOf(row, draft).map(({ stream }) => stream)),
    findings: row.findings.filter(({ blocks }) => !blocks),
  });
  for (const [index, draft] of drafts.entries())
    await finalizeInvoice(deps, { em, announce, audit }, row, { issuer, draft, content: contents[index]! });
}

/**
 * One invoice gets its number. The clock is read again once the counter is locked, so that of two invoices at once the
 * one with the higher number is never the earlier one.
 */
async function finalizeInvoice(
  deps: BillingDeps,
  { em, announce, audit }: StepTx,
  row: RunRow,
  { issuer, draft, content }: { issuer: Issuer; draft: InvoiceHead; content: Record<string, unknown> },
): Promise<void> {
  const year = yearOf(deps, deps.now());
  const sequence = await takeNumber(em, issuer.id, 'invoice', year);
  const finalizedAt = deps.now();
  if (yearOf(deps, finalizedAt) !== year) throw new Error('The year ended while the number was taken; do it again');
  const number = formatNumber(issuer.numberPattern, year, sequence);
  const issueDate = localDateOf(finalizedAt, deps.config.KONTOR_ZONE);
  const dueDate = addDays(issueDate, row.merchantFrozen!.paymentTermsDays);
  await freezeInvoice(em, draft.id, { number, year, sequence, issueDate, dueDate, finalizedAt });
  await insertDocument(em, draft, {
    ...content,
    rendererVersion: INVOICE_RENDERER_VERSION,
    number,
    issueDate,
    dueDate,
  });
  const { periodFrom, periodTo, netMinor, vatMinor, grossMinor, currency } = draft;
  announce(invoiceFinalizedV1, {
    invoiceId: draft.id,
    merchantId: row.merchantId,
    number,
    kind: 'invoice',
    ...{ currency, issueDate, dueDate, periodFrom, periodTo, netMinor, vatMinor, grossMinor },
    runId: row.runId,
    cutoff: row.cutoff,
    finalizedAt: finalizedAt.toISOString(),
  });
  audit({
    action: 'invoice.finalized',
    entity: 'invoice',
    entityId: draft.id,
    merchantId: row.merchantId,
    after: { number, grossMinor, by: row.wantedBy },
  });
}

const yearOf = (deps: BillingDeps, instant: Date): number =>
  Number(localDateOf(instant, deps.config.KONTOR_ZONE).slice(0, 4));

async function contentOf(
  em: EntityManager,
  row: RunRow,
  draft: InvoiceHead,
  issuer: IssuerProfile,
): Promise<Record<string, unknown>> {
  return invoiceContent({
    issuer,
    merchant: row.merchantFrozen!,
    language: draft.language,
    currency: draft.currency,
    due: periodsOf(row, draft),
    lines: await linesOf(em, draft.id),
    vat: await vatOf(em, draft.id),
    netMinor: draft.netMinor,
    vatMinor: draft.vatMinor,
    grossMinor: draft.grossMinor,
  });
}

/** The periods as they were due when the row was approved. */
function periodsOf(row: RunRow, draft: InvoiceHead): DuePeriod[] {
  const contract = row
    .merchantFrozen!.contracts.filter(({ startsOn }) => startsOn <= row.cutoff)
    .toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))[0];
  return rowPeriods(row, contract?.fulfilmentCadence ?? 'semiMonthly').filter(
    ({ stream }) =>
      (draft.split === 'all' || draft.split === stream) && (row.streams === null || row.streams.includes(stream)),
  );
}
