import { expect, test } from '@jest/globals';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { upgradedDatabase } from '../../support/upgrade.ts';

const { query, migrateTo } = upgradedDatabase();
const merchant = uuidOf('merchant');
const invoice = uuidOf('invoice');

/** A run that was issued on its day, with a letter of a level; without one the invoice is hindered. */
async function run(day: string, level: number | null) {
  const id = uuidOf('run', day);
  await query(
    `insert into billing.dunning_run (id, as_of, state, created_by, created_at, issued_by, issued_at)
     values ($1, $2::date, 'issued', 'x', $2::date + time '08:00', 'x', $2::date + time '09:00')`,
    [id, day],
  );
  await query(
    `insert into billing.dunning_row (run_id, invoice_id, merchant_id, level, hindrance, days_overdue, open_minor, selected)
     values ($1, $2, $3, $4::integer, case when $4::integer is null then 'waiting' end, 1, 100, false)`,
    [id, invoice, merchant, level],
  );
  if (level === null) return;
  await query(
    `insert into billing.dunning_letter (id, run_id, merchant_id, number, level, as_of, issue_date, pay_by, language, open_minor, claims_minor, total_minor, model, state)
     values ($1, $1, $2, $3, $4, $5::date, $5::date, $5::date + 7, 'de', 100, 0, 100, '{}', 'pending')`,
    [id, merchant, `MA-${day}`, level, day],
  );
  await query(
    `insert into billing.dunning_step (invoice_id, merchant_id, level, letter_id, on_day, pay_by, open_minor, interest_minor)
     values ($1, $2, $3, $4, $5::date, $5::date + 7, 100, 0)`,
    [invoice, merchant, level, id, day],
  );
}

test('I4 runs of before know how far their invoices were', async () => {
  await migrateTo('2026-12-13');
  // the invoice and its merchant are not what this is about
  await query('set session_replication_role = replica');
  await run('2026-10-22', 0);
  await run('2026-10-25', null);
  await run('2026-10-30', 1);
  await run('2026-11-02', null);
  await query('set session_replication_role = origin');
  expect(await migrateTo()).toContain('billing/2026-12-14-proposed-levels');
  const found = await query(
    'select d.level, d.last_level as before from billing.dunning_row d join billing.dunning_run r on r.id = d.run_id order by r.created_at',
  );
  expect(found.map(({ before, level }) => [before, level])).toEqual([
    [null, 0],
    [0, null],
    [0, 1],
    [1, null],
  ]);
});
