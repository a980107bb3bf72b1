import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { correctionInvariants } from '../../../services/billing/persistence/self-check/correction-invariants.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { correctionsOf } from '../../support/corrections.ts';
import { corrupt, findings } from '../../support/self-check.ts';

let world: BillingWorld;
const ids: Record<string, string> = {};

/** One merchant's invoice is cancelled, that of another one is credited in two parts. */
beforeAll(async () => {
  world = await createBillingWorld();
  const fix = correctionsOf(world);
  const [alpha, beta] = [await world.addMerchant('Alpha GmbH'), await world.addMerchant('Beta GmbH')];
  await world.addCharges([
    { merchantId: alpha, rule: 'pack', day: '2026-10-20', quantity: '10' },
    { merchantId: beta, rule: 'pack', day: '2026-10-20', quantity: '10' },
  ]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31' }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
  ids['cancelled'] = (await fix.live(alpha))[0]!.id;
  ids['credited'] = (await fix.live(beta))[0]!.id;
  ids['cancellation'] = (await fix.cancel(ids['cancelled'])).id;
  const { lines } = await fix.credit(ids['credited'], [{ lineId: await lineOf(ids['credited']), quantity: '4' }]);
  ids['creditLine'] = lines[0]!.id;
  await world.work();
});
afterAll(() => world.close());

const lineOf = async (invoiceId: string) =>
  (await world.database.query('select id from billing.invoice_line where invoice_id = $1', [invoiceId]))[0]![
    'id'
  ] as string;
const fill = (text: string) => text.replaceAll(/\$(\w+)/g, (_, name: string) => ids[name]!);
const found = async () => {
  const all = await findings(world.database, world.deps.now(), ['billing']);
  return Object.fromEntries(Object.entries(all).filter(([id]) => id in correctionInvariants));
};

/** What is wrong, and how it becomes right again: a column of a row that is turned up and down. */
const CASES: [
  title: string,
  invariant: string,
  table: string,
  column: string,
  row: string,
  by: string,
  reported: string,
][] = [
  [
    'a line of a cancellation has another quantity',
    'I14.mirrors',
    'invoice_line',
    'quantity',
    `invoice_id = '$cancellation'`,
    '0.001',
    '$cancellation',
  ],
  [
    'a cancellation has another tax',
    'I14.mirrors',
    'invoice_vat',
    'basis_minor',
    `invoice_id = '$cancellation'`,
    '1',
    '$cancellation',
  ],
  [
    'more was credited of a line than was billed',
    'I15.within',
    'invoice_line',
    'net_minor',
    `id = '$creditLine'`,
    '-400',
    '$credited',
  ],
  [
    'more tax was credited than was billed',
    'I15.within',
    'invoice_vat',
    'vat_minor',
    `invoice_id <> '$credited' and invoice_id not in ('$cancelled', '$cancellation')`,
    '-80',
    '$credited',
  ],
];

test('X8 nothing is reported of corrections that the product wrote', async () => {
  // nobody entered the prices of this test
  const { 'I30.rate': _, ...others } = await findings(world.database, world.deps.now(), ['billing']);
  expect(others).toEqual({});
});

test.each(CASES)('X8 %s: %s', async (_title, id, table, column, row, by, reported) => {
  const change = (sign: '+' | '-') =>
    corrupt(
      world.database,
      fill(
        `alter table billing.${table} drop constraint ${table}_check; update billing.${table} set ${column} = ${column} ${sign} ${by} where ${row}`,
      ),
    );
  const checks = await world.database.query(
    `select pg_get_constraintdef(oid) as definition from pg_constraint where conname = $1`,
    [`${table}_check`],
  );
  await change('+');
  expect(await found()).toEqual({ [id]: [fill(reported)] });
  await world.database.query(
    fill(
      `set local session_replication_role = replica; update billing.${table} set ${column} = ${column} - ${by} where ${row};
       alter table billing.${table} add constraint ${table}_check ${checks[0]!['definition'] as string}`,
    ),
  );
  expect(await found()).toEqual({});
});

test.each([
  ['an invoice counts in spite of its cancellation', `state = 'finalized'`, `state = 'cancelled'`, '$cancelled'],
  ['an invoice counts as cancelled without one', `state = 'cancelled'`, `state = 'finalized'`, '$credited'],
])('X8 %s', async (_title, wrong, right, row) => {
  const set = (what: string) => corrupt(world.database, fill(`update billing.invoice set ${what} where id = '${row}'`));
  await set(wrong);
  const { 'I14.cancelled': cancelled } = await found();
  expect(cancelled).toEqual([fill(row)]);
  await set(right);
  expect(await found()).toEqual({});
});
