import type { RawBuilder } from 'kysely';
import { sql } from '../../../../shared/persistence/sql.ts';
import { isOfTheHouse } from './due-debits.ts';

/** The live mandate of a merchant as an invoice needs it. */
export interface UsableMandate {
  id: string;
  reference: string;
  kind: 'recurrent' | 'oneOff';
  signedOn: string;
  lastUsedOn: string | null;
  iban: string;
  preNotificationDays: number | null;
}

/**
 * The mandate by which a merchant's next invoice is collected: given to the creditor of today; one that ends announces no
 * more, one for once only once.
 */
export const theUsableMandate = (merchantId: RawBuilder<unknown>) => sql<UsableMandate>`
  select id, reference, kind, signed_on as "signedOn", last_used_on as "lastUsedOn", iban, pre_notification_days as "preNotificationDays"
  from mandate where merchant_id = ${merchantId} and state = 'active' and not final and ${isOfTheHouse(sql`mandate.creditor_id`)}
    and (kind = 'recurrent' or not exists (select 1 from direct_debit d where d.mandate_id = mandate.id))`;

/** The statement that keeps what an invoice announces. */
export const announceDebit = (
  { id, merchantId }: { id: string; merchantId: string },
  { mandateId, amountMinor, onInvoice }: { mandateId: string; amountMinor: number; onInvoice: { collectedOn: string } },
) => sql`insert into direct_debit (invoice_id, merchant_id, mandate_id, collect_on, announced_minor)
         values (${id}, ${merchantId}, ${mandateId}, ${onInvoice.collectedOn}, ${amountMinor})`;
