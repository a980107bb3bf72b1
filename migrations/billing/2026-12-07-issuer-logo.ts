import { Migration } from '@mikro-orm/migrations';

/** The logo on documents, and why a document is parked in a form that can be said in any language. */
export class IssuerLogo extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table billing.issuer
     add logo_object_key text,
     add logo_sha256 text check (length(logo_sha256) = 64),
     add constraint issuer_logo check ((logo_object_key is null) = (logo_sha256 is null))`,
  `alter table billing.invoice_document
     add finding jsonb,
     add constraint invoice_document_finding check (finding is null or state = 'parked')`,
  // row triggers do not see a truncate; the series say whether anything was issued, whoever may see which rows
  `create function billing.keep_issued() returns trigger language plpgsql as $$
   begin
     if exists (select 1 from billing.number_series)
       then raise exception 'issued documents are never deleted' using errcode = 'restrict_violation'; end if;
     return null;
   end $$`,
  ...['invoice', 'invoice_line', 'invoice_vat', 'invoice_document'].map(
    (table) =>
      `create trigger ${table}_not_truncated before truncate on billing.${table} for each statement execute function billing.keep_issued()`,
  ),
];
