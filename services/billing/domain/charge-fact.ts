import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { RateConditions } from '../../../shared/protocol/billing/rate-card.ts';

export type Stream = 'fulfilment' | 'monthly';
export type Section = 'fulfilment' | 'storage' | 'software' | 'returns' | 'specialJobs' | 'goodsIn';

/** What a charge type is, apart from any event. */
export interface ChargeType {
  key: string;
  stream: Stream;
  section: Section;
  /** Unit of the quantity; `null` where the event says it and the rule must have the same. */
  unit: string | null;
  label: { de: string; en: string };
  /** Freight is passed on: minimums leave it out, adjustments name it apart from its section. */
  isFreight?: boolean;
  /** Its events carry an amount, so that a price can be a share of it. */
  hasAmount?: boolean;
  /** Its quantity is the share of a month that is owed, so no price may bill a part of one as a whole. */
  isProrated?: boolean;
  /** Charged only where the cards have a rule for it; without one there is nothing to charge. */
  isOptional?: boolean;
  /** Conditions that a rule for this type may use, because its events carry what they ask. */
  conditions: readonly (keyof RateConditions)[];
}

/** What conditions are checked against, kept with the charge so that it can be rated again. */
export interface ChargeAttributes {
  country?: string;
  /** Per parcel, rounded up. */
  weightGrams?: number;
  carrier?: string | null;
  channel?: string;
  code?: string;
  returnKind?: string;
  /** The grades found, each once. */
  grades?: string[];
  method?: string;
  /** Of storage: what is measured, and the age of the goods; without `ageDaysUpTo` any age beyond. */
  measure?: string;
  ageDaysOver?: number;
  ageDaysUpTo?: number;
  /** Of storage in bins: whether a bin emptied in the course of the day counts, and how shared ones are divided. */
  emptiedBins?: string;
  sharedBins?: string;
  /** Of storage: how many of its days were rebuilt afterwards. */
  reconstructedDays?: number;
  /** Tags of the articles concerned, each once. */
  tags?: string[];
  /** Types of charge of which the cards of a house price some: in how many ways the event can be charged. */
  ways?: string[];
  /** Why no price can be right, whatever the card says. */
  blocked?: 'VOLUME_MISSING';
}

/** Where a charge comes from, for people. */
export interface ChargeReference {
  kind: 'shipment' | 'return' | 'batch' | 'specialJob' | 'goodsIn' | 'storage' | 'software';
  /** Id of the shipment, return, batch, job or snapshot. */
  id: string;
  /** What is printed: order, return or job number, day, month. */
  number: string;
  [detail: string]: string | null;
}

/** One chargeable fact, not yet priced. (source, sourceEvent, chargeType, revision) is its identity. */
export interface ChargeFact {
  source: string;
  sourceEvent: string;
  revision: number;
  merchantId: string;
  type: ChargeType;
  unit: string;
  serviceDate: LocalDate;
  /** Millionths of the unit; 0 only when it could not be measured, which leaves the charge unrated. */
  quantityMicros: bigint;
  /** What it cost or is worth, in minor units, for prices that are a share of it. */
  amountMinor?: number | null;
  attributes: ChargeAttributes;
  reference: ChargeReference;
}
