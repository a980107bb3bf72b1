import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listDunningClaims } from '../../../services/billing/use-cases/dunning/claims.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { proposeDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { lettersArrive } from '../../support/arriving-letters.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { issueInvoice } from '../../support/issued-invoices.ts';

const MERCHANTS = 5;
let world: BillingWorld;

beforeAll(async () => {
  world = await createBillingWorld('2026-10-08T08:00:00Z');
  await world.database.query('create extension pg_stat_statements');
  for (let index = 0; index < MERCHANTS; index += 1)
    await issueInvoice(world.database, await world.addMerchant(`Merchant ${index}`), {
      ...{ issueDate: '2026-09-16', dueDate: '2026-09-30' },
    });
});
afterAll(() => world.close());

async function dun(day: string) {
  await lettersArrive(world);
  world.at(`${day}T08:00:00Z`);
  const { id } = await proposeDunning(world.deps, { asOf: day }, FINANCE);
  await world.database.query('select pg_stat_statements_reset()');
  return (await issueDunning(world.deps, { id }, FINANCE)).issued;
}

test('I4 a dunning run asks for the base rates once, however many merchants have open claims', async () => {
  await dun('2026-10-08');
  await dun('2026-10-30');
  const { items } = await listDunningClaims(world.deps, { limit: 50, state: 'open' }, FINANCE);
  expect(items.filter(({ kind }) => kind === 'interest')).toHaveLength(MERCHANTS);
  expect(await dun('2026-11-14')).toHaveLength(MERCHANTS);
  const [asked] = await world.database.query(
    `select coalesce(sum(calls), 0)::int as times from pg_stat_statements
     where query like '%from base_rate%' and query not like '%pg_stat_statements%' and dbid = (select oid from pg_database where datname = current_database())`,
  );
  // kept while the letters are written, and once more for what the answer tells of rates that are missing
  expect(asked).toEqual({ times: 2 });
});
