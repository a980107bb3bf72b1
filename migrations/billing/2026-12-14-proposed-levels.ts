import { Migration } from '@mikro-orm/migrations';

/** A run keeps how far each invoice was when it was proposed: letters that come later are none of its. */
export class ProposedLevels extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  'alter table billing.dunning_row add column last_level integer check (last_level between 0 and 3)',
  // one level follows the other; what was hindered was as far as the letters that were issued before
  `update billing.dunning_row d set last_level = case when d.level is not null then nullif(d.level - 1, -1) else (
     select max(s.level) from billing.dunning_step s join billing.dunning_letter l on l.id = s.letter_id join billing.dunning_run before on before.id = l.run_id
     where s.invoice_id = d.invoice_id and before.issued_at < r.created_at) end
   from billing.dunning_run r where r.id = d.run_id`,
  `alter table billing.dunning_row add constraint dunning_row_level_follows check (level is null or last_level is not distinct from nullif(level - 1, -1))`,
];
