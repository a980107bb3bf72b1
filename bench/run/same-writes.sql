-- A run as one would write it by hand: whole sets, no rule and no check. It writes what the product writes for the
-- charges of the bench: rows of the run, drafts with lines and VAT, links, states, numbers, documents to render,
-- events with their deliveries, audit rows.
set kontor.scope = 'staff';

begin;
insert into run (id, issuer_id, cutoff, started_by, started_kind, created_at)
select uuidv7(), id, :cutoff, 'script', 'user', now() from issuer;
insert into run_merchant (id, run_id, merchant_id, cutoff, state, wanted, wanted_by)
select uuidv7(), run.id, m.merchant_id, run.cutoff, 'scheduled', 'draft', 'script' from run cross join merchant_ref m;
commit;

begin;
create temp table priced as
with due as (
  select c.id, c.merchant_id, c.section, c.charge_type, c.version_id, c.rule_key, c.service_month, c.service_date, c.quantity,
         r.unit, r.label ->> 'de' as label, r.model
  from charge c join rate_rule r on r.id = c.rule_id
  where c.line_id is null and c.state = 'accrued' and c.service_date <= :cutoff),
counted as (
  select due.*, sum(quantity) over (partition by merchant_id, rule_key, service_month order by service_date, id) as counter
  from due where model ? 'tiers'),
tier as (
  select r.id, (t.tier ->> 'upTo')::numeric as tier_to, (t.tier ->> 'unitPrice')::numeric as unit_price,
         coalesce(lag((t.tier ->> 'upTo')::numeric) over (partition by r.id order by t.ordinal), 0) as tier_from, r.key, r.version_id
  from rate_rule r cross join jsonb_array_elements(r.model -> 'tiers') with ordinality as t (tier, ordinal) where r.model ? 'tiers')
select id, merchant_id, section, charge_type, version_id, rule_key, service_month, unit, label, null::numeric as tier_from,
       null::numeric as tier_to, quantity, coalesce(model ->> 'unitPrice', model ->> 'amount')::numeric as unit_price
from due where not model ? 'tiers'
union all
select c.id, c.merchant_id, c.section, c.charge_type, c.version_id, c.rule_key, c.service_month, c.unit, c.label, t.tier_from, t.tier_to,
       least(c.counter, coalesce(t.tier_to, 'infinity')) - greatest(c.counter - c.quantity, t.tier_from), t.unit_price
from counted c join tier t on t.key = c.rule_key and t.version_id = c.version_id
  and c.counter > t.tier_from and c.counter - c.quantity < coalesce(t.tier_to, 'infinity');

create temp table line as
select uuidv7() as id, g.*, row_number() over (partition by merchant_id order by section, rule_key, tier_from) as position,
       round(quantity * unit_price * 100) as net
from (select merchant_id, section, charge_type, version_id, rule_key, service_month, unit, label, tier_from, tier_to, unit_price,
             sum(quantity) as quantity, count(*) as charges
      from priced group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) g;
create temp table total as
select uuidv7() as invoice_id, m.id as row_id, m.run_id, t.* from run_merchant m
join (select merchant_id, sum(net) as net, round(sum(net) * 0.19) as vat, sum(charges) as charges from line group by 1) t using (merchant_id);

insert into invoice (id, run_id, run_merchant_id, merchant_id, kind, split, state, currency, language, issuer_id, period_from, period_to,
  net_minor, vat_minor, gross_minor, created_at)
select invoice_id, run_id, row_id, merchant_id, 'invoice', 'all', 'draft', 'EUR', 'de', i.id, '2026-10-01', :cutoff, net, vat, net + vat, now()
from total cross join issuer i;
insert into invoice_line (id, invoice_id, merchant_id, position, kind, section, charge_type, version_id, rule_key, tier_from, tier_to,
  service_month, label, unit, quantity, unit_price, base_quantity, net_minor, vat_category, vat_rate_bp, charge_count)
