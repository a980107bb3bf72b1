import { Migration } from '@mikro-orm/migrations';

/**
 * Storage in a specific area that is let is taxed where it lies, so a merchant outside the scope of VAT may get two
 * documents at once; those of before say to which of the two kinds they belong.
 */
export class Vat extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'alter table billing.contract_ref add column storage_is_land_related boolean not null default false',
  // the only column that is written is one they did not have when they were issued
  'alter table billing.invoice disable trigger invoice_frozen',
  `update billing.invoice i set tax_group = 'outside'
   where exists (select 1 from billing.invoice_vat v where v.invoice_id = i.id and v.category = 'O')`,
  'alter table billing.invoice enable trigger invoice_frozen',
];
