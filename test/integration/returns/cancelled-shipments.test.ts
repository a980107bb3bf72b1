import { expect, test } from '@jest/globals';
import { forgetCancelledShipments, keepShippedOrders } from '../../../services/returns/consumers.ts';
import { shippedSerials } from '../../../services/returns/persistence/serials.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { inputOf, newId, shipmentOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';
import { cancelled } from '../../support/shipment-events.ts';

const { fixture, desk } = returnsWorld();
type Shipment = ReturnType<typeof shipmentOf>;

const hear = (handle: typeof keepShippedOrders | typeof forgetCancelledShipments, payloads: readonly object[]) =>
  inTransaction(fixture.deps.orm, 'staff', (em) =>
    handle({ em } as never, payloads.map((payload) => ({ payload })) as never),
  );
const shipped = (...shipments: Shipment[]) => hear(keepShippedOrders, shipments);
const calledBack = (...shipments: Shipment[]) =>
  hear(
    forgetCancelledShipments,
    shipments.map((one) => cancelled(one as never)),
  );
const lookedUp = async (code: string) => (await lookupReturns(fixture.deps, { code }, worker)).orders;

test.each([
  ['as it happened', [0, 1]],
  ['backwards', [1, 0]],
  ['more than once', [0, 1, 1, 0]],
])('D4 an order all of which was called back is unknown to returns, told of %s', async (_title, order) => {
  const merchantId = await fixture.merchant();
  const one = shipmentOf(merchantId, newId(), [{ sku: newId(), quantity: 2, serialNumbers: ['S-1', 'S-2'] }]);
  for (const step of order) await (step === 0 ? shipped(one) : calledBack(one));
  for (const code of [one.orderNumber, one.trackingNumber!, one.lines[0]!.sku])
    expect(await lookedUp(code)).toEqual([]);
  const serials = await inTransaction(fixture.deps.orm, 'staff', (em) =>
    shippedSerials(em, one.orderId, one.lines[0]!.sku),
  );
  expect(serials).toEqual([]);
  await expect(desk.create({ merchantId, orderId: one.orderId })).rejects.toMatchObject({ code: 422 });
  const again = { ...one, shipmentId: newId(), shippedAt: '2026-10-09T10:00:00Z' };
  await shipped(again);
  expect(await lookedUp(one.orderNumber)).toMatchObject([
    { shippedAt: '2026-10-09T10:00:00.000Z', lines: [{ quantity: 2 }] },
  ]);
});

test('D4 A14 of an order one shipment of which was called back only what is left may come back', async () => {
  const merchantId = await fixture.merchant();
  const first = shipmentOf(merchantId, newId(), [{ sku: 'MUG', quantity: 2 }]);
  const second = {
    ...shipmentOf(merchantId, first.orderNumber, [{ sku: 'MUG', quantity: 1 }], null),
    ...{ orderId: first.orderId, shippedAt: '2026-10-05T10:00:00Z' },
  };
  await shipped(first, second);
  await calledBack(first);
  expect(await lookedUp(first.orderNumber)).toMatchObject([
    { shippedAt: '2026-10-05T10:00:00.000Z', lines: [{ sku: 'MUG', quantity: 1 }] },
  ]);
  const comesBack = async () => {
    const { id } = await desk.create({ merchantId, orderId: first.orderId });
    await receiveReturn(fixture.deps, { id }, worker);
    const itemId = newId();
    await addItem(fixture.deps, inputOf(actions.addItem, { id, itemId, sku: 'MUG', quantity: 1 }), worker);
    const finding = { id, itemId, quantity: 1, grade: 'B' as const, note: 'x' };
    return inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  };
  expect((await comesBack()).items).toMatchObject([{ overReturnReason: null }]);
  await expect(comesBack()).rejects.toMatchObject({
    data: { errors: [expect.objectContaining({ code: 'MORE_THAN_SHIPPED' })] },
  });
});

test('D4 whatever of a split order is told at one moment, what is left of it is known', async () => {
  const merchantId = await fixture.merchant();
  for (let round = 0; round < 8; round += 1) {
    const first = shipmentOf(merchantId, newId(), [{ sku: 'CUP', quantity: 2 }]);
    const second = {
      ...shipmentOf(merchantId, first.orderNumber, [{ sku: 'CUP', quantity: 1 }]),
      ...{ orderId: first.orderId },
    };
    if (round % 2) await shipped(first);
    await Promise.all([shipped(second), calledBack(first), ...(round % 2 ? [] : [shipped(first)])]);
    expect(await lookedUp(first.orderNumber)).toMatchObject([{ lines: [{ sku: 'CUP', quantity: 1 }] }]);
  }
});
