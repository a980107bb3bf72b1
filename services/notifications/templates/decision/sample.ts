import type { Language } from '../../../../shared/documents/formats.ts';
import { sampleInspected } from '../return-inspected/sample.ts';
import type { Asked } from './view.ts';

/** A question to show texts with. */
export function sampleDecision(language: Language): Asked {
  const { returnId, merchantId, number, kind, orderNumber, revision, items } = sampleInspected(language);
  const dueAt = '2026-10-16T12:30:00Z';
  return {
    ...{ returnId, merchantId, number, kind, orderNumber, revision, dueAt },
    requestedAt: '2026-10-14T12:30:00Z',
    items: items.slice(0, 1).map(({ itemId, sku, name, quantity, grade, reason, reasonText, note, photos }) => ({
      ...{ itemId, sku, name, quantity, grade, reason, reasonText, note, photos },
      defaultDisposition: 'dispose',
      choices: ['restock_b', 'rtv', 'dispose', 'hold'],
      dueAt,
    })),
  };
}
