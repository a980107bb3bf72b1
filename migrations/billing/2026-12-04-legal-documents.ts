import { Migration } from '@mikro-orm/migrations';

/**
 * Invoices as legal documents: cancellations and credit notes beside them, each kind with numbers of its own, and an
 * archive of PDF, XML and the content they were made of (billing.md, Links, numbers, immutability; Corrections).
 */
export class LegalDocuments extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table billing.invoice
     drop constraint invoice_kind_check,
     add constraint invoice_kind_check check (kind in ('invoice', 'cancellation', 'creditNote')),
     -- the document that is corrected; a credit note without one is a negative total that was issued
     add corrects_id uuid,
     add reason text check (length(reason) between 1 and 500),
     -- what is outside the scope of VAT (category O) never shares a document with what is not (EN 16931 BR-O-11)
     add tax_group text not null default 'inside' check (tax_group in ('inside', 'outside')),
     add foreign key (merchant_id, corrects_id) references billing.invoice (merchant_id, id),
     add constraint invoice_corrects check (case kind when 'invoice' then corrects_id is null and reason is null
       when 'cancellation' then corrects_id is not null else true end),
     add constraint invoice_corrects_other check (corrects_id <> id),
     -- in the database corrections are negative; only the XML of a credit note turns the sign
     add constraint invoice_credit_is_negative check (kind <> 'creditNote' or gross_minor <= 0)`,
  `create unique index invoice_one_cancellation on billing.invoice (corrects_id) where kind = 'cancellation'`,
  `create index invoice_corrections on billing.invoice (corrects_id) where corrects_id is not null`,
  `drop index billing.invoice_one_live`,
  `create unique index invoice_one_live on billing.invoice (run_id, merchant_id, currency, split, tax_group)
     where state <> 'cancelled' and corrects_id is null`,
  `alter table billing.invoice_line
     add corrects_line_id uuid,
     add foreign key (merchant_id, corrects_line_id) references billing.invoice_line (merchant_id, id)`,
  `create index invoice_line_corrections on billing.invoice_line (corrects_line_id) where corrects_line_id is not null`,
  `alter table billing.issuer
     add cancellation_pattern text not null default 'ST-{year}-{number:5}',
     add credit_note_pattern text not null default 'RK-{year}-{number:5}',
     -- two series of one pattern would give the same number twice
     add constraint issuer_patterns_differ check (cancellation_pattern <> number_pattern and credit_note_pattern <> number_pattern
       and cancellation_pattern <> credit_note_pattern)`,
  `alter table billing.invoice_document
     -- documents of before the e-invoice were drawn by version 1 and have no XML
     add renderer_version integer check (renderer_version > 1),
     add xml_object_key text,
     add xml_sha256 text check (length(xml_sha256) = 64),
     add xml_bytes bigint,
     -- the content as it was drawn, with the annex: drawn again by the same version it gives the same bytes
     add model_object_key text,
     add model_sha256 text check (length(model_sha256) = 64),
     -- what was proven before the document was released
     add checks text[],
     add constraint invoice_document_archived check (
       (renderer_version is null) = (xml_object_key is null) and (renderer_version is null) = (xml_sha256 is null)
       and (renderer_version is null) = (xml_bytes is null) and (renderer_version is null) = (model_object_key is null)
       and (renderer_version is null) = (model_sha256 is null) and (renderer_version is null) = (checks is null)
       and (renderer_version is null or state = 'ready'))`,
];
