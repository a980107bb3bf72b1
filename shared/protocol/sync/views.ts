import { z } from 'zod';
import { batchDispatchedV1, returnInspectedV1 } from '../returns/events.ts';
import { invoiceFinalizedV1 } from '../billing/events.ts';
import { orderShippedV1, shipmentCancelledV1 } from '../orders/events.ts';
import { id, instant } from '../schemas.ts';

/** Facts that webhooks carry. */
export const WEBHOOK_EVENTS = [
  orderShippedV1.type,
  shipmentCancelledV1.type,
  returnInspectedV1.type,
  batchDispatchedV1.type,
  invoiceFinalizedV1.type,
] as const;
export const webhookEvent = z.enum(WEBHOOK_EVENTS);

const documents = z.object({ created: z.int(), unchanged: z.int() });

/** Rows = rows imported + rows reported, once the import is done. */
export const importCounts = z.object({
  rows: z.int(),
  /** Rows that stand in a document that was created or was there already. */
  rowsImported: z.int(),
  rowsReported: z.int(),
  orders: documents,
  returns: documents,
  /** Documents that exist with other content; nothing of them was changed. */
  conflicts: z.int(),
});
export type ImportCounts = z.output<typeof importCounts>;

export const importState = z.enum(['queued', 'running', 'done', 'failed']);
export const importView = z.object({
  id,
  profile: z.string(),
  filename: z.string().nullable(),
  sha256: z.string(),
  bytes: z.int(),
  dryRun: z.boolean(),
  state: importState,
  counts: importCounts,
  progress: z.object({ bytesRead: z.int(), rowsRead: z.int(), rowsTotal: z.int().nullable() }),
  /** Why the import failed as a whole. */
  finding: z.object({ code: z.string(), message: z.string() }).nullable(),
  startedBy: z.string(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
});
export type ImportView = z.output<typeof importView>;

export const profileView = z.object({
  name: z.string(),
  version: z.int(),
  profile: z.record(z.string(), z.unknown()),
  updatedAt: instant,
});
export type ProfileView = z.output<typeof profileView>;

export const connectionView = z.object({
  id,
  version: z.int(),
  kind: z.literal('webhook'),
  /** `null`: facts of all merchants. */
  merchantId: id.nullable(),
  name: z.string(),
  url: z.string(),
  events: z.array(webhookEvent),
  active: z.boolean(),
  /** Since when nothing could be delivered; `null` while it works. */
  failingSince: instant.nullable(),
  lastSuccessAt: instant.nullable(),
  lastError: z.string().nullable(),
  pending: z.int(),
  failed: z.int(),
  createdAt: instant,
});
export type ConnectionView = z.output<typeof connectionView>;

export const logEntryView = z.object({
  id,
  at: instant,
  kind: z.enum(['import', 'webhook']),
  direction: z.enum(['in', 'out']),
  merchantId: id.nullable(),
  connectionId: id.nullable(),
  /** The import, or the event that was sent. */
  reference: id,
  subject: z.string(),
  outcome: z.enum(['started', 'done', 'failed', 'sent', 'retrying']),
  detail: z.string().nullable(),
});

export const deadEventView = z.object({
  /** `<consumer>:<event id>` */
  id: z.string(),
  consumer: z.string(),
  eventId: id,
  type: z.string(),
  merchantId: id.nullable(),
  occurredAt: instant,
  parkedAt: instant,
  attempts: z.int(),
  error: z.string().nullable(),
  payload: z.unknown(),
});
