import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import { byId, id, instant, line, none, page, pageParams } from '../schemas.ts';
import { connectionView, deadEventView, logEntryView, webhookEvent } from './views.ts';

const READERS = ['lead', 'finance', 'admin', 'api', ...MERCHANT_USERS] as const;
const WRITERS = ['admin', 'api', 'merchantDecider'] as const;

const settings = {
  name: line(80),
  url: line(2_000).meta({
    description: 'https address that takes the messages',
    example: 'https://shop.example/hooks',
  }),
  events: z.array(webhookEvent).min(1).max(20),
};

/** Webhooks, the logbook, and what could not be delivered inside. */
export const connectionActions = {
  listConnections: defineAction({
    name: 'sync.listConnections',
    summary: 'Connections, newest first',
    rest: 'GET /sync/connections',
    access: READERS,
    params: z.strictObject({ ...pageParams, merchantId: id.optional() }),
    output: page(connectionView),
  }),
  createConnection: defineAction({
    name: 'sync.createConnection',
    summary: 'Adds a webhook; its messages are signed (Standard Webhooks, v1)',
    rest: 'POST /sync/connections',
    access: WRITERS,
    params: none,
    body: z.strictObject({
      id: id.optional(),
      merchantId: id.nullable().default(null).meta({ description: 'null: facts of all merchants, for staff only' }),
      ...settings,
    }),
    output: connectionView,
    status: 201,
  }),
  changeConnection: defineAction({
    name: 'sync.changeConnection',
    summary: 'Changes a webhook, switches it off or on',
    rest: 'PATCH /sync/connections/{id}',
    access: WRITERS,
    params: byId,
    body: z.strictObject({ ...settings, active: z.boolean() }).partial(),
    output: connectionView,
  }),
  deleteConnection: defineAction({
    name: 'sync.deleteConnection',
    summary: 'Removes a webhook; what it has not sent yet is not sent any more',
    rest: 'DELETE /sync/connections/{id}',
    access: WRITERS,
    params: byId,
    output: none,
    status: 204,
  }),
  getConnectionSecret: defineAction({
    name: 'sync.getConnectionSecret',
    summary: 'The secret that the signatures of a webhook are checked with; reading it is recorded',
    rest: 'GET /sync/connections/{id}/secret',
    access: WRITERS,
    params: byId,
    output: z.object({ secret: z.string().meta({ example: 'whsec_…' }) }),
  }),
  runConnection: defineAction({
    name: 'sync.runConnection',
    summary: 'Sends now what waits or was given up; from an instant on also what was sent already',
    rest: 'POST /sync/connections/{id}/run',
    access: WRITERS,
    params: byId,
    body: z.strictObject({ from: instant.optional().meta({ description: 'Repeat what happened since then' }) }),
    output: z.object({ queued: z.int() }),
    status: 202,
  }),
  listLog: defineAction({
    name: 'sync.listLog',
    summary: 'The logbook of imports and outgoing messages, newest first',
    rest: 'GET /sync/log',
    access: READERS,
    params: z.strictObject({
      ...pageParams,
      kind: z.enum(['import', 'webhook']).optional(),
      outcome: logEntryView.shape.outcome.optional(),
      connectionId: id.optional(),
      reference: id.optional(),
    }),
    output: page(logEntryView),
  }),
  listDeadEvents: defineAction({
    name: 'sync.listDeadEvents',
    summary: 'Events that a part of the product could not handle, oldest first',
    rest: 'GET /admin/dead-events',
    access: ['admin'],
    params: z.strictObject(pageParams),
    output: page(deadEventView),
  }),
  retryDeadEvent: defineAction({
    name: 'sync.retryDeadEvent',
    summary: 'Has a parked event handled again',
    rest: 'POST /admin/dead-events/{id}/retry',
    access: ['admin'],
    params: z.strictObject({
      id: z
        .string()
        .regex(/^[a-z]+\.[a-z-]+:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'Must be <consumer>:<event id>'),
    }),
    output: z.object({ id: z.string(), retriedAt: instant }),
    status: 202,
  }),
  retryDeadEvents: defineAction({
    name: 'sync.retryDeadEvents',
    summary: 'Has the parked events of one consumer handled again, the oldest first, at most 10,000 at once',
    rest: 'POST /admin/dead-events/retry',
    access: ['admin'],
    params: none,
    body: z.strictObject({
      consumer: z
        .string()
        .max(100)
        .regex(/^[a-z]+\.[a-z-]+$/, 'Must be the name of a consumer')
        .meta({ example: 'billing.charge-inspections' }),
    }),
    output: z.object({
      consumer: z.string(),
      retried: z.int(),
      more: z.boolean().meta({ description: 'More are parked: ask once more' }),
    }),
    status: 202,
  }),
};
