import { Migration } from '@mikro-orm/migrations';
import { appendOnly, tenantTable } from '../tenant-table.ts';

/** Phrases and checklists, questions to merchants and their answers by link, and what of a reopened inspection was charged. */
export class Inspection extends Migration {
  override up(): void {
    // checks that wait for the commit keep tables from being altered
    this.addSql('set constraints all immediate');
    for (const statement of [...lists, ...decisions, ...charged, ...overReturns]) this.addSql(statement);
  }
}

/** One list per merchant, and one of the house, which has no merchant and is read by everybody. */
const list = (name: string) => [
  `create table returns.${name} (
     owner uuid generated always as (coalesce(merchant_id, '00000000-0000-0000-0000-000000000000')) stored primary key,
     merchant_id uuid constraint ${name}_merchant references returns.merchant_ref (merchant_id),
     version integer not null check (version > 0),
     entries jsonb not null check (jsonb_typeof(entries) = 'array'),
     updated_at timestamptz not null)`,
  ...tenantTable(`returns.${name}`, { kontor_returns: 'select, insert, update' }),
  `create policy house on returns.${name} for select using (merchant_id is null)`,
];

const lists = [...list('return_phrase'), ...list('return_checklist')];

const decisions = [
  // the first index is the portal of a merchant, the second that of the house
  `create index return_item_question on returns.return_item (merchant_id, decision_due_at, id)
     where state = 'disposition_proposed' and asked_at is not null`,
  `create index return_item_question_any on returns.return_item (decision_due_at, id)
     where state = 'disposition_proposed' and asked_at is not null`,
  `alter table returns.return add constraint return_decision_due
     check (case state when 'awaiting_decision' then decision_due_at is not null when 'inspecting' then true
       else decision_due_at is null end)`,
  // a link is used once per revision of the inspection it asks about; what it was answered with is evidence
  `create table returns.decision_answer (
     return_id uuid not null,
     revision integer not null check (revision >= 0),
     merchant_id uuid not null,
     content_hash text not null,
     decisions jsonb not null,
     answered_at timestamptz not null,
     primary key (return_id, revision),
     constraint decision_answer_owner foreign key (merchant_id, return_id) references returns.return (owner, id))`,
  ...tenantTable('returns.decision_answer', { kontor_returns: 'select, insert' }),
  ...appendOnly('returns.decision_answer'),
];

/** B13: what was charged once is not charged again by a later revision, should its merchant's charges stay. */
const charged = [
  `alter table returns.return_item add column charged boolean not null default false`,
  `update returns.return_item i set charged = true from returns.return r
     where r.id = i.return_id and r.inspected_at is not null and i.state in ('restocked', 'disposed')`,
];

/**
 * A14: what came back of an article of an order in other returns. It waits for whoever is counting for the same order,
 * and then reads again, which a plain statement would not: its snapshot is from before the wait.
 */
const overReturns = [
  'create index return_of_order on returns.return (order_id) where order_id is not null',
  `create function returns.returned_elsewhere(of_order uuid, of_sku text, but_return uuid) returns bigint language plpgsql volatile as $$
   begin
     perform pg_advisory_xact_lock(hashtextextended('returns.order:' || of_order, 0));
     return (select coalesce(sum(i.quantity), 0) from returns.return r join returns.return_item i on i.return_id = r.id
       where r.order_id = of_order and r.id <> but_return and i.sku = of_sku and i.origin <> 'foreign'
         and i.state not in ('expected', 'missing') and i.over_return_reason is null);
   end $$`,
];
