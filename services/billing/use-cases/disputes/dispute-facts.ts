import type { LineDisputeSummary } from '../../../../shared/protocol/billing/disputes-views.ts';

/** What every event of a dispute says of it. */
export const factsOf = (dispute: LineDisputeSummary) => ({
  disputeId: dispute.id,
  merchantId: dispute.merchantId,
  invoiceId: dispute.invoiceId,
  invoiceNumber: dispute.invoiceNumber,
  lineId: dispute.lineId,
  position: dispute.position,
  label: dispute.label,
  currency: dispute.currency,
  reason: dispute.reason,
  disputedNetMinor: dispute.disputedNetMinor,
});
