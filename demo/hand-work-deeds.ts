import { dayOf } from './calendar.ts';
import {
  ARRIVALS,
  articlesFor,
  CALLED_BACK_ON,
  CARRIER_INVOICE,
  LATE_CARRIER_INVOICE,
  PACKAGINGS,
  PACKED_ON,
  PARCELS,
} from './hand-work.ts';
import { until } from './parallel.ts';
import { idOf, MERCHANT_WITH_LOG_IN, type World } from './world.ts';

interface Order {
  id: string;
  shipments: { id: string }[];
}

/** What parcels are packed in. */
export async function enterPackagings({ as }: World): Promise<void> {
  for (const packaging of PACKAGINGS) await as.admin.post('/packagings', packaging);
}

/** Parcels with their packaging scanned. Returns how many. */
export async function packByHand({ as, sample, merchantIds }: World): Promise<number> {
  for (const { merchant, number, pieces, weightGrams, parcels = 1, trackingNumber, packaging } of PARCELS) {
    const { id } = await as.worker.post('/orders', {
      ...{ merchantId: idOf({ merchantIds }, merchant), channel: 'shop', externalNumber: number, country: 'DE' },
      lines: articlesFor(sample, merchant, pieces.length).map((one, index) => ({ ...one, quantity: pieces[index] })),
    });
    await as.worker.post(`/orders/${id}/shipments`, {
      ...{ weightGrams, parcels, carrier: 'DHL', trackingNumber },
      packaging: packaging.map(([code, quantity]) => ({ code, quantity })),
    });
  }
  return PARCELS.length;
}

/** Parcels that the carrier has not yet taken are called back. */
export async function callBack({ as, merchantIds }: World): Promise<void> {
  for (const { merchant, number, cancelled: reason } of PARCELS) {
    if (reason === undefined) continue;
    const merchantId = idOf({ merchantIds }, merchant);
    const [found] = await as.finance.list<{ id: string }>(`/orders?merchantId=${merchantId}&externalNumber=${number}`);
    const { id, shipments } = await as.finance.get<Order>(`/orders/${found!.id}`);
    await as.finance.post(`/orders/${id}/shipments/${shipments[0]!.id}/cancel`, { reason });
  }
}

/** Deliveries of a day: announced, received, counted and closed. Returns how many. */
export async function takeDeliveries(world: World, day: number): Promise<number> {
  const { as, month, sample } = world;
  const arrived = ARRIVALS.filter((one) => one.day === day);
  for (const { merchant, reference, announced, lines, pallets, cartons, minutes } of arrived) {
    const articles = articlesFor(sample, merchant, lines.length);
    const { id } = await (announced ? as.merchant : as.worker).post('/goods-in', {
      ...{ merchantId: idOf(world, merchant), reference, expectedOn: dayOf(month, day) },
      ...{ expectedPallets: pallets, expectedCartons: cartons },
      lines: articles.map((one, index) => ({ ...one, quantity: lines[index]![0] })),
    });
    await as.worker.post(`/goods-in/${id}/receive`);
    await as.worker.put(`/goods-in/${id}/lines`, {
      lines: articles.map(({ sku }, index) => {
        const [, receivedQuantity, damagedQuantity] = lines[index]!;
        return { sku, receivedQuantity, damagedQuantity };
      }),
    });
    await as.worker.post(`/goods-in/${id}/close`, { pallets, cartons, minutes });
  }
  return arrived.length;
}

/** What the carrier bills for parcels beyond the freight. */
export const enterCarrierInvoice = (
  { as }: Pick<World, 'as'>,
  invoicedOn: string,
  { number, lines }: typeof CARRIER_INVOICE,
): Promise<{ matched: number; waiting: number }> =>
  as.finance.post('/carrier-invoices', { carrier: 'DHL', number, invoicedOn, lines });

/** The day before the run of the 15th. */
export async function beforeTheFifteenth(world: World): Promise<string> {
  world.clock.moveTo(dayOf(world.month, PACKED_ON), '15:00');
  const deliveries = await takeDeliveries(world, PACKED_ON);
  return `${await packByHand(world)} parcels with their packaging, ${deliveries} delivery`;
}

/** A week later: something of that is called back, and the carrier bills something for it. */
export async function aWeekLater(world: World): Promise<string> {
  const day = dayOf(world.month, CALLED_BACK_ON);
  world.clock.moveTo(day, '15:00');
  await callBack(world);
  const { matched, waiting } = await enterCarrierInvoice(world, day, CARRIER_INVOICE);
  const deliveries = await takeDeliveries(world, CALLED_BACK_ON);
  return `1 parcel called back, ${deliveries} deliveries; of a carrier's lines ${matched} have their parcel, ${waiting} has not`;
}

/** What waits on the desks of today: goods on their way, a job to be approved, a surcharge for the next invoice. */
export async function leaveOpen(world: World, today: string, nextWeek: string): Promise<string> {
  const { as, merchantIds, sample } = world;
  const merchantId = idOf({ merchantIds }, MERCHANT_WITH_LOG_IN);
  await as.merchant.post('/goods-in', {
    ...{ merchantId, reference: 'LS 40288', expectedOn: nextWeek, expectedPallets: 3 },
    lines: articlesFor(sample, MERCHANT_WITH_LOG_IN, 2).map((one) => ({ ...one, quantity: 180 })),
  });
  await as.worker.post('/special-jobs', {
    ...{ merchantId, code: 'relabel', unit: 'minute', quantity: '75', needsApproval: true },
    description: 'Umetikettieren: 180 Windlichter „Nordlys“ mit neuem Warnhinweis',
  });
  await enterCarrierInvoice(world, today, LATE_CARRIER_INVOICE);
  const count = async (path: string) => (await as.finance.list(path)).length;
  const surcharges = await until('the surcharge of the carrier', async () => {
    const accrued = await count('/charges?chargeType=carrier_surcharge&state=accrued&unbilled=true');
    return accrued || undefined;
  });
  const jobs = await count('/special-jobs?state=awaiting_approval');
  const lines = await count('/carrier-lines?state=waiting');
  return (
    `special jobs to be approved: ${jobs}, carriers' lines without parcel: ${lines}, ` +
    `their surcharges for the next invoice: ${surcharges}`
  );
}
