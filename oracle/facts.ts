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
  signedOffOn: string;
  /** decimal: units or minutes, by the rule's unit */
  quantity: string;
  knownOn?: string;
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
  contracts?: Contract[];
  shipments?: Shipment[];
  returns?: InspectedReturn[];
  rtvBatches?: RtvBatch[];
  storageSnapshots?: StorageSnapshot[];
  storagePolicies?: StoragePolicy[];
  specialJobs?: SpecialJob[];
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
