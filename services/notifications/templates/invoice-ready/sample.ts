import type { Language } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { Ready } from './ready.ts';

const HASH = '0'.repeat(64);

/** A document to show texts with. */
export function sampleInvoice(language: Language, kind: Ready['kind'] = 'invoice'): Ready {
  const invoice = sampleOf(language);
  if (kind === 'invoice') return invoice;
  const number = kind === 'cancellation' ? 'SR-2026-00007' : 'RK-2026-00007';
  const { invoiceId, number: of, issueDate, netMinor, vatMinor, grossMinor } = invoice;
  return {
    ...invoice,
    ...{ kind, number, netMinor: -netMinor, vatMinor: -vatMinor, grossMinor: -grossMinor, payableMinor: 0 },
    corrects: { invoiceId, number: of, issueDate },
    pdf: { ...invoice.pdf, filename: `${number}.pdf` },
  };
}

const sampleOf = (language: Language): Ready => ({
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
