import type { z } from 'zod';
import type { carrierLineMatchedV1 } from '../../../../shared/protocol/orders/carrier-invoices.ts';
import type { ChargeFact, ChargeType } from '../charge-fact.ts';
import { counted } from './counted.ts';

/** What a carrier billed the house for a parcel beyond its freight; mostly passed on as a share of the amount. */
export const carrierSurcharge: ChargeType = {
  key: 'carrier_surcharge',
  stream: 'fulfilment',
  section: 'fulfilment',
  unit: 'surcharge',
  label: { de: 'Zuschlag des Versanddienstes', en: 'Carrier surcharge' },
  isFreight: true,
  hasAmount: true,
  conditions: ['countries', 'countriesNot', 'weightGramsOver', 'weightGramsUpTo', 'carriers', 'channels', 'codes'],
};

/** Its charges are corrected by a higher revision: one that was given to the wrong shipment leaves its negative twin. */
export const CARRIER_LINE = 'orders.carrier-line';

/**
 * A line of a carrier's invoice, with the day of its shipment (billing.md, Which charges). What the carrier gives back
 * is the same charge turned round, so that a line and its credit come to nothing whatever the margin.
 */
export function carrierLineCharges(line: z.output<typeof carrierLineMatchedV1.payload>): ChargeFact[] {
  const { country, weightGrams, carrier, channel, kind, amountMinor } = line;
  const facts = counted(
    {
      ...{ source: CARRIER_LINE, sourceEvent: line.lineId, revision: line.revision, merchantId: line.merchantId },
      serviceDate: line.serviceDate,
      amountMinor: Math.abs(amountMinor),
      // of a shipment without weight, as with shipments themselves
      attributes: { country, ...(weightGrams > 0 ? { weightGrams } : {}), carrier, channel, code: kind },
      reference: {
        ...{ kind: 'shipment' as const, id: line.shipmentId, number: line.orderNumber, orderId: line.orderId },
        ...{ trackingNumber: line.trackingNumber, carrier, carrierInvoice: line.invoiceNumber },
        ...{ surcharge: kind, text: line.text },
      },
    },
    [[carrierSurcharge, 1]],
  );
  return amountMinor < 0 ? facts.map((fact) => ({ ...fact, quantityMicros: -fact.quantityMicros })) : facts;
}
