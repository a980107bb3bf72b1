import { Migration } from '@mikro-orm/migrations';

/** What is known of a return, an item and a photo beyond the straight way. */
export class ReturnsInDepth extends Migration {
  override up(): void {
    // checks that wait for the commit keep tables from being altered
    this.addSql('set constraints all immediate');
    for (const statement of [...policies, ...returns, ...items, ...photos]) this.addSql(statement);
  }
}

const DISPOSITIONS = `('restock', 'restock_b', 'refurbish', 'rtv', 'dispose', 'donate', 'hold')`;

const policies = [`alter table returns.merchant_ref add column return_policy jsonb not null default '{}'`];

const returns = [
  `alter table returns.return
     add column parent_id uuid constraint return_parent references returns.return (id),
     add column inspection_due_at timestamptz,
     add column decision_due_at timestamptz,
     add column outcome text check (outcome in ('refund', 'credit', 'voucher', 'exchange', 'none')),
     add column outcome_amount_minor bigint check (outcome_amount_minor >= 0),
     add column outcome_note text,
     add column outcome_by text,
     add column outcome_at timestamptz,
     add constraint return_outcome check ((outcome is null) = (outcome_at is null) and (outcome is null) = (outcome_by is null)
       and (outcome is not null or (outcome_amount_minor is null and outcome_note is null))
       and (outcome_amount_minor is null or outcome in ('refund', 'credit', 'voucher')))`,
  'create index return_parent on returns.return (parent_id) where parent_id is not null',
  `create index return_inspection_due on returns.return (inspection_due_at, id) where state in ('received', 'inspecting')`,
  `create index return_decision_due on returns.return (decision_due_at, id) where decision_due_at is not null`,
];

const items = [
  `alter table returns.return_item
     add column serial_numbers text[] not null default '{}',
     add column serial_mismatch boolean not null default false,
     add column batch_number text,
     add column best_before date,
     add column recorded_as text,
     add column over_return_reason text,
     add column checklist jsonb,
     add column suggested_grade text check (suggested_grade in ('A', 'B', 'C', 'D')),
     add column suggested_disposition text check (suggested_disposition in ('restock', 'restock_b', 'refurbish', 'rtv',
       'dispose', 'donate', 'hold', 'ask')),
     add column asked_at timestamptz,
     add column decision_due_at timestamptz,
     add column decision_default text check (decision_default in ${DISPOSITIONS}),
     add column quarantined_at timestamptz,
     add column instead_of uuid references returns.return_item (id),
     add column bundle_of uuid references returns.return_item (id),
     drop constraint return_item_disposition_source_check,
     add constraint return_item_disposition_source_check
       check (disposition_source in ('rule', 'manual', 'merchant', 'deadline')),
     add constraint return_item_asked check ((asked_at is null) = (decision_due_at is null)
       and (asked_at is null) = (decision_default is null))`,
  `update returns.return_item i set quarantined_at = coalesce(r.inspected_at, r.updated_at)
     from returns.return r where r.id = i.return_id and i.state = 'on_hold'`,
  `alter table returns.return_item add constraint return_item_quarantined
     check ((quarantined_at is null) = (state <> 'on_hold'))`,
  'create index return_item_instead_of on returns.return_item (instead_of) where instead_of is not null',
  'create index return_item_bundle_of on returns.return_item (bundle_of) where bundle_of is not null',
  `create index return_item_quarantined on returns.return_item (quarantined_at) where quarantined_at is not null`,
];

const photos = [
  `alter table returns.photo add column kind text not null default 'item'
     check (kind in ('item', 'parcel', 'label', 'content'))`,
  `update returns.photo set kind = 'parcel' where item_id is null`,
  `alter table returns.photo add constraint photo_of_item check ((kind = 'item') = (item_id is not null))`,
  'alter table returns.photo alter column kind drop default',
];
