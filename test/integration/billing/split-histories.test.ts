import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Disposition } from '../../../services/returns/domain/model.ts';
import { billedReturns, type BilledReturns, type Charging } from '../../support/billed-returns.ts';

let at: BilledReturns;
beforeAll(async () => {
  at = await billedReturns();
});
afterAll(() => at.close());

const RUNS = 25;
const MERCHANTS = 3;

const step = fc.record({
  what: fc.constantFrom(
    ...(['find', 'inspect', 'inspect', 'split', 'split', 'split', 'complete', 'complete', 'complete'] as const),
    ...(['reopen', 'reopen', 'decide', 'parcel', 'match', 'policy'] as const),
  ),
  which: fc.nat(9),
  item: fc.nat(9),
  quantity: fc.integer({ min: 1, max: 3 }),
  merchant: fc.nat(MERCHANTS - 1),
  disposition: fc.constantFrom<Disposition>('restock', 'dispose', 'hold', 'hold'),
  policy: fc.constantFrom<Charging>('reverse', 'keep'),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const history = fc.record({
  policies: fc.array(fc.constantFrom<Charging>('reverse', 'keep'), { minLength: MERCHANTS, maxLength: MERCHANTS }),
  kind: fc.constantFrom('withdrawal', 'withdrawal', 'undeliverable'),
  known: fc.boolean(),
  photographed: fc.boolean(),
  steps: fc.array(step, { minLength: 8, maxLength: 25 }),
});

/** What happens to the goods of one parcel. */
interface Family {
  merchants: string[];
  returns: string[];
}

async function take({ merchants, returns }: Family, given: Step): Promise<void> {
  const id = returns[given.which % returns.length]!;
  const { items } = await at.view(id);
  const item = items[given.item % Math.max(1, items.length)];
  const merchantId = merchants[given.merchant]!;
  if (given.what === 'find') await at.found(id, given.which % 2 ? 'foreign' : 'unexpected', given.quantity);
  else if (given.what === 'complete') await completeAll(id);
  else if (given.what === 'reopen') await at.reopen(id);
  else if (given.what === 'parcel') await at.furtherParcel(id);
  else if (given.what === 'match') await at.match(id, merchantId);
  else if (given.what === 'policy') await at.merchant(given.policy, merchantId);
  else if (!item) return;
  else if (given.what === 'inspect')
    await at.inspect(id, item.id, Math.min(given.quantity, item.quantity), given.disposition);
  else if (given.what === 'decide') await at.decide(id, item.id, given.disposition);
  else returns.push(await at.split(id, item.id, Math.min(given.quantity, item.quantity), merchantId));
}

/** Inspects what nobody looked at yet; photographs all but an undeliverable parcel that came without. */
async function completeAll(id: string): Promise<void> {
  const { items, kind, state } = await at.view(id);
  if (!['received', 'inspecting'].includes(state)) return;
  for (const { id: itemId, quantity, grade, origin } of items)
    if (grade === null) await at.inspect(id, itemId, quantity, origin === 'foreign' ? 'hold' : 'restock');
  if (kind !== 'undeliverable') await at.photograph(id);
  await at.complete(id);
}

/** Billing hears of it in an order that has nothing to do with what happened. */
async function hearOfIt(): Promise<void> {
  for (const part of ['8-b', '0-3', 'c-f', '4-7']) {
    await at.world.database.query(
      `update messaging.delivery set next_at = case when event_id::text ~ '[${part}]$' then now() else 'infinity' end
       where done_at is null and consumer like 'billing.%'`,
    );
    await at.world.hear();
  }
}

interface Owed {
  merchantId: string;
  type: string;
  n: number;
}

/** What the merchants owe, by what lies where in the end. */
const OWED = `with family as materialized (select * from returns.return where id = any($1)),
    root as (select * from family where parent_id is null)
  select merchant_id as "merchantId", 'return_item' as type, sum(quantity)::int as n
    from (select f.merchant_id, f.kind, i.quantity, i.state from family f join returns.return_item i on i.return_id = f.id) i
    where kind <> 'undeliverable' and state <> 'missing' group by 1
  union all select merchant_id, 'return_undeliverable', 1 from root where kind = 'undeliverable'
  union all select merchant_id, 'return_photo', count(*)::int from family f where exists (select 1 from returns.photo p
    where p.return_id = f.id) group by 1
  union all select i.merchant_id, case charged_as when 'restock' then 'return_restock' else 'return_disposal' end, sum(quantity)::int
    from family f join returns.return_item i on i.return_id = f.id where charged_as is not null group by 1, 2
  union all select merchant_id, 'return_parcel', sum(n)::int from (
    select merchant_id, (select count(*) from returns.return_parcel p where p.return_id = root.id) as n from root where kind <> 'undeliverable'
    union all select distinct f.merchant_id, 1 from family f, root where f.merchant_id <> root.merchant_id
    union all select f.merchant_id, count(*) from family f join returns.return_parcel p on p.return_id = f.id
      where f.parent_id is not null and p.received_at > f.created_at group by 1) came group by 1 having sum(n) > 0
  order by 1, 2`;
const CHARGED = `select merchant_id as "merchantId", charge_type as type, sum(quantity)::int as n
  from billing.charge where reference ->> 'id' = any($1) group by 1, 2 having sum(quantity) <> 0 order by 1, 2`;

const sorted = (owed: Owed[]): string[] =>
  owed.map(({ merchantId, type, n }) => `${merchantId} ${type} ${n}`).toSorted();

test('D11 whatever is split, matched and opened again: every piece, parcel and set of photos is paid once, by whose it is', async () => {
  let splits = 0;
  await fc.assert(
    fc.asyncProperty(history, async ({ policies, kind, known, photographed, steps }) => {
      const merchants: string[] = [];
      for (const policy of policies) merchants.push(await at.merchant(policy));
      const undeliverable = kind === 'undeliverable';
      const first = known || undeliverable ? merchants[0]! : null;
      const family = { merchants, returns: [await at.received(first, 3, kind, photographed || !undeliverable)] };
      for (const given of steps)
        await take(family, given).catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
        });
      for (const id of family.returns) {
        if ((await at.view(id)).merchantId === null) await at.match(id, merchants[1]!);
        await completeAll(id);
      }
      splits += family.returns.length - 1;
      await hearOfIt();
      const { database } = at.world;
      expect(await database.query('select error from messaging.delivery where error is not null')).toEqual([]);
      expect(sorted(await database.query<Owed & Record<string, unknown>>(CHARGED, [family.returns]))).toEqual(
        sorted(await database.query<Owed & Record<string, unknown>>(OWED, [family.returns])),
      );
    }),
    { numRuns: RUNS, seed: 20_261_122, endOnFailure: false },
  );
  expect(splits).toBeGreaterThan(RUNS);
}, 120_000);
