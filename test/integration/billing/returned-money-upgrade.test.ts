import { expect, test } from '@jest/globals';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { upgradedDatabase } from '../../support/upgrade.ts';

const { query, migrateTo } = upgradedDatabase();
const merchant = uuidOf('merchant');
const [paid, back, item] = ['paid', 'back', 'item'].map((what) => uuidOf(what));

const payment = (id: string | undefined, amountMinor: number, returnsId?: string) =>
  query(
    `insert into billing.payment (id, merchant_id, amount_minor, unallocated_minor, currency, value_date, remittance, source, returns_id, recorded_by, recorded_at)
     values ($1, $2, $3, $3, 'EUR', '2026-11-03', '', $4, $5, 'x', now())`,
    [id, merchant, amountMinor, returnsId ? 'returnDebit' : 'directDebit', returnsId ?? null],
  );

test('I1 money of before that the bank took back is free no more, and its collection knows its return', async () => {
  await migrateTo('2026-12-12');
  await query(
    `insert into billing.merchant_ref (merchant_id, version, number, name, snapshot) values ($1, 1, '851', 'M', '{}')`,
    [merchant],
  );
  await payment(paid, 150);
  await query(
    `insert into billing.credit_entry (id, merchant_id, kind, amount_minor, reason, payment_id, booked_on, booked_by, booked_at)
     values ($1, $2, 'grant', 100, 'x', $3, '2026-11-03', 'x', now())`,
    [uuidOf('grant'), merchant, paid],
  );
  await payment(back, -150, paid);
  // its invoice, mandate and run are not what this is about
  await query('set session_replication_role = replica');
  await query(
    `insert into billing.collection_item (id, run_id, merchant_id, invoice_id, mandate_id, amount_minor, sequence, collect_on, end_to_end_id, state, payment_id, returned_on, return_reason)
     values ($1, $1, $2, $1, $1, 150, 'RCUR', '2026-11-03', 'RE-1', 'returned', $3, '2026-11-05', 'AM04')`,
    [item, merchant, paid],
  );
  await query('set session_replication_role = origin');
  const left = () => query('select unallocated_minor::int as minor from billing.payment order by amount_minor desc');
  expect(await left()).toEqual([{ minor: 50 }, { minor: -150 }]);
  expect(await migrateTo()).toContain('billing/2026-12-12-returned-money');
  expect(await left()).toEqual([{ minor: 0 }, { minor: -100 }]);
  expect(await query('select return_payment_id as back from billing.collection_item')).toEqual([{ back }]);
});
