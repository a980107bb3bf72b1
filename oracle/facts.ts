/** What happened, as far as it is charged. Days are days of the warehouse (Europe/Berlin). */

export interface Shipment {
  merchant: string;
  reference: string;
  shippedOn: string;
  country: string;
  pieces: number;
  weightGrams: number;
  /** 1 when absent */
  parcels?: number;
  /** what is shipped of one order bears its name; alone without it */
  order?: string;
  /** how many of the order's lines it holds */
  lines?: number;
  carrier?: string;
  channel?: string;
  trackingNumber?: string;
  /** groups of its articles */
  tags?: string[];
  /** what was scanned at packing */
  packaging?: { code: string; quantity: number }[];
  /** called back after it was picked */
  cancelled?: { on: string; knownOn?: string };
  /** first day on which the fact was known, when later than its service date: earlier cut-offs do not hold it */
  knownOn?: string;
}

export interface InspectedReturn {
  merchant: string;
  reference: string;
  kind: 'standard' | 'undeliverable';
  receivedOn: string;
  /** absent while the inspection is not completed */
  inspectedOn?: string;
  pieces: number;
  hasPhotos: boolean;
  restocked: number;
  disposed: number;
  knownOn?: string;
}

export interface RtvBatch {
  merchant: string;
  reference: string;
  dispatchedOn: string;
  pieces: number;
  parcels: number;
  knownOn?: string;
}

export interface StorageSnapshot {
  merchant: string;
  date: string;
  /** decimal: bins, pallets, m³ or pieces, counted already and charged by the day */
  quantity?: string;
  /** or what lay there at 00:00 as the day began, counted here by the method of the contract */
  warehouse?: string;
  lines?: StockLine[];
}

export interface StockLine {
  bin: string;
  sku?: string;
  type?: 'bin' | 'pallet' | 'floor';
  /** decimal */
  quantity: string;
  /** decimal, of the whole line */
  volumeM3?: string;
}

/** How the house counts bins from a day on; before the first policy each is whole and counts on the day it is emptied. */
export interface StoragePolicy {
  validFrom: string;
  sharedBins: 'whole' | 'byVolume' | 'firstOwner';
  emptiedBins: 'counts' | 'free';
}

export type StorageMeasure = 'bin' | 'pallet' | 'cubicMetre' | 'piece';

export interface SpecialJob {
  merchant: string;
  reference: string;
  /** absent while it is open or waits for the merchant's approval, and when it was declined or cancelled */
  signedOffOn?: string;
  /** decimal: of its unit, or of the rule's without one */
  quantity: string;
  /** a rule for another unit does not fit */
  unit?: 'piece' | 'minute' | 'hour' | 'job';
  code?: string;
  knownOn?: string;
  /** each in place of what was told before, in their order; the day stays that of the sign-off */
  corrections?: { quantity: string; knownOn: string }[];
}

interface DeliveryCount {
  pallets: number;
  cartons: number;
  /** all that were received, damaged ones too */
  pieces: number;
  minutes: number;
  /** groups of the articles that came */
  tags?: string[];
}

/** Goods that came in, as they were counted. */
export interface Delivery extends DeliveryCount {
  merchant: string;
  reference: string;
  closedOn: string;
  knownOn?: string;
  /** each in place of what was told before, in their order; the day stays the first one */
  corrections?: (DeliveryCount & { knownOn: string })[];
}

/** What a carrier bills the house for parcels. */
export interface CarrierInvoice {
  carrier: string;
  number: string;
  /** the day it was entered */
  knownOn: string;
  lines: CarrierLine[];
}

export interface CarrierLine {
  trackingNumber: string;
  kind: string;
  /** cents; below zero for what it gives back */
  amount: number;
  /** said by a person where the number does not tell it: reference of the shipment */
  settled?: { shipment: string; on: string };
}

export interface Contract {
  merchant: string;
  startsOn: string;
  endsOn?: string | null;
  /** code of the merchant's own card, which comes before the base card */
  rateCard?: string | null;
  /** binDay, palletDay, cubicMetreDay, pieceDay, monthEnd, monthAverage, monthPeak, halfMonth or anniversary */
  storageMethod?: string | null;
  /** what is counted where the method does not say it; pieces without it */
  storageMeasure?: StorageMeasure | null;
  /** last day of each age band, ascending; of methods that charge days */
  storageAgeBands?: number[];
  /** a specific area is let: storage bears German VAT, whoever the merchant is */
  storageIsLandRelated?: boolean;
}

/** Anything that is charged, said as the charge itself. */
export interface ChargeEvent {
  merchant: string;
  reference: string;
  chargeType: string;
  serviceDate: string;
  /** decimal; below zero for a correction */
  quantity: string;
  /** cents, for prices that are a share of them */
  amount?: number;
  country?: string;
  weightGrams?: number;
  carrier?: string;
  channel?: string;
  code?: string;
  knownOn?: string;
}

/** Moves every time of the file by whole months; a day the target month lacks becomes its last day. */
export interface DateShift {
  from: string;
  to: string;
}

/** What the file does not hold. Everything may be absent. */
export interface Facts {
  dateShift?: DateShift;
  /** documents of the file that became known later than their day: number and first day on which they were */
  lateDocuments?: Readonly<Record<string, string>>;
  contracts?: Contract[];
  shipments?: Shipment[];
  returns?: InspectedReturn[];
  rtvBatches?: RtvBatch[];
  storageSnapshots?: StorageSnapshot[];
  storagePolicies?: StoragePolicy[];
  specialJobs?: SpecialJob[];
  deliveries?: Delivery[];
  carrierInvoices?: CarrierInvoice[];
  events?: ChargeEvent[];
}

export interface OracleMerchant {
  number: string;
  name?: string;
  taxTreatment: 'domestic' | 'reverseCharge' | 'thirdCountry';
  /** false: no software fee accrues */
  softwareFee?: boolean;
  /** `monthly`: picking and shipping are billed at month end too */
  cadence?: 'semiMonthly' | 'monthly';
}
