import { Migration } from '@mikro-orm/migrations';

/**
 * Cancellations and credit notes: what corrects a document is held to it by the database, tiers know which of their
 * units a cancelled document left free, and a row can be told to issue a negative total (billing.md, Corrections).
 */
export class Corrections extends Migration {
  override up(): void {
    for (const statement of [...columns, ...numbers, ...tiers, ...guards]) this.addSql(statement);
  }
}

const columns = [
  `create index invoice_cancelled on billing.invoice (merchant_id) where state = 'cancelled'`,
  // how a charge was labelled on the document that was cancelled; it is labelled so again
  'alter table billing.charge add billed_late boolean',
  // finance wants a negative total of the row as a credit note
  'alter table billing.run_merchant add issue_credit boolean not null default false',
  `alter table billing.invoice_vat
     -- the tax that is left of the original, which the rate alone would miss by cents
     add remainder boolean check (remainder),
     drop constraint invoice_vat_check,
     add constraint invoice_vat_check check (remainder is true or vat_minor = round(basis_minor * rate_bp / 10000.0))`,
];

/** Two series whose patterns differ in digits and counters alone could give the same number. */
const numbers = [
  `create function billing.number_shape(pattern text) returns text language sql immutable as $$
     select lower(regexp_replace(pattern, '[0-9]*\\{(year|number(:[1-9])?)\\}[0-9]*', '#', 'g'))
   $$`,
  `update billing.issuer set cancellation_pattern = 'STORNO-{year}-{number:5}'
     where billing.number_shape(cancellation_pattern) = billing.number_shape(number_pattern)`,
  `update billing.issuer set credit_note_pattern = 'KORR-{year}-{number:5}'
     where billing.number_shape(credit_note_pattern) in (billing.number_shape(number_pattern), billing.number_shape(cancellation_pattern))`,
  `alter table billing.issuer drop constraint issuer_patterns_differ, add constraint issuer_patterns_differ check (
     billing.number_shape(cancellation_pattern) <> billing.number_shape(number_pattern)
     and billing.number_shape(credit_note_pattern) <> billing.number_shape(number_pattern)
     and billing.number_shape(cancellation_pattern) <> billing.number_shape(credit_note_pattern))`,
];

/**
 * Which tiers the units of a charge fall in where a document of the month was cancelled, so that the live lines do not
 * fill the tiers from below: what is free of each tier is filled first. Lines of another version count in the tier that
 * theirs begins in, and what a tier cannot hold is in the next one; where nothing is free below, that is the same as
 * counting on. Negative counters take back live units from the top.
 */
const tiers = [
  `create function billing.tier_parts(tiers jsonb, billed jsonb, counter_from numeric, counter_to numeric)
   returns table (from_quantity numeric, to_quantity numeric, unit_price numeric, quantity numeric) language plpgsql immutable as $$
   declare
     step record;
     live numeric[] := '{}';
     held numeric;
     carried numeric := 0;
     reached numeric := 0;
     low numeric := least(counter_from, counter_to);
     high numeric := greatest(counter_from, counter_to);
     direction integer := sign(counter_to - counter_from);
     parts numeric[] := '{}';
     steps integer := jsonb_array_length(tiers);
     ends numeric;
   begin
     for step in
       select t.ordinal::integer as n, coalesce(lag((t.tier ->> 'upTo')::numeric) over (order by t.ordinal), 0) as begins,
              coalesce((t.tier ->> 'upTo')::numeric, 'infinity') as ends
       from jsonb_array_elements(tiers) with ordinality as t (tier, ordinal) order by t.ordinal
     loop
       select coalesce(sum((b ->> 'quantity')::numeric), 0) + carried into held from jsonb_array_elements(billed) as b
       where ((b ->> 'from')::numeric >= step.begins or step.n = 1) and (b ->> 'from')::numeric < step.ends;
       live[step.n] := least(held, step.ends - step.begins);
       carried := held - live[step.n];
       ends := reached + (step.ends - step.begins) - live[step.n];
       parts[step.n] := greatest(0, least(high, ends) - greatest(low, reached));
       reached := ends;
     end loop;
     reached := 0;
     for n in reverse steps .. 1 loop
       ends := case when n = 1 then '-infinity' else reached - greatest(0, live[n]) end;
       parts[n] := parts[n] + greatest(0, least(high, reached) - greatest(low, ends));
       reached := ends;
     end loop;
     return query
       select s.begins, s.ends, s.price, direction * parts[s.n::integer]
       from (select t.ordinal as n, coalesce(lag((t.tier ->> 'upTo')::numeric) over (order by t.ordinal), 0) as begins,
                    (t.tier ->> 'upTo')::numeric as ends, (t.tier ->> 'unitPrice')::numeric as price
             from jsonb_array_elements(tiers) with ordinality as t (tier, ordinal)) s
       where parts[s.n::integer] > 0;
   end $$`,
];

/** Whether `taken` undoes none or a part of `original`, or all of it. */
const within = (taken: string, original: string) =>
  `(${taken}) between least(0, -(${original})) and greatest(0, -(${original}))`;

