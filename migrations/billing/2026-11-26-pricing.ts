import { Migration } from '@mikro-orm/migrations';

/** All models of rate cards, surcharges, discounts and minimums, and the lines that are computed of other lines. */
export class Pricing extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table billing.rate_rule drop constraint rate_rule_model_check, add constraint rate_rule_model_check
     check (model ->> 'type' in ('perUnit', 'flat', 'package', 'graduated', 'volume', 'percentage', 'costPlus'))`,
  `alter table billing.rate_version
     add adjustments jsonb not null default '[]' check (jsonb_typeof(adjustments) = 'array'),
     add minimums jsonb not null default '[]' check (jsonb_typeof(minimums) = 'array')`,
  `alter table billing.charge
     -- what it cost or is worth, and the price that is a share of it
     add amount_minor bigint,
     add unit_price numeric(18, 6),
     add check (unit_price is null or (amount_minor is not null and rule_id is not null))`,
  `alter table billing.invoice_line
     add kind text not null default 'charges'
       check (kind in ('charges', 'volumeBack', 'volumeAgain', 'surcharge', 'discount', 'minimum')),
     add own_charge_id uuid,
     add detail jsonb,
     add foreign key (merchant_id, own_charge_id) references billing.charge (merchant_id, id),
     add check ((kind = 'charges') = (charge_count > 0)),
     add check (own_charge_id is null or (kind = 'charges' and charge_count = 1)),
     add check (kind <> 'volumeBack' or quantity <> 0)`,
  // the totals of a service month that counters, minimums and monthly maximums go by
  'create index invoice_line_month on billing.invoice_line (merchant_id, service_month)',
];
