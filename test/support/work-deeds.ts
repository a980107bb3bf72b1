import { saveArticles } from '../../services/orders/use-cases/articles/save-articles.ts';
import { cancelShipment } from '../../services/orders/use-cases/cancel-shipment.ts';
import { recordCarrierInvoice } from '../../services/orders/use-cases/carrier-invoices/record-carrier-invoice.ts';
import { createOrder } from '../../services/orders/use-cases/create-order.ts';
import { reopenGoodsIn } from '../../services/orders/use-cases/goods-in/close-goods-in.ts';
import { shipOrder } from '../../services/orders/use-cases/ship-order.ts';
import { specialJobHandlers } from '../../services/orders/special-jobs.ts';
import { parseInput } from '../../shared/moleculer/actions.ts';
import { ordersActions } from '../../shared/protocol/orders/actions.ts';
import type { OrderView } from '../../shared/protocol/orders/views.ts';
import { dock } from './goods-in.ts';
import { staff, userOf, type OrdersFixture } from './orders.ts';
import type { RandomDelivery, RandomJob, RandomOrder, WorkWorld } from './random-work.ts';
import { asCarrierWrites, GROUPS, linesIn, trackingNumber } from './work-facts.ts';

/** Something that is done on a day in the product. */
export interface Deed {
  day: string;
  work: () => Promise<unknown>;
}

interface House {
  fixture: OrdersFixture;
  merchantId: string;
  /** Sets its numbers apart from those of other worlds. */
  world: string;
}
type Actions = typeof ordersActions;

const SKUS = ['A', 'B'] as const;
const lead = { ...staff, kind: 'user' as const, id: 'lead', roles: ['lead' as const] };

