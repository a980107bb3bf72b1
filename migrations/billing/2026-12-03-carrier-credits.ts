import { Migration } from '@mikro-orm/migrations';

/**
 * What carriers billed or gave back and is not billed is little, and every run of a merchant looks whether some of what
 * they gave back has to wait for some of what they billed.
 */
export class CarrierCredits extends Migration {
  override up(): void {
    this.addSql(
      `create index charge_carrier on billing.charge (merchant_id) where line_id is null and charge_type = 'carrier_surcharge'`,
    );
  }
}
