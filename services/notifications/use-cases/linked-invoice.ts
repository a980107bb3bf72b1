import { z } from 'zod';
import { AppError, NotFound } from '../../../shared/kernel/errors.ts';
import { readToken } from '../../../shared/links/token.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { invoiceDocumentReadyV1 } from '../../../shared/protocol/billing/events.ts';
import { runsActions } from '../../../shared/protocol/billing/runs-actions.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { invoiceLinkActions, LinkedInvoice } from '../../../shared/protocol/notifications/invoice-link-actions.ts';
import { id } from '../../../shared/protocol/schemas.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { findInvoiceLink, type InvoiceLink } from '../persistence/invoice-links.ts';
import type { Ready } from '../templates/invoice-ready/ready.ts';

type Actions = typeof invoiceLinkActions;
type Deps = Pick<NotificationsDeps, 'orm' | 'now'> & { keys: Pick<NotificationsDeps['keys'], 'link'> };
type ShowDeps = Deps & Pick<NotificationsDeps, 'service' | 'call' | 'log'>;

/** Whoever opens the page waits no longer than twice this for what became of the document: a read is asked once more. */
const STANDING_MS = 1_500;

/** @throws NotFound for what is none of our links @throws AppError 410 `LINK_EXPIRED`, `INVOICE_LINK_ENDED` */
export async function getLinkedInvoice(
  deps: ShowDeps,
  { token }: InputOf<Actions['getLinkedInvoice']>,
  { requestId }: Actor,
): Promise<LinkedInvoice> {
  const { facts, merchantId, merchantName, expiresAt } = await open(deps, token);
  const { corrects, pdf, xml } = facts;
  const shown = ({ filename, bytes }: Ready['pdf']) => ({ filename, bytes });
  return {
    ...facts,
    ...{ merchantName, expiresAt },
    corrects: corrects && { number: corrects.number, issueDate: corrects.issueDate },
    pdf: shown(pdf),
    xml: xml ? shown(xml) : null,
    now: await standingOf(deps, facts.invoiceId, merchantId, requestId),
  };
}

/**
 * What became of the document, as its merchant is told. It is asked when the page is opened, so that nobody pays what was
 * cancelled, corrected or paid since the mail. Where that cannot be told, the page still hands out the document.
 */
async function standingOf(
  { call, service, log }: ShowDeps,
  id: string,
  merchantId: string,
  requestId: string,
): Promise<LinkedInvoice['now']> {
  const asker = { ...serviceActor(service, requestId), scope: [merchantId] };
  try {
    const invoice = await call(runsActions.getInvoice, { id }, asker, { timeoutMs: STANDING_MS });
    const { state, openMinor, directDebit } = invoice;
    const corrections = invoice.corrections.map(({ kind, number, issueDate, grossMinor }) => ({
      ...{ kind, number, issueDate, grossMinor },
    }));
    return { isCancelled: state === 'cancelled', openMinor: openMinor ?? 0, directDebit, corrections };
  } catch (error) {
    log.warn({ err: error, documentId: id }, 'the page of a document shows it as it was issued');
    return null;
  }
}

/** Errors as of {@link getLinkedInvoice}. */
export async function getLinkedInvoicePdf(
  deps: Deps,
  { token }: InputOf<Actions['getLinkedInvoicePdf']>,
  _actor: Actor,
): Promise<OutputOf<Actions['getLinkedInvoicePdf']>> {
  const { objectKey, filename } = (await open(deps, token)).facts.pdf;
  return { objectKey, filename, contentType: 'application/pdf', disposition: 'inline' };
}

/** @throws NotFound also for a document without XML; other errors as of {@link getLinkedInvoice} */
export async function getLinkedInvoiceXml(
  deps: Deps,
  { token }: InputOf<Actions['getLinkedInvoiceXml']>,
  _actor: Actor,
): Promise<OutputOf<Actions['getLinkedInvoiceXml']>> {
  const { xml } = (await open(deps, token)).facts;
  if (!xml) throw new NotFound('document');
  const { objectKey, filename } = xml;
  return { objectKey, filename, contentType: 'application/xml', disposition: 'attachment' };
}

const payload = z.strictObject({ d: id });

/** The token itself is the right to see this one document, whatever else its holder may do. */
async function open(deps: Deps, token: string): Promise<Omit<InvoiceLink, 'isLive'> & { facts: Ready }> {
  const { success, data } = payload.safeParse(readToken(deps.keys.link, 'invoice', token, deps.now()));
  if (!success) throw new NotFound('link');
  const found = await inTransaction(deps.orm, 'staff', (em) => findInvoiceLink(em, data.d), { readOnly: true });
  if (!found) throw new NotFound('link');
  if (!found.isLive) throw new AppError(410, 'INVOICE_LINK_ENDED', 'Links to invoices were switched off');
  const { facts, merchantId, merchantName, expiresAt } = found;
  return {
    ...{ merchantId, merchantName, expiresAt: new Date(expiresAt).toISOString() },
    facts: invoiceDocumentReadyV1.payload.parse(facts),
  };
}
