import type { RateModel } from '../../../../shared/protocol/billing/rate-model.ts';

/** Why a charge has the price it has, as far as it is shown; the API leaves its form open. */
export interface Trace {
  measured?: string;
  quantity?: string;
  card?: string;
  version?: number;
  validFrom?: string;
  rule?: string;
  priority?: number;
  price?: Price;
  reason?: string;
  /** Minor units that the price is a share of, and the price that comes of it. */
  amountMinor?: number;
  unitPrice?: string;
  /** Keys of the rules that were not taken, by what spoke against them, per `card#version`. */
  rejected?: Record<string, Record<string, string[]>>;
}

export type Price = RateModel;

export interface Reference {
  kind: 'shipment' | 'return' | 'batch' | 'specialJob' | 'goodsIn' | 'storage' | 'software';
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
