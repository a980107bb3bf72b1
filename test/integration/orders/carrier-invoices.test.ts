import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cancelShipment } from '../../../services/orders/use-cases/cancel-shipment.ts';
import { importCarrierInvoices } from '../../../services/orders/use-cases/carrier-invoices/import-carrier-invoices.ts';
import {
  listCarrierInvoices,
  listCarrierLines,
} from '../../../services/orders/use-cases/carrier-invoices/list-carrier-invoices.ts';
import { recordCarrierInvoice } from '../../../services/orders/use-cases/carrier-invoices/record-carrier-invoice.ts';
import {
  dismissCarrierLine,
  matchCarrierLine,
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
const merchant = merchantSnapshot();
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  fixture.merchants.push(merchant);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

/** Ships an order under a number. */
async function shipped(trackingNumber: string) {
  const order = await createOrder(
    fixture.deps,
    parseInput(ordersActions.createOrder, {
      ...{ merchantId: merchant.merchantId, channel: 'shop', externalNumber: `C-${(count += 1)}`, country: 'DE' },
      lines: [{ sku: 'A', name: 'Tasse', quantity: 3 }],
    }) as never,
    staff,
  );
  const { shipments } = await shipOrder(
    fixture.deps,
    parseInput(ordersActions.shipOrder, {
      ...{ id: order.id, weightGrams: 5_001, parcels: 2, carrier: 'DHL', trackingNumber },
      shippedAt: '2026-10-02T10:00:00Z',
    }) as never,
    staff,
  );
  return { orderId: order.id, orderNumber: order.externalNumber, shipmentId: shipments[0]!.id };
}
const line = (trackingNumber: string, amountMinor = 450, more: object = {}) => ({
  trackingNumber,
  amountMinor,
  ...more,
});
const record = (number: string, lines: object[], more: object = {}, actor = staff) =>
  recordCarrierInvoice(
    fixture.deps,
    parseInput(ordersActions.recordCarrierInvoice, {
      ...{ carrier: 'DHL', number, invoicedOn: '2026-10-14', lines },
      ...more,
    }) as never,
    actor,
  );
const linesOf = async (invoiceId: string) =>
  (await listCarrierLines(fixture.deps, { limit: 200, invoiceId }, staff)).items.toSorted((a, b) => a.line - b.line);
const told = async (trackingNumber: string) =>
  (
    await database.query<{ payload: Record<string, unknown> }>(
      `select payload from messaging.event where type = 'orders.carrier-line-matched.v1' and payload ->> 'trackingNumber' = $1`,
      [trackingNumber],
    )
  ).map(({ payload }) => payload);
const file = async (text: string, more: object = {}) =>
  importCarrierInvoices(
    fixture.deps,
    { dryRun: 'false', ...more, file: await fixture.upload(Buffer.from(text)) } as never,
    staff,
  );

test('a line of a carrier finds the shipment of its number, however that is written, and is told once', async () => {
  const one = await shipped('00340-4341 61094');
  const view = await record('R-1', [line('003404341 61094', 450, { kind: 'oversize', text: 'Sperrgut' })]);
  expect(view).toMatchObject({ lines: 1, matched: 1, waiting: 0, amountMinor: 450, origin: 'api' });
  expect(await told('003404341 61094')).toEqual([
    {
      ...{
        merchantId: merchant.merchantId,
        shipmentId: one.shipmentId,
        orderId: one.orderId,
        orderNumber: one.orderNumber,
      },
      ...{
        lineId: (await linesOf(view.id))[0]!.id,
        revision: 0,
        carrier: 'DHL',
        invoiceNumber: 'R-1',
        invoicedOn: '2026-10-14',
        line: 1,
      },
      ...{ trackingNumber: '003404341 61094', kind: 'oversize', text: 'Sperrgut', amountMinor: 450, currency: 'EUR' },
      ...{ channel: 'shop', country: 'DE', weightGrams: 2_501, serviceDate: '2026-10-02' },
    },
  ]);
});

test('the same invoice again is the same, by whoever and at one moment; other lines are refused', async () => {
  await shipped('S-1');
  const lines = [line('S-1'), line('S-2', -90)];
  const views = await Promise.all([1, 2, 3].map(() => record('R-2', lines)));
  expect(new Set(views.map(({ id }) => id)).size).toBe(1);
  expect(views.filter(isRepeated)).toHaveLength(2);
  expect(isRepeated(await record('R-2', lines, { carrier: 'dhl' }))).toBe(true);
  expect(await told('S-1')).toHaveLength(1);
  await expect(record('R-2', [line('S-1')])).rejects.toMatchObject({ code: 409, type: 'CARRIER_INVOICE_EXISTS' });
  await expect(record('R-2', lines, { invoicedOn: '2026-10-13' })).rejects.toMatchObject({ code: 409 });
  expect(await record('R-2', lines, { carrier: 'UPS' })).toMatchObject({ matched: 1 });
});

test('an invoice is one however its carrier and number are written, by the API, in a file and at one moment', async () => {
  await shipped('I-1');
  const lines = [line('I-1', 550)];
  const first = await record(' Wörpel\u200b ', lines, { carrier: '\u00a0Dpd' });
  expect(first).toMatchObject({ carrier: 'Dpd', number: 'Wörpel', matched: 1 });
  const spellings = [
    ['DPD', 'wörpel'],
    ['dpd ', 'WÖRPEL\ufeff'],
    ['D\u200bPD', 'W\u00adörpel'],
  ] as const;
  const again = await Promise.all(spellings.map(([carrier, number]) => record(number, lines, { carrier })));
  for (const view of again) expect([view.id, isRepeated(view)]).toEqual([first.id, true]);
  const rows = spellings.map(([carrier, number]) => `${carrier};${number};2026-10-14;I-1;5,50`);
  const imported = await file(['carrier;number;date;tracking;amount', rows[0]].join('\n'));
  expect(imported.invoices).toMatchObject([{ isNew: false, matched: 0 }]);
  // lines of one file that spell it differently are of one invoice, which this is not
  await expect(file(['carrier;number;date;tracking;amount', ...rows].join('\n'))).rejects.toMatchObject({
    data: { errors: [{ path: 'lines.2.number', code: 'CARRIER_INVOICE_EXISTS' }] },
  });
  expect(await told('I-1')).toHaveLength(1);
  await expect(
    database.query(
      `insert into orders.carrier_invoice (id, carrier, number, invoiced_on, currency, line_count, amount_minor, content_hash, origin, imported_by, imported_at)
       select gen_random_uuid(), ' dpd', 'wörpel\u200b', invoiced_on, currency, line_count, amount_minor, content_hash, origin, imported_by, imported_at
       from orders.carrier_invoice where id = $1`,
      [first.id],
    ),
  ).rejects.toThrow('carrier_invoice_number');
});

test('a line waits for its shipment, is told apart where two have the number, and finds the one that is left', async () => {
  const { id } = await record('R-3', [line('LATER'), line('TWICE')]);
  await Promise.all([shipped('LATER'), shipped('TWICE')]);
  expect(await linesOf(id)).toMatchObject([{ state: 'matched' }, { state: 'matched' }]);
  const [first, second] = [await shipped('BOTH'), await shipped('BOTH')];
  const other = await record('R-4', [line('BOTH')]);
  expect(await linesOf(other.id)).toMatchObject([{ state: 'waiting', candidates: 2, shipment: null }]);
  await cancelShipment(
    fixture.deps,
    { id: first.orderId, shipmentId: first.shipmentId, reason: 'x', restocked: true },
    staff,
  );
  expect(await linesOf(other.id)).toMatchObject([
    { state: 'matched', byHand: false, shipment: { id: second.shipmentId } },
  ]);
  expect(await told('BOTH')).toHaveLength(1);
});

test('invoices and shipments that meet leave no line waiting', async () => {
  const numbers = Array.from({ length: 12 }, (_, index) => `MEET-${index}`);
  await Promise.all(numbers.flatMap((number) => [record(`R-${number}`, [line(number)]), shipped(number)]));
  const { items } = await listCarrierLines(fixture.deps, { limit: 200, state: 'waiting' }, staff);
  expect(items.filter(({ trackingNumber }) => trackingNumber.startsWith('MEET'))).toEqual([]);
});

test('D4 what the carrier has billed cannot be called back any more', async () => {
  const one = await shipped('HAD');
  await record('R-5', [line('HAD')]);
  await expect(
    cancelShipment(fixture.deps, { id: one.orderId, shipmentId: one.shipmentId, reason: 'x', restocked: true }, staff),
  ).rejects.toMatchObject({ code: 409, type: 'SHIPMENT_HANDED_OVER' });
});

test('a line is settled by hand once: with a shipment, or as the affair of the house', async () => {
  const one = await shipped('RIGHT');
  const { id } = await record('R-6', [line('WRONG'), line('OWN')]);
  const [wrong, own] = await linesOf(id);
  const match = (shipmentId: string) => matchCarrierLine(fixture.deps, { id: wrong!.id, shipmentId }, staff);
  await expect(match(newId())).rejects.toMatchObject({
    code: 422,
    data: { errors: [expect.objectContaining({ path: 'shipmentId' })] },
  });
  const settled = await match(one.shipmentId);
  expect(settled).toMatchObject({ state: 'matched', byHand: true, shipment: { orderNumber: one.orderNumber } });
  expect(isRepeated(await match(one.shipmentId))).toBe(true);
  expect(await told('WRONG')).toMatchObject([{ shipmentId: one.shipmentId, serviceDate: '2026-10-02' }]);
  await expect(match((await shipped('OTHER')).shipmentId)).rejects.toMatchObject({ type: 'CARRIER_LINE_SETTLED' });
  const dismiss = (reason: string) => dismissCarrierLine(fixture.deps, { id: own!.id, reason }, staff);
  expect(await dismiss('Eigenes Paket')).toMatchObject({ state: 'dismissed', reason: 'Eigenes Paket' });
  expect(isRepeated(await dismiss('Eigenes Paket'))).toBe(true);
  await expect(dismiss('Anderer Grund')).rejects.toMatchObject({ code: 409 });
  expect(await told('OWN')).toEqual([]);
  await expect(dismissCarrierLine(fixture.deps, { id: newId(), reason: 'x' }, staff)).rejects.toMatchObject({
    code: 404,
  });
});

test('a file with German or English headings is taken, tried out before, and taken again without effect', async () => {
  await shipped('F-1');
  const german = [
    'Versanddienst;Rechnungsnummer;Rechnungsdatum;Position;Sendungsnummer;Art;Betrag netto;Währung;Beschreibung;Kostenstelle',
    'DHL;F-100;14.10.2026;1;F-1;Sperrgut;1.234,50;EUR;zu lang;7',
    'DHL;F-100;14.10.2026;2;F-2;Maut;0,19;EUR;;',
    'DHL;F-101;15.10.2026;1;F-1;Gewichtskorrektur;-2,5;EUR;;',
  ].join('\r\n');
  const expected = [
    { carrier: 'DHL', number: 'F-100', lines: 2, amountMinor: 123_469, isNew: true, matched: 1 },
    { carrier: 'DHL', number: 'F-101', lines: 1, amountMinor: -250, isNew: true, matched: 1 },
  ];
  const outcome = { invoices: expected, errors: [], ignoredColumns: ['Kostenstelle'] };
  expect(await file(german, { dryRun: 'true' })).toEqual(outcome);
  expect(await told('F-1')).toEqual([]);
  expect(await file(german)).toEqual(outcome);
  const english = [
    'invoice number,line,tracking number,kind,net amount,text',
    'F-100,1,F-1,oversize,1234.50,zu lang',
    'F-100,2,F-2,toll,0.19,',
  ].join('\n');
  expect((await file(english, { carrier: 'DHL', invoicedOn: '2026-10-14' })).invoices).toEqual([
    { ...expected[0], isNew: false, matched: 0 },
  ]);
  expect((await told('F-1')).map(({ amountMinor, kind }) => [amountMinor, kind])).toEqual([
    [123_450, 'oversize'],
    [-250, 'weight_correction'],
  ]);
  await expect(
    file(english.replace('0.19', '0.20'), { carrier: 'DHL', invoicedOn: '2026-10-14' }),
  ).rejects.toMatchObject({
    code: 422,
    type: 'CARRIER_INVOICE_INVALID',
    data: { errors: [{ path: 'lines.2.number', code: 'CARRIER_INVOICE_EXISTS' }] },
  });
});

test('every mistake of a file is named by line and column, and nothing of it is stored', async () => {
  const head = 'carrier,number,date,line,tracking,kind,amount,currency';
  const text = [
    head,
    'DHL,M-1,2026-10-14,1,T-1,oversize,1.50,EUR',
    'DHL,M-1,2026-10-15,1,T-2,oversize,1.50,EUR',
    'DHL,M-1,2026-10-14,3,T-3,schnickschnack,1.50,EUR',
    'DHL,M-1,2026-10-14,4,,toll,1.500,EUR',
    'DHL,M-2,14/10/2026,1,T-5,toll,0,EUR',
    'DHL,M-3,2026-10-14,x,T-6,toll,1,CHF',
    'DHL,M-4,16.10.2026,1,T-7,toll,1,EUR',
  ].join('\n');
  const { invoices, errors } = await file(text, { dryRun: 'true' });
  expect(invoices).toEqual([]);
  expect(errors.map(({ line: at, field }) => `${at} ${field}`)).toEqual([
    '3 invoicedOn',
    '3 line',
    '4 kind',
    '5 amount',
    '5 trackingNumber',
    '6 invoicedOn',
    '6 amount',
    '7 line',
    '7 currency',
    '8 invoicedOn',
  ]);
  await expect(file(text)).rejects.toMatchObject({ code: 422, data: { count: 10 } });
  for (const [bad, code] of [
    ['', 'FILE_EMPTY'],
    [head, 'NO_LINES'],
    ['carrier,number\nDHL,1', 'WRONG_HEAD'],
    [`${head},amount\nDHL,M-1,2026-10-14,1,T-1,toll,1,EUR,1`, 'WRONG_HEAD'],
  ] as const)
    await expect(file(bad)).rejects.toMatchObject({
      data: { errors: [expect.objectContaining({ path: 'file', code })] },
    });
  const stored = await database.query(`select 1 from orders.carrier_invoice where number like 'M-%'`);
  expect(stored).toEqual([]);
  expect(fixture.files()).toEqual([]);
});

test.each<[string, object[], object, string]>([
  ['an amount of zero', [line('A', 0)], {}, 'lines.0.amountMinor'],
  ['half a cent', [line('A', 1.5)], {}, 'lines.0.amountMinor'],
  ['no number', [line('')], {}, 'lines.0.trackingNumber'],
  ['two lines of one number', [line('A', 1, { line: 2 }), line('B', 1)], {}, 'lines.1.line'],
  ['an unknown kind', [line('A', 1, { kind: 'x' })], {}, 'lines.0.kind'],
  ['another currency', [line('A')], { currency: 'CHF' }, 'currency'],
  ['no lines', [], {}, 'lines'],
  ['a carrier of blanks', [line('A')], { carrier: ' \u200b\u00a0' }, 'carrier'],
  ['the day after today in the zone of the house', [line('A')], { invoicedOn: '2026-10-16' }, 'invoicedOn'],
])('an invoice with %s is refused by its field', async (_title, lines, more, path) => {
  const refused = async () => record('BAD', lines, more);
  await expect(refused()).rejects.toMatchObject({ code: 422, data: { errors: [expect.objectContaining({ path })] } });
  expect(await database.query(`select 1 from orders.carrier_invoice where number = 'BAD'`)).toEqual([]);
});

test('what carriers bill is the affair of the house: no key of a merchant gets to it, and no row of it', async () => {
  const key = userOf(merchant.merchantId);
  const forbidden = { code: 403 };
  await expect(record('R-9', [line('X')], {}, key)).rejects.toMatchObject(forbidden);
  await expect(listCarrierInvoices(fixture.deps, { limit: 5 }, key)).rejects.toMatchObject(forbidden);
  await expect(listCarrierLines(fixture.deps, { limit: 5 }, key)).rejects.toMatchObject(forbidden);
  await expect(matchCarrierLine(fixture.deps, { id: newId(), shipmentId: newId() }, key)).rejects.toMatchObject(
    forbidden,
  );
  await expect(dismissCarrierLine(fixture.deps, { id: newId(), reason: 'x' }, key)).rejects.toMatchObject(forbidden);
});

test('stored lines cannot be changed, and lists go page by page', async () => {
  await expect(database.query('update orders.carrier_line set amount_minor = 1')).rejects.toThrow();
  await expect(database.query('delete from orders.carrier_line_outcome')).rejects.toThrow();
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCarrierLines(fixture.deps, { limit: 3, ...(cursor ? { cursor } : {}) }, staff);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const [total] = await database.query<{ count: number }>('select count(*)::int as count from orders.carrier_line');
  expect(new Set(seen).size).toBe(total!.count);
  const invoices = await listCarrierInvoices(fixture.deps, { limit: 200 }, staff);
  expect(
    invoices.items.every(({ lines, matched, waiting, dismissed }) => lines === matched + waiting + dismissed),
  ).toBe(true);
});
