import type pg from 'pg';
import { ISSUER_ID } from '../../services/billing/persistence/issuer.ts';
import type { InvoiceModel } from '../../services/billing/documents/invoice-model.ts';
import { sampleInvoice, type SampleSection } from '../../test/support/invoice-samples.ts';

const services = ['Auftragspauschale', 'Pick je weiterem Artikel', 'DHL Paket bis 5 kg', 'Versandkarton M'];

const lines = (count: number, first: number) =>
  Array.from({ length: count }, (_, index) => ({
    description: `${services[index % services.length]!} ${first + index}`,
    quantity: String(17 + index * 13),
    unit: ['Auftrag', 'Pick', 'Sendung', 'Stück'][index % 4]!,
    unitPrice: `${index % 5}.${41 + index}`,
  }));

const SECTIONS: SampleSection[] = [
  { key: 'fulfilment', title: 'Kommissionierung und Versand', lines: lines(28, 1) },
  { key: 'returns', title: 'Retouren', lines: lines(12, 29) },
];

/** An invoice of two pages with forty lines and a GiroCode, the same but for its number and its amounts. */
export const documentOf = (index: number): InvoiceModel => {
  const [first, ...others] = SECTIONS;
  const [line, ...more] = first!.lines;
  const sections = [{ ...first!, lines: [{ ...line!, quantity: String(1 + index) }, ...more] }, ...others];
  return sampleInvoice(sections, { number: `RE-2026-${String(index + 1).padStart(6, '0')}` });
};

/** Committed invoices whose documents are still to be made. */
export async function commitInvoices(db: pg.Client, merchantId: string, from: number, count: number): Promise<void> {
  await db.query(`set session_replication_role = replica`);
  for (let index = from; index < from + count; index += 1) {
    const model = documentOf(index);
    const { number, issueDate, dueDate, servicePeriod, netMinor, vatMinor, grossMinor } = model;
    await db.query(
      `with made as (
         insert into billing.invoice (id, run_id, run_merchant_id, merchant_id, kind, split, state, currency, language, issuer_id, number, series_year,
           series_number, issue_date, due_date, period_from, period_to, net_minor, vat_minor, gross_minor, finalized_at, created_at)
         values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), $1, 'invoice', 'all', 'finalized', 'EUR', 'de', $2, $3, 2026, $4, $5, $6, $7, $8,
           $9, $10, $11, now(), now()) returning id)
       insert into billing.invoice_document (invoice_id, kind, merchant_id, state, model) select id, 'pdf', $1, 'pending', $12 from made`,
      [
        ...[merchantId, ISSUER_ID, number, index + 1, issueDate, dueDate, servicePeriod.from, servicePeriod.to],
        ...[netMinor, vatMinor, grossMinor, JSON.stringify(model)],
      ],
    );
  }
  await db.query(`set session_replication_role = default`);
}
