import { InvalidInput, refusedField, type FieldError } from '../../../shared/kernel/errors.ts';
import type { MerchantSnapshot, TaxTreatment } from '../../../shared/protocol/merchants/events.ts';
import { isMistypedLeitwegId } from './buyer-reference.ts';
import { HOME, isInEuropeanUnion } from '../../../shared/kernel/european-union.ts';
import { checkVatId } from '../../../shared/kernel/vat-id.ts';

export type MerchantStatus = MerchantSnapshot['status'];

/** What the rules look at; the whole record after a change, not the change. */
export interface MerchantFacts {
  address: { country: string };
  vatId: string | null;
  taxTreatment: TaxTreatment;
  exemptionReason: string | null;
  invoiceEmails: readonly string[];
  noticeEmails: readonly string[];
  buyerReference: string | null;
}

/**
 * The rules that several fields of a merchant share.
 * @param before  the record that is changed: what earlier rules let pass, and is not touched, stops no other change
 * @throws InvalidInput with every field that is wrong
 */
export function assertMerchantFits(facts: MerchantFacts, before?: MerchantFacts): void {
  const errors = [
    ...(facts.vatId === before?.vatId ? [] : vatIdErrors(facts.vatId)),
    ...taxErrors(facts),
    ...buyerReferenceErrors(facts.buyerReference),
    ...(before && isVatIdAlike(facts, before) ? [] : outsideErrors(facts)),
    ...(before && isExemptAlike(facts, before) ? [] : exemptionErrors(facts)),
    ...duplicateErrors('invoiceEmails', facts.invoiceEmails),
    ...duplicateErrors('noticeEmails', facts.noticeEmails),
  ];
  if (errors.length) throw new InvalidInput(errors);
}

const isVatIdAlike = (facts: MerchantFacts, before: MerchantFacts): boolean =>
  facts.taxTreatment === before.taxTreatment && facts.vatId === before.vatId;

/** Who is registered in a member state is no merchant of a third country; identifiers from there may stand. */
const outsideErrors = ({ taxTreatment, vatId }: MerchantFacts): FieldError[] =>
  taxTreatment === 'thirdCountry' && vatId !== null && checkVatId(vatId).country !== null
    ? [mismatch('vatId', 'thirdCountry has no VAT id of the European Union')]
    : [];

const isExemptAlike = (facts: MerchantFacts, before: MerchantFacts): boolean =>
  facts.taxTreatment === before.taxTreatment && facts.exemptionReason === before.exemptionReason;

/** A document without VAT names the exemption (§ 14 Abs. 4 Nr. 8 UStG). */
const exemptionErrors = ({ taxTreatment, exemptionReason }: MerchantFacts): FieldError[] =>
  taxTreatment === 'exempt' && exemptionReason === null
    ? [{ path: 'exemptionReason', code: 'EXEMPTION_REASON_MISSING', message: 'exempt needs the reason documents name' }]
    : [];

const NEXT: Record<MerchantStatus, readonly MerchantStatus[]> = {
  active: ['suspended', 'terminated'],
  suspended: ['active', 'terminated'],
  terminated: [],
};

/** @throws RuleViolation; a terminated merchant stays so, because its documents say when it ended */
export function assertStatusChange(from: MerchantStatus, to: MerchantStatus): void {
  if (from !== to && !NEXT[from].includes(to))
    throw refusedField({
      path: 'status',
      code: 'MERCHANT_TRANSITION_NOT_ALLOWED',
      message: `A merchant cannot go from ${from} to ${to}`,
    });
}

function vatIdErrors(vatId: string | null): FieldError[] {
  if (vatId === null) return [];
  const finding = checkVatId(vatId);
  return finding.kind === 'valid' ? [] : [{ path: 'vatId', code: 'VAT_ID_INVALID', message: finding.message }];
}

const buyerReferenceErrors = (reference: string | null): FieldError[] =>
  reference !== null && isMistypedLeitwegId(reference)
    ? [{ path: 'buyerReference', code: 'LEITWEG_ID_INVALID', message: 'The check digits of this Leitweg-ID are wrong' }]
    : [];

/**
 * How VAT applies to a service for a business follows from where that business sits (§ 3a (2), § 13b UStG). Who in another
 * member state has no VAT id does not prove to be a business, so the service is taxed here (§ 3a (1) UStG).
 */
function taxErrors({ address, vatId, taxTreatment }: MerchantFacts): FieldError[] {
  const { country } = address;
  switch (taxTreatment) {
    case 'domestic':
      return country === HOME || (isInEuropeanUnion(country) && vatId === null)
        ? []
        : [mismatch('taxTreatment', `domestic needs an address in ${HOME}, or in the European Union without VAT id`)];
    case 'reverseCharge':
      return reverseChargeErrors(country, vatId);
    case 'thirdCountry':
      return isInEuropeanUnion(country)
        ? [mismatch('taxTreatment', 'thirdCountry needs an address outside the European Union')]
        : [];
    case 'exempt':
      return [];
  }
}

function reverseChargeErrors(country: string, vatId: string | null): FieldError[] {
  if (vatId === null)
    return [{ path: 'vatId', code: 'VAT_ID_MISSING', message: 'reverseCharge needs the VAT id of the merchant' }];
  const finding = checkVatId(vatId);
  const errors: FieldError[] = [];
  if (finding.country === null || finding.country === HOME)
    errors.push(mismatch('vatId', 'reverseCharge needs a VAT id of another country of the European Union'));
  if (country === HOME || !isInEuropeanUnion(country))
    errors.push(mismatch('taxTreatment', 'reverseCharge needs an address in another country of the European Union'));
  return errors;
}

function duplicateErrors(field: string, emails: readonly string[]): FieldError[] {
  const lower = emails.map((email) => email.toLowerCase());
  return lower.flatMap((email, index) =>
    lower.indexOf(email) < index
      ? [{ path: `${field}.${index}`, code: 'DUPLICATE', message: 'Each address once: everybody gets one mail' }]
      : [],
  );
}

const mismatch = (path: string, message: string): FieldError => ({ path, code: 'TAX_TREATMENT_MISMATCH', message });
