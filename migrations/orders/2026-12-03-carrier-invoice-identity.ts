import { Migration } from '@mikro-orm/migrations';

/**
 * An invoice of a carrier is one by carrier and number, in small or capital letters, with or without white space around
 * them and signs that nobody sees. What was taken twice before that stays, each with how many were there before it.
 */
export class CarrierInvoiceIdentity extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

/** Format characters: soft hyphens, zero-width blanks and joiners, marks of direction, byte order marks. */
const INVISIBLE = '[\\u00AD\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF]';
const BLANK = '[\\s\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]';

const statements = [
  `create function orders.invoice_key(written text) returns text language sql immutable parallel safe
     return lower(regexp_replace(regexp_replace(written, '${INVISIBLE}', '', 'g'), '^${BLANK}+|${BLANK}+$', '', 'g'))`,
  'grant execute on function orders.invoice_key(text) to kontor_orders',
  // no new invoice repeats another; what is there is evidence and may be billed
  'alter table orders.carrier_invoice add column repeats integer not null default 0 check (repeats >= 0)',
  'alter table orders.carrier_invoice disable trigger orders_carrier_invoice_append_only',
  `update orders.carrier_invoice i set repeats = n.repeats
     from (select id, row_number() over (partition by orders.invoice_key(carrier), orders.invoice_key(number)
             order by imported_at, id) - 1 as repeats from orders.carrier_invoice) n
     where n.id = i.id and n.repeats > 0`,
  'alter table orders.carrier_invoice enable trigger orders_carrier_invoice_append_only',
  'drop index orders.carrier_invoice_number',
  `create unique index carrier_invoice_number
     on orders.carrier_invoice (orders.invoice_key(carrier), orders.invoice_key(number), repeats)`,
];
