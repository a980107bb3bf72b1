import type { z } from 'zod';
import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { disposition, grade, returnKind, returnState } from '../../../shared/protocol/returns/events.ts';
import type {
  checklistAnswer,
  consumerOutcome,
  dispositionSource,
  itemOrigin,
  itemState,
  matchState,
  photoKind,
} from '../../../shared/protocol/returns/views.ts';

export type ReturnState = z.output<typeof returnState>;
export type ReturnKind = z.output<typeof returnKind>;
export type MatchState = z.output<typeof matchState>;
export type ItemState = z.output<typeof itemState>;
export type ItemOrigin = z.output<typeof itemOrigin>;
export type Grade = z.output<typeof grade>;
export type Disposition = z.output<typeof disposition>;
export type RuleDisposition = Disposition | 'ask';
export type DispositionSource = z.output<typeof dispositionSource>;
export type ChecklistAnswer = z.output<typeof checklistAnswer>;
export type PhotoKind = z.output<typeof photoKind>;
export type ConsumerOutcome = z.output<typeof consumerOutcome>;

/** Some pieces of one article that share their fate. Splitting makes a second item; the pieces are conserved. */
export interface Item {
  id: string;
  /** Order of the lines as announced or found; a part sorts behind what it was split from. */
  position: number;
  splitFrom: string | null;
  /** When that was; photos of the other item from before show this one too. */
  splitAt: Date | null;
  origin: ItemOrigin;
  sku: string | null;
  name: string;
  quantity: number;
  state: ItemState;
  /** A fact about the goods; the disposition is a decision about them. */
  grade: Grade | null;
  reason: string | null;
  /** What the shop called the reason when the item was announced (C15). */
  externalReason: string | null;
  note: string;
  disposition: Disposition | null;
  dispositionSource: DispositionSource | null;
  dispositionReason: string | null;
  /** What the rules said when the item was inspected; `ask` leaves it to the merchant (B9). */
  suggestedDisposition: RuleDisposition | null;
  rtvBatchId: string | null;
  inspectedAt: Date | null;
  inspectedBy: string | null;
  serialNumbers: readonly string[];
  /** A serial number that was not shipped with the order: flagged, never blocked (A11). */
  serialMismatch: boolean;
  batchNumber: string | null;
  bestBefore: LocalDate | null;
  /** What the worker wrote before the item was linked to an article (A3). */
  recordedAs: string | null;
  /** Why more came back than was shipped (A14). */
  overReturnReason: string | null;
  /** Answers to the checklist of the item's category, and the grade they suggest (B7). */
  checklist: readonly ChecklistAnswer[] | null;
  suggestedGrade: Grade | null;
  /** The merchant was asked, must answer until then, and this happens without an answer (C3); kept when answered. */
  askedAt: Date | null;
  decisionDueAt: Date | null;
  decisionDefault: Disposition | null;
  /** What its end was charged as when it was told (B13); where earlier charges stay, whatever became of it later. */
  chargedAs: 'restock' | 'dispose' | null;
  /** Its inspection was told, and so charged (B13). */
  inspectionCharged: boolean;
  /** Since when it lies in quarantine (C11). */
  quarantinedAt: Date | null;
  /** The expected item in whose place this one came. */
  insteadOf: string | null;
  /** The bundle this component was taken out of. */
  bundleOf: string | null;
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
  /** Numbers what is told to be charged: inspections, and what stays when goods leave. Higher replaces lower. */
  chargeRevision: number;
  /** Parcels that were told with an inspection, and so charged. */
  chargedParcels: number;
  /** Of these, those its first return came in; see domain/charged.ts. */
  chargedIntake: number;
  /** The day it is charged on; null until its inspection was told. */
  chargedOn: LocalDate | null;
  /** Its photo documentation was charged. */
  chargedPhotos: boolean;
  announcedAt: Date | null;
  receivedAt: Date | null;
  receivedOn: LocalDate | null;
  inspectedAt: Date | null;
  inspectedOn: LocalDate | null;
  completedAt: Date | null;
  /** The return this one was split from, because its goods belong to another order or merchant (A5). */
  parentId: string | null;
  /** Until when the inspection should have ended (B14). */
  inspectionDueAt: Date | null;
  /** The earliest deadline of what the merchant was asked; null while nothing is open. */
  decisionDueAt: Date | null;
  /** What the consumer gets (C16): reported by the merchant, never a condition of anything here. */
  outcome: ConsumerOutcome | null;
  outcomeAmountMinor: number | null;
  outcomeNote: string | null;
  outcomeBy: string | null;
  outcomeAt: Date | null;
  /** Of what the create said, so that its repetition is told from another create with the same id. */
  contentHash: string;
  createdAt: Date;
  updatedAt: Date;
  items: readonly Item[];
  /** In the order in which they came; empty until the first one did (A6). */
  parcels: readonly Parcel[];
  /** Who works on it; merchants are not told. May have ended by now. */
  lock: Lock | null;
}

/** A return without what belongs to it. */
export type ReturnFacts = Omit<Return, 'items' | 'parcels' | 'lock'>;

/** A consignment that the return came in. */
export interface Parcel {
  /** Chosen by the device that received it, so that a repetition is the same parcel. */
  id: string;
  carrier: string | null;
  trackingNumber: string | null;
  receivedAt: Date;
  receivedOn: LocalDate;
}

/** One worker at a time (A9); it ends by the clock. */
export interface Lock {
  userId: string;
  name: string;
  expiresAt: Date;
}

/** A photo of a parcel, or of one item of it. */
export interface Photo {
  id: string;
  returnId: string;
  itemId: string | null;
  kind: PhotoKind;
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
