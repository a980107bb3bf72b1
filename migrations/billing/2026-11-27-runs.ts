import { Migration } from '@mikro-orm/migrations';

/** When rows collected their charges, final runs at the end of a contract, and how the issuer wants runs checked and approved. */
export class RunsInDepth extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table billing.run_merchant
     -- when the charges of the row were linked, by the clock of the database like created_at of charges
     add collected_at timestamptz,
     -- the last bill of a contract: all streams on any day, whatever is unbilled
     add final boolean not null default false,
     add check (not final or streams is null)`,
  `alter table billing.issuer
     -- whoever started, recalculated or changed what is billed does not approve it
     add four_eyes boolean not null default false,
     -- in percent of the trailing median and of the run before
     add above_usual_percent integer not null default 300 check (above_usual_percent between 101 and 10000),
     add change_percent integer not null default 200 check (change_percent between 1 and 10000)`,
];
