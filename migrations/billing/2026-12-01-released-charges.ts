import { Migration } from '@mikro-orm/migrations';

/** When a held charge was released, by the clock of the database like `created_at`: from then on a run has to bill it. */
export class ReleasedCharges extends Migration {
  override up(): void {
    this.addSql('alter table billing.charge add released_at timestamptz');
  }
}
