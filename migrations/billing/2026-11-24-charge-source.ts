import { Migration } from '@mikro-orm/migrations';

/** Charges are found by what caused them: what did this return cost, and why (X2). */
export class ChargeSource extends Migration {
  override up(): void {
    this.addSql(`create index charge_reference on billing.charge ((reference ->> 'id'))`);
  }
}
