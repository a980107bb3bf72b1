import { Migration } from '@mikro-orm/migrations';

/** What became of a carrier's line can be taken back; every step stays, and the one of the highest revision counts. */
export class CarrierCorrections extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table orders.carrier_line_outcome
     add column revision integer not null default 0 check (revision >= 0),
     -- the step before it, so that none is left out
     add column previous integer generated always as (case when revision > 0 then revision - 1 end) stored,
     drop constraint carrier_line_outcome_pkey,
     add constraint carrier_line_outcome_pkey primary key (line_id, revision),
     add constraint carrier_line_outcome_history foreign key (line_id, previous) references orders.carrier_line_outcome (line_id, revision),
     drop constraint carrier_line_outcome_outcome_check,
     add constraint carrier_line_outcome_outcome_check check (outcome in ('matched', 'dismissed', 'reopened')),
     drop constraint carrier_line_outcome_check1,
     add constraint carrier_line_outcome_reason check ((outcome = 'matched') = (reason is null)),
     -- settled and taken back by turns: no line has two shipments at once
     add constraint carrier_line_outcome_turn check ((outcome = 'reopened') = (revision % 2 = 1))`,
];
