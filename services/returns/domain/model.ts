import type { z } from 'zod';
import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { disposition, grade, returnKind, returnState } from '../../../shared/protocol/returns/events.ts';
import type { itemOrigin, itemState, matchState } from '../../../shared/protocol/returns/views.ts';

export type ReturnState = z.output<typeof returnState>;
export type ReturnKind = z.output<typeof returnKind>;
export type MatchState = z.output<typeof matchState>;
export type ItemState = z.output<typeof itemState>;
export type ItemOrigin = z.output<typeof itemOrigin>;
export type Grade = z.output<typeof grade>;
export type Disposition = z.output<typeof disposition>;

/** Some pieces of one article that share their fate. Splitting makes a second item; the pieces are conserved. */
export interface Item {
  id: string;
  /** Order of the lines as announced or found; a part sorts behind what it was split from. */
  position: number;
  splitFrom: string | null;
  origin: ItemOrigin;
  sku: string | null;
  name: string;
  quantity: number;
  state: ItemState;
  /** A fact about the goods; the disposition is a decision about them. */
  grade: Grade | null;
  reason: string | null;
  note: string;
  disposition: Disposition | null;
  dispositionSource: 'rule' | 'manual' | null;
  dispositionReason: string | null;
  rtvBatchId: string | null;
  inspectedAt: Date | null;
  inspectedBy: string | null;
}

/** A return with its items: what one transaction changes together. Never changed in place. */
export interface Return {
  id: string;
  merchantId: string | null;
  version: number;
  number: string;
  kind: ReturnKind;
  state: ReturnState;
  matchState: MatchState;
  channel: string;
  externalNumber: string | null;
  orderId: string | null;
  orderNumber: string | null;
  carrier: string | null;
  trackingNumber: string | null;
  note: string;
  /** Counts completed inspections that were opened again (B13). */
  revision: number;
  announcedAt: Date | null;
  receivedAt: Date | null;
  receivedOn: LocalDate | null;
  inspectedAt: Date | null;
  inspectedOn: LocalDate | null;
  completedAt: Date | null;
  /** Of what the create said, so that its repetition is told from another create with the same id. */
  contentHash: string;
  createdAt: Date;
  updatedAt: Date;
  items: readonly Item[];
}

/** A photo of a parcel, or of one item of it. */
export interface Photo {
  id: string;
  returnId: string;
  itemId: string | null;
  clientPhotoId: string;
  sha256: string;
  fullKey: string;
  webKey: string;
  thumbKey: string;
  bytes: number;
  width: number;
  height: number;
  takenAt: Date | null;
  uploadedAt: Date;
}

/** When and by whom something was done: the instant, and the day it has in the warehouse's zone. */
export interface Moment {
  at: Date;
  on: LocalDate;
  by: string;
}
