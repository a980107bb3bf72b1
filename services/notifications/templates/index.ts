import { batchDispatched } from './batch-dispatched/template.ts';
import { invoiceReady } from './invoice-ready/template.ts';
import { returnInspected } from './return-inspected/template.ts';
import type { MailTemplate } from './template.ts';

/** Every mail this service sends; a further one is a folder and a line here. */
export const TEMPLATES: readonly MailTemplate[] = [returnInspected, batchDispatched, invoiceReady];
