import type { Input, Output } from '../../app/api/contract.ts';

export type ReturnView = Output<'GET /returns/{id}'>;
export type Item = ReturnView['items'][number];
export type PhotoView = ReturnView['photos'][number];
export type Grade = NonNullable<Item['grade']>;
export type Disposition = NonNullable<Item['disposition']>;
export type ReturnKind = ReturnView['kind'];
export type PhotoKind = PhotoView['kind'];
export type OrderHit = Output<'GET /returns/lookup'>['orders'][number];
export type ArticleHit = Output<'GET /returns/lookup'>['articles'][number];
export type ReturnSummary = Output<'GET /returns/lookup'>['returns'][number];

/** Bodies of the routes; the return's id stands in the command. */
export type CreateBody = Omit<Input<'POST /returns'>, 'id'>;
export type ReceiveBody = Omit<Input<'POST /returns/{id}/receive'>, 'id'>;
export type AddItemBody = Omit<Input<'POST /returns/{id}/items'>, 'id'> & { itemId: string };
/** `itemId` is the item; `partId` is what becomes of it when fewer pieces are inspected than it has. */
export type InspectBody = Omit<Input<'POST /returns/{id}/items/{itemId}/inspection'>, 'id'>;
export type CompleteBody = Omit<Input<'POST /returns/{id}/complete'>, 'id'>;

/**
 * All that may wait on a device (K13). Each of them can be sent again and again with one effect, because the ids in it
 * are chosen here; whatever is not in this list needs the network at once.
 */
export type Step =
  | { kind: 'create'; body: CreateBody }
  | { kind: 'receive'; body: ReceiveBody }
  | { kind: 'addItem'; body: AddItemBody }
  | { kind: 'inspect'; body: InspectBody }
  | { kind: 'photo'; clientPhotoId: string }
  | { kind: 'complete'; body: CompleteBody };

/** Somebody whose work this is; nobody else's log-in sends it unasked. */
export interface Author {
  id: string;
  name: string;
}

/** A step on its way to the server. */
export interface Command {
  /** Order on this device; that of one return is kept. */
  seq: number;
  /** Also its `Idempotency-Key`. */
  id: string;
  returnId: string;
  author: Author;
  /** ISO instant at which the worker did it. */
  at: string;
  step: Step;
}
export type NewCommand = Omit<Command, 'seq'>;

/** A photo as it was taken, kept until the server has it. The bytes lie beside it in the store. */
export interface WaitingPhoto {
  clientPhotoId: string;
  returnId: string;
  itemId: string | null;
  kind: PhotoKind;
  takenAt: string;
  bytes: number;
  /** Of the file; `null` where the browser cannot calculate it. */
  sha256: string | null;
  author: Author;
  /** Taken for a finding that is not written down yet: it goes on its way together with it. */
  held: boolean;
}

/** The server refused a step, so the return waits for a person; all others go on. */
export interface Conflict {
  returnId: string;
  /** The refused step. */
  seq: number;
  status: number;
  code: string;
  detail: string;
  errors: readonly { path: string; code: string; message: string }[];
  at: string;
}

/** What somebody began to write about an item. */
export interface Draft {
  returnId: string;
  itemId: string;
  /** Id of the part, should fewer pieces be inspected than the item has. */
  partId: string;
  quantity: number;
  grade?: Grade;
  reason?: string;
  note: string;
  disposition?: Disposition;
  overrideReason?: string;
  serialNumbers: string[];
  batchNumber?: string;
  bestBefore?: string;
  answers: Record<string, string>;
  overReturnReason?: string;
}
