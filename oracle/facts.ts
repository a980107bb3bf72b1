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
  /** decimal: bins, pallets, m³ or pieces, by the merchant's method */
  quantity: string;
}

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
  specialJobs?: SpecialJob[];
}

export interface OracleMerchant {
  number: string;
  name?: string;
  taxTreatment: 'domestic' | 'reverseCharge' | 'thirdCountry';
  /** false: no software fee accrues */
  softwareFee?: boolean;
}
