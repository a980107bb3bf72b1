import { Migration } from '@mikro-orm/migrations';

/** How a merchant gets its invoices: by which reference of its own, with XML beside the PDF, with a link to both. */
export class InvoiceDelivery extends Migration {
  override up(): void {
    this.addSql(`alter table merchants.merchant
      add column buyer_reference text check (length(buyer_reference) between 1 and 60),
      add column invoice_xml boolean not null default false,
      add column invoice_link boolean not null default false`);
  }
}
