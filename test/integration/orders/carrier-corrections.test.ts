import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cancelShipment } from '../../../services/orders/use-cases/cancel-shipment.ts';
import {
  getCarrierLine,
  listCarrierInvoices,
  listCarrierLines,
} from '../../../services/orders/use-cases/carrier-invoices/list-carrier-invoices.ts';
import { recordCarrierInvoice } from '../../../services/orders/use-cases/carrier-invoices/record-carrier-invoice.ts';
import {
  dismissCarrierLine,
  matchCarrierLine,
  reopenCarrierLine,
} from '../../../services/orders/use-cases/carrier-invoices/settle-carrier-line.ts';
import { createOrder } from '../../../services/orders/use-cases/create-order.ts';
import { shipOrder } from '../../../services/orders/use-cases/ship-order.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { isRepeated } from '../../../shared/moleculer/repeated.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const [alpha, beta] = [merchantSnapshot(), merchantSnapshot({ number: '200' })];
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  fixture.merchants.push(alpha, beta);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const next = () => `C-${(count += 1)}`;

async function shipped(trackingNumber = next(), { merchantId } = alpha) {
  const order = await createOrder(
    fixture.deps,
    parseInput(ordersActions.createOrder, {
      ...{ merchantId, channel: 'shop', externalNumber: next(), country: 'DE' },
      lines: [{ sku: 'A', name: 'Tasse', quantity: 3 }],
    }) as never,
    staff,
  );
  const { shipments } = await shipOrder(
    fixture.deps,
    parseInput(ordersActions.shipOrder, {
      ...{ id: order.id, weightGrams: 900, carrier: 'DHL', trackingNumber, shippedAt: '2026-10-02T10:00:00Z' },
    }) as never,
    staff,
  );
  return { trackingNumber, orderId: order.id, shipmentId: shipments[0]!.id };
}
/** A line of an invoice of its own. */
async function billed(trackingNumber: string) {
  const invoice = await recordCarrierInvoice(
    fixture.deps,
    parseInput(ordersActions.recordCarrierInvoice, {
      ...{ carrier: 'DHL', number: next(), invoicedOn: '2026-10-14', lines: [{ trackingNumber, amountMinor: 450 }] },
    }) as never,
    staff,
  );
  const { items } = await listCarrierLines(fixture.deps, { limit: 5, invoiceId: invoice.id }, staff);
  return items[0]!;
}
const match = (id: string, shipmentId: string, reason?: string, actor = staff) =>
  matchCarrierLine(fixture.deps, { id, shipmentId, ...(reason === undefined ? {} : { reason }) }, actor);
const reopen = (id: string, reason = 'Zahlendreher', actor = staff) =>
  reopenCarrierLine(fixture.deps, { id, reason }, actor);
const dismiss = (id: string, reason: string) => dismissCarrierLine(fixture.deps, { id, reason }, staff);
const historyOf = async (id: string) => (await getCarrierLine(fixture.deps, { id }, staff)).history;
const told = (lineId: string) =>
  database.query(
    `select replace(type, 'orders.carrier-line-', '') as type, merchant_id as merchant, payload ->> 'shipmentId' as shipment, (payload ->> 'revision')::int as revision
     from messaging.event where payload ->> 'lineId' = $1 order by (payload ->> 'revision')::int`,
    [lineId],
  );
const callBack = ({ orderId, shipmentId }: { orderId: string; shipmentId: string }) =>
  cancelShipment(fixture.deps, { id: orderId, shipmentId, reason: 'x', restocked: true }, staff);

test('a line that was given to the wrong shipment waits again, with the reason, and is told of once', async () => {
  const wrong = await shipped();
  const line = await billed(wrong.trackingNumber);
  const [first, again] = [await reopen(line.id), await reopen(line.id)];
  expect(first).toMatchObject({ state: 'waiting', shipment: null, reason: 'Zahlendreher', version: line.version + 1 });
  expect([isRepeated(first), isRepeated(again)]).toEqual([false, true]);
  expect(await told(line.id)).toEqual([
    { type: 'matched.v1', merchant: alpha.merchantId, shipment: wrong.shipmentId, revision: 0 },
    { type: 'reopened.v1', merchant: alpha.merchantId, shipment: wrong.shipmentId, revision: 1 },
  ]);
  const { items } = await listCarrierInvoices(fixture.deps, { limit: 1 }, staff);
  expect(items).toMatchObject([{ id: line.invoiceId, matched: 0, waiting: 1, dismissed: 0 }]);
  const waiting = await listCarrierLines(fixture.deps, { limit: 200, state: 'waiting' }, staff);
  expect(waiting.items.map(({ id }) => id)).toContain(line.id);
  // its number has been wrong once: from now on a person decides
  await callBack(wrong);
  await shipped(wrong.trackingNumber);
  expect(await historyOf(line.id)).toMatchObject([
    { outcome: 'matched', byHand: false, shipment: { id: wrong.shipmentId }, reason: null, by: 'orders' },
    { outcome: 'reopened', byHand: true, shipment: null, reason: 'Zahlendreher', at: '2026-10-15T10:00:00.000Z' },
  ]);
});

