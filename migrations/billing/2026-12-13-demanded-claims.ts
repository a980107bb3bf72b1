import { Migration } from '@mikro-orm/migrations';
import { appendOnly, tenantTable } from '../tenant-table.ts';

/** Which letters demand what earlier ones claimed: none may, while another one that does still gives time. */
export class DemandedClaims extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  // what a letter claims for the first time has its id in the claim
  `create table billing.dunning_letter_claim (
     letter_id uuid not null,
     claim_id uuid not null,
     merchant_id uuid not null,
     primary key (claim_id, letter_id),
     foreign key (merchant_id, letter_id) references billing.dunning_letter (merchant_id, id),
     foreign key (merchant_id, claim_id) references billing.dunning_claim (merchant_id, id))`,
  ...appendOnly('billing.dunning_letter_claim'),
  ...tenantTable('billing.dunning_letter_claim', { kontor_billing: 'select, insert' }),
  // until now each letter demanded all that was open
  `insert into billing.dunning_letter_claim (letter_id, claim_id, merchant_id)
   select l.id, c.id, c.merchant_id from billing.dunning_claim c join billing.dunning_letter l on l.merchant_id = c.merchant_id
   where c.state = 'open' and l.issue_date >= c.claimed_on and l.id is distinct from c.letter_id`,
];
