import { localDateOf } from '../../../../shared/kernel/dates.ts';
import type { Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { insertCreditEntry } from '../../persistence/payments/credit.ts';
import { settling, type Booking } from '../../persistence/payments/settling.ts';

/** A transaction that books money. */
export interface SettlementTx {
  em: EntityManager;
  audit: Audit;
  booking: Booking;
}

/** Who books what, now. */
export const bookingOf = ({ now, config }: Pick<BillingDeps, 'now' | 'config'>, by: string): Booking => {
  const [at, zone] = [now(), config.KONTOR_ZONE];
  return { by, at, on: localDateOf(at, zone), zone };
};

/**
 * Uses the credit balance of a merchant on one of its invoices, as far as both go. The invoice may still be the draft
 * that this transaction issues; whoever issues takes the number afterwards, because this waits for others who book for
 * the merchant.
 * @returns minor units used, 0 without a balance or for a total that asks for nothing
 */
export async function useCreditBalance(
  { em, audit, booking }: SettlementTx,
  merchantId: string,
  invoiceId: string,
  grossMinor: number,
): Promise<number> {
  if (grossMinor <= 0) return 0;
  const found = await settling(() =>
    firstRow<{ used: number }>(
      em,
      sql`select billing.use_credit(${merchantId}, ${invoiceId}, ${grossMinor}, ${booking.on}, ${booking.by}, ${booking.at.toISOString()})::float8 as used`,
    ),
  );
  const amountMinor = found!.used;
  if (amountMinor > 0)
    audit({
      action: 'invoice.credit-used',
      entity: 'invoice',
      entityId: invoiceId,
      merchantId,
      after: { amountMinor },
    });
  return amountMinor;
}

/** What the house owes of a credit note without original goes into the balance of its merchant, which settles it. */
export async function grantCreditNote(
  { em, audit, booking }: SettlementTx,
  { id, merchantId, number, owedMinor }: { id: string; merchantId: string; number: string; owedMinor: number },
): Promise<void> {
  const grant = { merchantId, kind: 'grant' as const, amountMinor: owedMinor, reason: number, invoiceId: id };
  const entityId = await insertCreditEntry(em, grant, booking);
  const after = { amountMinor: owedMinor, invoiceId: id };
  audit({ action: 'credit.granted', entity: 'credit', entityId, merchantId, after, reason: number });
}

/**
 * Takes off a document what it does not claim any more, after it was cancelled or credited in this transaction: money
 * paid goes into the balance of its merchant, latest first, and used credit is back there, as the document says. Nothing to
 * release is fine; the commit fails where it was forgotten.
 * @param reason  as it stands beside what was taken back
 * @returns minor units released
 * @throws RuleViolation `BALANCE_TOO_LOW` when the credit that a cancelled credit note gave was used meanwhile
 */
export async function releaseAllocations(
  { em, audit, booking }: SettlementTx,
  invoiceId: string,
  reason = 'release',
): Promise<number> {
  const found = await settling(() =>
    firstRow<{ released: number; merchantId: string }>(
      em,
      sql`select billing.release_settlement(i.id, ${reason}, ${booking.on}, ${booking.by}, ${booking.at.toISOString()})::float8 as released,
            i.merchant_id as "merchantId" from invoice i where i.id = ${invoiceId}`,
    ),
  );
  if (!found?.released) return 0;
  const { released: amountMinor, merchantId } = found;
  audit({
    action: 'invoice.released',
    entity: 'invoice',
    entityId: invoiceId,
    merchantId,
    after: { amountMinor },
    reason,
  });
  return amountMinor;
}
