import { serveTasks } from '../../../shared/runtime/child-tasks.ts';
import { makeDocument, type DocumentTask, type MadeDocument } from './make-document.ts';

// the module of the children of `openInvoiceRenderer`
serveTasks<DocumentTask, MadeDocument>(makeDocument);
