/** Why a charge has the price it has, as far as it is shown; the API leaves its form open. */
export interface Trace {
  measured?: string;
  quantity?: string;
  card?: string;
  version?: number;
  validFrom?: string;
  rule?: string;
  price?: Price;
  reason?: string;
}

export type Price =
  | { type: 'perUnit'; unitPrice: string; baseQuantity?: string; perDaysOfMonth?: boolean }
  | { type: 'flat'; amount: string }
  | { type: 'graduated'; tiers: { upTo: string | null; unitPrice: string }[] };

export interface Reference {
  kind: 'shipment' | 'return' | 'batch' | 'specialJob' | 'storage' | 'software';
  id: string;
  number: string;
  orderId?: string | null;
  trackingNumber?: string | null;
  description?: string | null;
}

export const traceOf = (trace: Record<string, unknown>): Trace => trace as Trace;
export const referenceOf = (reference: Record<string, unknown>): Reference => reference as unknown as Reference;
/** The negative twin of a charge that was corrected. */
export const isReversal = ({ source }: { source: string }): boolean => source.endsWith('-reversal');
