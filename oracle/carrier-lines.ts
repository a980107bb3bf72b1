import type { Charge } from './charges.ts';
import { ONE } from './decimal.ts';
import type { CarrierInvoice, CarrierLine, Shipment } from './facts.ts';
import { backOn, parcelWeight, toldOn } from './shipments.ts';

/**
 * What carriers billed for parcels, with the day of the shipment. A line belongs to the shipment that alone has its
 * number, called-back ones aside, from the first day on which that is so; until then it waits and nobody pays.
 */
export function* carrierCharges(
  invoices: readonly CarrierInvoice[],
  shipments: readonly Shipment[],
): Generator<Charge> {
  const byNumber = Map.groupBy(
    shipments.filter(({ trackingNumber }) => trackingNumber !== undefined),
    ({ trackingNumber }) => keyOf(trackingNumber!),
  );
  for (const { carrier, number, knownOn, lines } of invoices)
    for (const [index, line] of lines.entries()) {
      const found = byHand(line, shipments) ?? byItself(byNumber.get(keyOf(line.trackingNumber)) ?? [], knownOn);
      if (!found) continue;
      const { merchant, country, channel, shippedOn } = found.shipment;
      yield {
        ...{ merchant, chargeType: 'carrier_surcharge', serviceDate: shippedOn, knownOn: found.on },
        // what a carrier gives back is the same charge turned round
        ...{ quantity: line.amount < 0 ? -ONE : ONE, amount: Math.abs(line.amount) },
        reference: `${carrier} ${number} ${index + 1}`,
        surchargeOf: `${found.shipment.reference} ${line.kind}`,
        ...{ country, ...parcelWeight(found.shipment), carrier, code: line.kind },
        ...(channel === undefined ? {} : { channel }),
      };
    }
}

interface Found {
  shipment: Shipment;
  on: string;
}

function byHand({ settled }: CarrierLine, shipments: readonly Shipment[]): Found | undefined {
  if (!settled) return undefined;
  const shipment = shipments.find(({ reference }) => reference === settled.shipment);
  if (!shipment) throw new Error(`There is no shipment ${settled.shipment}`);
  return { shipment, on: settled.on };
}

function byItself(candidates: readonly Shipment[], from: string): Found | undefined {
  const days = [from, ...candidates.flatMap((one) => [toldOn(one), backOn(one) ?? toldOn(one)])];
  for (const on of [...new Set(days)].sort()) {
    if (on < from) continue;
    const [shipment, other] = candidates.filter((one) => {
      const back = backOn(one);
      return toldOn(one) <= on && (back === null || back > on);
    });
    if (shipment && !other) return { shipment, on };
  }
  return undefined;
}

/** Numbers are written with and without blanks and dashes. */
const keyOf = (trackingNumber: string): string => trackingNumber.replaceAll(/[\s-]/g, '').toUpperCase();
