import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { ObjectStore } from '../../../../shared/storage/object-store.ts';
import type { DocumentTask } from '../../documents/make-document.ts';
import { annexOf, MOST_ANNEX_ROWS } from '../../domain/invoices/annex.ts';
import { annexCharges, countCharges } from '../../persistence/runs/annex-rows.ts';
import type { Logo } from '../../persistence/issuer.ts';
import type { PendingDocument } from '../../persistence/runs/documents.ts';
import { archivedLogo } from '../issuer/archived-logo.ts';

/** What of the frozen content is looked at before it is parsed. */
interface Content {
  language?: 'de' | 'en';
  sections?: { key: string; title: string }[];
}

/**
 * The frozen content with the charges behind its lines. They are read only now, because finalizing has to be fast; what
 * they are read from is frozen as well.
 */
export async function contentWithAnnex(
  em: EntityManager,
  { invoiceId, model }: Pick<PendingDocument, 'invoiceId' | 'model'>,
): Promise<Record<string, unknown>> {
  const rows = await countCharges(em, invoiceId);
  if (rows === 0) return model;
  if (rows > MOST_ANNEX_ROWS) return { ...model, annexOmitted: { rows } };
  const { language = 'de', sections = [] } = model as Content;
  const annex = annexOf(sections, await annexCharges(em, invoiceId), language);
  return annex.length ? { ...model, annex } : model;
}

/**
 * The task of the renderer: the content and the logo it names.
 * @throws Error when the logo in the store is not the one that the content names
 */
export async function documentTask(
  store: Pick<ObjectStore, 'read'>,
  content: Record<string, unknown>,
): Promise<DocumentTask> {
  const { logo } = (content['seller'] ?? {}) as { logo?: Logo };
  return logo ? { content, logo: await archivedLogo(store, logo) } : { content };
}