select l.id, t.invoice_id, merchant_id, l.position, 'charges', l.section, l.charge_type, l.version_id, l.rule_key, l.tier_from, l.tier_to,
       l.service_month, l.label, l.unit, l.quantity, l.unit_price, 1, l.net, 'S', 1900, l.charges
from line l join total t using (merchant_id);
insert into invoice_vat select invoice_id, merchant_id, 'S', 1900, net, vat from total;
update run_merchant m set state = 'draft', wanted = null, charge_count = t.charges, net_minor = t.net, gross_minor = t.net + t.vat,
  version = m.version + 1, updated_at = now() from total t where t.row_id = m.id;
commit;

begin;
create temp table placed as
select p.id as charge_id, l.id as line_id, p.merchant_id, p.quantity from priced p join line l
  on l.merchant_id = p.merchant_id and l.rule_key = p.rule_key and l.version_id = p.version_id and l.service_month = p.service_month
  and l.unit_price = p.unit_price and l.tier_from is not distinct from p.tier_from;
insert into invoice_line_charge (line_id, charge_id, merchant_id, quantity, late) select line_id, charge_id, merchant_id, quantity, false from placed;
update charge c set line_id = p.line_id
from (select distinct on (charge_id) charge_id, line_id from placed order by charge_id, line_id) p where c.id = p.charge_id;
update run_merchant m set state = 'approved', merchant_frozen = r.snapshot, approved_by = 'script', approved_at = now(), collected_at = now(),
  version = m.version + 1, updated_at = now() from merchant_ref r where r.merchant_id = m.merchant_id;
insert into messaging.audit_entry (id, at, service, actor_kind, actor_id, request_id, action, entity, entity_id, merchant_id, after)
select uuidv7(), now(), 'billing', 'user', 'script', 'script', a, 'billing-run', run_id::text, merchant_id, jsonb_build_object('charges', charges)
from total cross join unnest(array['billing-run.approve-requested', 'billing-run.approved']) a;
commit;

begin;
create temp table numbered as
select t.*, row_number() over (order by merchant_id) as number from total t;
insert into number_series (issuer_id, kind, year, last_number) select id, 'invoice', 2026, (select count(*) from numbered) from issuer;
update invoice i set state = 'finalized', number = 'RE-2026-' || lpad(n.number::text, 6, '0'), series_year = 2026, series_number = n.number,
  issue_date = '2026-11-01', due_date = '2026-11-15', finalized_at = now() from numbered n where n.invoice_id = i.id;
insert into invoice_status (invoice_id, merchant_id, payment, delivery, dispute) select invoice_id, merchant_id, 'open', 'queued', 'none' from numbered;
insert into invoice_document (invoice_id, kind, merchant_id, state, model)
select n.invoice_id, 'pdf', n.merchant_id, 'pending',
       jsonb_build_object('number', n.number, 'netMinor', n.net, 'lines', jsonb_agg(to_jsonb(l) order by l.position), 'buyer', m.merchant_frozen)
from numbered n join line l using (merchant_id) join run_merchant m on m.id = n.row_id
group by n.invoice_id, n.merchant_id, n.number, n.net, m.merchant_frozen;
update run_merchant set state = 'finalized', finalized_at = now(), done_streams = '{fulfilment,monthly}', version = version + 1, updated_at = now();
create temp table told as select uuidv7() as id, n.* from numbered n;
insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id)
select id, 'billing.invoice-finalized.v1', merchant_id, now(), to_jsonb(told), 'script' from told;
insert into messaging.delivery (consumer, event_id, occurred_at) select c, id, now() from told cross join unnest(:consumers::text[]) c;
insert into messaging.audit_entry (id, at, service, actor_kind, actor_id, request_id, action, entity, entity_id, merchant_id, after)
select uuidv7(), now(), 'billing', 'user', 'script', 'script', a, 'invoice', invoice_id::text, merchant_id, jsonb_build_object('number', number)
from numbered cross join unnest(array['billing-run.finalize-requested', 'invoice.finalized']) a;
commit;
