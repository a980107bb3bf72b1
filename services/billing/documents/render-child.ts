import { serveTasks } from '../../../shared/runtime/child-tasks.ts';
import type { InvoiceModel } from './invoice-model.ts';
import { renderInvoice } from './render-invoice.ts';

// the module of the children of `openInvoiceRenderer`
serveTasks<InvoiceModel, Buffer>(renderInvoice);
