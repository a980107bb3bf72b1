import { addressLinesOf } from '../../../../shared/kernel/address-lines.ts';
import { refusedField } from '../../../../shared/kernel/errors.ts';
import { trimmed } from '../../../../shared/kernel/trimmed.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';
import {
  dunningLetterModel,
  LETTER_RENDERER_VERSION,
  type DunningLetterModel,
} from '../../documents/dunning/dunning-letter-model.ts';
import { sellerOf } from '../../domain/invoices/parties.ts';
import type { NewClaim } from '../../persistence/dunning/claims.ts';
import type { Overdue } from '../../persistence/dunning/overdue.ts';
import type { Issuer } from '../../persistence/issuer.ts';

/** An invoice on a letter, with what this letter adds to its claims. */
export interface DunnedInvoice extends Overdue {
  level: number;
  interestMinor: number;
  lumpSumMinor: number;
}

/** Who writes to whom, and how it is drawn: what a letter that could not be drawn takes anew. */
export const letterParties = (issuer: Pick<Issuer, 'profile' | 'logo'>, merchant: MerchantSnapshot) => ({
  rendererVersion: LETTER_RENDERER_VERSION,
  seller: sellerOf(issuer.profile, issuer.logo),
  buyer: {
    merchantNumber: merchant.number,
    name: trimmed(merchant.address.name),
    addressLines: addressLinesOf(merchant.address),
  },
});

/**
 * What a letter says. Interest and lump sum of an invoice are those that are open, of earlier letters as well;
 * charges of the bank stand in a sum of their own, and what else earlier letters claimed in another one.
 * The letter keeps the logo of the day it is issued.
 * @throws RuleViolation `LETTER_CONTENT_INVALID` naming the merchant and the field that no letter can be made of
 */
export function letterModel({
  issuer,
  merchant,
  dunned,
  earlier,
  periodsOf,
  head,
}: {
  issuer: Pick<Issuer, 'profile' | 'logo'>;
  merchant: MerchantSnapshot;
  dunned: readonly DunnedInvoice[];
  earlier: readonly NewClaim[];
  /** The rates by which invoices bear interest. */
  periodsOf: (bearing: readonly DunnedInvoice[]) => DunningLetterModel['interestPeriods'];
  head: { number: string; level: number; issueDate: string; asOf: string; payBy: string; feeMinor: number };
}): DunningLetterModel {
  const open = (invoiceId: string, kind: NewClaim['kind']) =>
    sum(earlier.filter((claim) => claim.invoiceId === invoiceId && claim.kind === kind));
  const invoices = dunned.map((invoice) => ({
    ...{ number: invoice.number, issueDate: invoice.issueDate, dueDate: invoice.dueDate, level: invoice.level },
    openMinor: invoice.openMinor,
    interestMinor: invoice.interestMinor + open(invoice.invoiceId, 'interest'),
    lumpSumMinor: invoice.lumpSumMinor + open(invoice.invoiceId, 'lumpSum'),
  }));
  const bearing = dunned.filter((_, index) => invoices[index]!.interestMinor > 0);
  const onInvoices = new Set(dunned.map(({ invoiceId }) => invoiceId));
  const shownThere = ({ invoiceId, kind }: NewClaim) =>
    invoiceId !== null && onInvoices.has(invoiceId) && (kind === 'interest' || kind === 'lumpSum');
  const [charges, others] = [
    earlier.filter(isCharge),
    earlier.filter((claim) => !isCharge(claim) && !shownThere(claim)),
  ];
  const [bankChargesMinor, earlierClaimsMinor] = [sum(charges), sum(others)];
  const openMinor = invoices.reduce((total, invoice) => total + invoice.openMinor, 0);
  const ofInvoices = invoices.reduce((total, invoice) => total + invoice.interestMinor + invoice.lumpSumMinor, 0);
  const claimsMinor = ofInvoices + head.feeMinor + bankChargesMinor + earlierClaimsMinor;
  const parsed = dunningLetterModel.safeParse({
    ...letterParties(issuer, merchant),
    ...{ language: merchant.language, currency: 'EUR', ...head, invoices },
    interestPeriods: periodsOf(bearing),
    ...{ bankChargesMinor, earlierClaimsMinor, openMinor, claimsMinor, totalMinor: openMinor + claimsMinor },
  });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw refusedField({
    path: merchant.number,
    code: 'LETTER_CONTENT_INVALID',
    message: `No letter can be made for ${merchant.name}: ${path.join('.')}: ${message}`,
  });
}

/** No letter made it: the bank charged it for a debit that came back. */
const isCharge = ({ kind }: NewClaim) => kind === 'bankCharge';

const sum = (claims: readonly NewClaim[]): number => claims.reduce((total, { amountMinor }) => total + amountMinor, 0);
