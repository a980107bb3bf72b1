import { openOrm } from '../../../shared/persistence/orm.ts';
import type { Archive } from '../../../shared/protocol/billing/archive.ts';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { openInvoiceRenderer } from '../documents/invoice-renderer.ts';
import { verifyArchive } from './verify-archive.ts';

/** Opens the archive of documents beside the product, which may be running. */
export async function openArchive(databaseUrl: string, store: ObjectStore): Promise<Archive> {
  const orm = await openOrm({ service: 'billing', url: databaseUrl, entities: [], poolSize: 2 });
  const renderer = openInvoiceRenderer();
  return {
    verify: (selection, seen) => verifyArchive({ orm, store, renderer }, selection, seen),
    close: async () => {
      await renderer.close();
      await orm.close();
    },
  };
}
