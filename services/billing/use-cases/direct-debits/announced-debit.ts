import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { collectionDay, usableUntil } from '../../domain/direct-debits/mandates.ts';
import type { UsableMandate } from '../../persistence/direct-debits/usable-mandate.ts';
import type { Issuer } from '../../persistence/issuer.ts';

/** What an invoice says of its collection: the pre-notification of the SEPA rulebooks. */
export interface AnnouncedDebit {
  mandateId: string;
  /** What is left to pay. */
  amountMinor: number;
  onInvoice: { mandateReference: string; signedOn: LocalDate; collectedOn: LocalDate; iban: string };
}

/**
 * Whether and when an invoice is collected: the merchant has a live mandate that is not too old by then, the issuer a
 * creditor identifier, and something is left to pay.
 */
export function announcedDebit({
  issuer: { profile, preNotificationDays },
  mandate,
  content,
  issueDate,
  dueDate,
}: {
  issuer: Issuer;
  mandate: UsableMandate | undefined;
  content: Record<string, unknown>;
  issueDate: LocalDate;
  dueDate: LocalDate;
}): AnnouncedDebit | undefined {
  const amountMinor = Number(content['grossMinor']) - Number(content['prepaidMinor'] ?? 0);
  if (!mandate || !profile.sepaCreditorId || amountMinor <= 0) return undefined;
  const notice = { house: preNotificationDays, agreed: mandate.preNotificationDays };
  const collectedOn = collectionDay({ issueDate, dueDate }, notice);
  if (collectedOn > usableUntil(mandate)) return undefined;
  const { reference, signedOn, iban } = mandate;
  return {
    mandateId: mandate.id,
    amountMinor,
    onInvoice: { mandateReference: reference, signedOn, collectedOn, iban },
  };
}
