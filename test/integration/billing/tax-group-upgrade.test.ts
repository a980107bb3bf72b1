import { expect, test } from '@jest/globals';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { upgradedDatabase } from '../../support/upgrade.ts';

const { query, migrateTo } = upgradedDatabase();
const [issuer, run] = [uuidOf('issuer'), uuidOf('run')];

/** A merchant's finalized invoice with one category of VAT. */
async function invoiced(number: number, category: string) {
  const [merchant, row, id] = ['merchant', 'row', 'invoice'].map((what) => uuidOf(what, category));
  await query(
    `insert into billing.merchant_ref (merchant_id, version, number, name, snapshot) values ($1, 1, $2, 'M', '{}')`,
    [...[merchant, category]],
  );
  await query(
    `insert into billing.run_merchant (id, run_id, merchant_id, cutoff, state) values ($1, $2, $3, '2026-10-31', 'draft')`,
    [row, run, merchant],
  );
  await query(
    `insert into billing.invoice (id, run_id, run_merchant_id, merchant_id, kind, split, state, currency, language, issuer_id, period_from, period_to,
       net_minor, vat_minor, gross_minor, created_at)
     values ($1, $2, $3, $4, 'invoice', 'all', 'draft', 'EUR', 'de', $5, '2026-10-01', '2026-10-31', 100, 0, 100, now())`,
    [id, run, row, merchant, issuer],
  );
  await query('insert into billing.invoice_vat values ($1, $2, $3, 0, 100, 0)', [id, merchant, category]);
  await query(
    `update billing.invoice set state = 'finalized', number = $2, series_year = 2026, series_number = $3, issue_date = '2026-11-01',
       due_date = '2026-11-15', finalized_at = now() where id = $1`,
    [id, `RE-${number}`, number],
  );
}

test('H8 invoices of before say whether they are outside the scope of VAT, and are frozen still', async () => {
  await migrateTo('2026-12-04');
  await query(
    `insert into billing.issuer (id, profile, number_pattern, billing_starts_on) values ($1, '{}', 'RE-{year}-{number}', '2026-01-01')`,
    [issuer],
  );
  await query(
    `insert into billing.run (id, issuer_id, cutoff, started_by, started_kind, created_at) values ($1, $2, '2026-10-31', 'x', 'user', now())`,
    [run, issuer],
  );
  for (const [index, category] of ['O', 'AE', 'E'].entries()) await invoiced(index + 1, category);
  expect(await migrateTo()).toContain('billing/2026-12-05-vat');
  expect(await query('select number, tax_group from billing.invoice order by number')).toEqual([
    { number: 'RE-1', tax_group: 'outside' },
    { number: 'RE-2', tax_group: 'inside' },
    { number: 'RE-3', tax_group: 'inside' },
  ]);
  await expect(query(`update billing.invoice set tax_group = 'inside'`)).rejects.toThrow('never changes');
});
