import { z } from 'zod';
import { defineAction } from '../define.ts';
import { byId, filledLine, id, line, localDate, none, page, pageParams } from '../schemas.ts';
import {
  carrierFileOutcome,
  carrierInvoice,
  carrierInvoiceView,
  carrierLineHistoryView,
  carrierLineView,
} from './carrier-invoices.ts';

const FINANCE = ['finance', 'admin', 'api'] as const;
const FILE_BYTES = 5_000_000;

/** What carriers bill the house beyond the freight. */
export const carrierActions = {
  listCarrierInvoices: defineAction({
    name: 'orders.listCarrierInvoices',
    summary: 'Invoices of carriers, imported last first',
    rest: 'GET /carrier-invoices',
    access: FINANCE,
    params: z.strictObject(pageParams),
    output: page(carrierInvoiceView),
  }),
  recordCarrierInvoice: defineAction({
    name: 'orders.recordCarrierInvoice',
    summary:
      'Takes the lines of a carrier’s invoice; each that has its shipment becomes a late charge with the day of the shipment',
    rest: 'POST /carrier-invoices',
    access: FINANCE,
    params: none,
    body: carrierInvoice,
    bodyLimitBytes: FILE_BYTES,
    timeoutMs: 60_000,
    output: carrierInvoiceView,
    status: 201,
  }),
  importCarrierInvoices: defineAction({
    name: 'orders.importCarrierInvoices',
    summary:
      'The same from a CSV file of one or more invoices. With a mistake in any line nothing is stored: ' +
      '422 `CARRIER_INVOICE_INVALID` with `errors` at `lines.<line>.<field>`; a dry run answers 200 with all of them',
    rest: 'POST /carrier-invoices/csv',
    access: FINANCE,
    params: none,
    body: z.strictObject({
      carrier: line(40).optional().meta({ description: 'For a file without this column' }),
      number: line(80).optional().meta({ description: 'Of the invoice, for a file without this column' }),
      invoicedOn: localDate.optional().meta({ description: 'For a file without this column' }),
      dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Check everything, store nothing' }),
    }),
    upload: { field: 'file', maxBytes: FILE_BYTES },
    timeoutMs: 60_000,
    output: carrierFileOutcome,
  }),
  listCarrierLines: defineAction({
    name: 'orders.listCarrierLines',
    summary: 'Lines of carriers’ invoices, imported last first; `waiting` is the worklist of those without shipment',
    rest: 'GET /carrier-lines',
    access: FINANCE,
    params: z.strictObject({
      ...pageParams,
      state: z.enum(['waiting', 'matched', 'dismissed']).optional(),
      invoiceId: id.optional(),
      trackingNumber: line(80).optional(),
    }),
    output: page(carrierLineView),
  }),
  getCarrierLine: defineAction({
    name: 'orders.getCarrierLine',
    summary: 'A line of a carrier’s invoice with all that became of it',
    rest: 'GET /carrier-lines/{id}',
    access: FINANCE,
    params: byId,
    output: carrierLineHistoryView,
  }),
  matchCarrierLine: defineAction({
    name: 'orders.matchCarrierLine',
    summary:
      'Says whose shipment a line belongs to that could not be told by its number; with a reason also one that was ' +
      'given to the wrong shipment, whose charge is taken back',
    rest: 'POST /carrier-lines/{id}/match',
    access: FINANCE,
    params: byId,
    body: z.strictObject({
      shipmentId: id,
      reason: filledLine(200).optional().meta({ description: 'Why what was said before is wrong' }),
    }),
    output: carrierLineView,
  }),
  reopenCarrierLine: defineAction({
    name: 'orders.reopenCarrierLine',
    summary: 'Takes back what was said of a line, and what was charged for it; it is on the worklist again',
    rest: 'POST /carrier-lines/{id}/reopen',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ reason: filledLine(200) }),
    output: carrierLineView,
  }),
  dismissCarrierLine: defineAction({
    name: 'orders.dismissCarrierLine',
    summary: 'Takes a line off the worklist that no merchant pays for',
    rest: 'POST /carrier-lines/{id}/dismiss',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ reason: filledLine(200) }),
    output: carrierLineView,
  }),
};
