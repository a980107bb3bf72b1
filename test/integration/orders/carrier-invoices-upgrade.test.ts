import { expect, test } from '@jest/globals';
import { upgradedDatabase } from '../../support/upgrade.ts';

const { query, migrateTo } = upgradedDatabase();
const insert = (carrier: string, number: string, hour: number) =>
  query(
    `insert into orders.carrier_invoice (id, carrier, number, invoiced_on, currency, line_count, amount_minor, content_hash, origin, imported_by, imported_at)
     values (gen_random_uuid(), $1, $2, '2026-10-14', 'EUR', 1, 550, 'x', 'api', 'test', make_timestamptz(2026, 10, 15, $3, 0, 0))`,
    [carrier, number, hour],
  );

test('invoices that were taken twice before they were recognised stay, and no further one joins them', async () => {
  await migrateTo('2026-12-03');
  await insert('DHL', 'CX1 ', 2);
  await insert('DHL', 'CX1', 1);
  await insert('D\u200bHL', 'cx1', 3);
  await insert('DHL', 'CX2', 4);
  expect(await migrateTo()).toContain('orders/2026-12-03-carrier-invoice-identity');
  const rows = await query('select number, repeats from orders.carrier_invoice order by imported_at');
  expect(rows.map((row) => [row['number'], row['repeats']])).toEqual([
    ...[
      ['CX1', 0],
      ['CX1 ', 1],
      ['cx1', 2],
    ],
    ['CX2', 0],
  ]);
  await expect(insert('dhl ', 'Cx1', 5)).rejects.toThrow('carrier_invoice_number');
  await insert('DHL', 'CX3', 6);
  // what is stored is evidence as before
  await expect(query('update orders.carrier_invoice set repeats = 7')).rejects.toThrow();
});
