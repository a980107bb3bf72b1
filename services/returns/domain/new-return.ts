import type { Return } from './model.ts';

/** What must be said of a return when it is made. */
export type NewReturn = Pick<
  Return,
  | 'id'
  | 'merchantId'
  | 'kind'
  | 'channel'
  | 'externalNumber'
  | 'orderId'
  | 'orderNumber'
  | 'carrier'
  | 'trackingNumber'
  | 'note'
  | 'contentHash'
  | 'items'
>;

/** A return that is announced and nothing else has happened to; its number is drawn when it is stored. */
export const newReturn = (known: NewReturn, at: Date): Return => ({
  ...known,
  version: 1,
  number: '',
  state: 'announced',
  matchState: known.merchantId === null ? 'unknown_merchant' : known.orderId === null ? 'unmatched' : 'matched',
  revision: 0,
  chargeRevision: 0,
  chargedParcels: 0,
  chargedIntake: 0,
  chargedOn: null,
  chargedPhotos: false,
  announcedAt: at,
  receivedAt: null,
  receivedOn: null,
  inspectedAt: null,
  inspectedOn: null,
  completedAt: null,
  parentId: null,
  inspectionDueAt: null,
  decisionDueAt: null,
  outcome: null,
  outcomeAmountMinor: null,
  outcomeNote: null,
  outcomeBy: null,
  outcomeAt: null,
  createdAt: at,
  updatedAt: at,
  parcels: [],
  lock: null,
});
