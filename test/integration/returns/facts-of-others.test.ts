import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { importAnnouncedReturns } from '../../../services/returns/use-cases/import-announced-returns.ts';
import { keepMerchants, keepShippedOrders } from '../../../services/returns/consumers.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { merchantSnapshot } from '../../support/orders.ts';
import { newId, shipmentOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture } = returnsWorld();

test('an import makes announced returns once; other content under a known number is a conflict', async () => {
  const merchants = [merchantSnapshot({ merchantId: newId() }), merchantSnapshot({ merchantId: newId() })];
  fixture.merchants.push(...merchants);
  const one = (index: number, content = 'a') => ({
    returnId: newId(),
    merchantId: merchants[index % 2]!.merchantId,
    channel: 'import',
    externalNumber: `C${index}`,
    announcedAt: '2011-05-01T09:00:00Z',
    contentHash: createHash('sha256').update(content).digest('hex'),
    lines: [
      { ordinal: 1, sku: 'S1', name: 'One', quantity: 2 },
      { ordinal: 2, sku: 'S1', name: 'One', quantity: 2 },
    ],
  });
  const returns = Array.from({ length: 20 }, (_, index) => one(index));
  const run = (given: ReturnType<typeof one>[]) => importAnnouncedReturns(fixture.deps, { returns: given }, worker);
  expect(await run([...returns, returns[0]!])).toEqual({ created: 20, unchanged: 1, conflicts: [] });
  expect(await run(returns)).toEqual({ created: 0, unchanged: 20, conflicts: [] });
  const changed = { ...one(3, 'b'), returnId: returns[3]!.returnId };
  expect(await run([changed, one(20)])).toEqual({
    created: 1,
    unchanged: 0,
    conflicts: [{ merchantId: changed.merchantId, externalNumber: 'C3' }],
  });
  const [sums] = await database.query(
    `select count(distinct r.id) as returns, count(distinct r.number) as numbers, sum(i.quantity) as pieces
     from returns.return r join returns.return_item i on i.return_id = r.id where r.channel = 'import' and r.state = 'announced'`,
  );
  expect(sums).toEqual({ returns: '21', numbers: '21', pieces: '84' });
});

test('snapshots of merchants: the highest version wins, whatever their order', async () => {
  const merchantId = newId();
  const versions = (...given: number[]) =>
    inTransaction(fixture.deps.orm, 'staff', (em) =>
      keepMerchants(
        { em } as never,
        given.map((version) => ({ payload: merchantSnapshot({ merchantId, version, name: `v${version}` }) })) as never,
      ),
    );
  await versions(2, 5, 3);
  await versions(4);
  const known = await database.query(
    'select version, name, rtv_address from returns.merchant_ref where merchant_id = $1',
    [merchantId],
  );
  expect(known).toEqual([{ version: 5, name: 'v5', rtv_address: null }]);
});

test('shipments are kept once, an order with several shipments knows all that was shipped', async () => {
  const merchantId = await fixture.merchant();
  const first = shipmentOf(merchantId, 'MULTI', [{ sku: 'X', quantity: 2 }]);
  const second = { ...shipmentOf(merchantId, 'MULTI', [{ sku: 'X', quantity: 1 }]), orderId: first.orderId };
  const keep = (...shipments: (typeof first)[]) =>
    inTransaction(fixture.deps.orm, 'staff', (em) =>
      keepShippedOrders({ em } as never, shipments.map((payload) => ({ payload })) as never),
    );
  await keep(first, second);
  await keep(first);
  const { orders } = await lookupReturns(fixture.deps, { code: 'MULTI' }, worker);
  expect(orders).toMatchObject([{ orderId: first.orderId, lines: [{ sku: 'X', quantity: 3 }] }]);
});
