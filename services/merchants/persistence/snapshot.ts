import { NotFound } from '../../../shared/kernel/errors.ts';
import type { Announce } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, sql } from '../../../shared/persistence/sql.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { merchantChangedV1, type MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';

/**
 * Tells all others the merchant as it now is. Raising the version locks its row, so that two changes of one merchant
 * queue up here and the later snapshot holds both.
 */
export async function announceMerchant(em: EntityManager, announce: Announce, merchantId: string): Promise<void> {
  await em.flush();
  await affected(
    em,
    sql`update merchants.merchant set snapshot_version = snapshot_version + 1 where id = ${merchantId}`,
  );
  announce(merchantChangedV1, await readSnapshot(em, merchantId));
}

/**
 * The merchant with its contracts, from the database.
 * @throws NotFound
 */
export async function readSnapshot(em: EntityManager, merchantId: string): Promise<MerchantSnapshot> {
  const found = await firstRow<MerchantSnapshot>(
    em,
    sql`select m.id as "merchantId", m.snapshot_version as version, m.number, m.name, m.status, m.language, m.address,
          m.vat_id as "vatId", m.tax_treatment as "taxTreatment", m.tax_before as "taxBefore", m.exemption_reason as "exemptionReason",
          (select jsonb_build_object('state', v.state, 'checkedOn', v.checked_on)
            from merchants.vat_check v where v.merchant_id = m.id and v.vat_id = m.vat_id
            -- a register that does not answer takes nothing back of what it said
            order by v.state = 'unavailable', v.asked_at desc, v.id desc limit 1) as "vatIdCheck",
          m.payment_terms_days as "paymentTermsDays",
          m.invoice_emails as "invoiceEmails", m.notice_emails as "noticeEmails",
          m.purchase_order_reference as "purchaseOrderReference", m.buyer_reference as "buyerReference",
          m.invoice_xml as "invoiceXml", m.invoice_link as "invoiceLink", m.debtor_number as "debtorNumber",
          m.rtv_address as "rtvAddress", m.rtv_schedule as "rtvSchedule", m.return_rules as "returnRules",
          m.return_policy as "returnPolicy",
          coalesce((select jsonb_agg(jsonb_build_object('contractId', c.id, 'startsOn', c.starts_on, 'endsOn', c.ends_on,
              'fulfilmentCadence', c.fulfilment_cadence, 'monthEndDocuments', c.month_end_documents,
              'storageMethod', c.storage_method, 'storageMeasure', c.storage_measure, 'storageAgeBands', c.storage_age_bands,
              'storageSource', c.storage_source, 'storageIsLandRelated', c.storage_is_land_related, 'softwareFee', c.software_fee, 'rateCardCode', c.rate_card_code)
              order by c.starts_on) from merchants.contract c where c.merchant_id = m.id), '[]') as contracts
        from merchants.merchant m where m.id = ${merchantId}`,
  );
  if (!found) throw new NotFound('merchant');
  return { ...found, returnPolicy: returnPolicy.parse(found.returnPolicy) };
}
