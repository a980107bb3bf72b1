import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';

/** What mails need of a merchant. */
export interface KnownMerchant {
  merchantId: string;
  number: string;
  name: string;
  language: 'de' | 'en';
  noticeEmails: string[];
  invoiceEmails: string[];
  /** Invoices bring their XML. */
  invoiceXml: boolean;
  /** Invoices bring a link to their documents. */
  invoiceLink: boolean;
  version: number;
}

/** Keeps what this service knows of merchants; the highest version wins, whatever the order of arrival. */
export async function upsertMerchants(em: EntityManager, snapshots: readonly MerchantSnapshot[]): Promise<void> {
  const newest = new Map<string, MerchantSnapshot>();
  for (const snapshot of snapshots)
    if (snapshot.version > (newest.get(snapshot.merchantId)?.version ?? 0)) newest.set(snapshot.merchantId, snapshot);
  const given = [...newest.values()].map(
    ({ merchantId, version, number, name, language, noticeEmails, invoiceEmails, invoiceXml, invoiceLink }) => ({
      ...{ version, number, name, language },
      merchant_id: merchantId,
      notice_emails: noticeEmails,
      invoice_emails: invoiceEmails,
      invoice_xml: invoiceXml,
      invoice_link: invoiceLink,
    }),
  );
  await rows(
    em,
    sql`insert into merchant_ref as ref (merchant_id, version, number, name, language, notice_emails, invoice_emails, invoice_xml, invoice_link)
        select merchant_id, version, number, name, language, notice_emails, invoice_emails, invoice_xml, invoice_link
        from jsonb_populate_recordset(null::merchant_ref, ${JSON.stringify(given)}::jsonb) order by merchant_id
        on conflict (merchant_id) do update set version = excluded.version, number = excluded.number, name = excluded.name,
          language = excluded.language, notice_emails = excluded.notice_emails, invoice_emails = excluded.invoice_emails,
          invoice_xml = excluded.invoice_xml, invoice_link = excluded.invoice_link
        where excluded.version > ref.version`,
  );
}

export async function knownMerchants(
  em: EntityManager,
  merchantIds: readonly string[],
): Promise<Map<string, KnownMerchant>> {
  const found = await rows<KnownMerchant>(
    em,
    sql<KnownMerchant>`select merchant_id as "merchantId", number, name, language, notice_emails as "noticeEmails",
          invoice_emails as "invoiceEmails", invoice_xml as "invoiceXml", invoice_link as "invoiceLink", version
        from merchant_ref where merchant_id = any(${merchantIds}::uuid[])`,
  );
  return new Map(found.map((merchant) => [merchant.merchantId, merchant]));
}