test('a line is given to another shipment in one step, also of another merchant, and the history is kept', async () => {
  const [wrong, right] = [await shipped(), await shipped(next(), beta)];
  const line = await billed(wrong.trackingNumber);
  await expect(match(line.id, right.shipmentId)).rejects.toMatchObject({ code: 409, type: 'CARRIER_LINE_SETTLED' });
  const answers = await Promise.all([1, 2, 3, 4].map(() => match(line.id, right.shipmentId, 'Falsches Paket')));
  expect(answers.filter(isRepeated)).toHaveLength(3);
  expect(answers[0]).toMatchObject({ state: 'matched', byHand: true, shipment: { merchantId: beta.merchantId } });
  expect(isRepeated(await match(line.id, right.shipmentId))).toBe(true);
  expect(isRepeated(await match(line.id, right.shipmentId, 'Anderer Grund'))).toBe(true);
  expect(await told(line.id)).toEqual([
    { type: 'matched.v1', merchant: alpha.merchantId, shipment: wrong.shipmentId, revision: 0 },
    { type: 'reopened.v1', merchant: alpha.merchantId, shipment: wrong.shipmentId, revision: 1 },
    { type: 'matched.v1', merchant: beta.merchantId, shipment: right.shipmentId, revision: 2 },
  ]);
  expect((await historyOf(line.id)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['matched', null],
    ['reopened', 'Falsches Paket'],
    ['matched', null],
  ]);
  const audited = await database.query(
    `select action, merchant_id as merchant, reason from messaging.audit_entry where entity_id = $1 order by at, action desc`,
    [line.id],
  );
  expect(audited).toEqual([
    { action: 'carrier-line.reopened', merchant: alpha.merchantId, reason: 'Falsches Paket' },
    { action: 'carrier-line.matched', merchant: beta.merchantId, reason: null },
  ]);
});

test('what the house kept can be taken back too, and nobody is told of it', async () => {
  const right = await shipped();
  const line = await billed('OWN');
  await dismiss(line.id, 'Eigenes Paket');
  await expect(dismiss(line.id, 'Anderer Grund')).rejects.toMatchObject({ type: 'CARRIER_LINE_SETTLED' });
  expect(await reopen(line.id, 'Doch von Alpha')).toMatchObject({ state: 'waiting' });
  await match(line.id, right.shipmentId);
  expect(await told(line.id)).toMatchObject([{ type: 'matched.v1', revision: 2 }]);
  await reopen(line.id, 'Nein');
  expect(await dismiss(line.id, 'Eigenes Paket')).toMatchObject({ state: 'dismissed', reason: 'Eigenes Paket' });
});

test('D4 a shipment that lost its line to another can be called back, and never while it has one', async () => {
  const [wrong, right] = [await shipped(), await shipped()];
  const line = await billed(wrong.trackingNumber);
  await expect(callBack(wrong)).rejects.toMatchObject({ type: 'SHIPMENT_HANDED_OVER' });
  await match(line.id, right.shipmentId, 'Zahlendreher');
  expect(await callBack(wrong)).toMatchObject({ state: 'open' });
  await expect(callBack(right)).rejects.toMatchObject({ type: 'SHIPMENT_HANDED_OVER' });
});

test('two people who correct one line at once end with one shipment, and what was stale is refused', async () => {
  const [wrong, one, other] = [await shipped(), await shipped(), await shipped()];
  const line = await billed(wrong.trackingNumber);
  const seen = { ...staff, ifMatch: line.version };
  const tries = await Promise.allSettled([
    match(line.id, one.shipmentId, 'A', seen),
    match(line.id, other.shipmentId, 'B', seen),
  ]);
  expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 412 } });
  expect(await told(line.id)).toHaveLength(3);
});

test.each<[string, (lineId: string, shipmentId: string) => Promise<unknown>, object]>([
  ['taken back while it waits', (id) => reopen(id), { code: 409, type: 'CARRIER_LINE_OPEN' }],
  ['of an unknown id', () => reopen(newId()), { code: 404 }],
  ['given to an unknown shipment', (id) => match(id, newId(), 'x'), { code: 422 }],
  ['by a merchant’s key', (id) => reopen(id, 'x', userOf(alpha.merchantId)), { code: 403 }],
  ['moved by a merchant’s key', (id, to) => match(id, to, 'x', userOf(alpha.merchantId)), { code: 403 }],
  ['read by a merchant’s key', (id) => getCarrierLine(fixture.deps, { id }, userOf(alpha.merchantId)), { code: 403 }],
])('a line %s is refused and nothing changes', async (_title, attempt, refusal) => {
  const line = await billed(next());
  await expect(attempt(line.id, (await shipped()).shipmentId)).rejects.toMatchObject(refusal);
  expect(await historyOf(line.id)).toEqual([]);
});

test('no step of a history can be left out, changed or written twice', async () => {
  const line = await billed((await shipped()).trackingNumber);
  const step = (revision: number, outcome = 'reopened') =>
    database.query(
      `insert into orders.carrier_line_outcome (line_id, revision, outcome, by_hand, reason, settled_by, settled_at)
       values ($1, $2, $3, true, 'x', 'test', now())`,
      [line.id, revision, outcome],
    );
  await expect(step(3)).rejects.toMatchObject({ constraint: 'carrier_line_outcome_history' });
  await expect(step(0, 'dismissed')).rejects.toMatchObject({ constraint: 'carrier_line_outcome_pkey' });
  await expect(step(1, 'dismissed')).rejects.toMatchObject({ constraint: 'carrier_line_outcome_turn' });
  await expect(database.query('update orders.carrier_line_outcome set revision = 9')).rejects.toThrow();
});
