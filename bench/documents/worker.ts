// A process that makes documents as a node of the product does, or draws them bare, or counts; the bench says which.
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openInvoiceRenderer } from '../../services/billing/documents/invoice-renderer.ts';
import { renderDocuments } from '../../services/billing/use-cases/invoices/render-documents.ts';
import { openChildPool } from '../../shared/runtime/child-pool.ts';
import { openObjectStore } from '../../shared/storage/open-store.ts';
import { openBilling } from '../support/billing-house.ts';

export type Order = { kind: 'make' } | { kind: 'bare'; count: number } | { kind: 'count'; ms: number };

const [url = '', folder = ''] = process.argv.slice(2);
await fs.mkdir(path.join(folder, 'objects'), { recursive: true });
const store = await openObjectStore(pathToFileURL(path.join(folder, 'objects')).href);
const invoices = openInvoiceRenderer({ size: 1 });
const deps = Object.assign(await openBilling(url), { store, invoices });
// bare pdfkit draws in a child as well: children yield to other work, and a busy machine must slow both alike
const bare = openChildPool<number, number>({
  ...{ module: new URL('./bare-child.ts', import.meta.url), title: 'kontor-bare', size: 1, deadlineMs: 600_000 },
});
await bare.run(1);

process.on('message', (order: Order) => void carryOut(order).then((done) => process.send!(done)));
process.on(
  'disconnect',
  () => void Promise.all([invoices.close(), bare.close(), deps.close()]).then(() => process.exit(0)),
);
process.send!(0);

/** @returns how much was done */
async function carryOut(order: Order): Promise<number> {
  let done = 0;
  if (order.kind === 'make') for (let made; (made = await renderDocuments(deps));) done += made;
  if (order.kind === 'bare') return bare.run(order.count);
  if (order.kind === 'count') {
    const end = performance.now() + order.ms;
    for (let value = 1; performance.now() < end; done += 1)
      for (let step = 0; step < 100_000; step += 1) value = (value * 31 + step) % 1_000_003;
  }
  return done;
}
