import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bookCollection } from '../../../services/billing/use-cases/direct-debits/book-collection.ts';
import { releaseDirectDebit } from '../../../services/billing/use-cases/direct-debits/direct-debits.ts';
import { returnCollection } from '../../../services/billing/use-cases/direct-debits/returns.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { proposeDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { lettersArrive, tellOfMails } from '../../support/arriving-letters.ts';
import { FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { createCollecting, type Collecting } from '../../support/collecting.ts';

let cases: Collecting;
let world: BillingWorld;

beforeAll(async () => {
  cases = await createCollecting();
  world = cases.world;
});
afterAll(() => world.close());

async function dun(day: string) {
  world.at(`${day}T08:00:00Z`);
  const { id } = await proposeDunning(world.deps, { asOf: day }, FINANCE);
  const { issued } = await issueDunning(world.deps, { id }, FINANCE);
  await lettersArrive(world);
  return issued[0];
}

const giveBack = (id: string, returnedOn: string) =>
  returnCollection(world.deps, { id, reason: 'AM04', returnedOn, passOn: false }, FINANCE);
const heldBy = (invoice: string) =>
  cases.query(
    `select d.returned_on::text as "returnedOn", count(*)::int as items from billing.direct_debit d
     join billing.collection_item c on c.invoice_id = d.invoice_id where d.invoice_id = $1 and c.state = 'returned' group by 1`,
    [invoice],
  );

test('I4 a direct debit that came back twice bears interest from the first time, without the days it was paid', async () => {
  const { merchant } = await cases.next();
  // 10,710.00
  const invoice = await cases.bill('2026-10', '20000');
  await tellOfMails(world, 'invoiceReady', invoice, ['a', 0, 'sent']);
  await cases.collect();
  world.at('2026-11-17T08:00:00Z');
  await giveBack((await cases.itemOf(invoice))['id'] as string, '2026-11-17');
  await dun('2026-11-27');
  // 10,710.00 × 10.52 % × 20 / 365
  expect(await dun('2026-12-07')).toMatchObject({ merchantId: merchant, level: 1, claimsMinor: 6_174 + 4_000 });

  await releaseDirectDebit(world.deps, { id: invoice }, FINANCE);
  const { id: runId, entries } = await cases.collect();
  const again = entries.find(({ invoiceId }) => invoiceId === invoice)!;
  world.at('2026-12-23T08:00:00Z');
  await bookCollection(world.deps, { id: runId, valueDate: '2026-12-21' }, FINANCE);
  await giveBack(again.id, '2026-12-23');
  expect(await heldBy(invoice)).toEqual([{ returnedOn: '2026-12-23', items: 2 }]);
  expect(await cases.listed('returnedOn')).toEqual(['2026-11-17']);
  // owed for 34 days up to the second collection, and for 8 after its return: 10,710.00 × 10.52 % × 42 / 365
  expect(await dun('2026-12-31')).toMatchObject({ level: 2, claimsMinor: 12_965 + 4_000 });
});
