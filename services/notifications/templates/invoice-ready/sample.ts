import type { Language } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { Ready } from './template.ts';

const HASH = '0'.repeat(64);

/** An invoice to show texts with. */
export const sampleInvoice = (language: Language): Ready => ({
  invoiceId: uuidOf('sample', 'invoice'),
  merchantId: uuidOf('sample', 'merchant'),
  number: 'RE-2026-00123',
  kind: 'invoice',
  corrects: null,
  currency: 'EUR',
  issueDate: '2026-10-31',
  dueDate: '2026-11-14',
  periodFrom: '2026-10-01',
  periodTo: '2026-10-31',
  netMinor: 123_456,
  vatMinor: 23_457,
  grossMinor: 146_913,
  language,
  issuerName: 'Muster Fulfillment GmbH',
  pdf: { objectKey: `invoices/00/${HASH}.pdf`, sha256: HASH, bytes: 1, filename: 'RE-2026-00123.pdf' },
});