/** Everything that happens in a world, in the order of the days on which it is told; on one day invoices come last. */
export function deedsOf(house: House, world: WorkWorld): Deed[] {
  const deeds = [
    ...world.orders.flatMap((order, index) => orderDeeds(house, order, index)),
    ...world.deliveries.flatMap((delivery, index) => deliveryDeeds(house, delivery, index)),
    ...world.jobs.flatMap((job) => jobDeeds(house, job)),
    ...world.carrierInvoices.map(({ toldOn, carrier, lines }, index) => ({
      day: toldOn,
      work: () =>
        ask(house, 'recordCarrierInvoice', recordCarrierInvoice, {
          ...{ carrier, number: `${house.world}-${index}`, invoicedOn: toldOn },
          lines: lines.map(({ order, shipment, kind, amountMinor }) => ({
            ...{ trackingNumber: asCarrierWrites(house.world, order, shipment), kind, amountMinor },
          })),
        }),
    })),
  ];
  return deeds.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** Articles whose groups prices go by. */
export const enterGoods = (house: House): Promise<unknown> =>
  ask(house, 'saveArticles', saveArticles, {
    merchantId: house.merchantId,
    articles: SKUS.map((sku, index) => ({ sku, name: `Artikel ${sku}`, group: GROUPS[index]![0] ?? null })),
  });

/** Does a deed at the end of its day. */
export async function doIt({ fixture }: House, { day, work }: Deed): Promise<void> {
  fixture.clock.now = new Date(`${day}T18:00:00Z`);
  await work();
}

function ask<Answer>(
  { fixture }: House,
  name: keyof Actions,
  useCase: (deps: OrdersFixture['deps'], input: never, actor: typeof staff) => Promise<Answer>,
  input: Record<string, unknown>,
): Promise<Answer> {
  return useCase(fixture.deps, parseInput(ordersActions[name], input) as never, staff);
}

function orderDeeds(house: House, order: RandomOrder, index: number): Deed[] {
  let open: Promise<OrderView> | undefined;
  const shipmentIds: string[] = [];
  const create = () =>
    (open ??= ask(house, 'createOrder', createOrder, {
      ...{ merchantId: house.merchantId, channel: order.channel, country: order.country },
      externalNumber: `${house.world}-${index}`,
      lines: order.lines.map((quantity, line) => ({ sku: SKUS[line], name: `Artikel ${SKUS[line]}`, quantity })),
    }));
  return order.shipments.flatMap((shipment, at): Deed[] => {
    const { shippedOn, toldOn, parcels, weightGrams, carrier, packaging, cancelled } = shipment;
    const ship = async () => {
      const { id, lines } = await create();
      const { shipments } = await ask(house, 'shipOrder', shipOrder, {
        ...{ id, parcels, weightGrams, carrier, packaging, shippedAt: `${shippedOn}T0${8 + at}:00:00Z` },
        trackingNumber: trackingNumber(house.world, order, index, at),
        lines: linesIn(order, at).map((line) => ({ orderLineId: lines[line]!.id, quantity: order.lines[line] })),
      });
      shipmentIds[at] = shipments.map((one) => one.id).find((one) => !shipmentIds.includes(one))!;
    };
    const callBack = async () =>
      ask(house, 'cancelShipment', cancelShipment, {
        ...{ id: (await create()).id, shipmentId: shipmentIds[at], reason: 'Storniert' },
        cancelledAt: `${cancelled!.on}T15:00:00Z`,
      });
    return [{ day: toldOn, work: ship }, ...(cancelled ? [{ day: cancelled.toldOn, work: callBack }] : [])];
  });
}

function deliveryDeeds(house: House, { closedOn, correction, ...first }: RandomDelivery, index: number): Deed[] {
  const { announce, receive, count, close } = dock(house.fixture.deps);
  let id = '';
  const counted = async ({ pallets, cartons, minutes, pieces }: typeof first) => {
    await count(
      id,
      SKUS.map((sku, article) => ({ sku, receivedQuantity: pieces[article]! })),
    );
    await close(id, { pallets, cartons, minutes });
  };
  const arrives = async () => {
    const lines = SKUS.map((sku) => ({ sku, name: `Artikel ${sku}`, quantity: 10 }));
    const announced = { merchantId: house.merchantId, reference: `LS ${index}`, expectedOn: closedOn, lines };
    ({ id } = await announce(announced));
    await receive(id);
    await counted(first);
  };
  const corrected = async () => {
    await reopenGoodsIn(house.fixture.deps, { id, reason: 'Nachgezählt' }, staff);
    await counted(correction!);
  };
  return [{ day: closedOn, work: arrives }, ...(correction ? [{ day: correction.toldOn, work: corrected }] : [])];
}

function jobDeeds({ fixture, merchantId }: House, job: RandomJob): Deed[] {
  const jobs = specialJobHandlers(fixture.deps);
  const decider = { ...userOf(merchantId), roles: ['merchantDecider' as const] };
  const { toldOn, way, signedOffOn, code, unit, corrections } = job;
  const quantity = String(job.quantity);
  const isAsked = way === 'approved' || way === 'asked' || way === 'declined';
  let id = '';
  const opened = async () => {
    const made = { merchantId, code, description: 'Arbeit', unit, quantity, needsApproval: isAsked };
    ({ id } = await jobs.createSpecialJob(made, lead));
    if (way === 'approved') await jobs.approveJob({ id }, decider);
    if (way === 'declined') await jobs.declineJob({ id, reason: 'Zu teuer' }, decider);
    if (way === 'cancelled') await jobs.cancelSpecialJob({ id, reason: 'Doppelt' }, lead);
    if (way === 'direct' || way === 'approved') await jobs.signOffSpecialJob({ id, quantity, signedOffOn }, lead);
  };
  if (way !== 'direct' && way !== 'approved') return [{ day: toldOn, work: opened }];
  return [
    { day: toldOn, work: opened },
    ...corrections.map((one) => ({
      day: one.toldOn,
      work: () => jobs.correctSpecialJob({ id, quantity: String(one.quantity), reason: 'Nachgezählt' }, lead),
    })),
  ];
}
