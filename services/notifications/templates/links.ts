import { absoluteLink, signPath } from '../../../shared/links/path.ts';
import { signToken } from '../../../shared/links/token.ts';
import { routePath } from '../../../shared/protocol/define.ts';
import { inspectionActions } from '../../../shared/protocol/returns/inspection-actions.ts';

/** Addresses that mails name. */
export interface MailLinks {
  /** The merchant's pages; they ask for a log-in. */
  returns: () => string;
  returnPage: (returnId: string) => string;
  batchPage: (batchId: string) => string;
  invoices: () => string;
  invoicePage: (invoiceId: string) => string;
  specialJobPage: (jobId: string) => string;
  /** A photo in full, without a log-in. */
  photo: (photoId: string) => string;
  /** Opens the documents of an invoice without a log-in. */
  invoiceDocuments: (invoiceId: string) => string;
  /** When it stops doing so. */
  invoiceEnds: Date;
  /** Lets whoever has the mail decide about one revision of one return until the deadline. */
  decide: (returnId: string, revision: number, dueAt: Date) => string;
}

/** A dispute about a return is over by then; the photo stays in the portal. */
const PHOTO_DAYS = 90;

/** Longer than a term of payment with two reminders; later the portal has them. */
const INVOICE_DAYS = 90;
export const invoiceLinkEnds = (now: Date): Date => new Date(now.getTime() + INVOICE_DAYS * 86_400_000);

export function mailLinks(publicUrl: string, key: Uint8Array, now: Date): MailLinks {
  const page = (path: string) => absoluteLink(publicUrl, path);
  const invoiceEnds = invoiceLinkEnds(now);
  const photoEnds = new Date(now.getTime() + PHOTO_DAYS * 86_400_000);
  return {
    returns: () => page('/merchant/returns'),
    returnPage: (id) => page(`/merchant/returns/${id}`),
    batchPage: (id) => page(`/merchant/batches/${id}`),
    invoices: () => page('/merchant/invoices'),
    invoicePage: (id) => page(`/merchant/invoices/${id}`),
    specialJobPage: (id) => page(`/merchant/special-jobs/${id}`),
    photo: (id) => page(signPath(key, routePath(inspectionActions.getPhoto, { id, size: 'web' }), photoEnds)),
    invoiceDocuments: (id) => page(`/invoice/${signToken(key, 'invoice', { d: id }, invoiceEnds)}`),
    invoiceEnds,
    decide: (returnId, revision, dueAt) =>
      page(`/decide/${signToken(key, 'decide', { r: returnId, v: revision }, dueAt)}`),
  };
}
