import type { ImportCounts } from '../../../shared/protocol/sync/views.ts';
import type { ImportedOrder, ImportedReturn } from '../domain/import-items.ts';
import { readDocuments } from '../domain/read-documents.ts';
import { noCounts, type ImportRow } from '../persistence/imports.ts';
import type { SyncDeps } from '../sync.deps.ts';
import { collectBatches, type Batch } from './batches.ts';
import { deliverOrders, deliverReturns, type Outcome } from './deliver.ts';
import { DOCUMENT_FAULTS, translate, type DocumentFault, type OrderBody, type ReturnBody } from './documents.ts';
import { openSource, type Position } from './read-source.ts';
import { openReport, type Report } from './report.ts';

type Document = ImportedOrder | ImportedReturn;

export interface PassInput {
  job: Pick<ImportRow, 'id' | 'sourceKey' | 'profile' | 'dryRun'>;
  reportKey: string;
  merchants: ReadonlyMap<string, string>;
  /** Kept up to date for whoever shows progress. */
  position: Position;
  counts: ImportCounts;
  /** Called between documents; what it throws ends the pass. */
  pause: () => void;
}

/**
 * Reads a whole file and hands its documents over in batches, in constant memory. Every row ends as imported or in
 * the report.
 */
export async function importPass(deps: SyncDeps, input: PassInput): Promise<void> {
  const { job, position, counts } = input;
  Object.assign(counts, noCounts());
  const source = await openSource(deps, job.sourceKey, job.profile, position);
  const report = await openReport(deps.store, input.reportKey, source.header);
  const pass = documentPass(deps, input, report);
  try {
    for await (const item of readDocuments(source, job.profile)) {
      input.pause();
      if (item.kind !== 'error') await pass.take(item);
      else {
        counts.rowsReported += 1;
        await report.add(item);
      }
    }
    await pass.end();
    input.pause();
    counts.rows = position.rowsRead;
    await report.close();
  } catch (error) {
    await report.discard();
    throw error;
  } finally {
    source.close();
  }
}

function documentPass(deps: SyncDeps, { job, merchants, counts, pause }: PassInput, report: Report) {
  const orders = collectBatches<OrderBody, Document>();
  const returns = collectBatches<ReturnBody, Document>();

  async function refuse(document: Document, fault: DocumentFault, detail: string | null): Promise<void> {
    counts.rowsReported += document.lines.length;
    const message = `${DOCUMENT_FAULTS[fault]}${detail === null ? '' : ` (${detail})`}`;
    // the cells were let go when the rows became a document, so the report names what identifies them
    for (const { lineNo, sku } of document.lines)
      await report.add({
        line: lineNo,
        column: null,
        code: fault,
        message: `${message}: ${document.document} ${sku}`,
        raw: [],
      });
  }

  async function book(batch: Batch<OrderBody | ReturnBody, Document>, outcome: Outcome, of: ImportCounts['orders']) {
    of.created += outcome.created;
    of.unchanged += outcome.unchanged;
    counts.conflicts += outcome.conflicts.length;
    const refused = new Set(
      outcome.conflicts.map(({ merchantId, externalNumber }) => `${merchantId} ${externalNumber}`),
    );
    for (const { body, source } of batch.entries)
      if (refused.has(`${body.merchantId} ${body.externalNumber}`)) await refuse(source, 'DOCUMENT_CONFLICT', null);
      else counts.rowsImported += source.lines.length;
  }

  async function sendOrders(batch: Batch<OrderBody, Document> | null): Promise<void> {
    if (!batch?.entries.length) return;
    pause();
    const bodies = batch.entries.map(({ body }) => body);
    await book(batch, await deliverOrders(deps, job.id, bodies, job.dryRun), counts.orders);
  }

  async function sendReturns(batch: Batch<ReturnBody, Document> | null): Promise<void> {
    if (!batch?.entries.length) return;
    pause();
    const bodies = batch.entries.map(({ body }) => body);
    await book(batch, await deliverReturns(deps, job.id, bodies, job.dryRun), counts.returns);
  }

  return {
    async take(item: Document): Promise<void> {
      const translated = translate(item, job.profile, merchants, deps.now());
      if ('fault' in translated) await refuse(item, translated.fault, translated.detail);
      else if ('orderId' in translated.body) await sendOrders(orders.add(translated.body, item));
      else await sendReturns(returns.add(translated.body, item));
    },
    async end(): Promise<void> {
      await sendOrders(orders.rest());
      await sendReturns(returns.rest());
    },
  };
}