const guards = [
  `create function billing.refuse_correction(rule text) returns void language plpgsql as $$
   begin
     raise exception 'a correction is refused: %', rule using errcode = 'check_violation', constraint = rule;
   end $$`,
  // locks the original, so that of several corrections at once each sees the others
  `create function billing.guard_correction() returns trigger language plpgsql as $$
   declare original billing.invoice;
   begin
     select * into strict original from billing.invoice where id = new.corrects_id for update;
     if original.kind <> 'invoice' or original.state = 'draft' then perform billing.refuse_correction('correction_of_invoice'); end if;
     if new.kind = 'cancellation' then perform billing.guard_cancellation(new, original); else perform billing.guard_credit(new, original); end if;
     return new;
   end $$`,
  `create function billing.guard_cancellation(correction billing.invoice, original billing.invoice) returns void language plpgsql as $$
   begin
     if exists (select 1 from billing.invoice where corrects_id = original.id and kind = 'creditNote' and state = 'finalized')
       then perform billing.refuse_correction('cancellation_uncredited'); end if;
     if (correction.net_minor, correction.vat_minor, correction.gross_minor) <> (-original.net_minor, -original.vat_minor, -original.gross_minor)
       or exists (
         select 1 from (select * from billing.invoice_line where invoice_id = original.id) o
         full join (select * from billing.invoice_line where invoice_id = correction.id) c on c.corrects_line_id = o.id
         where (c.quantity, c.unit_price, c.base_quantity, c.net_minor, c.vat_category, c.vat_rate_bp)
           is distinct from (-o.quantity, o.unit_price, o.base_quantity, -o.net_minor, o.vat_category, o.vat_rate_bp))
       then perform billing.refuse_correction('cancellation_mirrors'); end if;
   end $$`,
  `create function billing.guard_credit(correction billing.invoice, original billing.invoice) returns void language plpgsql as $$
   begin
     if original.state <> 'finalized' then perform billing.refuse_correction('credit_of_live_invoice'); end if;
     if exists (
         select 1 from billing.invoice_line c left join billing.invoice_line o on o.id = c.corrects_line_id and o.invoice_id = original.id
         where c.invoice_id = correction.id and (c.vat_category, c.vat_rate_bp) is distinct from (o.vat_category, o.vat_rate_bp))
       then perform billing.refuse_correction('credit_of_its_lines'); end if;
     if exists (
         select 1 from billing.invoice_line o
         join billing.invoice_line c on c.corrects_line_id = o.id
         join billing.invoice n on n.id = c.invoice_id and (n.state = 'finalized' or n.id = correction.id)
         where o.invoice_id = original.id group by o.id, o.net_minor having not ${within('sum(c.net_minor)', 'o.net_minor')})
       then perform billing.refuse_correction('credit_within_line'); end if;
     if exists (
         select 1 from billing.invoice_vat c
         join billing.invoice n on n.id = c.invoice_id and n.corrects_id = original.id and (n.state = 'finalized' or n.id = correction.id)
         left join billing.invoice_vat o on o.invoice_id = original.id and (o.category, o.rate_bp) = (c.category, c.rate_bp)
         group by o.basis_minor, o.vat_minor, c.category, c.rate_bp
         having coalesce(not (${within('sum(c.basis_minor)', 'o.basis_minor')} and ${within('sum(c.vat_minor)', 'o.vat_minor')}), true)
           -- what takes all of a basis takes all of its tax
           or (sum(c.basis_minor) = -o.basis_minor and sum(c.vat_minor) <> -o.vat_minor))
       or not (select ${within('sum(n.gross_minor)', 'original.gross_minor')} from billing.invoice n
               where n.corrects_id = original.id and (n.state = 'finalized' or n.id = correction.id))
       then perform billing.refuse_correction('credit_within_invoice'); end if;
   end $$`,
  `create trigger invoice_correction before update of state on billing.invoice for each row
     when (old.state = 'draft' and new.state = 'finalized' and new.corrects_id is not null) execute function billing.guard_correction()`,
  // both or neither: a cancelled invoice has its cancellation, and nothing of it is billed any more
  `create function billing.check_cancelled() returns trigger language plpgsql as $$
   declare cancelled uuid := case when new.kind = 'cancellation' then new.corrects_id else new.id end;
   begin
     if not exists (select 1 from billing.invoice o join billing.invoice c on c.corrects_id = o.id and c.kind = 'cancellation' and c.state = 'finalized'
                    where o.id = cancelled and o.state = 'cancelled')
       or exists (select 1 from billing.invoice_line l join billing.charge c on c.line_id = l.id where l.invoice_id = cancelled)
       then perform billing.refuse_correction('cancelled_with_document'); end if;
     return null;
   end $$`,
  `create constraint trigger invoice_cancelled after update of state on billing.invoice deferrable initially deferred for each row
     when (new.state = 'cancelled' or (new.state = 'finalized' and new.kind = 'cancellation')) execute function billing.check_cancelled()`,
];
