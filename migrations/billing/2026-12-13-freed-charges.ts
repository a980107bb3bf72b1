import { Migration } from '@mikro-orm/migrations';

/** What a cancelled invoice freed: late by the days of its service like every charge, and billed again at the prices it had. */
export class FreedCharges extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

/** How a number of units is spread over graduated tiers that end at `ends`; what is less than none is of the first. */
const graduated = `create function billing.graduated(ends numeric[], units numeric) returns numeric[] language sql immutable as $$
   select array_agg(case when n = 1 then least(units, ends[1]) else greatest(0, least(units, ends[n]) - ends[n - 1]) end order by n)
   from generate_subscripts(ends, 1) as n
 $$`;

/**
 * What of each tier is billed anew once `units` of `total` are, where live lines hold `live`: nothing at 0, and at `total`
 * just what takes the live lines to how all units are spread. In between it goes straight from the one to the other, from
 * the first tier up, or from the last down for what is taken back; what goes the other way goes at once. Beyond both it
 * is spread as if nothing had been cancelled.
 */
const billedAnew = `create function billing.billed_anew(ends numeric[], live numeric[], total numeric, units numeric)
 returns numeric[] language plpgsql immutable as $$
   declare
     held numeric := (select sum(q) from unnest(live) as q);
     whole numeric[];
     against numeric := 0;
     left_over numeric;
     part numeric;
   begin
     select array_agg(a - b order by n) into whole
     from unnest(billing.graduated(ends, held + total), live) with ordinality as t (a, b, n);
     if total = 0 or units * total <= 0 then
       return (select array_agg(a - b order by n)
               from unnest(billing.graduated(ends, held + units), billing.graduated(ends, held)) with ordinality as t (a, b, n));
     elsif abs(units) >= abs(total) then
       return (select array_agg(w + a - b order by n)
               from unnest(whole, billing.graduated(ends, held + units), billing.graduated(ends, held + total)) with ordinality as t (w, a, b, n));
     end if;
     select coalesce(sum(abs(q)), 0) into against from unnest(whole) as q where q * total < 0;
     left_over := abs(units) + against;
     for i in 1 .. array_length(whole, 1) loop
       declare n integer := case when total > 0 then i else array_length(whole, 1) + 1 - i end;
       begin
         continue when whole[n] * total < 0;
         part := least(abs(whole[n]), left_over);
         left_over := left_over - part;
         whole[n] := sign(total) * part;
       end;
     end loop;
     return whole;
   end $$`;

/**
 * In which tiers the units of a charge fall where a document of the month was cancelled: units `counter_from` to
 * `counter_to` of the `total` that is billed now. Live lines hold the tiers that they were billed in; those of a version
 * with other tiers count in the one that theirs begins in, and what that cannot hold in the next one.
 */
const tierParts = `create function billing.tier_parts(tiers jsonb, billed jsonb, counter_from numeric, counter_to numeric, total numeric)
 returns table (from_quantity numeric, to_quantity numeric, unit_price numeric, quantity numeric) language plpgsql immutable as $$
   declare
     step record;
     ends numeric[] := '{}';
     live numeric[] := '{}';
     own numeric;
     others numeric := 0;
     fits numeric;
   begin
     for step in
       select t.ordinal::integer as n, coalesce(lag((t.tier ->> 'upTo')::numeric) over (order by t.ordinal), 0) as begins,
              coalesce((t.tier ->> 'upTo')::numeric, 'infinity') as ends
       from jsonb_array_elements(tiers) with ordinality as t (tier, ordinal) order by t.ordinal
     loop
       select coalesce(sum(b.units) filter (where b.is_own), 0), others + coalesce(sum(b.units) filter (where not b.is_own), 0) into own, others
       from (select (b ->> 'quantity')::numeric as units,
                    (b ->> 'from')::numeric = step.begins and coalesce((b ->> 'to')::numeric, 'infinity') = step.ends as is_own
             from jsonb_array_elements(billed) as b
             where ((b ->> 'from')::numeric >= step.begins or step.n = 1) and (b ->> 'from')::numeric < step.ends) b;
       fits := least(others, greatest(0, step.ends - step.begins - own));
       others := others - fits;
       live[step.n] := own + fits;
       ends[step.n] := step.ends;
     end loop;
     return query
       select s.begins, s.ends, s.price, s.units
       from (select coalesce(lag((t.tier ->> 'upTo')::numeric) over (order by t.n), 0) as begins, (t.tier ->> 'upTo')::numeric as ends,
                    (t.tier ->> 'unitPrice')::numeric as price, t.upto - t.before as units
             from rows from (jsonb_array_elements(tiers), unnest(billing.billed_anew(ends, live, total, counter_to)),
                             unnest(billing.billed_anew(ends, live, total, counter_from))) with ordinality as t (tier, upto, before, n)) s
       where s.units <> 0;
   end $$`;

const statements = [
  'alter table billing.charge drop column billed_late',
  'drop function billing.tier_parts(jsonb, jsonb, numeric, numeric)',
  ...[graduated, billedAnew, tierParts],
];
