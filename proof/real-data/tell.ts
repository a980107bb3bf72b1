import { monthOf } from '../../oracle/days.ts';
import type { Api } from '../../test/support/api.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import type { CarrierLine, Made } from './facts.ts';

export interface House {
  api: Api;
  database: TestDatabase;
  /** Ids of merchants by their numbers. */
  ids: ReadonlyMap<string, string>;
}

/** Enters stock up to a cut-off, and what carriers billed with this delivery. @param since  the cut-off before */
export async function tellMade(
  house: House,
  { stock, carrierLines }: Made,
  cutOff: string,
  since: string,
): Promise<void> {
  const fresh = stock.filter(({ date }) => date > since && date <= cutOff);
  for (const days of Map.groupBy(fresh, ({ merchant }) => merchant).values())
    await house.api.post('/storage-snapshots', {
      snapshots: days.map(({ merchant: merchantNumber, date: day, warehouse, lines }) => ({
        ...{ merchantNumber, day, warehouse },
        lines: lines.map(({ type: storageType, ...line }) => ({ ...line, ...(storageType ? { storageType } : {}) })),
      })),
    });
  const lines = carrierLines.filter(({ toldOn }) => toldOn === cutOff);
  if (lines.length) await tellCarrierLines(house, lines, cutOff);
}

/** The parcels of the file have no tracking numbers: somebody says which parcel a line belongs to. */
async function tellCarrierLines(
  { api, database, ids }: House,
  lines: readonly CarrierLine[],
  cutOff: string,
): Promise<void> {
  const invoice = await api.post('/carrier-invoices', {
    ...{ carrier: 'DHL', number: `DHL-${cutOff}`, invoicedOn: `${monthOf(cutOff)}-01` },
    lines: lines.map(({ merchant, document, kind, amount }) => ({
      ...{ trackingNumber: `${document}/${merchant}`, kind, amountMinor: amount },
    })),
  });
  const waiting = await allLines(api, invoice.id);
  for (const { merchant, document } of lines) {
    const [shipment] = await database.query<{ id: string }>(
      `select s.id from orders.shipment s join orders."order" o on o.id = s.order_id where o.external_number = $1 and o.merchant_id = $2`,
      [document, ids.get(merchant)],
    );
    await api.post(`/carrier-lines/${waiting.get(`${document}/${merchant}`)!}/match`, { shipmentId: shipment!.id });
  }
}

/** Ids of an invoice's lines by their tracking numbers. */
async function allLines(api: Api, invoiceId: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let after = ''; ;) {
    const { items, nextCursor } = await api.get<{
      items: { id: string; trackingNumber: string }[];
      nextCursor: string | null;
    }>(`/carrier-lines?invoiceId=${invoiceId}&limit=100${after}`);
    for (const { id, trackingNumber } of items) found.set(trackingNumber, id);
    if (!nextCursor) return found;
    after = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
}
