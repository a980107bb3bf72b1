import type { TestDatabase } from './database.ts';

/** Puts a charge on the line of an approved draft, as a run does. */
export async function billCharge({ query }: TestDatabase, chargeId: string): Promise<void> {
  const [ids] = await query(
    'select gen_random_uuid() as run, gen_random_uuid() as row, gen_random_uuid() as invoice, gen_random_uuid() as line, gen_random_uuid() as issuer',
  );
  const id = ids as Record<'run' | 'row' | 'invoice' | 'line' | 'issuer', string>;
  const [charge] = await query(
    'select merchant_id, version_id, rule_key, charge_type from billing.charge where id = $1',
    [chargeId],
  );
  const merchantId = charge!['merchant_id'];
  await query(
    `insert into billing.issuer (id, profile, number_pattern, billing_starts_on) values ($1, '{}', 'x', '2026-01-01')`,
    [id.issuer],
  );
  await query(
    `insert into billing.run (id, issuer_id, cutoff, started_by, started_kind, created_at) values ($1, $2, '2026-10-15', 'x', 'user', now())`,
    [id.run, id.issuer],
  );
  await query(
    `insert into billing.run_merchant (id, run_id, merchant_id, cutoff, state) values ($1, $2, $3, '2026-10-15', 'draft')`,
    [id.row, id.run, merchantId],
  );
  await query(
    `insert into billing.invoice (id, run_id, run_merchant_id, merchant_id, kind, split, state, currency, language, issuer_id, period_from, period_to, net_minor, vat_minor, gross_minor, created_at)
     values ($1, $2, $3, $4, 'invoice', 'all', 'draft', 'EUR', 'de', $5, '2026-10-01', '2026-10-15', 0, 0, 0, now())`,
    [id.invoice, id.run, id.row, merchantId, id.issuer],
  );
  await query(
    `insert into billing.invoice_line (id, invoice_id, merchant_id, position, section, charge_type, version_id, rule_key, service_month, label, unit, quantity, unit_price,
       base_quantity, net_minor, vat_category, vat_rate_bp, charge_count) values ($1, $2, $3, 1, 'fulfilment', $4, $5, $6, '2026-10', 'x', 'x', 1, 0, 1, 0, 'S', 1900, 1)`,
    [id.line, id.invoice, merchantId, charge!['charge_type'], charge!['version_id'], charge!['rule_key']],
  );
  await query('update billing.charge set line_id = $1 where id = $2', [id.line, chargeId]);
}
