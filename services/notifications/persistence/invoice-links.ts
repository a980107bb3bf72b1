import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Envelope } from '../../../shared/protocol/define.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import { invoiceLinkEnds } from '../templates/links.ts';
import type { Ready } from '../templates/invoice-ready/ready.ts';
import type { KnownMerchant } from './merchants.ts';

/**
 * Keeps what the links in mails of invoices show, for merchants that wish for them. The record of the merchant is held
 * meanwhile, so that switching links off either comes first or ends this one, too.
 */
export async function keepInvoiceLinks(
  em: EntityManager,
  told: readonly { event: Envelope; merchant: KnownMerchant }[],
  now: Date,
): Promise<void> {
  const given = told
    .filter(({ merchant }) => merchant.invoiceLink)
    .map(({ event, merchant: { merchantId } }) => ({
      document_id: (event.payload as Ready).invoiceId,
      merchant_id: merchantId,
      facts: event.payload,
    }));
  if (!given.length) return;
  await rows(
    em,
    sql`with wishing as (
          select merchant_id, version from merchant_ref
          where merchant_id = any(${given.map(({ merchant_id }) => merchant_id)}::uuid[]) and invoice_link
          order by merchant_id for share)
        insert into invoice_link (document_id, merchant_id, merchant_version, facts, expires_at, created_at)
        select g.document_id, w.merchant_id, w.version, g.facts, ${invoiceLinkEnds(now).toISOString()}, ${now.toISOString()}
        from jsonb_populate_recordset(null::invoice_link, ${JSON.stringify(given)}::jsonb) g join wishing w using (merchant_id)
        order by g.document_id on conflict (document_id) do nothing`,
  );
}

/** Ends the links of merchants that switched them off, for good; those of a later wish are others. */
export async function endInvoiceLinks(
  em: EntityManager,
  snapshots: readonly MerchantSnapshot[],
  now: Date,
): Promise<void> {
  const off = snapshots.filter(({ invoiceLink }) => !invoiceLink);
  if (!off.length) return;
  await rows(
    em,
    sql`update invoice_link l set ended_at = ${now.toISOString()}
        from unnest(${off.map(({ merchantId }) => merchantId)}::uuid[], ${off.map(({ version }) => version)}::integer[]) as given (merchant_id, version)
        where l.merchant_id = given.merchant_id and l.merchant_version < given.version and l.ended_at is null`,
  );
}

export interface InvoiceLink {
  facts: unknown;
  merchantId: string;
  merchantName: string;
  expiresAt: string;
  isLive: boolean;
}

export async function findInvoiceLink(em: EntityManager, documentId: string): Promise<InvoiceLink | undefined> {
  return firstRow<InvoiceLink>(
    em,
    sql<InvoiceLink>`select l.facts, l.merchant_id as "merchantId", r.name as "merchantName", l.expires_at as "expiresAt", l.ended_at is null and r.invoice_link as "isLive"
        from invoice_link l join merchant_ref r using (merchant_id) where l.document_id = ${documentId}`,
  );
}
