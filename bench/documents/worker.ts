// A process that makes documents as a node of the product does, or draws them bare, or counts; the bench says which.
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openInvoiceRenderer } from '../../services/billing/documents/invoice-renderer.ts';
import { renderInvoice } from '../../services/billing/documents/render-invoice.ts';
import { renderNextDocument } from '../../services/billing/use-cases/invoices/render-documents.ts';
import { openObjectStore } from '../../shared/storage/open-store.ts';
import { openBilling } from '../support/billing-house.ts';
import { drawBare, drawnIn } from './bare.ts';
import { documentOf } from './rows.ts';

export type Order = { kind: 'make' } | { kind: 'bare'; count: number } | { kind: 'count'; ms: number };

const [url = '', folder = ''] = process.argv.slice(2);
await fs.mkdir(path.join(folder, 'objects'), { recursive: true });
const store = await openObjectStore(pathToFileURL(path.join(folder, 'objects')).href);
const invoices = openInvoiceRenderer({ size: 1 });
const deps = Object.assign(await openBilling(url), { store, invoices });
const drawn = await drawnIn(await renderInvoice(documentOf(0)));

process.on('message', (order: Order) => void carryOut(order).then((done) => process.send!(done)));
process.on('disconnect', () => void Promise.all([invoices.close(), deps.close()]).then(() => process.exit(0)));
process.send!(0);

/** @returns how much was done */
async function carryOut(order: Order): Promise<number> {
  let done = 0;
  if (order.kind === 'make') while (await renderNextDocument(deps)) done += 1;
  if (order.kind === 'bare') for (; done < order.count; done += 1) await drawBare(drawn);
  if (order.kind === 'count') {
    const end = performance.now() + order.ms;
    for (let value = 1; performance.now() < end; done += 1)
      for (let step = 0; step < 100_000; step += 1) value = (value * 31 + step) % 1_000_003;
  }
  return done;
}
